"""Every verb of every stage: refused to a stranger, to whoever was disabled, to the wrong role and at the wrong unit.

Pages come and go; what keeps a figure safe is that each verb asks the database again who is there.
"""

import importlib
import inspect
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import bcrypt
import pytest

from cycle.admin import accounts, audit, mails, setup, setup_receipts
from cycle.do import calendar, delivery, deputies, drafts, receipts, reopenings, returns, signing_off
from cycle.do.files import receipts as file_receipts
from cycle.ground import access
from cycle.ground.series.scoring import Scope, Scorecard
from cycle.home import accounts_now, dates, desk, figures_in, front, mail_choice, tour
from cycle.plan import on_a_page, refresh, register, targets, thread
from cycle.report import catalogue, schedules, templates
from cycle.report.annual import charts, reports
from cycle.report.editions import calendar as edition_calendar
from cycle.report.editions import freezing, shown, writing
from cycle.review import explorer, own_ward, readings, rebases, saved_views
from cycle.review.quality import challenges, data_quality, self_assessment
from cycle.revise import feedback, lessons, risks
from cycle.revise.meetings import agenda, minutes, shaping
from cycle.revise.recovery import decisions, planning, progress
from data_access.store.audit import list_deeds_without_rows
from data_access.store.database import reading
from data_access.store.ledger import list_differences
from performance.do.typed import Answer
from performance.ground.figures import Profile, Target
from performance.ground.incoming import Register
from performance.ground.measures import Accumulation, Measure, Polarity, Use
from performance.ground.organisation import Action, ActionStatus, Risk
from performance.ground.people import PERMISSIONS, NotAllowedError, Permission, Role, User
from performance.ground.periods import Frequency, Period
from performance.plan.on_a_page import Reviewed
from performance.plan.refresh import Noun
from performance.plan.refresh_changes import CarriedOver
from performance.plan.register_changes import Documented, Retired
from performance.report.annual import Section
from performance.report.editions import Edition
from performance.report.schedules import Often, ReportKind, Schedule, Way, Whom, WhomKind
from performance.report.templates import BRIEF, SCORECARD, Program
from performance.report.words import Place, Said
from performance.review.quality.dimensions import Dimension
from performance.review.quality.self_assessment import Judged, Judgement
from performance.review.rebasing import LimitsWish
from performance.review.saved_views import ViewWish
from performance.revise.course import Course
from performance.revise.feedback import Feedback, FeedbackKind
from performance.revise.lessons import Verdict
from performance.revise.meetings import Minuted
from performance.revise.risks import RiskEntry, Score
from reporting.papers.template_check import ours
from tests.builders import COUNCIL, PASSWORD, a_user, add_council, add_figure, add_measure, add_target, vouch
from tests.conftest import rows_of

SEPTEMBER, OCTOBER = Period.month(2017, 9), Period.month(2017, 10)
AN_ACTION = Action(id=0, action="Hire", responsible_role="Manager", result="Fewer")
A_LESSON = lessons.LessonText(title="Rounds", advice="Ask the crews")
FEEDBACK = Feedback(kind=FeedbackKind.COMPLAINT, period=SEPTEMBER, unit_code="WASTE", theme="Missed bins", count=7)
NO_LINES = Scorecard(scope=Scope(code="corporate", name="", level=""), period=SEPTEMBER, entries=())
A_RISK = RiskEntry(
    risk=Risk(code="", title="Floods", event="Roads close", owner_role="Head", measure_code="WCP1063"),
    unit_code="WASTE",
)
AN_EDITION = Edition(
    committee="Cabinet", period=SEPTEMBER, closes_on=date(2017, 11, 9), meets_on=date(2017, 12, 11), id=0
)
OUR_TEMPLATE = {"name": "ours.docx", "content": ours(BRIEF, Program.WORD), "seen": ""}
A_SCHEDULE = Schedule(
    report=ReportKind.SCORECARD, about="WASTE", ending="docx", way=Way.ATTACHED, often=Often.MONTHLY,
    whom=Whom(kind=WhomKind.UNIT, code="WASTE"), since=date(2017, 11, 10),
)  # fmt: skip
NEW_DAYS = {"opens_on": date(2017, 11, 1), "on_time_by": date(2017, 11, 15), "locks_on": date(2017, 11, 30)}
DOCUMENTED = Documented(sections={"formula": "a / b"}, reviewed=False, reason="Asked for")
RETIRED = Retired(last_day=date(2018, 3, 31), reason="Not needed")
ALL_IS_WELL = {each: Judged(judgement=Judgement.FULLY) for each in Dimension}
STAGES = (
    "home.desk",
    "home.front",
    "home.accounts_now",
    "home.mail_choice",
    "home.tour",
    "home.dates",
    "plan.targets",
    "plan.thread",
    "plan.refresh",
    "do.returns",
    "do.drafts",
    "do.signing_off",
    "do.deputies",
    "do.calendar",
    "do.reopenings",
    "do.delivery",
    "do.receipts",
    "review.readings",
    "revise.recovery.planning",
    "revise.recovery.progress",
    "revise.recovery.decisions",
    "revise.lessons",
    "revise.feedback",
    "revise.meetings.agenda",
    "revise.risks",
    "report.annual.charts",
    "report.annual.reports",
    "report.editions.calendar",
    "report.editions.freezing",
    "report.editions.shown",
    "report.editions.writing",
    "report.templates",
    "report.catalogue",
    "report.schedules",
    "admin.mails",
    "admin.setup",
    "admin.setup_receipts",
    "plan.on_a_page",
    "plan.register",
    "review.quality.challenges",
    "review.quality.data_quality",
    "review.explorer",
    "review.rebases",
    "review.saved_views",
    "review.own_ward",
    "review.quality.self_assessment",
    "do.files.receipts",
)


@dataclass(frozen=True)
class Call:
    """A verb, what it needs, how it is called on the little council, and whether the unit matters."""

    verb: Callable[..., Any]
    needs: Permission
    arguments: tuple[Any, ...] = ()
    keywords: dict[str, Any] = field(default_factory=dict)
    at_unit: bool = False


def a_target() -> Target:
    return Target(
        measure_code="WCP1063", area_code=COUNCIL, period=Period.year(2018), number=Decimal(120), profile=Profile.FLAT
    )


def a_draft() -> targets.Draft:
    return targets.Draft.of(a_target(), rationale="Because", based_on=1)


def an_answer() -> Answer:
    return Answer(measure_code="WCP1063", value="12", based_on=0)


P = Permission
CALLS = [
    Call(desk.home, P.SIGN_IN),
    Call(front.front, P.SIGN_IN),
    Call(accounts_now.accounts_now, P.ADMINISTER),
    Call(targets.units_with_targets, P.VIEW_TARGETS),
    Call(targets.years_to_set, P.VIEW_TARGETS),
    Call(targets.list_waiting, P.VIEW_TARGETS),
    Call(targets.targets_of, P.VIEW_TARGETS, ("WASTE", 2017)),
    Call(targets.consider_target, P.VIEW_TARGETS, (a_target(),)),
    Call(targets.consider_targets, P.VIEW_TARGETS, ([a_target()],)),
    Call(targets.consider_waiting, P.VIEW_TARGETS, ([],)),
    Call(targets.list_loosened, P.VIEW_TARGETS, (2017,)),
    Call(targets.save_drafts, P.PROPOSE_TARGETS, ([a_draft()],), at_unit=True),
    Call(targets.propose_targets, P.PROPOSE_TARGETS, ([a_draft()],), at_unit=True),
    Call(targets.agree_targets, P.AGREE_TARGETS, ([1],), at_unit=True),
    Call(targets.set_no_target, P.PROPOSE_TARGETS, ("WCP1063",), {"reason": "Because"}, at_unit=True),
    Call(targets.propose_target, P.PROPOSE_TARGETS, (a_target(),),
         {"rationale": "Because", "based_on": 0}, at_unit=True),
    Call(targets.agree_target, P.AGREE_TARGETS, (1,), at_unit=True),
    Call(targets.decline_target, P.AGREE_TARGETS, (1,), {"reason": "Too low"}, at_unit=True),
    Call(refresh.list_refreshes, P.REFRESH_PLAN),
    Call(refresh.suggest_new_year, P.REFRESH_PLAN),
    Call(refresh.get_draft, P.REFRESH_PLAN, (1,)),
    Call(refresh.open_refresh, P.REFRESH_PLAN, ("Next year", date(2018, 4, 1))),
    Call(refresh.save_change, P.REFRESH_PLAN, (1, CarriedOver(noun=Noun.NODE, code="B1", based_on=0))),
    Call(refresh.carry_out, P.REFRESH_PLAN, (1, CarriedOver(noun=Noun.NODE, code="B1", based_on=0))),
    Call(refresh.abandon, P.REFRESH_PLAN, (1,), {"reason": "r"}),
    Call(refresh.adopt, P.REFRESH_PLAN, (1,), {"version": 0, "starts_on": date(2018, 4, 1)}),
    Call(on_a_page.list_pages, P.VIEW_PLAN),
    Call(on_a_page.plan_page, P.VIEW_PLAN, ("B1",)),
    Call(on_a_page.why_not_change, P.VIEW_PLAN, ("B1",)),
    Call(on_a_page.list_evidence, P.VIEW_PLAN),
    Call(on_a_page.change_page, P.EDIT_PLAN, ("B1", Reviewed()), {"version": 1}, at_unit=True),
    Call(returns.units_i_enter_for, P.ENTER_FIGURES),
    Call(returns.list_owed, P.ENTER_FIGURES),
    Call(returns.periods_owed, P.ENTER_FIGURES, ("WASTE",)),
    Call(calendar.list_rounds, P.VIEW_CALENDAR),
    Call(calendar.set_dates, P.KEEP_CALENDAR, (Frequency.MONTHLY, OCTOBER), NEW_DAYS | {"reason": "A late ledger"}),
    Call(calendar.reset_dates, P.KEEP_CALENDAR, (Frequency.MONTHLY, OCTOBER)),
    Call(reopenings.list_requests, P.ASK_TO_REOPEN),
    Call(reopenings.ask_to_reopen, P.ASK_TO_REOPEN, ("WASTE", SEPTEMBER),
         {"measure_codes": ["WCP1063"], "reason": "A slip"}, at_unit=True),
    Call(reopenings.grant_reopening, P.GRANT_REOPENINGS, (1,), {"open_until": date(2017, 11, 20)}),
    Call(reopenings.refuse_reopening, P.GRANT_REOPENINGS, (1,), {"answer": "It is right"}),
    Call(deputies.list_deputies, P.APPROVE_RETURNS),
    Call(
        deputies.name_deputy,
        P.NAME_DEPUTY,
        ("WASTE",),
        {"username": "author", "first_day": date(2017, 11, 10), "last_day": date(2017, 11, 20)},
        at_unit=True,
    ),
    Call(deputies.end_deputy, P.NAME_DEPUTY, (1,), at_unit=True),
    Call(drafts.save_drafts, P.ENTER_FIGURES, ("WASTE", OCTOBER), at_unit=True),
    Call(returns.my_return, P.READ_RETURNS, ("WASTE", OCTOBER)),
    Call(returns.check_return, P.READ_RETURNS, ("WASTE", OCTOBER), {"answers": []}),
    Call(returns.get_receipt, P.READ_RETURNS, ("key",)),
    Call(returns.save_figure, P.ENTER_FIGURES, ("WCP1063",),
         {"area_code": COUNCIL, "period": OCTOBER, "answer": an_answer()}, at_unit=True),
    Call(returns.submit_return, P.ENTER_FIGURES, ("WASTE", OCTOBER),
         {"answers": [an_answer()], "request_key": "k"}, at_unit=True),
    Call(signing_off.list_waiting, P.APPROVE_RETURNS),
    Call(signing_off.sign_off, P.APPROVE_RETURNS, ("WASTE", SEPTEMBER), at_unit=True),
    Call(signing_off.approve_return, P.APPROVE_RETURNS, ("WASTE", SEPTEMBER), {"version": 1}, at_unit=True),
    Call(signing_off.return_with_question, P.APPROVE_RETURNS, ("WASTE", SEPTEMBER),
         {"version": 1, "question": "Why?"}, at_unit=True),
    Call(receipts.receipt, P.READ_RETURNS, ("key",)),
    Call(delivery.delivery, P.READ_RETURNS, ("WASTE", OCTOBER)),
    Call(delivery.list_unsaid, P.ENTER_FIGURES),
    Call(delivery.save_drafts, P.ENTER_FIGURES, ("WASTE", OCTOBER), {"answers": []}, at_unit=True),
    Call(delivery.save_deliveries, P.ENTER_FIGURES, ("WASTE", OCTOBER), {"answers": []}, at_unit=True),
    Call(readings.list_scopes, P.VIEW_SCORECARDS),
    Call(readings.list_periods, P.VIEW_SCORECARDS),
    Call(readings.opening_month, P.VIEW_SCORECARDS),
    Call(readings.scorecard, P.VIEW_SCORECARDS, (SEPTEMBER, "corporate")),
    Call(readings.scorecard_so_far, P.VIEW_SCORECARDS, (SEPTEMBER, "corporate")),
    Call(readings.look_ahead, P.VIEW_SCORECARDS, (NO_LINES, ())),
    Call(readings.standing_now, P.VIEW_SCORECARDS, ("corporate",)),
    Call(readings.what_changed, P.VIEW_SCORECARDS, (SEPTEMBER, "corporate")),
    Call(readings.difference, P.VIEW_SCORECARDS, (SEPTEMBER, "corporate"), {"then": datetime(2017, 9, 1, tzinfo=UTC)}),
    Call(readings.ambers_to_watch, P.VIEW_SCORECARDS, ("corporate",)),
    Call(readings.forecasts_tried, P.VIEW_SCORECARDS, ((),)),
    Call(readings.forecasts_tried_already, P.VIEW_SCORECARDS, ((),)),
    Call(rebases.set_limits_anew, P.SET_LIMITS_ANEW, ("WCP1063",), {"starts_on": date(2017, 1, 1), "reason": "r"}),
    Call(rebases.take_back, P.SET_LIMITS_ANEW, (1,), {"because": "b"}),
    Call(rebases.carry_out, P.SET_LIMITS_ANEW, ("WCP1063", LimitsWish(reason="r", take_back=1))),
    Call(readings.list_measures_by_title, P.VIEW_SCORECARDS),
    Call(readings.measure_page, P.VIEW_SCORECARDS, ("WCP1063",)),
    Call(readings.number_story, P.VIEW_SCORECARDS, ("WCP1063", SEPTEMBER)),
    Call(readings.ward_measures, P.VIEW_WARDS),
    Call(readings.ward_map, P.VIEW_WARDS, ("WCP1063", None)),
    Call(readings.list_wards, P.VIEW_WARDS),
    Call(own_ward.own_ward, P.VIEW_WARDS),
    Call(self_assessment.assess, P.ENTER_FIGURES, ("WCP1063", ALL_IS_WELL), {"version": 0}, at_unit=True),
    Call(file_receipts.find_receipt, P.VIEW_IMPORTS, (1,)),
    Call(file_receipts.take_back_import, P.IMPORT, (1,), {"reason": "The wrong file"}),
    Call(own_ward.find_own_ward, P.VIEW_WARDS),
    Call(own_ward.choose_own_ward, P.VIEW_WARDS, ("E05001321",)),
    Call(readings.ward_profile, P.VIEW_WARDS, ("E05001321",)),
    Call(explorer.list_measures_to_explore, P.EXPLORE),
    Call(explorer.list_places, P.EXPLORE, (["WCP1063"],)),
    Call(explorer.explore, P.EXPLORE, (["WCP1063"], ["ours"])),
    Call(explorer.list_maps, P.EXPLORE, (["WCP1063"],)),
    Call(saved_views.list_views, P.EXPLORE),
    Call(saved_views.get_view, P.EXPLORE, (1,)),
    Call(saved_views.save_view, P.EXPLORE, ("Sickness", {"m": "WCP1063"})),
    Call(saved_views.carry_out, P.EXPLORE, (ViewWish(title="Sickness", query={"m": "WCP1063"}),)),
    Call(saved_views.remove_view, P.EXPLORE, (1,)),
    Call(saved_views.list_requests, P.EXPLORE),
    Call(saved_views.asked_before, P.EXPLORE, ("How many?",)),
    Call(saved_views.ask, P.EXPLORE, ("How many?",)),
    Call(saved_views.answer, P.ANSWER_REQUESTS, (1, "Twelve."), {"version": 1}),
    Call(data_quality.list_months, P.VIEW_DATA_QUALITY),
    Call(figures_in.figures_in, P.GRANT_REOPENINGS),
    Call(data_quality.list_units, P.VIEW_DATA_QUALITY, (SEPTEMBER,)),
    Call(data_quality.data_quality, P.VIEW_DATA_QUALITY, (SEPTEMBER,)),
    Call(data_quality.measure_quality, P.VIEW_DATA_QUALITY, ("WCP1063",)),
    Call(challenges.thread, P.ASK_QUESTIONS, ("WCP1063",)),
    Call(challenges.list_mine, P.SIGN_IN),
    Call(challenges.list_doubts, P.APPROVE_RETURNS, ("WASTE", SEPTEMBER), at_unit=True),
    Call(challenges.ask, P.ASK_QUESTIONS, ("WCP1063", None, SEPTEMBER), {"text": "Why?"}),
    Call(challenges.answer, P.ENTER_FIGURES, (1,), {"text": "So", "version": 1}, at_unit=True),
    Call(challenges.settle, P.ASK_QUESTIONS, (1,), {"version": 1}),
    Call(challenges.ask_on, P.ASK_QUESTIONS, (1,), {"text": "And?", "version": 1}),
    Call(challenges.doubt, P.DOUBT_FIGURES, ("WCP1063", SEPTEMBER), {"text": "Why?", "revision": 1}),
    Call(challenges.accept, P.DOUBT_FIGURES, ("WCP1063", SEPTEMBER), {"revision": 1}),
    Call(planning.called_for, P.VIEW_RECOVERY_PLANS),
    Call(planning.look_for_calls, P.VIEW_RECOVERY_PLANS, ((),)),
    Call(planning.list_plans, P.VIEW_RECOVERY_PLANS),
    Call(planning.get_plan, P.VIEW_RECOVERY_PLANS, (1,)),
    Call(planning.draft_plan, P.VIEW_RECOVERY_PLANS, ("WCP1063",)),
    Call(planning.open_plan, P.DRAFT_RECOVERY_PLANS, ("WCP1065",), {"period": SEPTEMBER, "cause": "c"}, at_unit=True),
    Call(planning.add_milestone, P.DRAFT_RECOVERY_PLANS, (1,),
         {"number": Decimal(9), "period": OCTOBER, "version": 1}, at_unit=True),
    Call(planning.move_milestone, P.DRAFT_RECOVERY_PLANS, (1, 1), {"to": OCTOBER, "version": 1}, at_unit=True),
    Call(planning.remove_milestone, P.DRAFT_RECOVERY_PLANS, (1, 1), {"version": 1}, at_unit=True),
    Call(planning.add_action, P.DRAFT_RECOVERY_PLANS, (1,), {"action": AN_ACTION, "version": 1}, at_unit=True),
    Call(progress.save_action_status, P.DRAFT_RECOVERY_PLANS, (1, 1),
         {"status": ActionStatus.DONE, "shows": "s", "version": 1}, at_unit=True),
    Call(progress.add_note, P.DRAFT_RECOVERY_PLANS, (1,), {"month": OCTOBER, "text": "t", "version": 1}, at_unit=True),
    Call(planning.save_cause, P.DRAFT_RECOVERY_PLANS, (1,), {"cause": "c", "version": 1}, at_unit=True),
    Call(decisions.agree_plan, P.AGREE_RECOVERY_PLANS, (1,), {"version": 1}, at_unit=True),
    Call(planning.share_plan, P.DRAFT_RECOVERY_PLANS, (1,), {"measure_code": "WCP1065", "version": 1}, at_unit=True),
    Call(planning.unshare_plan, P.DRAFT_RECOVERY_PLANS, (1,), {"measure_code": "WCP1065", "version": 1}, at_unit=True),
    Call(progress.move_action, P.DRAFT_RECOVERY_PLANS, (1, 1), {"to": date(2017, 12, 1), "version": 1}, at_unit=True),
    Call(progress.say_course, P.DRAFT_RECOVERY_PLANS, (1,),
         {"course": Course.SLIPPING, "because": "b", "version": 1}, at_unit=True),
    Call(decisions.ask_to_tolerate, P.DRAFT_RECOVERY_PLANS, (1,),
         {"until": date(2018, 3, 31), "because": "b", "version": 1}, at_unit=True),
    Call(decisions.tolerate_plan, P.AGREE_RECOVERY_PLANS, (1,), {"version": 1}, at_unit=True),
    Call(decisions.decline_tolerance, P.AGREE_RECOVERY_PLANS, (1,), {"because": "b", "version": 1}, at_unit=True),
    Call(decisions.close_plan, P.AGREE_RECOVERY_PLANS, (1,), {"kept_by_role": "Head", "version": 1}, at_unit=True),
    Call(decisions.judge_plan, P.DRAFT_RECOVERY_PLANS, (1,),
         {"verdict": Verdict.WORKED, "what_worked": "", "what_did_not": "", "advice": "a", "version": 1}, at_unit=True),
    Call(lessons.find_lessons, P.VIEW_LESSONS),
    Call(lessons.own_units, P.VIEW_LESSONS),
    Call(lessons.lessons_beside, P.VIEW_LESSONS, ("WCP1063",)),
    Call(lessons.write_lesson, P.WRITE_LESSONS, ("WASTE",), {"said": A_LESSON}, at_unit=True),
    Call(lessons.correct_lesson, P.WRITE_LESSONS, (1,), {"said": A_LESSON, "version": 1}, at_unit=True),
    Call(lessons.withdraw_lesson, P.WRITE_LESSONS, (1,), {"version": 1}, at_unit=True),
    Call(feedback.list_feedback, P.VIEW_FEEDBACK),
    Call(feedback.record_feedback, P.RECORD_FEEDBACK, (FEEDBACK,), at_unit=True),
    Call(feedback.correct_feedback, P.RECORD_FEEDBACK, (replace(FEEDBACK, id=1),), at_unit=True),
    Call(feedback.remove_feedback, P.RECORD_FEEDBACK, (replace(FEEDBACK, id=1),), at_unit=True),
    Call(agenda.list_meetings, P.VIEW_MEETINGS),
    Call(agenda.get_meeting, P.VIEW_MEETINGS, (1,)),
    Call(agenda.asked_of_plan, P.VIEW_MEETINGS, (1,)),
    Call(agenda.meeting_scorecard, P.VIEW_MEETINGS, (1,)),
    Call(agenda.open_meeting, P.MINUTE_MEETINGS, ("Q2",),
         {"forum": "Team", "scope": "WASTE", "held_on": date(2017, 11, 14)}, at_unit=True),
    Call(minutes.minute_item, P.MINUTE_MEETINGS, (1, 1), {"said": Minuted(answer="a"), "version": 1}, at_unit=True),
    Call(shaping.reword_item, P.MINUTE_MEETINGS, (1, 1), {"question": "q", "version": 1}, at_unit=True),
    Call(shaping.drop_item, P.MINUTE_MEETINGS, (1, 1), {"because": "b", "version": 1}, at_unit=True),
    Call(shaping.put_back_item, P.MINUTE_MEETINGS, (1, 1), {"version": 1}, at_unit=True),
    Call(minutes.add_item, P.MINUTE_MEETINGS, (1,), {"question": "q"}, at_unit=True),
    Call(minutes.save_attendance, P.MINUTE_MEETINGS, (1,),
         {"attendance": "a", "apologies": "", "version": 1}, at_unit=True),
    Call(minutes.close_meeting, P.MINUTE_MEETINGS, (1,), {"version": 1}, at_unit=True),
    Call(risks.list_overdue, P.VIEW_RISKS),
    Call(risks.list_register, P.VIEW_RISKS),
    Call(risks.get_risk, P.VIEW_RISKS, ("RK01",)),
    Call(risks.add_risk, P.KEEP_RISKS, (A_RISK,), at_unit=True),
    Call(risks.change_risk, P.KEEP_RISKS, (replace(A_RISK, risk=replace(A_RISK.risk, code="RK01", cause="Rain")),),
         {"reason": "So"}, at_unit=True),
    Call(risks.review_risk, P.KEEP_RISKS, ("RK01",),
         {"score": Score(likelihood=2, impact=2), "reason": "So", "version": 1}, at_unit=True),
    Call(risks.add_mitigation, P.KEEP_RISKS, ("RK01",),
         {"action": replace(AN_ACTION, ends_on=date(2017, 12, 1)), "version": 1}, at_unit=True),
    Call(risks.close_risk, P.KEEP_RISKS, ("RK01",), {"because": "Over", "version": 1}, at_unit=True),
    Call(charts.measures_to_chart, P.MAKE_REPORTS),
    Call(charts.figures_to_chart, P.MAKE_REPORTS, ("WCP1063",), {"yearly": False}),
    Call(charts.annual_chart, P.MAKE_REPORTS, ("WCP1063",), {"first": SEPTEMBER, "last": OCTOBER, "yearly": False}),
    Call(setup.import_setup, P.MAINTAIN_REGISTER, (Register(),), {"source": "council.xlsx"}),
    Call(setup_receipts.list_receipts, P.MAINTAIN_REGISTER),
    Call(thread.golden_thread, P.VIEW_PLAN),
    Call(thread.my_thread, P.VIEW_PLAN),
    Call(thread.list_managed_threads, P.VIEW_PLAN),
    Call(thread.list_nodes_to_pick, P.VIEW_PLAN),
    Call(thread.pick_node, P.VIEW_PLAN, ("B1",), {"version": 0}),
    Call(thread.assign_node, P.VIEW_PLAN, ("B1",), {"username": "author", "version": 0}),
    Call(thread.add_objective, P.VIEW_PLAN, ("Learn it",)),
    Call(thread.reword_objective, P.VIEW_PLAN, (1,), {"text": "Learn it", "version": 1}),
    Call(thread.mark_objective, P.VIEW_PLAN, (1,), {"done": True, "version": 1}),
    Call(thread.remove_objective, P.VIEW_PLAN, (1,), {"version": 1}),
    Call(register.list_register, P.VIEW_SCORECARDS),
    Call(register.method_page, P.VIEW_SCORECARDS, ("WCP1063",)),
    Call(register.register_sheet, P.VIEW_SCORECARDS),
    Call(register.note_use, P.VIEW_SCORECARDS, ("WCP1063", Use.OPENED)),
    Call(register.change_register, P.DOCUMENT_MEASURES, ("WCP1063", DOCUMENTED), {"version": 1}, at_unit=True),
    Call(register.change_register, P.MAINTAIN_REGISTER, ("WCP1063", RETIRED), {"version": 1}, at_unit=True),
    Call(register.add_measure, P.MAINTAIN_REGISTER,
         (Measure(code="NEW", title="New", unit="number", polarity=Polarity.LOWER, accumulation=Accumulation.SNAPSHOT,
                  frequency=Frequency.MONTHLY, unit_code="WASTE"),), at_unit=True),
    Call(reports.list_reports, P.MAKE_REPORTS),
    Call(reports.get_report, P.MAKE_REPORTS, (1,)),
    Call(reports.begin_report, P.MAKE_REPORTS, ("Another", Period.year(2016))),
    Call(reports.begin_next, P.MAKE_REPORTS, (1,)),
    Call(reports.change_report, P.MAKE_REPORTS, (1, Section(title="Work")), {"seen": ()}),
    Call(reports.add_charts, P.MAKE_REPORTS, (1, ("WCP1063",)), {"section_id": 1}),
    Call(reports.remove_report, P.MAKE_REPORTS, (1,), {"version": 1}),
    Call(templates.list_templates, P.MAKE_REPORTS),
    Call(templates.put_template, P.MAKE_REPORTS, (BRIEF, Program.WORD), OUR_TEMPLATE),
    Call(templates.take_back, P.MAKE_REPORTS, (SCORECARD, Program.POWERPOINT), {"seen": "0"}),
    Call(edition_calendar.list_editions, P.SIGN_IN),
    Call(edition_calendar.plan_edition, P.MAKE_EDITIONS, (AN_EDITION,)),
    Call(edition_calendar.change_edition, P.MAKE_EDITIONS, (replace(AN_EDITION, id=1, committee="Scrutiny"),)),
    Call(edition_calendar.cancel_edition, P.MAKE_EDITIONS, (1,), {"version": 1}),
    Call(freezing.freeze_edition, P.MAKE_EDITIONS, (1,), {"version": 1}),
    Call(freezing.publish_edition, P.MAKE_EDITIONS, (1,), {"version": 1}),
    Call(shown.get_edition, P.SIGN_IN, (1,)),
    Call(writing.words_of, P.MAKE_EDITIONS, (1,)),
    Call(writing.keep_words, P.MAKE_EDITIONS, (1, {(Place.SUMMARY, ""): Said(words="Well", by="", version=0)})),
    Call(catalogue.read_catalogue, P.SIGN_IN),
    Call(schedules.list_sent, P.SCHEDULE_REPORTS),
    Call(schedules.get_history, P.SCHEDULE_REPORTS, (1,)),
    Call(schedules.plan_schedule, P.SCHEDULE_REPORTS, (A_SCHEDULE,)),
    Call(schedules.change_schedule, P.SCHEDULE_REPORTS, (replace(A_SCHEDULE, id=1, ending="pdf"),)),
    Call(schedules.stop_schedule, P.SCHEDULE_REPORTS, (1,), {"version": 1}),
    Call(schedules.send_report_again, P.SCHEDULE_REPORTS, (1,), {"version": 1}),
    Call(schedules.leave_report, P.SCHEDULE_REPORTS, (1,), {"version": 1}),
    Call(audit.trail, P.VIEW_AUDIT, (audit.AuditQuery(),)),
    Call(audit.rows, P.VIEW_AUDIT, (audit.AuditQuery(),)),
    Call(audit.verify, P.VIEW_AUDIT),
    Call(mails.list_mails, P.LOOK_AFTER_MAIL, (mails.MailQuery(),)),
    Call(mails.send_again, P.LOOK_AFTER_MAIL, (1,), {"version": 1}),
    Call(mails.leave_mail, P.LOOK_AFTER_MAIL, (1,), {"version": 1}),
    Call(mail_choice.find_mail_choice, P.SIGN_IN),
    Call(dates.list_dates, P.SIGN_IN),
    Call(delivery.list_under_way, P.ENTER_FIGURES),
    Call(tour.is_open, P.SIGN_IN),
    Call(tour.close_tour, P.SIGN_IN),
    Call(tour.open_tour, P.SIGN_IN),
    Call(mail_choice.choose_mail, P.SIGN_IN, (), {"is_wanted": False}),
    Call(access.sign_out, P.SIGN_IN),
]  # fmt: skip
every_verb = pytest.mark.parametrize("call", CALLS, ids=lambda call: f"{call.verb.__module__}.{call.verb.__name__}")


@pytest.fixture
def busy_council(database_on_both: str) -> None:
    """A council with something in every stage: a red measure, a waiting target, a submitted return, a drafted plan."""
    assert database_on_both
    add_council()
    for code in ("WCP1063", "WCP1065"):
        add_measure(code, polarity=Polarity.LOWER)
        for month in ("2017-08", "2017-09"):
            add_figure(code, month, "20")
            add_target(code, month, "10")
    author = a_user("author")
    targets.propose_target(a_target(), rationale="A first proposal", based_on=0, by=author)
    planning.open_plan("WCP1063", period=SEPTEMBER, cause="Not enough staff", by=author)
    lessons.write_lesson("WASTE", said=A_LESSON, by=author)
    feedback.record_feedback(FEEDBACK, by=author)
    head = a_user("chair", Role.HEAD, "WASTE")
    agenda.open_meeting("Q1", forum="Team", scope="WASTE", held_on=date(2017, 11, 14), by=head)
    risks.add_risk(A_RISK, by=author)
    edition_calendar.plan_edition(replace(AN_EDITION, committee="Panel"), by=a_user("officer", Role.POLICY_OFFICER))
    reporter = a_user("reporter", Role.POLICY_OFFICER)
    reports.begin_report("Annual report", Period.year(2016), by=reporter)
    slides = ours(SCORECARD, Program.POWERPOINT)
    templates.put_template(SCORECARD, Program.POWERPOINT, name="a.pptx", content=slides, seen="", by=reporter)
    challenges.ask("WCP1063", None, SEPTEMBER, text="Why so many?", by=author)
    schedules.plan_schedule(A_SCHEDULE, by=a_user("planner", Role.POLICY_OFFICER))


def test_every_public_verb_of_every_stage_is_in_the_table() -> None:
    found = {
        function
        for stage in STAGES
        for _, function in inspect.getmembers(importlib.import_module(f"cycle.{stage}"), inspect.isfunction)
        if function.__module__ == f"cycle.{stage}" and not function.__name__.startswith("_")
    }
    assert found == {call.verb for call in CALLS if call.verb.__module__.removeprefix("cycle.") in STAGES}


@every_verb
@pytest.mark.usefixtures("busy_council")
def test_a_verb_is_refused_to_nobody_and_to_the_wrong_and_done_for_the_right(call: Call) -> None:
    before = rows_of("SELECT count(*) FROM audit_events")
    with pytest.raises(access.SignedOutError):
        run(call, User(username="nobody", name="Nobody"))
    leaver = a_user("leaver", role_with(call.needs), "COUNCIL")
    accounts.disable_user("leaver")
    with pytest.raises(access.SignedOutError):
        run(call, leaver)
    for role in Role:
        if call.needs not in PERMISSIONS[role]:
            with pytest.raises(NotAllowedError):
                run(call, a_user(f"wrong.{role.value}", role, "COUNCIL"))
    if call.at_unit:
        with pytest.raises(NotAllowedError):
            run(call, a_user("elsewhere", role_with(call.needs), "SOCIAL"))
    assert rows_of("SELECT count(*) FROM audit_events") == [(before[0][0] + 1,)]  # disabling the leaver, nothing else

    right = a_user("right", role_with(call.needs), "COUNCIL")
    vouch()
    try:
        run(call, right)
    except (NotAllowedError, access.SignedOutError) as refusal:
        pytest.fail(f"The right role was refused: {refusal}")
    except Exception:  # noqa: BLE001, S110 - past the guard a verb may still have a reason of the council's own
        pass
    with reading() as session:  # whatever it wrote is in the list of its event, and its event wrote something
        assert [*list_differences(session), *list_deeds_without_rows(session)] == []


@pytest.mark.usefixtures("busy_council")
def test_nobody_changes_the_password_of_another() -> None:
    def check(password: str, hashed: str) -> bool:
        return bcrypt.checkpw(password.encode(), hashed.encode())

    with pytest.raises(access.SignInRefusedError):
        access.change_password(PASSWORD, "three random words", check=check, by=User(username="nobody", name=""))


def run(call: Call, user: User) -> Any:
    return call.verb(*call.arguments, **call.keywords, by=user)


def role_with(permission: Permission) -> Role:
    return next(role for role, held in PERMISSIONS.items() if permission in held)

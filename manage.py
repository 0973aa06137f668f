"""The operator's command line. It exits 0 when done, 1 with sentences when refused (nothing changed), 2 on misuse."""

import typer

from commands import boundaries, database, demo, edition, export, figures, ground, jobs, report, schedules, setup, user

app = typer.Typer(no_args_is_help=True, pretty_exceptions_enable=False, add_completion=False, help=__doc__)
app.command("migrate")(database.migrate)
app.command("demo")(demo.load)
app.command("export")(export.write)
app.command("verify")(database.verify)
app.command("rebuild")(database.rebuild)
app.command("schedules")(schedules.list_all)
app.command("serve-check")(database.serve_check)
app.command("backup")(database.backup)
app.command("restore")(database.restore)
app.command("after-restore")(database.after_restore)

users = typer.Typer(no_args_is_help=True, help="People's accounts.")
users.command("add")(user.add)
users.command("give-role")(user.give_role)
users.command("end-role")(user.end_role)
users.command("set-manager")(user.set_manager)
users.command("set-email")(user.set_email)
users.command("disable")(user.disable)
users.command("reset-password")(user.reset_password)
users.command("list")(user.list_all)

reports = typer.Typer(no_args_is_help=True, help="Write a report as a file, as the public may see it.")
reports.command("cabinet")(report.cabinet)
reports.command("scorecard")(report.scorecard)
reports.command("summary")(report.summary)
reports.command("infographic")(report.infographic)
reports.command("annual")(report.annual)
reports.command("ward-profile")(report.ward_profile)

editions = typer.Typer(no_args_is_help=True, help="What is published of a period's figures, and never changes.")
editions.command("plan")(edition.plan)
editions.command("freeze")(edition.freeze)
editions.command("publish")(edition.publish)
editions.command("list")(edition.list_all)

timed = typer.Typer(no_args_is_help=True, help="What a timer asks for, as often as it likes.")
timed.callback()(jobs.timed)
timed.command("run")(jobs.run)

imports = typer.Typer(no_args_is_help=True, help="Bring a file in: whole or not at all, and never twice.")
imports.command("setup")(setup.bring_in)
imports.command("figures")(figures.bring_in)
imports.command("boundaries")(boundaries.bring_in)

templates = typer.Typer(no_args_is_help=True, help="Empty files to fill in.")
templates.command("setup")(setup.write_template)

app.add_typer(users, name="user")
app.add_typer(reports, name="report")
app.add_typer(editions, name="edition")
app.add_typer(timed, name="jobs")
app.add_typer(imports, name="import")
app.add_typer(templates, name="template")


def main() -> None:
    """Run, and say every refusal as a sentence."""
    ground.run(app)


if __name__ == "__main__":
    main()

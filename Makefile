# Golden Thread: every check and command has its one definition here.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready
PORT   ?= 8501
# This machine alone: the demonstration's accounts have a published password. Another is asked for by name.
ADDRESS ?= 127.0.0.1
UV     := uv==0.13.9
# Some machines forbid Python to keep what it has compiled: each server and command would then compile a thousand
# modules anew (a start of 1.8 s instead of 0.7, and of 5.1 instead of 1.8 with the forecast's library).
export PYTHONDONTWRITEBYTECODE :=

FAST   := tests/performance tests/cycle tests/data_access tests/test_architecture.py

ATTACK := tests/serving tests/faults/test_disclosure_attack.py tests/cycle/test_disclosure_attack.py tests/pages/hidden_counts \
          tests/cycle/test_no_small_counts.py tests/cycle/test_signed_off_only.py tests/cycle/do/test_may_be_written.py \
          tests/cycle/ground/test_access.py tests/cycle/ground/test_passwords.py tests/cycle/admin/test_verify.py tests/test_text_is_text.py
FAULTS := tests/faults/test_kill.py tests/faults/test_mail_killed.py tests/faults/test_reports_killed.py \
          tests/faults/test_concurrency.py tests/faults/test_kept_readings.py tests/serving/test_full_disk.py \
          tests/cycle/report/editions/test_never_changes.py \
          tests/data_access/store/test_private_file.py tests/intake/files/test_readers_at_once.py \
          tests/cycle/admin/test_restoring.py tests/cycle/admin/test_upkeep.py tests/reporting/documents/test_renderer.py

BENCHMARKS := benchmarks benchmarks.large benchmarks.doors benchmarks.packs benchmarks.meetings

.DEFAULT_GOAL := help
.PHONY: help run test fast attack faults check types style bench lock system ready

help: ## list the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

$(READY): requirements.txt requirements-dev.txt
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 or newer is needed: install python3."; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/pip install --quiet --no-compile --disable-pip-version-check $(UV)
	$(BIN)/uv pip install --quiet --require-hashes --python $(BIN)/python -r requirements.txt -r requirements-dev.txt
	@touch $@

ready: $(READY) system

run: $(READY) ## first run installs, migrates and loads the demonstration council; then serves http://localhost:8501 to this machine alone (others: ADDRESS=0.0.0.0)
	$(BIN)/python manage.py migrate
	@$(BIN)/python manage.py demo --if-empty
	$(BIN)/streamlit run serve.py --server.port $(PORT) --server.address $(ADDRESS)

# Databases of tests that live for a moment need no disk: where there is memory enough, they are kept in it.
ROOMY := $(shell test "$$(df --output=avail /dev/shm 2>/dev/null | tail -1)" -gt 6000000 2>/dev/null && echo /dev/shm)
ifneq ($(ROOMY),)
export PYTEST_DEBUG_TEMPROOT := $(ROOMY)
endif

test: $(READY) system ## every test: rules, SQLite and PostgreSQL, pages, browser
	$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder --durations 12

fast: $(READY) ## rules, verbs on SQLite and the house rules: what a change most often breaks, in a minute and a half
	$(BIN)/python -m pytest -n 2 --dist worksteal -k "not postgresql" -m "not slow" $(FAST)

attack: $(READY) system ## what strangers, neighbours and insiders would try, many times over
	TRIALS=whole $(BIN)/python -m pytest -n 2 --dist worksteal $(ATTACK)

faults: $(READY) system ## processes killed, disks full, people at once, many times over
	TRIALS=whole $(BIN)/python -m pytest -n 2 --dist worksteal $(FAULTS)

check: $(READY) ## ruff, mypy, import contracts, migration check
	@$(MAKE) --no-print-directory --jobs 2 --output-sync types style

types:
	$(BIN)/mypy .

style:
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -q tests/test_architecture.py tests/data_access/test_migrations.py -k "not postgresql"

bench: $(READY) system ## the benchmarks, as a table of ratios measured side by side; fails where one is outside what is aimed at
	@outside=0; for each in $(BENCHMARKS); do $(BIN)/python -m $$each || outside=1; done; exit $$outside

lock: $(READY) ## compile requirements*.in to pinned and hashed requirements*.txt, and the table of licences
	$(BIN)/uv pip compile --quiet --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --python-version 3.11 requirements.in -o requirements.txt
	$(BIN)/uv pip compile --quiet --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --python-version 3.11 requirements-dev.in -o requirements-dev.txt
	$(BIN)/python -m tests.licences

OFFICE := libreoffice-writer-nogui libreoffice-impress-nogui libreoffice-calc-nogui python3-uno
# Chromium, PostgreSQL, the letters that a Word page is measured with and LibreOffice come from Debian. As root they are installed; otherwise, what is missing is said.
system:
	@missing=""; \
	command -v chromium >/dev/null || missing="$$missing chromium"; \
	ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || test -n "$$TEST_POSTGRES_URL" || missing="$$missing postgresql"; \
	ls /usr/share/fonts/truetype/liberation*/LiberationSans-Regular.ttf >/dev/null 2>&1 || missing="$$missing fonts-liberation"; \
	{ command -v soffice && ls $(addprefix /usr/lib/libreoffice/program/,libswlo.so libsdlo.so libsclo.so) \
	  /usr/lib/python3/dist-packages/uno.py; } >/dev/null 2>&1 || missing="$$missing $(OFFICE)"; \
	test -z "$$missing" && exit 0; \
	sudo=""; test "$$(id -u)" = 0 || sudo="sudo -n"; \
	if command -v apt-get >/dev/null && $$sudo true 2>/dev/null; then \
	  $$sudo apt-get update -qq && DEBIAN_FRONTEND=noninteractive $$sudo apt-get install -y -qq --no-install-recommends $$missing >/dev/null; \
	else echo "The tests need$$missing. Run: apt-get install$$missing"; exit 1; fi

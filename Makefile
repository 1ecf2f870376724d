# One machine, nothing set up by hand: Python 3.11 and make are all this needs. Everything it writes lies under var/.
PYTHON ?= $(shell command -v python3.11 || command -v python3 || echo python3.11)
BIN    := var/venv/bin
export PYTHONPATH := src
export PYTHONPYCACHEPREFIX := $(CURDIR)/var/pycache
export PYTHONDONTWRITEBYTECODE :=# read again by each of the many processes; a machine that says no means its own folders
export ELIGIBILITY_CACHE := $(CURDIR)/var/cache/eligibility
.DEFAULT_GOAL := help

help: ## list the commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

setup: ## environment, packages, front-end bundle, translations; done work is not repeated
	@$(PYTHON) tools/setup.py

run: setup ## the site and its worker on 127.0.0.1:8000 (PORT=8001 make run sets another port)
	@$(BIN)/python tools/run.py

setup-dev:
	@$(PYTHON) tools/setup.py dev

test: setup-dev ## the whole suite on SQLite, beside it what can differ on PostgreSQL (ARGS="-k word" chooses)
	@$(BIN)/python tools/test.py $(ARGS)

quick: setup-dev ## what changed: its style and types, tests of its apps and those above; two minutes at most
	@SINCE=$(SINCE) $(BIN)/python tools/quick.py

format: setup-dev ## bring the style into order
	$(BIN)/python -m ruff check --fix --quiet || true
	$(BIN)/python -m ruff format

lint: setup-dev ## style, types, who may import whom
	@$(MAKE) --no-print-directory -k -j2 lint-types lint-style

lint-style:
	$(BIN)/python -m ruff check
	$(BIN)/python -m ruff format --check
	$(BIN)/lint-imports --no-cache

lint-types:
	$(BIN)/python -m mypy

bench: setup-dev ## the benchmarks, one after another; they print figures and judge nothing
	@mkdir -p var/bench
	@for each in bench/[a-z]*.py; do echo "== $$each"; \
		case $$each in *house*) both=--both;; *) both=;; esac; \
		KEQIAO_VAR=$(CURDIR)/var/bench KEQIAO_BUILT=$(CURDIR)/var $(BIN)/python $$each $$both || exit 1; done

screenshots: setup-dev ## pictures of the main pages into docs/
	@$(BIN)/python tools/screenshots.py

messages: setup-dev ## texts without Chinese, entries without use; then compile
	@$(BIN)/python tools/messages.py stubs
	@$(BIN)/python tools/messages.py compile
	@$(BIN)/python tools/messages.py check

cases: setup-dev ## each input of tests/cases, through every way it is taken: what is right, what came
	@$(BIN)/python tools/cases.py

lock: setup ## renew the locked requirements, all with hashes
	@$(BIN)/python tools/lock.py

.PHONY: help setup setup-dev run test quick format lint lint-style lint-types bench screenshots messages lock cases

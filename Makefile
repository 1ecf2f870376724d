# One machine, nothing set up by hand: Python 3.11 and make are all this needs. Everything it writes lies under var/.
PYTHON ?= python3.11
VENV   := var/venv
BIN    := $(VENV)/bin
export PYTHONPATH := src
.DEFAULT_GOAL := help

help: ## list the commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

$(VENV)/.uv:
	@mkdir -p var
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install -q 'uv==0.13.9'
	@touch $@

$(VENV)/.runtime: requirements/runtime.txt $(VENV)/.uv
	$(BIN)/uv pip install -q --python $(BIN)/python --require-hashes -r requirements/runtime.txt
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.runtime
	$(BIN)/uv pip install -q --python $(BIN)/python --require-hashes -r requirements/dev.txt
	@touch $@

lock: $(VENV)/.uv ## renew the locked requirements
	$(BIN)/uv pip compile -q --python-version 3.11 --generate-hashes --no-annotate --no-header pyproject.toml -o requirements/runtime.txt
	$(BIN)/uv pip compile -q --python-version 3.11 --generate-hashes --no-annotate --no-header --extra dev -c requirements/runtime.txt pyproject.toml -o requirements/dev.txt

.PHONY: help lock

# Everything runs from here: make demo, make test, make check. All can be run again.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
PYTHON ?= $(shell command -v python3.11 || command -v python3.12 || command -v python3.13 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
PROCESSES ?= 4
PYTEST_ARGS ?=

.PHONY: help setup warm demo test check format lock translations bench bench-full screenshots clean

help: ## what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

setup: $(INSTALLED) ## virtual environment with the locked dependencies

$(INSTALLED): requirements.lock compiler.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11 or later is needed: install it, or name it with PYTHON=/path/to/python3."; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "$(PYTHON) is older than Python 3.11: name a newer one with PYTHON=/path/to/python3."; exit 1; }
	test -x $(BIN)/python || "$(PYTHON)" -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	command -v cc >/dev/null || command -v gcc >/dev/null || command -v clang >/dev/null \
	  || $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r compiler.lock \
	  || echo "No C compiler here and none to be had: plans will be the same, only slower."
	touch $(INSTALLED)

warm: setup
	@$(BIN)/python -m scheduling.engine.warm

demo: warm ## the demonstration service: next week planned, published and served
	$(BIN)/thuisronde demo

test: warm ## all tests, in parallel, on a real PostgreSQL
	$(BIN)/python -m pytest -q -n $(PROCESSES) --dist worksteal $(PYTEST_ARGS)

check: setup ## format, lint, types, imports, translations, licences, lock
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m service.web.catalogue check
	$(BIN)/python -m pytest -q tests/project

format: setup ## format and mend what can be mended by itself
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

translations: setup ## collect new texts into the Dutch and French catalogues
	$(BIN)/python -m service.web.catalogue collect

bench: setup ## measure the planner in some minutes, write docs/benchmarks.md
	$(BIN)/python -m tests.bench.run

bench-full: setup ## the same in about an hour, with other planners beside it
	$(BIN)/python -m tests.bench.run --full

lock: setup ## resolve the dependencies anew: exact, with hashes, without addresses
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	$(BIN)/uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --upgrade \
	  --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links \
	  --quiet --output-file requirements.lock
	echo 'ziglang>=0.15' | $(BIN)/uv pip compile - --universal --python-version 3.11 --upgrade \
	  --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links \
	  --quiet --output-file compiler.lock

clean: ## remove the virtual environment and caches (never the data)
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis

screenshots: setup ## the pictures of docs/images, from the demonstration (needs Chromium)
	$(BIN)/python -m tests.e2e.screenshots

# Everything a developer runs, by name. Each target sets up what it needs, by lock files with hashes; a second run is quick.
#
#   make demo      build the shipped example and serve it on 127.0.0.1:8765 (PORT=… to change)
#   make test      every test that needs no browser and no server
#   make lint      ruff, mypy, imports, lengths, drift of the reference pages
#   make browser   the tests that open a browser (Debian's chromium)
#   make bench     small runs of the benchmarks
#   make docs      write the reference pages from the code, and the documentation site into site/
#   make locks     resolve the lock files again (needs uv)

PYTHON ?= python3
PORT ?= 8765
WORKERS ?= 2
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input install -qq

.DEFAULT_GOAL := help
.PHONY: help demo test lint browser bench docs locks front-end set-up set-up-dev

help:
	@sed -n 's/^#   //p' Makefile

# --- setting up: a stamp a step, so that nothing is done twice

.make/venv: tools/virtual_environment.py
	@command -v $(PYTHON) >/dev/null 2>&1 || { \
	  echo "make: there is no $(PYTHON); install Python 3.11 or newer (on Debian: apt install python3 python3-venv)." >&2; exit 1; }
	@$(PYTHON) tools/virtual_environment.py .venv
	@mkdir -p .make && touch $@

.make/installed: .make/venv requirements.lock requirements-build.lock pyproject.toml
	@echo "Setting up: what Muniment stands on …" >&2
	@$(PIP) --require-hashes -r requirements-build.lock
	@$(PIP) --require-hashes -r requirements.lock
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

.make/dev: .make/installed requirements-dev.lock
	@echo "Setting up: what its tests stand on …" >&2
	@$(PIP) --require-hashes -r requirements-dev.lock
	@touch $@

.make/front-end: .make/installed $(wildcard tools/front_end.py package.json package-lock.json requirements-node.lock)
	@echo "Setting up: the front end …" >&2
	@$(BIN)/python tools/front_end.py
	@touch $@

set-up: .make/installed .make/front-end
set-up-dev: .make/dev
front-end: .make/front-end

# --- what a person runs

demo: .make/installed .make/front-end
	@$(BIN)/muniment demo --port $(PORT) --no-browser

test: .make/dev
	@$(BIN)/python -m pytest -m "not browser and not slow" -n $(WORKERS) -q

lint: .make/dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy --strict
	@$(BIN)/lint-imports
	@$(BIN)/python tools/reference_pages.py --check
	@$(BIN)/python tools/house_rules.py

browser: .make/dev .make/front-end
	@$(BIN)/python -m pytest -m browser -q

bench: .make/dev
	@for script in benchmarks/*/run.py; do echo "== $$script"; $(BIN)/python $$script --small || exit 1; done

docs: .make/dev
	@$(BIN)/python tools/reference_pages.py
	@$(BIN)/python -m sphinx -q -W --keep-going docs site

UV ?= uv
COMPILE := $(UV) pip compile --universal --python-version 3.11 --generate-hashes --no-header --quiet

locks:
	$(COMPILE) pyproject.toml -o requirements.lock
	$(COMPILE) --extra dev pyproject.toml -c requirements.lock -o requirements-dev.lock
	$(COMPILE) --group build -c requirements-dev.lock -o requirements-build.lock
	$(COMPILE) --group node -o requirements-node.lock

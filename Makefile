# Everything a newcomer needs is `make up` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PYTHONUNBUFFERED = 1

.PHONY: up test test-long check bench translations format clean

up: $(VENV)/.installed
	@$(BIN)/broadsheet up

test: $(VENV)/.installed-dev
	@$(BIN)/python -m pytest -n auto

test-long: $(VENV)/.installed-dev
	@$(BIN)/python -m pytest -n0 -m long

check: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/broadsheet manage makemigrations --check --dry-run
	$(BIN)/broadsheet manage check
	$(BIN)/python -m pytest -q -n0 tests/test_architecture.py

bench: $(VENV)/.installed-dev
	$(BIN)/python benchmarks/pages.py
	$(BIN)/python benchmarks/delivery.py
	$(BIN)/python benchmarks/publishing.py
	$(BIN)/python benchmarks/following.py
	$(BIN)/python benchmarks/log.py
	$(BIN)/python benchmarks/record.py
	$(BIN)/python benchmarks/importing.py
	$(BIN)/python benchmarks/documents.py --set seventh
	$(BIN)/python benchmarks/related.py --only quality
	$(BIN)/python benchmarks/related.py --only pairs
	$(BIN)/python benchmarks/proposing.py

translations: $(VENV)/.installed-dev
	$(BIN)/python tools/translations.py

format: $(VENV)/.installed-dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

$(VENV)/.installed: requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Broadsheet needs Python 3.11 or newer; this is %s. Run: make up PYTHON=python3.12" % sys.version.split()[0])'
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "Python's venv module is missing. On Debian: apt-get install python3-venv"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing into $(VENV) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed requirements-dev.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

clean:
	rm -rf $(VENV) build dist *.egg-info src/*.egg-info .pytest_cache .mypy_cache .ruff_cache

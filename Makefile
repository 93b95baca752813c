# make lab    install and open the workbook        make test   install what the tests need, run all
# make bench  the benchmarks                       make clean  remove what make made
# Needs Python 3.11 or newer and make; another Python than python3: make lab PYTHON=python3.12

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet
PYTEST_ARGS ?=

# What an installed environment depends on: changed, it is brought up to date, else left alone.
SOURCES := pyproject.toml constraints.txt jupyter-config/overrides.json

.PHONY: lab test bench clean
.DEFAULT_GOAL := lab

lab: $(VENV)/installed
	$(BIN)/netvaerk lab

test: $(VENV)/installed-test
	$(BIN)/python tests/programs.py
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest $(PYTEST_ARGS)

bench: $(VENV)/installed-test
	$(BIN)/python tests/programs.py
	$(BIN)/python -m benchmarks

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo 'Der skal bruges Python 3.11 eller nyere. Prøv fx: make lab PYTHON=python3.12'; exit 1; }
	@$(PYTHON) -m venv $(VENV) || \
	  { echo 'Python mangler sit modul venv. I Debian og Ubuntu: apt-get install python3-venv'; exit 1; }
	@touch $@

$(VENV)/installed: $(VENV)/made $(SOURCES)
	@echo 'Installerer arbejdsbogen; det tager et par minutter første gang.'
	$(PIP) -c constraints.txt -e .
	@touch $@

$(VENV)/installed-test: $(VENV)/made $(SOURCES)
	@echo 'Installerer arbejdsbogen og det, testene bruger; det tager et par minutter første gang.'
	$(PIP) -c constraints.txt -e '.[test]'
	@touch $@ $(VENV)/installed

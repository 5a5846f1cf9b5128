# Two commands set everything up on a new machine: `make run` and `make test`. They need Python 3.11 or later and a C compiler.
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin

# durable-rules is source-only and does not load on Python 3.13 and later unless it is built with this.
export CPPFLAGS += -DPyEval_CallObject=PyObject_CallObject

.PHONY: run test install install-dev check types lint benchmark questions reading docs clean
run: install
	@echo "magcheck check examples/evening.yaml"
	@$(BIN)/magcheck check examples/evening.yaml; code=$$?; echo "exit code $$code"; [ $$code -eq 20 ]

test: install-dev check
	$(BIN)/python -m pytest

check: lint types
	$(BIN)/python docs/generate.py --check

lint:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types:
	$(BIN)/mypy
	$(BIN)/pyright --pythonpath $(BIN)/python

benchmark: install-dev
	$(BIN)/python benchmarks/run.py

questions: install-dev
	$(BIN)/python -m benchmarks.questions

reading: install-dev
	$(BIN)/python -m tests.reading.scoring
	$(BIN)/python -m benchmarks.reading

docs: install-dev
	$(BIN)/python docs/generate.py

install: $(VENV)/.installed
install-dev: $(VENV)/.installed-dev

$(VENV)/.built:
	@command -v $${CC:-cc} >/dev/null 2>&1 || command -v gcc >/dev/null 2>&1 || \
		{ echo "magcheck needs a C compiler to build durable-rules. Install gcc (Debian: apt install gcc python3-dev) and run make again." >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "magcheck needs Python 3.11 or later. Name one: make PYTHON=python3.11 ..." >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --no-cache-dir --no-binary durable-rules --constraint constraints.txt durable-rules
	@touch $@

$(VENV)/.installed: pyproject.toml constraints.txt | $(VENV)/.built
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable .
	@touch $@

$(VENV)/.installed-dev: pyproject.toml constraints.txt | $(VENV)/.built
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[dev]'
	@touch $@ $(VENV)/.installed

clean:
	rm -rf $(VENV) build dist *.egg-info engine/*.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis

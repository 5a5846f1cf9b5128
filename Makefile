# Two commands set everything up on a new machine: `make run` and `make test`. They need Python 3.11 or later and a C compiler.
PYTHON ?= python3
VENV ?= .venv
SECONDS_EACH ?= 60
BIN = $(VENV)/bin

# durable-rules is source-only and does not load on Python 3.13 and later unless it is built with this.
export CPPFLAGS += -DPyEval_CallObject=PyObject_CallObject

# What is kept of the rules makes a start faster; see docs/decisions.md.
KEPT = rules/read_before.pickle
KNOWLEDGE = $(shell find rules -name '*.yaml' -o -name '*.csv'; \
	find engine/magcheck/core engine/magcheck/inference engine/magcheck/knowledge engine/magcheck/terminology -name '*.py') engine/magcheck/profile.py \
	engine/magcheck/report.py

# What `make quick` runs while one works: a little of every folder, under a minute. `make test` is what counts.
QUICK = \
	tests/alternatives tests/architecture tests/clients/openapi tests/core tests/facts tests/fhir tests/findings tests/lint tests/missing tests/people \
	tests/cli/test_ask_pipe.py tests/cli/test_clarify.py tests/cli/test_correcting.py tests/cli/test_saving.py \
	tests/contract/test_promises.py tests/docs \
	tests/explain/test_difference.py \
	tests/inference/test_compile.py tests/inference/test_faults.py tests/inference/test_number.py \
	tests/mcp/test_tools.py tests/knowledge/test_condition_words.py tests/knowledge/test_lines.py \
	tests/packaging/test_project_files.py \
	tests/plan/test_places.py tests/plan/test_said.py \
	tests/questions/test_items.py tests/questions/test_session.py \
	tests/rendering/test_day_shown.py tests/rendering/test_text.py \
	tests/faults tests/fuzz tests/mutation tests/prove/test_faults.py \
	tests/rules/test_pages.py tests/rules/test_plain_voice.py \
	tests/screen/test_row.py tests/screen/test_source.py \
	tests/serve/test_check.py \
	tests/reading/test_lines.py tests/terminology/test_names.py

.PHONY: run light serve test test-clients container quick prove screen mutate mutate-engine fuzz third verify install install-light install-dev install-spark \
	check types lint benchmark peers questions reading serve-benchmark docs site wheels lock sbom audit clean
define example
@echo "magcheck check examples/evening.yaml"
@$(BIN)/magcheck check examples/evening.yaml; code=$$?; echo "exit code $$code"; [ $$code -eq 20 ]
endef

run: install
	$(example)

# In an environment of its own: make VENV=.venv-light light
light: install-light
	@! $(BIN)/python -c 'import ortools' 2>/dev/null || { echo "$(VENV) holds OR-Tools." >&2; exit 1; }
	$(example)

# Other options: make serve OPTIONS='--port 9000 --workers 2'
serve: install-dev
	$(BIN)/magcheck serve $(OPTIONS)

test: install-dev check
	$(BIN)/python -m pytest

# Clients that others wrote, at length and other at every run; npm brings most of them (600 MB).
CLIENTS = tests/clients tests/fhir/test_strangers.py tests/mcp tests/serve/test_schemathesis.py tests/serve/cds/test_sandbox.py
test-clients: install-dev $(VENV)-clients/bin/openapi-python-client
	.ci/clients || true
	MAGCHECK_CLIENTS=thorough MAGCHECK_CLIENTS_PYTHON=$(VENV)-clients/bin/python $(BIN)/python -m pytest --dist loadfile $(CLIENTS)

# Programs of others, beside ours: a client of CDS Hooks, and what makes a Python client from our description.
$(VENV)-clients/bin/openapi-python-client:
	$(PYTHON) -m venv $(VENV)-clients
	$(VENV)-clients/bin/python -m pip install --quiet --require-hashes --requirement locked/clients.txt

# The Dockerfile, built and run without Docker (root; mmdebstrap, buildah, bubblewrap)
container:
	.ci/container

quick: install-dev
	$(BIN)/python -m pytest -m "not thorough" $(QUICK)

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

# The same pages in other engines; those that are not installed are said to be absent.
peers: install-dev
	-$(PINNED) --requirement locked/peers.txt
	$(BIN)/python -m benchmarks.peers

questions: install-dev
	$(BIN)/python -m benchmarks.questions

reading: install-dev
	$(BIN)/python -m tests.reading.scoring
	$(BIN)/python -m benchmarks.reading

# Every theorem about the pages; docs/verification.md says what each of these shows.
prove: install-dev
	$(BIN)/magcheck rules prove

# Synthetic people, screened, and what they cost; fewer, or with what a core costs: make screen PEOPLE=20000 PRICE=0.05
screen: PEOPLE ?= 1000000
screen: install-dev
	$(BIN)/python -m benchmarks.screen $(PEOPLE) $(PRICE)

mutate: install-dev
	$(BIN)/python -m tests.mutation

# So many mutants of each room; all of them take days: make mutate-engine EACH=
# Others, of some rooms only: make mutate-engine EACH=25 SEED=15 ROOMS='facts plan'
EACH ?= 5
SEED ?= 14
mutate-engine: install-dev $(VENV)/.installed-verify
	SEED=$(SEED) $(BIN)/python -m tests.mutation.engine $(EACH) $(ROOMS)

fuzz: install-dev $(VENV)/.installed-verify
	$(BIN)/python -m tests.fuzz $(SECONDS_EACH)

# A naive second reading beside the report; the soak is make third PEOPLE=2000000 (hours), and goes on with FIRST=350000
third: PEOPLE ?= 20000
third: install-dev
	$(BIN)/python -m tests.third_opinion $(PEOPLE) $(FIRST)

verify: prove mutate
	$(BIN)/python -m tests.faults

serve-benchmark: install-dev
	$(BIN)/python -m benchmarks.serve

docs: install-dev
	$(BIN)/python docs/generate.py

site: install-dev
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --quiet
	@echo "build/site/index.html; with its search: $(BIN)/python -m http.server --directory build/site"

# For each Python at hand; some only: make wheels PYTHONS="python3.12 python3.13"
wheels:
	.ci/wheels $(PYTHONS)
	@echo "Without a compiler: pip install --find-links dist/wheels magcheck"

install: $(VENV)/.installed $(KEPT)
install-light: $(VENV)/.installed-light $(KEPT)
install-dev: $(VENV)/.installed-dev $(KEPT)

$(KEPT): $(KNOWLEDGE) | $(VENV)/.built
	@ls $(VENV)/.installed* >/dev/null
	$(BIN)/python -m magcheck.knowledge.keep
	$(BIN)/python -m magcheck.inference.ready

# Only files whose hashes stand in locked/, and no build that fetches what it likes
PINNED = $(BIN)/python -m pip install --quiet --require-hashes
OURS = $(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .

$(VENV)/.built:
	@command -v $${CC:-cc} >/dev/null 2>&1 || command -v gcc >/dev/null 2>&1 || \
		{ echo "magcheck needs a C compiler to build durable-rules. Install gcc (Debian: apt install gcc python3-dev) and run make again." >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "magcheck needs Python 3.11 or later. Name one: make PYTHON=python3.11 ..." >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(PINNED) --requirement locked/build.txt
	$(PINNED) --no-cache-dir --no-build-isolation --use-pep517 --no-binary durable-rules --requirement locked/engine.txt
	@touch $@

# What `pip install magcheck` brings; everything but `magcheck plan` works with it.
$(VENV)/.installed-light: pyproject.toml locked/light.txt | $(VENV)/.built
	$(PINNED) --requirement locked/build.txt --requirement locked/light.txt
	$(OURS)
	@touch $@

$(VENV)/.installed: pyproject.toml locked/plan.txt | $(VENV)/.built
	$(PINNED) --requirement locked/build.txt --requirement locked/plan.txt
	$(OURS)
	@touch $@

$(VENV)/.installed-dev: pyproject.toml locked/dev.txt | $(VENV)/.built
	$(PINNED) --requirement locked/build.txt --requirement locked/dev.txt
	$(OURS)
	@touch $@ $(VENV)/.installed

# Fuzzing and the mutation of code, which no test needs
$(VENV)/.installed-verify: pyproject.toml locked/verify.txt | $(VENV)/.installed-dev
	$(PINNED) --requirement locked/build.txt --requirement locked/verify.txt
	$(OURS)
	@touch $@

# The way to the cluster: pyspark is large, and needs Java.
install-spark: $(VENV)/.installed-spark
$(VENV)/.installed-spark: pyproject.toml locked/spark.txt | $(VENV)/.installed-dev
	$(PINNED) --requirement locked/spark.txt
	@touch $@

# locked/ anew, after a change of pyproject.toml or constraints.txt
lock: $(VENV)-supply/bin/uv
	.ci/lock $<

# What is in an installation, as CycloneDX: build/sbom.json
sbom: install $(VENV)-supply/bin/uv
	@mkdir -p build
	$(VENV)-supply/bin/cyclonedx-py environment $(BIN)/python --pyproject pyproject.toml \
		--output-reproducible --output-file build/sbom.json
	@echo build/sbom.json

# Known vulnerabilities of everything that is locked; where nobody can be asked, this says so and ends with 3.
audit: $(VENV)-supply/bin/uv
	.ci/audit $(VENV)-supply/bin/pip-audit

$(VENV)-supply/bin/uv: locked/supply.txt
	$(PYTHON) -m venv $(VENV)-supply
	$(VENV)-supply/bin/python -m pip install --quiet --require-hashes --requirement $<
	@touch $@

clean:
	rm -rf $(VENV) $(VENV)-supply build dist *.egg-info engine/*.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis

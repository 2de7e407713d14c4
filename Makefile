# GNU make and a POSIX shell. `make` lists the targets.
#
#   VENV=.venv-3.13 PYTHON=/usr/bin/python3.13 make test     another environment, another Python
#   make test ARGS="-k rounding --no-cov"                    some tests only, without the coverage gate
#   make test WORKERS=0                                      in one process, as a debugger needs it
#   make test SEED=12345                                     the order and examples of a run that failed
#   make test EXAMPLES=thorough                              2,000 examples of each property, which takes hours

VENV ?= .venv
DEMO ?= published --html build/published.html
ARGS ?=
SEED ?= $(shell date +%s)
WORKERS ?= auto
SLOW ?= yes
EXAMPLES ?= quick
EXTRA ?= dev
GROUP ?=
SAMPLE ?= 150
DRAW ?= 1
TARGET ?= read
SECONDS ?= 60
N ?= 1000

# The distributions in plugins/ are installed beside the library, as their users would have them.
PLUGINS := $(sort $(patsubst %/pyproject.toml,%,$(wildcard plugins/*/pyproject.toml)))
SETTINGS := pyproject.toml constraints.txt $(addsuffix /pyproject.toml,$(PLUGINS))

BIN := $(VENV)/bin
PY := $(BIN)/python
MADE := $(VENV)/.made
CORE := $(VENV)/.core
DEV := $(VENV)/.$(EXTRA)
SPHINX := "$(PY)" -m sphinx -W -n --keep-going -q -b html docs docs/_build/html

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help demo packs test lint docs bench mutants differential fuzz clean

# Where Python may not keep what it compiled, each process compiles anew what it loads: a command that reads a table then
# takes 3 s of processor time instead of 1.
unexport PYTHONDONTWRITEBYTECODE
# Settings of the caller that would send packages or imports somewhere else than the environment made here.
unexport PIP_PREFIX PIP_REQUIRE_VIRTUALENV PIP_ROOT PIP_TARGET PIP_USER PYTHONHOME PYTHONPATH VIRTUAL_ENV

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-7s %s\n", $$1, $$2 }' Makefile

demo: $(CORE) ## install the library and its plugins, rate every published result again, say where the report lies
	@mkdir -p build
	"$(BIN)/careassure" $(DEMO)

packs: $(DEV) ## write the papers for a committee of the worked cases into build/packs
	@rm -rf build/packs && mkdir -p build/packs
	"$(BIN)/careassure" init build/packs/exampleshire --example >/dev/null
	@for form in docx html; do \
		"$(BIN)/careassure" report build/packs/exampleshire build/packs/exampleshire.$$form --part pack --at 2026-10-01; \
		for name in leicester rotherham; do \
			"$(BIN)/careassure" report docs/worked/$$name build/packs/$$name.$$form --part pack || exit 1; \
		done; \
	done

# Tests on Spark need Java 17 or newer; where there is none they are left out, and the run says so.
# What takes seconds each (other engines, other processes, every combination) is marked slow and tried once, without
# coverage: the gate holds without it. SLOW=no leaves it out. Before Python 3.12 counting coverage doubles the time of a
# test, so there it is not done unless ARGS=--cov asks for it. Tests on Spark are a group, since they share a session;
# looking after groups takes longer with each test, so the quick ones are dealt out freely.
COUNTED = import sys; print("--cov --cov-report=term-missing:skip-covered" if sys.version_info >= (3, 12) else "")
test: $(DEV) ## run every test, the quick ones with coverage, then the plugins' tests
	"$(PY)" -m pytest -n $(WORKERS) --dist worksteal -m "not slow" -q $$("$(PY)" -c '$(COUNTED)') \
		--hypothesis-profile=$(EXAMPLES) --randomly-seed=$(SEED) $(ARGS) || test $$? = 5 # none fits ARGS
	@test "$(SLOW)" = no || "$(PY)" -m pytest -n $(WORKERS) --dist loadgroup -m slow -q \
		--randomly-seed=$(SEED) $(ARGS) --no-cov || test $$? = 5
	"$(PY)" -m pytest -n $(WORKERS) --dist worksteal -q --randomly-seed=$(SEED) $(addsuffix /tests,$(PLUGINS))

lint: $(DEV) ## style, types, import layers, documentation
	"$(PY)" -m ruff check
	"$(PY)" -m ruff format --check
	"$(PY)" -m mypy
	"$(PY)" -m pyright --pythonpath "$(PY)"
	"$(BIN)/lint-imports" --no-logo
	$(SPHINX)

docs: $(DEV) ## build the documentation into docs/_build/html
	$(SPHINX)
	@echo "docs/_build/html/index.html"

bench: $(DEV) ## run the benchmarks, if there are any
	@found=no; for file in bench/bench_*.py; do \
		test -f "$$file" || continue; \
		found=yes; echo "$$file"; "$(PY)" "$$file" || exit 1; \
	done; test "$$found" = yes || echo "no bench/bench_*.py yet"

# GROUP is model, methods, plugins, kernel or lazy; all of them take hours on two cores. See tests/mutation/measure.py.
mutants: $(DEV) ## change the code a little, many times, and see whether the tests notice (GROUP, SAMPLE, DRAW)
	$(call install,.[mutation])
	"$(PY)" tests/mutation/measure.py $(GROUP) --sample $(SAMPLE) --seed $(DRAW) $(ARGS)

# N methods from SEED on; about a quarter of a second each. See tests/differential.
differential: $(DEV) ## random methods against a second reading of the method file (N, SEED)
	"$(PY)" tests/differential/campaign.py --count $(N) --seed $(SEED) $(ARGS)

# TARGET is read, workspace, csv, parquet, arrow, arguments, method, privacy, tables-in-files, large-ods, xls,
# sector-files, or readers for the last four in turn. ARGS=--guided needs atheris.
fuzz: $(DEV) ## feed inputs that nobody wrote (TARGET, SECONDS, SEED)
	"$(PY)" tests/fuzz/run.py $(TARGET) --seconds $(SECONDS) --seed $(SEED) $(ARGS)

clean: ## remove what was built, the caches and the environment
	rm -rf build dist docs/_build htmlcov .coverage .coverage.* .hypothesis .import_linter_cache
	rm -rf .mypy_cache .pytest_cache .ruff_cache
	find src tests docs bench plugins -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true
	@if test -f "$(VENV)/pyvenv.cfg"; then echo "rm -rf $(VENV)"; rm -rf "$(VENV)"; fi

# ------------------------------------------------------------- environment
# A stamp file marks each step, so that a second run does nothing.

# A working environment is kept. Otherwise the first Python that runs and is new enough makes one.
SUITABLE := import sys; sys.exit(sys.version_info < (3, 11))
SUITABLE_PIP := import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))

$(MADE):
	@set -eu; \
	if "$(PY)" -c '$(SUITABLE)' 2>/dev/null; then touch "$@"; exit 0; fi; \
	if test -e "$(VENV)" && ! test -f "$(VENV)/pyvenv.cfg"; then \
		echo "$(VENV) exists and is not a Python environment; set VENV to another name" >&2; exit 1; \
	fi; \
	if command -v uv >/dev/null 2>&1; then check='$(SUITABLE)'; else check='$(SUITABLE_PIP)'; fi; \
	found=; \
	for python in "$(PYTHON)" python3 python python3.13 python3.12 python3.11; do \
		test -n "$$python" || continue; \
		if "$$python" -c "$$check" >/dev/null 2>&1; then found=$$python; break; fi; \
		if test "$$python" = "$(PYTHON)"; then echo "PYTHON=$$python does not run or is too old" >&2; fi; \
	done; \
	if command -v uv >/dev/null 2>&1; then \
		rm -rf "$(VENV)"; \
		echo "uv venv $(VENV)"; \
		uv venv --quiet --python "$${found:->=3.11}" "$(VENV)"; \
	elif test -n "$$found"; then \
		echo "$$found -m venv $(VENV)"; \
		"$$found" -m venv --clear "$(VENV)"; \
	else \
		echo "No Python 3.11 or newer with venv was found. Install one, or run: make PYTHON=/path/to/python" >&2; exit 1; \
	fi; \
	touch "$@"

# install WHAT: that and the plugins, with uv where there is one, else with pip. Neither compiles every module of every
# library, which takes longer than all the rest; Python does it for those that are used.
define install
	@set -eu; \
	if command -v uv >/dev/null 2>&1; then \
		echo "uv pip install -c constraints.txt -e '$(1)'"; \
		uv pip install --quiet --python "$(PY)" -c constraints.txt -e '$(1)' $(addprefix -e ./,$(PLUGINS)); \
	else \
		"$(PY)" -m pip --version >/dev/null 2>&1 || "$(PY)" -m ensurepip >/dev/null; \
		echo "pip install -c constraints.txt -e '$(1)'"; \
		"$(PY)" -m pip install -qq --disable-pip-version-check --no-compile -c constraints.txt \
			-e '$(1)' $(addprefix -e ./,$(PLUGINS)); \
	fi
endef

$(CORE): $(SETTINGS) | $(MADE)
	$(call install,.)
	@touch "$@"

$(DEV): $(SETTINGS) | $(MADE)
	$(call install,.[$(EXTRA)])
	@touch "$(CORE)" "$@"

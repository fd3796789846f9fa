SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

HOST ?= 127.0.0.1
PORT ?= 8000
PYTHON ?= $(firstword $(shell command -v python3.11 python3))

VENV := .venv
PY := $(VENV)/bin/python
# Errors alone: a warning about an index says nothing to who wants to start.
PIP := $(PY) -m pip --disable-pip-version-check --no-input -qq
MANAGE := $(PY) manage.py
PYTEST := $(PY) -m pytest $(PYTEST_ARGS)
CHROMIUM ?= $(firstword $(shell command -v chromium chromium-browser google-chrome))

# A stamp carries the hash of what was installed: an unchanged list costs nothing.
hash = $(firstword $(shell cat $(1) 2>/dev/null | sha256sum))
RUN_STAMP := $(VENV)/.installed-run-$(call hash,requirements.txt)
DEV_STAMP := $(VENV)/.installed-dev-$(call hash,requirements.txt requirements-dev.txt)
NODE_STAMP := frontend/node_modules/.installed-$(call hash,frontend/package-lock.json)
BUILD_STAMP := static/build/.built
FRONTEND_SOURCES := $(shell find frontend \( -name node_modules -o -name tests \) -prune -o -type f ! -name '*.tsbuildinfo' -print 2>/dev/null)
CATALOGUES := $(patsubst %.po,%.mo,$(shell find apps gendt_web templates -name '*.po' 2>/dev/null))

export PYTHONUNBUFFERED := 1

##@ Use

.PHONY: help
help: ## Show the targets
	@awk 'BEGIN {FS = ":.*## "} /^##@/ {printf "\n%s\n", substr($$0, 5)} \
	  /^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: run
run: port-free ready ## Set up what is missing, create the demo team once, serve on HOST:PORT
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) demo
	@exec $(MANAGE) serve --host $(HOST) --port $(PORT)

.PHONY: port-free
port-free:
	@if (exec 3<> /dev/tcp/$(HOST)/$(PORT)) 2> /dev/null; then \
	  echo "Port $(PORT) on $(HOST) is taken. Choose another: make run PORT=8001" >&2; exit 1; fi

##@ Check

# Unit, front-end and browser tests each report; one failure fails the whole.
.PHONY: test
test: ready-dev ## Run every test (browser tests where Chromium is found)
	@$(MAKE) --keep-going test-unit test-frontend test-browser

.PHONY: test-unit
test-unit: $(DEV_STAMP) $(CATALOGUES) ## Run the Python tests but for the browser's
	OMP_NUM_THREADS=1 $(PYTEST) tests

.PHONY: test-frontend
test-frontend: $(NODE_STAMP) ## Run the TypeScript tests
	npm --prefix frontend test

.PHONY: test-browser
test-browser: ready-dev ## Run the browser tests
ifneq ($(CHROMIUM),)
	OMP_NUM_THREADS=1 CHROMIUM=$(CHROMIUM) $(PYTEST) tests/e2e
else ifeq ($(GENDT_REQUIRE_SERVICES),1)
	@echo "Chromium is required here and was not found (apt-get install chromium)." >&2; exit 1
else
	@echo "Browser tests left out: no Chromium found (apt-get install chromium)."
endif

.PHONY: lint
lint: ready-dev ## Check style, types, imports, templates and migrations
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	$(VENV)/bin/lint-imports
	$(VENV)/bin/djlint --quiet --lint templates apps
	$(MANAGE) makemigrations --check --dry-run
	npm --prefix frontend run lint
	npm --prefix frontend run typecheck
	$(VENV)/bin/hadolint docker/Dockerfile
	$(VENV)/bin/shellcheck .ci/run docker/entrypoint docker/healthcheck

.PHONY: bench-simulation
bench-simulation: $(DEV_STAMP) ## Measure the simulation engine beside SimPy, salabim, Ciw and cimba
	$(PY) benchmarks/simulation.py
	$(PY) benchmarks/first_run.py

.PHONY: bench-attention
bench-attention: $(DEV_STAMP) ## Measure attention kernels beside SDPA (needs a GPU; else compiles them)
	$(PY) benchmarks/attention.py

##@ Train

.PHONY: bench-serving
bench-serving: ready-dev ## Measure the wait for a script with 1, 4 and 16 users at once
	OMP_NUM_THREADS=1 $(PY) benchmarks/serving.py

.PHONY: train-vlsm
train-vlsm: $(RUN_STAMP) ## Train the text model; checkpoints in var/train/vlsm, resumable
	$(PY) -m apps.engines.vlsm train --out var/train/vlsm --resume

.PHONY: train-sketch
train-sketch: $(RUN_STAMP) ## Train the sketch network; checkpoints in var/train/sketch, resumable
	$(PY) -m apps.engines.sketch train --out var/train/sketch --resume

.PHONY: evaluate-vlsm
evaluate-vlsm: $(RUN_STAMP) ## Measure the shipped model on 540 held-out triplets
	$(PY) -m apps.engines.vlsm evaluate --limit 540 --workers 2

##@ Maintain

.PHONY: format
format: $(DEV_STAMP) ## Format the Python code
	$(PY) -m ruff format .
	$(PY) -m ruff check --fix .

.PHONY: messages
messages: $(DEV_STAMP) ## Collect the strings to translate (needs gettext's xgettext)
	$(MANAGE) makemessages --locale zh_Hans --ignore 'frontend/*' --ignore '.venv/*' --no-location
	@$(MAKE) catalogues

.PHONY: catalogues
catalogues: $(RUN_STAMP) $(CATALOGUES) ## Compile the translations

.PHONY: clean
clean: ## Remove what was built; what was made while running (var/) stays
	rm -rf $(VENV) frontend/node_modules static/build test-results
	rm -rf .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find apps gendt_web templates -name '*.mo' -delete
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# What the targets above stand on.

.PHONY: ready ready-dev
ready: $(RUN_STAMP) $(BUILD_STAMP) $(CATALOGUES)
ready-dev: $(DEV_STAMP) $(BUILD_STAMP) $(CATALOGUES)

$(VENV)/bin/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' \
	  || { echo "Python 3.11 is needed; say where it is: make PYTHON=/path/to/python3.11 …" >&2; exit 1; }
	@echo "Creating the virtual environment in $(VENV) …"
	@$(PYTHON) -m venv $(VENV) \
	  || { rm -rf $(VENV); echo "The venv module is missing: apt-get install python3-venv" >&2; exit 1; }

# torch goes first and alone, so that nothing else chooses its build.
$(RUN_STAMP): | $(VENV)/bin/pip
	@echo "Installing the Python packages (a few minutes the first time) …"
	@$(PIP) install "$$(grep '^torch==' requirements.txt)"
	@$(PIP) install -r requirements.txt
	@rm -f $(VENV)/.installed-run-* && touch $@

$(DEV_STAMP): $(RUN_STAMP)
	@echo "Installing the test and lint tools …"
	@$(PIP) install -r requirements-dev.txt
	@rm -f $(VENV)/.installed-dev-* && touch $@

$(NODE_STAMP):
	@command -v npm > /dev/null || { echo "Node.js 20 with npm is needed (apt-get install nodejs npm)." >&2; exit 1; }
	@node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a < 20 || (a === 20 && b < 19) ? 1 : 0)' \
	  || { echo "Node.js 20.19 or newer is needed, found $$(node --version)." >&2; exit 1; }
	@echo "Installing the front-end packages …"
	@npm --prefix frontend ci --no-audit --no-fund --loglevel=error
	@touch $@

$(BUILD_STAMP): $(FRONTEND_SOURCES) | $(NODE_STAMP)
	@echo "Building the front end …"
	@npm --prefix frontend run --silent build -- --logLevel error
	@touch $@

%.mo: %.po | $(RUN_STAMP)
	@$(PY) -c 'import polib, sys; polib.pofile(sys.argv[1]).save_as_mofile(sys.argv[2])' $< $@

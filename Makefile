# What can be done here. `make` alone prints this list.
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
PEERS := .venv-peers/.ready

.DEFAULT_GOAL := help
.PHONY: help demo test check bench bench-peers soak mutants lint types layers shape format clean lock browser screenshots

help:  ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

demo: $(READY)  ## a whole synchronisation on a sandbox ERP and a sandbox shop, shown step by step
	@$(BIN)/pomost demo

test: $(READY) browser  ## every test, in parallel
	@$(BIN)/python -m pytest -q -n auto --dist worksteal $(ARGS)
	@$(BIN)/python -m tests.manual.sentences

# Tests of the panel drive the system's Chromium: installed here where that can be done, asked for where it cannot.
browser:
	@command -v chromium chromium-browser google-chrome > /dev/null || { \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get > /dev/null; then \
	    echo "installing chromium ..."; \
	    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
	      chromium fonts-dejavu-core; } > /dev/null; \
	  else echo "Tests of the panel need Chromium: install the system's package chromium." >&2; exit 1; fi; }

screenshots: $(READY) browser  ## every screen of the panel in both languages, into build/screenshots
	@$(BIN)/python -m tests.panel.browser.screenshots $(ARGS)

check: $(READY) lint types layers shape  ## format, lint, strict types, layers, the shape of the house

lint: $(READY)
	@$(BIN)/ruff format --check src tests bench
	@$(BIN)/ruff check src tests bench

types: $(READY)
	@$(BIN)/mypy

layers: $(READY)
	@$(BIN)/lint-imports

shape: $(READY)
	@$(BIN)/python -m pytest -q -p no:cacheprovider tests/house

format: $(READY)  ## put the source into the common form
	@$(BIN)/ruff format src tests bench
	@$(BIN)/ruff check --fix src tests bench

bench: $(READY)  ## measure: ratios within one run
	@$(BIN)/python -m bench $(ARGS)

bench-peers: $(READY) $(PEERS)  ## beside dlt, Singer SDK and Airbyte CDK; ARGS="100k --markdown"
	@$(BIN)/python -m bench.peers $(ARGS)

soak: $(READY)  ## every power cut, and every property with more and ever new examples
	@POMOST_PROPERTIES=soak $(BIN)/python -m pytest -q -n auto --dist worksteal -m "hypothesis or power_cut" $(ARGS)

mutants: $(READY)  ## bugs planted in the rules one by one: at least 95 in a hundred have to be noticed by tests/rules
	@$(BIN)/python -m tests.mutants

lock: $(READY)  ## pin every dependency again (hashes, no addresses)
	@$(BIN)/uv pip compile pyproject.toml --all-extras --group dev --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-emit-find-links --no-header --no-annotate -q -o requirements.lock
	@$(BIN)/uv pip compile --group peers --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-emit-find-links --no-header --no-annotate -q -o bench/peers/requirements.lock
	@echo uv | $(BIN)/uv pip compile - --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-emit-find-links --no-header --no-annotate -q -o boot.lock

clean:  ## remove what was installed and made here
	rm -rf .venv .venv-peers mutants build dist .mypy_cache .ruff_cache .hypothesis

$(READY): boot.lock requirements.lock pyproject.toml
	@echo "installing into .venv ..."
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r boot.lock
	@$(BIN)/uv pip sync --quiet --require-hashes --compile-bytecode requirements.lock boot.lock
	@$(BIN)/uv pip install --quiet --no-deps --no-build-isolation --no-index -e .
	@$(BIN)/python -m compileall -q src
	@touch $@

$(PEERS): bench/peers/requirements.lock | $(READY)
	@echo "installing the rivals into .venv-peers ..."
	@$(PYTHON) -m venv .venv-peers
	@$(BIN)/uv pip sync --quiet --require-hashes --compile-bytecode --python .venv-peers/bin/python bench/peers/requirements.lock
	@touch $@

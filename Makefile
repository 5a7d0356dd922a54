# Everything a newcomer needs: `make crawl`, `make test`. `make help` lists the rest.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Debian ships Python without ensurepip; its own pip can fill an environment from outside.
PIP := $(PYTHON) -m pip --python $(BIN)/python --disable-pip-version-check

.DEFAULT_GOAL := help
.PHONY: help crawl demo test proofs torture bench lint clean

help: ## list the targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

crawl: $(VENV)/crawl.installed ## crawl the embedded demo site into output/
	$(BIN)/scrapy crawl wallpapers

demo: $(VENV)/crawl.installed ## serve the demo site, to look at in a browser
	$(BIN)/scrapy demo

test: $(VENV)/test.installed ## run the tests, on two cores
	$(BIN)/python -m pytest -n 3 --dist loadfile

proofs: $(VENV)/test.installed ## run the tests that take longer than an everyday run allows
	$(BIN)/python -m pytest -m slow

torture: $(VENV)/test.installed ## kill crawls two hundred times; `make proofs` kills them 25 times
	KILLS=200 $(BIN)/python -m pytest -m slow tests/integration/test_kills.py

bench: $(VENV)/crawl.installed ## measure speed, memory and the frontier beside other programs; two hours
	$(BIN)/python -m benchmarks --write

lint: $(VENV)/test.installed ## style and types
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

clean: ## remove the environment and what crawls and benchmarks wrote
	rm -rf $(VENV) .benchmarks build *.egg-info
	find output -mindepth 1 ! -name .gitkeep -delete

$(BIN)/python:
	$(PYTHON) -m venv --without-pip $(VENV)

$(VENV)/crawl.installed: $(BIN)/python requirements.txt
	@echo "Installing what requirements.txt pins into $(VENV) ..."
	@$(PIP) install --quiet -r requirements.txt
	@touch $@

$(VENV)/test.installed: $(VENV)/crawl.installed requirements-browser.txt requirements-dev.txt
	@echo "Installing what the tests need into $(VENV) ..."
	@$(PIP) install --quiet -r requirements-dev.txt
	@touch $@

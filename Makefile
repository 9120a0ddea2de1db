# make run    install into .venv and run the pipeline on the sample interviews, without a key
# make project DIR=../sol   a folder of your own for settings, interviews and results
# make test   install what tests need and run the whole suite
# make crash  strike the workflow down 200 times and write docs/crash-figures.md (most of an hour)
# make local-model  two interviews through llama.cpp's server with a small model (200 MB to install)
# make long   the tests that take minutes
# make pins   pin the dependencies of pyproject.toml anew

PYTHON ?= python3
BIN := .venv/bin
# Snakemake starts `python` for scripts: it must be the environment's own.
export PATH := $(CURDIR)/$(BIN):$(PATH)

.PHONY: long run project test check unit workflow crash local-model docs pins

run: .venv/installed
	snakemake -j 4 --resources api_calls=4

# The name reaches the program as it is, whatever is in it.
project: export FOLDER := $(DIR)
project: .venv/installed
	@python -m intelligence_capture.project "$$FOLDER"

test: check unit workflow

check: .venv/installed-test
	ruff check .
	ruff format --check .
	snakefmt --check Snakefile rules
	mypy
	lint-imports --config .importlinter
	snakemake --lint

unit: .venv/installed-test
	pytest -q -n 2 -m "not workflow and not long and not live and not live_local"

workflow: .venv/installed-test
	pytest -q -n 2 -m "workflow and not long"

long: .venv/installed-test
	pytest -q -m "long and not live and not live_local"

# Everything but the pace of the machine follows from the seed: make crash CRASH='--seed 2 --strikes 20'
crash: .venv/installed-test
	python -m tests.crash $(CRASH)

local-model: .venv/installed-test
	pytest -q -m live_local tests/live

.venv/installed: requirements.txt pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make run PYTHON=python3.12")'
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

.venv/installed-test: .venv/installed requirements-test.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-test.txt
	touch $@

docs: run
	python docs/answers.py results

pins:
	$(BIN)/pip install --quiet pip-tools
	$(BIN)/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --output-file requirements.txt pyproject.toml requirements.in
	$(BIN)/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --extra test --constraint requirements.txt --output-file requirements-test.txt pyproject.toml requirements.in

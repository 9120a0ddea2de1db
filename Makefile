# make run    install into .venv and run the pipeline on the sample interviews, without a key
# make project DIR=../sol   a folder of your own for settings, interviews and results
# make test   install what tests need and run the whole suite
# make crash  strike the workflow down 200 times and write docs/crash-figures.md (most of an hour)
# make local-model  two interviews through llama.cpp's server with a small model (200 MB to install)
# make long   the tests that take minutes
# make slurm  the workflow on a Slurm of four nodes on this machine (Debian, root; ten minutes)
# make s3     the workflow with its results in S3, on a server on this machine
# make redis  the limits that machines share through Redis, on a server on this machine
# make office  the workbook as LibreOffice opens it (Debian, root; 300 MB to install)
# make browse  the databases in a browser, with the questions of the pages (Datasette)
# make pins   pin the dependencies of pyproject.toml anew

PYTHON ?= python3
BIN := .venv/bin
PIN := $(BIN)/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras --no-emit-index-url --no-emit-trusted-host --no-emit-find-links
# Snakemake starts `python` for scripts: it must be the environment's own.
export PATH := $(CURDIR)/$(BIN):$(PATH)

.PHONY: long run project test check unit workflow crash local-model slurm s3 redis office browse docs pins

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
	pytest -q -n 2 -m "not workflow and not long and not live and not live_local and not live_cluster"

workflow: .venv/installed-test
	pytest -q -n 2 --dist loadfile --durations 12 -m "workflow and not long"

long: .venv/installed-test
	pytest -q -m "long and not live and not live_local and not live_cluster"

# Everything but the pace of the machine follows from the seed: make crash CRASH='--seed 2 --strikes 20'
crash: .venv/installed-test
	python -m tests.crash $(CRASH)

slurm: .venv/installed-cluster
	tests/cluster/slurm.sh install
	pytest -q -rP -m live_cluster tests/cluster/test_generic.py tests/cluster/test_slurm.py

s3: .venv/installed-cluster
	pytest -q -rP -m live_cluster tests/cluster/test_s3.py

redis: .venv/installed-test
	command -v redis-server >/dev/null || (apt-get update -q && apt-get install -y -q --no-install-recommends redis-server)
	pytest -q tests/unit/llm/test_redis_gate.py

office: .venv/installed-test
	command -v soffice >/dev/null || (apt-get update -q && apt-get install -y -q --no-install-recommends libreoffice-calc)
	pytest -q tests/unit/reports/test_workbook_in_libreoffice.py

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

.venv/installed-cluster: .venv/installed-test requirements-cluster.txt requirements-cluster-test.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-cluster.txt -r requirements-cluster-test.txt
	touch $@

# On this machine alone, at http://127.0.0.1:8001; nothing can be changed there.
browse: .venv/installed-browse
	python -m docs.browse results results/.state/datasette.json
	datasette serve --immutable results/intelligence.db --immutable results/graph/knowledge_graph.db --metadata results/.state/datasette.json

.venv/installed-browse: .venv/installed requirements-browse.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-browse.txt
	touch $@

docs: run
	python docs/answers.py results

pins:
	$(BIN)/pip install --quiet pip-tools
	$(PIN) --output-file requirements.txt pyproject.toml requirements.in
	$(PIN) --extra test --constraint requirements.txt --output-file requirements-test.txt pyproject.toml requirements.in
	$(PIN) --extra cluster --constraint requirements.txt --output-file requirements-cluster.txt pyproject.toml requirements.in
	$(PIN) --extra cluster-test --constraint requirements-cluster.txt --output-file requirements-cluster-test.txt pyproject.toml requirements.in
	$(PIN) --extra browse --constraint requirements.txt --constraint requirements-test.txt --output-file requirements-browse.txt pyproject.toml requirements.in

# Each target prepares what it needs: a clean clone with python3 and make is enough.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
SHELL := bash
UV := .tools/bin/uv
PYTHON := .venv/bin/python
PORT ?= 8000
LOCK := --universal --python-version 3.13 --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --no-header

help: ## what can be done here
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 24

lock: $(UV) ## write the locked dependencies anew, without addresses
	$(UV) pip compile -q $(LOCK) requirements/uv.in -o requirements/uv.txt
	$(UV) pip compile -q $(LOCK) pyproject.toml -o requirements/base.txt
	$(UV) pip compile -q $(LOCK) --group dev pyproject.toml -o requirements/dev.txt

# `cd /`: a .python-version naming a Python that pyenv lacks must not stop the bootstrap.
$(UV): requirements/uv.txt
	@command -v python3 >/dev/null || { echo "Python 3.11 or newer is needed (python3)."; exit 1; }
	cd / && python3 -m venv "$(CURDIR)/.tools"
	.tools/bin/python -m pip install -q --require-hashes --only-binary :all: -r requirements/uv.txt
	@touch $@

.venv/.ok: requirements/dev.txt .python-version | $(UV)
	$(UV) venv -q --allow-existing .venv
	VIRTUAL_ENV=.venv $(UV) pip sync -q --require-hashes requirements/dev.txt
	@touch $@

.PHONY: help lock

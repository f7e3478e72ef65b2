# A checkout from nothing: `make run` to see the site, `make test` to check it.

PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 15))' 2>/dev/null && echo $$p && break; done)
export ARGS

.DEFAULT_GOAL := help
.PHONY: help python setup run test bench lighthouse html messages requirements

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## /make \1|/p' $(MAKEFILE_LIST) | awk -F'|' '{ printf "%-20s %s\n", $$1, $$2 }'

setup: python ## the environment in .venv, and a git-ignored .env with a generated secret
	@$(PYTHON) -m scripts.setup development

run: python ## the site with demonstration content, and a worker, on 127.0.0.1:8000 (HOST=… PORT=… for another address)
	@$(PYTHON) -m scripts.run

test: setup ## every check and every test (ARGS="-k name" for some of the tests and no checks)
	@.venv/bin/python -m scripts.test

bench: setup ## the benchmark, as ratios measured in one run (ARGS=… are passed on)
	@.venv/bin/python -m bench $(ARGS)

lighthouse: setup ## Lighthouse on the main kinds of page; needs Node.js and Chromium
	@.venv/bin/python -m scripts.audit lighthouse

html: setup ## the Nu HTML checker on every kind of page; needs Node.js and Java
	@.venv/bin/python -m scripts.audit html

messages: setup ## bring the messages of code and templates into locale/, and compile what is translated
	@.venv/bin/python -m scripts.messages

requirements: python ## pin and hash what pyproject.toml asks for (ARGS=--upgrade for newer versions)
	@$(PYTHON) -m scripts.requirements $(ARGS)

python:
	@$(or $(PYTHON),false) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 15))' 2>/dev/null || { \
		echo 'Python 3.11 to 3.14 is needed, and $(or $(PYTHON),python3) is not one. Name yours: make PYTHON=python3.12 $(MAKECMDGOALS)' >&2; \
		exit 1; }

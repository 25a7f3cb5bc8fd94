# Minh Bạch. `make run` and `make test` need Python 3.11 and make, nothing else.

PORT ?= 8000
PYTHON ?= $(firstword $(foreach p,python3.11 python3.12 python3.13 python3,$(shell command -v $(p) 2>/dev/null)))
BIN := .venv/bin
LOCKS := site/requirements
CATALOGUES := $(wildcard site/locale/*/vi/LC_MESSAGES/*.po)
WORDS := site/locale/minhbach/vi/LC_MESSAGES/django.po

.PHONY: help setup run test bench soak lint search-server locks messages clean

help: ## what can be asked for
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

setup: .venv/runtime $(CATALOGUES:.po=.mo) ## the environment, pinned dependencies, compiled translations

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed."; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; $(PYTHON) is older."; exit 1; }
	$(PYTHON) -m venv .venv || { rm -rf .venv; echo "Python cannot make an environment here (Debian: python3-venv)."; exit 1; }

.venv/runtime: $(LOCKS)/runtime.txt | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

.venv/development: $(LOCKS)/development.txt .venv/runtime
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

%.mo: %.po | .venv/runtime
	$(BIN)/pybabel --quiet compile --input-file $< --output-file $@ --locale vi

run: setup ## serve http://127.0.0.1:8000 (PORT=), with the demonstration the first time
	@exec $(BIN)/python manage.py serve --port $(PORT)

test: setup .venv/development ## every test this machine can run; says what it skipped and why
	$(BIN)/python -m pytest -n 2 --dist loadgroup -rs

lint: setup .venv/development ## style, templates, the direction of imports, missing migrations
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djhtml --check templates
	PYTHONPATH=site:. $(BIN)/lint-imports
	$(BIN)/python manage.py makemigrations --check --dry-run --settings minhbach.settings.test

bench: setup .venv/development ## ratios measured in one run
	$(BIN)/python -m tests.bench

soak: setup .venv/development ## what is too long for every run
	$(BIN)/python -m pytest -m soak -rs

SEARCH_PORT ?= 9200
search-server: setup ## Elasticsearch 8.19 on loopback, from Maven Central (needs Maven, Java 17), until Ctrl+C
	@exec $(BIN)/python -m search.server --port $(SEARCH_PORT)

# Into our own catalogue only; what the editing interface's catalogue says already is left to it.
messages: ## find new strings to translate (needs GNU gettext)
	$(BIN)/python manage.py makemessages --locale vi --no-obsolete --no-wrap --add-location file \
		--ignore .venv --ignore var --ignore tests --ignore site/locale
	msgattrib --no-wrap --sort-by-file --set-obsolete --only-file=$(subst minhbach,wagtail,$(WORDS)) -o $(WORDS) $(WORDS)
	msgattrib --no-wrap --no-obsolete -o $(WORDS) $(WORDS)

locks: ## pin the dependencies of pyproject.toml anew (needs uv)
	uv pip compile pyproject.toml --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header -o $(LOCKS)/runtime.txt
	uv pip compile --group pyproject.toml:dev -c $(LOCKS)/runtime.txt --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header -o $(LOCKS)/development.txt

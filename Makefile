# On Windows use the commands of README.md; this file is for Linux and Mac.
PYTHON ?= python3
BIN := .venv/bin
DEMO ?= demo

.PHONY: demo test referees check template macros pages pictures lock bench clean

# Programs that tests and buttons start would be compiled anew each time.
unexport PYTHONDONTWRITEBYTECODE

INSTALL := $(BIN)/pip install --quiet --disable-pip-version-check

# What the product needs to run. Done again whenever the lock or the project file changes.
.venv/ready: requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "需要 Python 3.11 或更新的版本")'
	$(PYTHON) -m venv .venv
	$(INSTALL) --require-hashes -r requirements.lock
	$(INSTALL) --no-deps --no-build-isolation -e .
	touch $@

# What its developers need besides.
.venv/dev: .venv/ready requirements-dev.lock
	$(INSTALL) --require-hashes -r requirements-dev.lock
	touch $@

# Two referees that are not ours: Microsoft's validator and ONLYOFFICE's engine.
REFEREES := $(addprefix tests/referees/,package.json package-lock.json requirements.lock)
.venv/referees/ready: .venv/dev $(REFEREES)
	command -v npm >/dev/null || tests/debian npm
	mkdir -p $(@D)
	cp tests/referees/package.json tests/referees/package-lock.json $(@D)
	cd $(@D) && npm ci --silent --ignore-scripts --no-audit --no-fund
	$(INSTALL) --require-hashes -r tests/referees/requirements.lock
	touch $@

referees: .venv/referees/ready

demo: .venv/ready
	[ "$(DEMO)" != demo ] || rm -rf demo
	$(BIN)/qcity demo "$(DEMO)"

# Without the network tests still run; those that lack something say so.
test: .venv/dev
	tests/debian || echo "Some Debian packages are missing: tests that need them are skipped." >&2
	$(BIN)/python -m pytest

check: .venv/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

# workbook/*.xlsx from the tables in workbook/source; a test holds that they agree.
template: .venv/ready
	$(BIN)/python -m qcity_xl.adapters.templates workbook

# The manual's pictures, from the running product (needs what the tests need, and scrot).
pictures: .venv/dev
	$(BIN)/python -m tools.make_pictures

# docs/*.html from docs/*.md: what the button 使用手册 opens; a test holds that they agree.
pages: .venv/dev
	$(BIN)/python -m tools.make_json_page
	$(BIN)/python -m tools.make_pages

# macros/ from the catalogue of steps and the table of functions; a test holds that they agree.
macros: .venv/ready
	$(BIN)/python -m qcity_xl.addin.sources macros

# The locks name versions and hashes, never where they are downloaded from.
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-annotate --no-header
lock: .venv/ready
	$(INSTALL) "uv<1"
	$(COMPILE) --group build pyproject.toml -o requirements.lock
	$(COMPILE) --group dev -c requirements.lock -o requirements-dev.lock
	$(COMPILE) --group referees -o tests/referees/requirements.lock
	cd tests/referees && npm install --package-lock-only --omit-lockfile-registry-resolved \
		--ignore-scripts --no-audit --no-fund

# Writes docs/performance.md, in a quarter of an hour; other sizes: python -m benchmarks 40 200
bench: .venv/dev
	$(BIN)/python -m benchmarks
	$(BIN)/python -m benchmarks.click

clean:
	rm -rf .venv demo .mypy_cache .ruff_cache .hypothesis

# On Windows use the commands of README.md; this file is for Linux and Mac.
PYTHON ?= python3
BIN := .venv/bin
DEMO ?= demo

.PHONY: demo test check template macros pages pictures lock bench clean

# The set-up is done again whenever the lock or the project file changes.
.venv/ready: requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "需要 Python 3.11 或更新的版本")'
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

demo: .venv/ready
	[ "$(DEMO)" != demo ] || rm -rf demo
	$(BIN)/qcity demo "$(DEMO)"

test: .venv/ready
	$(BIN)/python -m pytest

check: .venv/ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

# workbook/*.xlsx from the tables in workbook/source; a test holds that they agree.
template: .venv/ready
	$(BIN)/python -m qcity_xl.adapters.templates workbook

# The manual's pictures, from the running product (needs what the tests need, and scrot).
pictures: .venv/ready
	$(BIN)/python -m tools.make_pictures

# docs/*.html from docs/*.md: what the button 使用手册 opens; a test holds that they agree.
pages: .venv/ready
	$(BIN)/python -m tools.make_pages

# macros/ from the table of commands in qcity_xl/addin; a test holds that they agree.
macros: .venv/ready
	$(BIN)/python -m qcity_xl.addin.sources macros

# The lock names versions and hashes, never where they are downloaded from.
lock: .venv/ready
	$(BIN)/pip install --quiet "uv<1"
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-emit-find-links --no-annotate --no-header \
		--group dev pyproject.toml -o requirements.lock

bench: .venv/ready
	$(BIN)/python -m benchmarks
	$(BIN)/python -m benchmarks.click

clean:
	rm -rf .venv demo .mypy_cache .ruff_cache .hypothesis

# What people and CI run. `make run` on a fresh machine needs Python 3.11 or newer and nothing else.
SHELL := /bin/bash
.DEFAULT_GOAL := help
BIN := .venv/bin

.PHONY: help run setup test check format bench docs golden

help:  ## show this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | expand -t 12

run: setup  ## start LibCoach: Telegram when a token is set, else a chat in the terminal
	@$(BIN)/libcoach run

setup: .venv/ready  ## make .venv with everything in it

.venv/ready: pyproject.toml constraints.txt setup.sh
	@bash setup.sh

test: setup  ## run the whole test suite
	@$(BIN)/python -m pytest

check: setup  ## formatting, lint, types, layers, sizes
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python -m tests.sizes

format: setup  ## put the code into its usual form
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

golden: setup  ## write the golden files anew; read the difference before you keep it
	@LIBCOACH_WRITE_GOLDEN=1 $(BIN)/python -m pytest -q $$(grep -rl check_golden tests --include='test_*.py')

bench: setup  ## measure everything into docs/benchmarks.md (takes a while)
	@$(BIN)/python -m benchmarks

docs: setup  ## write the generated parts of the documents anew
	@$(BIN)/python -m tests.writing_documents

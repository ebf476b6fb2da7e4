# `make` builds the default review; `make test` runs the tests. Both set up .venv first, from the
# locked requirements, and need nothing but Python 3.11 or newer.
SHELL := /bin/bash
.DEFAULT_GOAL := run

CORES ?= 4
# Processes that share the tests, a file of tests each at a time.
JOBS ?= 2
VENV := .venv
BIN := $(CURDIR)/$(VENV)/bin
# The first Python that is new enough; `make PYTHON=/path/to/python` chooses another.
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& { echo $$python; break; }; done)

.PHONY: run test bench reference gallery clean

run: $(VENV)/run-ready
	PATH="$(BIN):$$PATH" snakemake --cores $(CORES)

test: $(VENV)/test-ready
	PATH="$(BIN):$$PATH" python -m pytest -n $(JOBS) --dist loadfile

bench: $(VENV)/test-ready
	PATH="$(BIN):$$PATH" python -m benchmarks

# Makes the reference numbers anew; needs R with the package metafor.
reference: $(VENV)/test-ready
	for script in tests/reference/make_*.R; do Rscript "$$script" || exit 1; done

# Copies the figures of a finished run into docs/gallery, beside metafor's where R has it.
gallery: run
	PATH="$(BIN):$$PATH" python docs/gallery/make_gallery.py

clean:
	rm -rf results/*/ logs .snakemake

$(VENV)/python-ready:
	@test -n "$(PYTHON)" || { echo "Evergrove needs Python 3.11 or newer; none was found." \
	"Install one, or name it: make PYTHON=/path/to/python" >&2; exit 2; }
	@"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null || { echo "$(PYTHON) has no venv module." \
	"On Debian and Ubuntu: apt install python3-venv" >&2; exit 2; }
	"$(PYTHON)" -m venv --clear "$(VENV)"
	@touch "$@"

$(VENV)/run-ready: $(VENV)/python-ready requirements.lock
	"$(BIN)/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch "$@"

$(VENV)/test-ready: $(VENV)/python-ready requirements-dev.lock
	"$(BIN)/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch "$@" "$(VENV)/run-ready"

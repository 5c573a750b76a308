# Every path is relative, so that the checkout may stand in a folder whose name has spaces.
PYTHON ?= python3
RUN := .venv/bin/python -m
PIP := $(RUN) pip install -q --disable-pip-version-check

export PYTHONHASHSEED := 0
export JUPYTER_PLATFORM_DIRS := 1
export IPYTHONDIR := $(CURDIR)/.venv/ipython
# What a user sets for other programs changes no page and stops no command.
unexport MPLBACKEND MATPLOTLIBRC PYTHONWARNINGS PYTHONDEVMODE PYTHONSTARTUP PYTHONINSPECT PYTHONPATH PYTHONHOME
# As they are written: no dollar sign of a name is make's, and no shell reads them.
override CORPUS := $(value CORPUS)
override BY := $(value BY)
override EVENT := $(value EVENT)
override NEW := $(value NEW)
override OUTLETS := $(value OUTLETS)
override WORD := $(value WORD)
override ZIP := $(value ZIP)
export BY CORPUS EVENT NEW OUTLETS PAGE URLS WORD ZIP

.DEFAULT_GOAL := help
.PHONY: help report test lab corpus lists coding notebooks dictionary picture quality speed lock clean

help: ## list the targets
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile | expand -t 14

report: .venv/.ready ## run the notebooks and write reports/index.html (CORPUS=folder EVENT=id BY=event "OUTLETS=A|B" WORD=word ZIP=1)
	@$(RUN) helpers.report

test: .venv/.ready ## format, lint, types, unit tests, and strict nbval on every notebook
	$(RUN) ruff format --check .
	$(RUN) ruff check .
	$(RUN) mypy
	$(RUN) pytest

lab: .venv/.ready ## explore in JupyterLab, in copies of the notebooks; nothing is asked of the network
	@$(RUN) helpers.lab
	$(RUN) jupyterlab --notebook-dir=. --config=templates/lab/jupyter_server_config.py \
	  "--LabApp.app_settings_dir=$(CURDIR)/templates/lab" --LabApp.default_url=/lab/tree/my-notebooks/explore.ipynb \
	  --LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate $(LAB)

corpus: .venv/.ready ## start a corpus of your own: make corpus NEW=my-corpus (URLS=list.txt fetches pages)
	@$(RUN) helpers.text.start $(if $(NEW),"$$NEW") $(if $(URLS),"$$URLS") $(if $(AGAIN),--again)
	@$(RUN) helpers.events $(if $(NEW),"$$NEW")

lists: .venv/.ready ## write the drafted names of a corpus into its lexicons: make lists CORPUS=my-corpus
	@$(RUN) helpers.lists "$$CORPUS"

coding: .venv/.ready ## write the spans for a second coder; theirs are compared on page 04: make coding CORPUS=folder
	@$(RUN) helpers.coding "$$CORPUS"

notebooks: .venv/.ready ## run the notebooks again and store their outputs
	@$(RUN) helpers.report --refresh

dictionary: .venv/.ready ## write data/README.md from the schemas
	@$(RUN) helpers.dictionary > data/README.md

picture: .venv/.ready ## draw the page shown in README.md (PAGE=06-synopsis) from the pages in reports/
	@$(RUN) helpers.picture

quality: .venv/.ready ## measure on labelled data (DATA=folder) and write benchmarks/README.md
	$(RUN:-m=) benchmarks/tables.py $(DATA)

speed: .venv/.ready ## measure times beside other tools, for benchmarks/README.md; takes minutes
	$(RUN:-m=) benchmarks/tables.py --speed

lock: .venv/.ready ## compile requirements.txt, with hashes, from pyproject.toml (RENEW=--upgrade for new versions)
	.venv/bin/uv pip compile -q --universal --python-version 3.11 --fork-strategy fewest \
	  --generate-hashes --no-header --no-annotate $(RENEW) pyproject.toml -o requirements.txt

clean: ## take away the environment and the reports
	rm -rf .venv reports

# uv, where it can be had, installs the same pins about six times faster; pip does it everywhere. Whatever is
# fetched has the hash that stands in requirements.txt, or nothing is installed.
.venv/.ready: requirements.txt pyproject.toml
	@test -x .venv/bin/python || $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Python 3.11 or newer is needed; name it: make PYTHON=python3.12 ..."; exit 1; }
	@test -x .venv/bin/python || $(PYTHON) -m venv .venv
	@echo "Installing the pinned packages into .venv; this is done once."
	@sed -n '/^uv==/,/[^\]$$/p' requirements.txt > .venv/uv.txt
	@sed '/^uv==/,/[^\]$$/d' requirements.txt > .venv/others.txt
	@{ $(PIP) --require-hashes -r .venv/uv.txt 2>/dev/null \
	  && $(RUN) uv pip install -q --require-hashes --python .venv/bin/python -r .venv/others.txt; } \
	  || { echo "Not installed by uv: installing with pip, which takes a few minutes."; \
	  $(PIP) --require-hashes -r .venv/others.txt; }
	@$(PIP) --no-deps --no-build-isolation -e .
	@touch .venv/.ready

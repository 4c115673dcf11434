# make demo   alles klaarzetten en de chatpagina openen     | set up everything and open the chat page
# make test   alles klaarzetten en de tests draaien         | set up everything and run the tests
# make check  stijl en typen nakijken, verandert niets      | check style and types, changes nothing
# make fix    stijl herstellen                              | mend the style
# make bench  snelheid en kwaliteit meten                   | measure speed and quality

PYTHON ?= $(shell for each in python3 python3.14 python3.13 python3.12 python3.11; do \
	command -v $$each >/dev/null && $$each -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& echo $$each && break; done)
BIN := .venv/bin
PYTEST := $(BIN)/python -m pytest

.PHONY: install demo test check fix bench lock clean
.DEFAULT_GOAL := install

install: .venv/.complete

.venv/.complete: requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11 of nieuwer is nodig en niet gevonden. / Python 3.11 or newer is needed."; exit 2; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

demo: install
	$(BIN)/heleklant demo

test: install
	@bash tests/prepare
	$(PYTEST) $(ARGS)

check: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/heleklant knowledge check knowledge/hele-klant

fix: install
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: install
	@bash tests/bench/run

lock: install
	$(BIN)/uv pip compile --universal --python-version 3.11 --extra test --generate-hashes --no-emit-index-url \
		--no-header --no-annotate --quiet --output-file requirements.lock pyproject.toml

clean:
	rm -rf .venv .heleklant build *.egg-info

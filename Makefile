# What one does with a clone: `make run`, `make test`. Everything is installed into .venv and node_modules here.
PYTHON ?= python3
BIN := .venv/bin
CHROMIUM ?= /usr/bin/chromium
NGINX ?= /usr/sbin/nginx
# Two files at a time, in the order they were collected: a browser’s tests come last (tests/conftest.py).
BESIDE := -n 2 --dist loadfile --no-loadscope-reorder
# What was compiled once is kept, whatever the environment says: each of the many processes would compile everything anew.
export PYTHONDONTWRITEBYTECODE :=
MAKEFLAGS += --jobs=2
# Installed by uv, in a tenth of pip’s time; where only pip is told of a registry, by pip.
LOCKED := --quiet --no-deps --require-hashes -r requirements-dev.lock
COMPILE := $(BIN)/uv pip compile --generate-hashes --no-emit-index-url --no-header --quiet --strip-extras

.PHONY: install run test together check bench long lock pictures docs clean browser node static client bundle

install: .venv/installed

# Standard output has the demo's one line and nothing else: `make run ARGS="--port 8800 --visitors 30"`.
run: install
	@exec $(BIN)/parlour demo $(ARGS)

# Everything, with what it needs; prints the ten slowest tests.
test: static together
	$(BIN)/pytest -m "alone and not long" $$(grep -rl mark.alone tests --include='test_*.py')

together: install browser
	$(BIN)/pytest $(BESIDE) -m "not alone and not long"

# What is quick, in less than two minutes: format, lint, types, unit tests.
check: install static
	$(BIN)/pytest $(BESIDE) -m "not e2e and not slow and not long"

long: install browser
	$(BIN)/pytest -m long

# The pictures of the docs, from the running program; some alone: `make pictures ARGS="light phone-dark"`.
pictures: install browser
	$(BIN)/python -m docs.make_pictures $(ARGS)

# What is made from the code (protocol, tables, the types of the frames), then all pages as a site in build/docs. A warning fails (with --quiet it would pass).
docs: install
	$(BIN)/python -m docs.make_protocol
	$(BIN)/python -m docs.make_tables
	$(BIN)/python -m docs.make_types
	$(BIN)/python -m mkdocs build

# Measure: `make bench ARGS="ingest --quick"`; without a name: what there is.
bench: install
	$(BIN)/parlour bench $(ARGS)

static: install client
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	$(BIN)/mypy

client: node
	npm run --silent check
	npm run --silent test

# The widget's client as browsers load it: widget/built, which is committed.
bundle: node
	npm run --silent bundle

# Pin everything anew, with hashes and without index addresses.
lock: install
	echo uv | $(COMPILE) --upgrade - -o requirements-install.lock
	$(COMPILE) --upgrade pyproject.toml -o requirements.lock
	$(COMPILE) --upgrade --extra dev -c requirements.lock pyproject.toml -o requirements-dev.lock

.venv/installed: requirements-install.lock requirements-dev.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Parlour needs Python 3.11 or later."; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null \
	  || { $(PYTHON) -c 'import sys; print("Install Debian’s python3.%d-venv first." % sys.version_info.minor)'; exit 1; }
	@echo "Installing into .venv …" >&2
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/pip install --quiet --no-compile --require-hashes -r requirements-install.lock
	@$(BIN)/uv pip install --python $(BIN)/python $(LOCKED) || $(BIN)/pip install --no-compile $(LOCKED)
	@$(BIN)/pip install --quiet --no-deps -e .
	@touch $@

node: $(if $(wildcard package.json),node_modules/installed)

node_modules/installed: package.json $(wildcard package-lock.json)
	@command -v npm >/dev/null || { echo "Install Debian’s nodejs and npm first: they check the widget’s client."; exit 1; }
	@npm ci --silent --no-audit --no-fund
	@touch $@

# What the browser tests drive, and what they put before the server.
browser: $(CHROMIUM) $(NGINX)

$(CHROMIUM):
	@$(call debian,chromium)

$(NGINX): | $(CHROMIUM)
	@$(call debian,nginx)

# Install a Debian package, where one may.
debian = if [ "$$(id -u)" = 0 ]; then apt-get update -q && apt-get install -qy --no-install-recommends $(1); \
	elif sudo -n true 2>/dev/null; then sudo apt-get update -q && sudo apt-get install -qy --no-install-recommends $(1); \
	else echo "Install Debian’s $(1) first (apt-get install $(1)): the browser tests need it."; exit 1; fi

clean:
	rm -rf .venv node_modules build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

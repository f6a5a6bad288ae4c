# What a person types: `make run`, `make test`. Python 3.11+ and make are all that must be there before.
PYTHON ?= python3
VENV := .venv/bin
PYTEST := $(VENV)/python -m pytest -q
DEMO_PORT := $(or $(SMARTUPLOAD_PORT),3000)
export PATH := $(CURDIR)/.venv/bin:$(PATH)
.DEFAULT_GOAL := run
.PHONY: run demo dev setup setup-dev test test-python test-js test-simulation simulate simulate-planted fuzz test-browser test-long test-qa screenshots qa check format bench docs draw api stores lock sbom clean words
.SILENT:

run: setup ## the app on http://localhost:3000
	exec $(VENV)/python -m smartupload run

demo: setup ## examples/platform on http://localhost:3000 (SMARTUPLOAD_PORT for another one): a translation platform that takes uploads; its data is in data/demo
	mkdir -p build/demo && cp -R examples/platform/. reflex.lock .npmrc build/demo # Reflex writes into the folder of an app
	echo "The demo builds its pages, which takes a moment, and is at http://localhost:$(DEMO_PORT) then; Ctrl-C ends it."
	cd build/demo && export REFLEX_TELEMETRY_ENABLED=false SMARTUPLOAD_DATA_DIR="$${SMARTUPLOAD_DATA_DIR:-$(CURDIR)/data/demo}" && \
	exec $(CURDIR)/$(VENV)/python -m reflex run --env prod --single-port --backend-host 127.0.0.1 --frontend-port $(DEMO_PORT) --backend-port $(DEMO_PORT)

dev: setup ## the app as `reflex run` has it, on http://localhost:3000: a change of a page, of a component or of a script is there in some seconds
	REFLEX_HOT_RELOAD_INCLUDE_PATHS=custom_components exec $(VENV)/python -m reflex run

setup: ## .venv from requirements.lock
	$(PYTHON) scripts/setup.py run

setup-dev: ## the same with what checks and tests need
	$(PYTHON) scripts/setup.py dev

test: check test-js test-simulation test-python test-browser ## everything

check: setup-dev ## format, lint and types of both halves
	echo "== check: ruff"; $(VENV)/ruff check --quiet . && $(VENV)/ruff format --check --quiet .
	echo "== check: pyright, beside it tsc and eslint"; $(VENV)/pyright & python=$$!; \
	node_modules/.bin/tsc -p . && node_modules/.bin/eslint --max-warnings 0 .; browser=$$?; wait $$python && exit $$browser

test-js: setup-dev ## the engine's rules in node
	echo "== test: node"; node --test --test-reporter=dot "tests/js/**/*.test.js"

test-simulation: setup-dev ## what failed once in the simulator, and a fixed range of its runs, about a minute
	echo "== test: simulation"; node --test --test-reporter=dot tests/simulation/simulation.test.js && node tests/simulation/main.js --from 1 --seeds 8000

simulate: setup-dev ## fresh runs of the simulator (SEEDS=n, or SEED=number to be told one step by step)
	node tests/simulation/main.js $(if $(SEED),--seed $(SEED),--seeds $(or $(SEEDS),10000))

simulate-planted: setup-dev ## how soon the simulator finds each of the faults in tests/simulation/planted
	node tests/simulation/planted.js $(or $(SEEDS),20000) $(ONLY)

fuzz: setup-dev ## every operation of the API with hostile and honest values, as two owners, as nobody and as the operator (CASES=20000, SEED=1)
	$(VENV)/python -W ignore -m tests.fuzz $(or $(CASES),20000) $(or $(SEED),1)

test-python: setup-dev ## units, contracts, API, pages, layers, documentation
	echo "== test: python"; $(PYTEST) -n 2 --dist worksteal --ignore=tests/browser --ignore=tests/qa tests

test-browser: setup-dev ## real Chromium, real server, real store, three tests at a time, since they wait a lot for lines (ONLY=name for some)
	echo "== test: browser"
ifdef ONLY
	$(PYTEST) tests/browser -k "$(ONLY)"
else
	$(PYTEST) tests/browser -m "not long" -n 3 --dist loadscope -p tests.browser.sharing
endif

test-long: setup-dev ## what takes long in a browser: the larger examples, HTTP/2, a second store, and not part of `make test`
	echo "== test: long"; $(PYTEST) tests/browser -m long -n 2 --dist loadscope -p tests.browser.sharing

screenshots: setup-dev ## pictures of every state of every page, into tests/browser/looks/kept; CHECK=1 compares with those that are there (ONLY=name for some)
	$(if $(CHECK),,KEEP_PICTURES=1 )$(PYTEST) tests/browser/test_pictures.py $(if $(ONLY),-k "$(ONLY)")

test-qa: setup-dev ## the kit behind `make qa` at an app behind nginx, and with planted faults, half an hour (ONLY=name for some)
	echo "== test: qa"; $(PYTEST) tests/qa $(if $(ONLY),-k "$(ONLY)")

qa: setup-dev ## every resume scenario at a site that is there: URL=https://… (LOGIN=user:password, TRUST, MIB, PATIENCE, ONLY, SCENARIOS, SEED, REPORT)
	$(if $(URL),,$(error say which site: make qa URL=https://…))
	$(VENV)/python -m smartupload_testing "$(URL)" $(if $(LOGIN),--login "$(LOGIN)") $(if $(TRUST),--trust "$(TRUST)") $(if $(MIB),--mib $(MIB)) $(if $(PATIENCE),--patience $(PATIENCE)) $(if $(ONLY),--only "$(ONLY)") $(if $(SCENARIOS),--scenarios $(SCENARIOS)) $(if $(SEED),--seed $(SEED)) --report "$(or $(REPORT),build/qa)"

format: setup-dev ## write the format that check wants
	$(VENV)/ruff check --quiet --fix . ; $(VENV)/ruff format --quiet .

bench: setup-dev ## throughput, memory and time until one may leave, with their limits; PEERS=1: other uploaders beside ours (ONLY, PEER, RUNS)
	$(VENV)/python -m benchmarks$(if $(PEERS),.peers)

# docs is a folder as well.
.PHONY: docs api
docs: setup-dev ## the documentation as a site, into build/site (SITE=folder for another one)
	NO_MKDOCS_2_WARNING=1 $(VENV)/python -m mkdocs build --strict --site-dir $(or $(SITE),build/site)

draw: setup-dev ## the tables of states, into docs/architecture.md
	$(VENV)/python -m scripts.draw_states

api: setup-dev ## what others rely on, into docs/public-api.txt
	$(VENV)/python -m scripts.public_api

words: setup-dev ## the package's English, from custom_components/reflex_smartupload/locales/en to where its scripts find it
	$(VENV)/python -m scripts.words

stores: setup-dev ## what each store of the contract suite can, into docs/stores.md
	$(VENV)/python -m scripts.stores

lock: setup-dev ## remake the lock files from pyproject.toml and package.json
	$(PYTHON) scripts/lock.py

sbom: setup-dev ## what the product is made of, as CycloneDX, and under which licences, into build/sbom
	$(VENV)/python -m scripts.sbom

clean: ## everything that was made here, but not the data
	rm -rf .venv .web .web-sites node_modules build test-results .pytest_cache .ruff_cache *.egg-info custom_components/*.egg-info testing/*.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

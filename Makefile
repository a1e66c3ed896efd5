# What can be done here; each does its own set-up first. `make` alone lists it.
.DEFAULT_GOAL := help
.PHONY: help run dev train check test test-faults lint types page-types screenshot bench bench-engines bench-peers bench-transport bench-growth bench-docs load soak paper clean
export UV_PYTHON_DOWNLOADS := never
BIN := .venv/bin

help: ## list the commands
	@grep -E '^[a-z-]+:.*##' Makefile | sed 's/:.*## /\t/' | expand -t 17

run: .venv/ready frontend/dist/index.html ## start everything without Docker, at http://127.0.0.1:8000 (PORT, MODEL_STORE)
	@exec $(BIN)/python scripts/run.py Procfile

dev: .venv/ready frontend/dist/index.html ## the same, reloading Python and page on change
	@exec $(BIN)/python scripts/run.py Procfile.dev

train: .venv/ready ## train into the same store: make train DATA=table.csv TARGET=column (ARGS=--force …)
	$(BIN)/trainer train $(if $(DATA),--data "$(DATA)") $(if $(TARGET),--target "$(TARGET)") $(ARGS)

check: lint types ## lint, types and unit tests, in a minute or two
	$(BIN)/pytest -q tests/unit

test: lint types frontend/dist/index.html tests/e2e/lighthouse/node_modules/ready tests/e2e/grafana/node_modules/ready ## lint, types, and every test but the longer faults
	$(BIN)/pytest -m "not long" tests/unit tests/contract tests/e2e tests/faults

test-faults: .venv/ready ## faults that are really injected into the stack under Docker, in under 20 minutes
	REQUIRE_DOCKER=1 $(BIN)/pytest -s tests/faults

bench-engines: .venv/ready ## microseconds a call of every engine of the release being served (MODEL_STORE)
	$(BIN)/trainer ensure && $(BIN)/python -m loadtest.benchmark.engines

lint: .venv/ready
	$(BIN)/ruff check . && $(BIN)/ruff format --check .

types: .venv/ready frontend/node_modules/ready
	$(BIN)/mypy && scripts/npm run --silent check
	$(BIN)/gateway openapi > .local/openapi.json && scripts/npm run --silent types:check -- ../.local/openapi.json || \
		{ echo "the gateway's messages have changed: run make page-types" >&2; exit 1; }

page-types: .venv/ready frontend/node_modules/ready ## generate the page's types from the gateway's OpenAPI document
	$(BIN)/gateway openapi | scripts/npm run --silent types

screenshot: .venv/ready ## take docs/page*.png from a stack that is up (URL)
	$(BIN)/python scripts/screenshot.py

bench-transport: .venv/ready ## processor time of a call to a member, by what carries it
	$(BIN)/python -m loadtest.benchmark.transport

bench: .venv/ready ## measure Triptych beside an echo, the paper's design and plain FastAPI, in 10 minutes (wrk; ARGS)
	$(BIN)/python -m loadtest.benchmark.run core $(ARGS)

bench-peers: .venv/ready ## the same beside LitServe, BentoML, Ray Serve and MLServer, and the paper's Table 1, in half an hour
	$(BIN)/python -m loadtest.benchmark.run litserve bentoml ray mlserver table1 $(ARGS)

bench-growth: .venv/ready ## the same at 64 connections for releases of 1, 2, 4 and 8 models
	$(BIN)/python -m loadtest.benchmark.run growth --connections 64 $(ARGS)

SHAPE = smoke
HOST = http://127.0.0.1:$(or $(HTTP_PORT),8080)
load: .venv/ready ## load on a stack that is up, judged: make load SHAPE=ramp HOST=http://… (ARGS="-u 50 -t 60s")
	@$(BIN)/python -m loadtest.headless "$(SHAPE)" "$(HOST)" $(ARGS)

soak: .venv/ready ## ten minutes at 64 connections: no failure, and flat memory (ARGS="--minutes 10")
	$(BIN)/python -m loadtest.benchmark.soak $(ARGS)

bench-docs: .venv/ready ## write the newest results into docs/choosing.md (ARGS=loadtest/benchmark/results/DATE.json)
	$(BIN)/python -m loadtest.benchmark.document $(ARGS)

paper: .venv/ready ## start the paper's own design alone, at http://127.0.0.1:8000 (PORT)
	@exec $(BIN)/python -m loadtest.benchmark.alone paper

clean: ## remove what the commands above made, but the release store
	rm -rf .venv .local loadtest/reports frontend/dist frontend/node_modules tests/e2e/*/node_modules

.local/bin/uv:
	python=$$(scripts/python) && "$$python" -m venv .local && .local/bin/pip install --quiet --disable-pip-version-check uv==0.13.9

.venv/ready: pyproject.toml uv.lock $(wildcard */pyproject.toml) | .local/bin/uv
	python=$$(scripts/python) && .local/bin/uv sync --quiet --locked --python "$$python" && touch $@

frontend/node_modules/ready: frontend/package-lock.json | .local/bin/uv
	scripts/npm ci --no-audit --no-fund --loglevel=error && touch $@

tests/e2e/%/node_modules/ready: tests/e2e/%/package-lock.json | .local/bin/uv
	scripts/npm --prefix tests/e2e/$* ci --no-audit --no-fund --loglevel=error && touch $@

frontend/dist/index.html: frontend/node_modules/ready $(shell find frontend/src frontend/index.html frontend/*.json frontend/*.ts -type f 2>/dev/null)
	scripts/npm run --silent build && touch $@

# Every target sets up what it needs by itself; `make` alone lists them.
SHELL := /bin/sh
BIN := .venv/bin
.DEFAULT_GOAL := help
.PHONY: help run setup dev check test schema-tool stock sbom audit widget-check widget-test train eval bench browser widget widget-screenshots screenshots format

help: ## what can be done here
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  make %-19s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: setup ## set everything up and serve on http://127.0.0.1:8000
	@exec $(BIN)/qve serve

setup:
	@scripts/setup.sh

dev:
	@scripts/setup.sh --dev

check: dev widget-check ## the fast gate: style, types, import contracts, knowledge
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/mypy bot knowledge actions
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/qve knowledge check --allow-due

test: dev schema-tool widget-test ## every test, the browser's and the widget's included
	@$(BIN)/qve train
	@$(BIN)/pytest -n 3 --dist loadfile

# The types of the widget, and that its built files are light and are those of its sources.
widget-check:
	@if command -v npm >/dev/null 2>&1; then \
	  cd widget && { [ node_modules/.package-lock.json -nt package-lock.json ] || npm ci --silent --no-progress; } \
	    && npm run --silent check && npm test --silent -- built-files; \
	else echo "Widget non vérifié : npm n’est pas installé."; fi

widget-test:
	@if command -v npm >/dev/null 2>&1; then \
	  cd widget && npm ci --silent --no-progress && npm run --silent check && npm test --silent; \
	else echo "Tests du widget non lancés : npm n’est pas installé."; fi

train: setup ## train the model if its data changed
	@$(BIN)/qve train

eval: dev ## measure understanding on the held-out sentences; fails below the floor
	@$(BIN)/qve train
	@$(BIN)/python -m benchmarks.understanding --curve

bench: dev stock ## this product beside stock Rasa, what growth costs, a turn's parts (docs/performance.md)
	@$(BIN)/qve train
	@$(BIN)/python -m benchmarks.beside
	@$(BIN)/python -m benchmarks.growth
	@$(BIN)/python -m benchmarks.turn

stock: dev # stock Rasa for `bench`, in an environment of its own: we lift its pins (--no-config)
	@uv=$$(command -v uv || echo .tools/uv/bin/uv); \
	  $$uv venv --no-config --quiet --allow-existing -p $(BIN)/python .tools/rasa && \
	  $$uv pip install --no-config --quiet -p .tools/rasa/bin/python rasa==3.6.21

schema-tool: dev ## schemathesis, in an environment of its own (Rasa's pins forbid its libraries)
	@uv=$$(command -v uv || echo .tools/uv/bin/uv); \
	  $$uv venv --quiet --allow-existing -p $(BIN)/python .tools/schemathesis && \
	  $$uv pip install --quiet -p .tools/schemathesis/bin/python -r tests/security/schema_tool.txt

sbom: setup ## what the service is made of, as CycloneDX (var/sbom.cdx.json)
	@uv=$$(command -v uv || echo .tools/uv/bin/uv); mkdir -p var && \
	  $$uv export --quiet --frozen --no-dev --format cyclonedx1.5 --output-file var/sbom.cdx.json >/dev/null && \
	  echo "var/sbom.cdx.json"

# Of what is served. Strict: a package nobody could be asked about is not a sound one.
audit: setup ## published holes in what is locked, but for scripts/audit_exceptions.txt (needs the Internet)
	@uv=$$(command -v uv || echo .tools/uv/bin/uv); mkdir -p var && \
	  $$uv export --quiet --frozen --no-dev --all-extras --no-emit-project --output-file var/audited.txt >/dev/null && \
	  $$uv tool run --quiet pip-audit --strict --disable-pip --require-hashes -r var/audited.txt \
	    $$(awk '/^[A-Z]/ {print "--ignore-vuln", $$1}' scripts/audit_exceptions.txt)
	@cd widget && npm audit

browser: dev ## the journeys in Chromium only
	@$(BIN)/qve train
	@$(BIN)/pytest tests/journeys

widget: ## rebuild the widget's files from widget/ (needs Node)
	@cd widget && npm ci --silent && npm run --silent build && npm test --silent

widget-screenshots: dev ## every state of the widget at three widths, light, dark, forced colours
	@$(BIN)/python -m scripts.widget_screenshots

screenshots: dev ## the pictures of the README
	@$(BIN)/qve train
	@$(BIN)/python -m scripts.screenshots

format: dev ## put the code in shape
	@$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format --quiet .

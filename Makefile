# make run    builds everything and opens a demo city on http://127.0.0.1:8080
# make test   everything that must hold: web, format, lints, server tests on both databases, end to end
# make help   the rest

.DEFAULT_GOAL := help
.PHONY: help run build test check web web-test fmt lint server-test e2e screens generate generated bench mutants proof proof-slice deny need need-run clean
SHELL := /bin/sh

CARGO ?= cargo
NPM ?= npm
# What npm fetched, renewed when the lock file changed.
MODULES := pwa/node_modules/.package-lock.json
NPM_CI := ci --no-audit --no-fund --loglevel=error

help: ## What there is
	@grep -E '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

run: need-run build ## The demo city on http://127.0.0.1:8080
	$(CARGO) run --release --locked -- demo

build: web ## The program, with the app inside
	$(CARGO) build --release --locked

test: need web-test fmt lint server-test proof-slice e2e ## Everything that must hold

check: ## Quick: does it compile, is it tidy
	$(CARGO) fmt --check
	$(CARGO) check --locked --all-targets
	$(CARGO) test --locked --test architecture

$(MODULES): pwa/package-lock.json
	$(NPM) --prefix pwa $(NPM_CI)
	@touch $@

web: $(MODULES) ## The app, built into pwa/dist
	$(NPM) --prefix pwa run build

web-test: $(MODULES) ## The app's lints, types and unit tests, then the app itself
	$(NPM) --prefix pwa run format:check
	$(NPM) --prefix pwa run lint
	$(NPM) --prefix pwa run api:check
	$(NPM) --prefix pwa run check
	$(NPM) --prefix pwa run test
	$(NPM) --prefix pwa run build

fmt:
	$(CARGO) fmt --check

lint: ## Clippy; a warning is an error
	$(CARGO) clippy --locked --all-targets -- -D warnings

server-test: ## The server's tests, on SQLite and on a PostgreSQL of their own
	$(CARGO) test --locked --no-fail-fast

e2e: $(MODULES) web ## A cadre's day in Chromium: against the contract's door, then against the real server and its demo city
	$(NPM) --prefix pwa run e2e
	@# The tests' own build of the program: a plain build would compile half the dependencies again with other features.
	$(CARGO) test --locked --no-run --test crash
	node tests/e2e/run.mjs

screens: build ## The pictures of the README, from the demo city as it runs
	NUANFANG=target/release/nuanfang node tests/e2e/pictures.mjs

generate: $(MODULES) ## Rewrites what is made from other things: schema.rs, openapi.json, schema.d.ts
	GENERATE=1 $(CARGO) test --locked --test migrations generated
	GENERATE=1 $(CARGO) test --locked --test api openapi
	$(NPM) --prefix pwa run api

generated: generate ## Fails when `make generate` changes anything
	git diff --exit-code -- server/kit/db/schema.rs openapi.json pwa/src/api/schema.d.ts

bench: web ## Figures of this machine, as they stand in docs/bench.md
	$(CARGO) bench --locked --bench load
	$(CARGO) bench --locked --bench reconcile
	$(CARGO) bench --locked --bench ledger
	$(CARGO) bench --locked --bench pictures
	$(NPM) --prefix pwa run size

mutants: ## Every small change of the rules and the ledger that their tests do not notice (needs cargo-mutants; half an hour)
	node scripts/mutants.mjs

proof: need build ## The long runs of docs/proof.md; hours
	scripts/proof

proof-slice: $(MODULES) ## A little of each of them
	@# The tests' own build of the program, as for e2e.
	$(CARGO) test --locked --no-run --test crash
	PROOF_PROFILE=debug scripts/proof slice

deny: ## Licences and known holes of everything we use (needs cargo-deny)
	$(CARGO) deny check

need:
	@scripts/need rust cmake nasm node postgres chromium fonts strace sqlite3

need-run:
	@scripts/need rust cmake nasm node

clean: ## Removes what was built
	$(CARGO) clean
	rm -rf pwa/dist pwa/node_modules

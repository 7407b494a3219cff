# make run    builds everything and opens a demo city on http://127.0.0.1:8080
# make test   everything that must hold: web, format, lints, server tests on both databases, end to end
# make help   the rest

.DEFAULT_GOAL := help
.PHONY: help run phone build test check web web-test fmt lint server-test e2e speed screens generate generated bench mutants proof proof-slice deny need need-run clean
SHELL := /bin/sh

CARGO ?= cargo
# The tests' build, looked over by Clippy as it is made: a pass of its own over all dependencies, for their types alone, takes as long as the tests.
CHECKED := RUSTC_WORKSPACE_WRAPPER=$(CURDIR)/scripts/clippy-build $(CARGO)
NPM ?= npm
# What npm fetched, renewed when the lock file changed.
MODULES := pwa/node_modules/.package-lock.json
NPM_CI := ci --no-audit --no-fund --loglevel=error

help: ## What there is
	@grep -E '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

run: need-run build ## The demo city on http://127.0.0.1:8080
	$(CARGO) run --release --locked -- demo

phone: need-run build ## The demo city for a phone in the same network, over HTTPS
	$(CARGO) run --release --locked -- demo --lan

build: web ## The program, with the app inside
	$(CARGO) build --release --locked

test: need web-test fmt server-test proof-slice e2e ## Everything that must hold

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

lint: ## Clippy alone; a warning is an error
	$(CARGO) clippy --locked --all-targets -- -D warnings

server-test: ## Clippy and the server's tests, on SQLite and on a PostgreSQL of their own
	$(CHECKED) test --locked --no-run --all-targets
	$(CHECKED) test --locked --no-fail-fast

e2e: $(MODULES) web ## A cadre's day in Chromium, a visit in WebKit, every page before its judges: against the contract's door, then against the real server and its demo city
	$(NPM) --prefix pwa run e2e
	$(NPM) --prefix pwa run webkit
	$(NPM) --prefix pwa run axe
	@# The tests' own build of the program: a plain build would compile half the dependencies again with other features.
	$(CHECKED) test --locked --no-run --test crash
	node tests/e2e/run.mjs

speed: $(MODULES) web ## How quick the phone app is, as it stands in docs/phone.md
	$(NPM) --prefix pwa run speed
	$(NPM) --prefix pwa run lighthouse

screens: build ## The pictures of the README, from the demo city as it runs, and of every page of the desk and the phone
	NUANFANG=target/release/nuanfang node tests/e2e/pictures.mjs
	NUANFANG=target/release/nuanfang node tests/e2e/desk-gallery.mjs
	$(NPM) --prefix pwa run gallery

generate: $(MODULES) ## Rewrites what is made from other things: schema.rs, openapi.json, schema.d.ts
	GENERATE=1 $(CARGO) test --locked --test migrations generated
	GENERATE=1 $(CARGO) test --locked --test api openapi
	$(NPM) --prefix pwa run api

generated: generate ## Fails when `make generate` changes anything
	git diff --exit-code -- server/kit/db/schema.rs openapi.json pwa/src/api/schema.d.ts

bench: build ## Figures of this machine, as they stand in docs/bench.md
	$(CARGO) bench --locked --bench load
	$(CARGO) bench --locked --bench load -- board
	$(CARGO) bench --locked --bench reconcile
	$(CARGO) bench --locked --bench ledger
	$(CARGO) bench --locked --bench draw
	$(CARGO) bench --locked --bench pictures
	$(CARGO) bench --locked --bench likeness
	NUANFANG=target/release/nuanfang node tests/bench/table.mjs
	NUANFANG=target/release/nuanfang node tests/bench/persons.mjs
	$(NPM) --prefix pwa run size

mutants: ## Every small change of the rules and the ledger that their tests do not notice (needs cargo-mutants; half an hour)
	node scripts/mutants.mjs

proof: need build ## The long runs of docs/proof.md; hours
	scripts/proof

proof-slice: $(MODULES) ## A little of each of them
	@# The tests' own build of the program, as for e2e.
	$(CHECKED) test --locked --no-run --test crash
	PROOF_PROFILE=debug scripts/proof slice

deny: ## Licences and known holes of everything we use (needs cargo-deny)
	$(CARGO) deny check

need:
	@scripts/need rust cmake nasm node postgres chromium webkit fonts strace sqlite3

need-run:
	@scripts/need rust cmake nasm node

clean: ## Removes what was built
	$(CARGO) clean
	rm -rf pwa/dist pwa/node_modules

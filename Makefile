# Everything goes through scripts/deno, which gets Deno when it is not there.
DENO := ./scripts/deno

help: ## show this help
	@grep -E '^[a-z]+:.*## ' Makefile | sed -E 's/^([a-z]+):.*## /  make \1	/'

build: ## build ./devmcp for this machine
	@$(DENO) task --quiet build

# Exit code 1 of devmcp means that it found something, which is what a demo is for.
demo: build ## build, review and format the example project, then talk
	./devmcp review examples/shop || [ $$? -eq 1 ]
	./devmcp format --diff examples/shop || [ $$? -eq 1 ]
	@$(DENO) run --quiet -A scripts/demo.ts

test: ## check everything, the binary included
	@$(DENO) task --quiet test

bench: build ## measure speed and memory beside other programs
	@$(DENO) task --quiet bench

oracles: ## compare with radon and native Ruff on Python's standard library
	@$(DENO) task --quiet oracles

fmt: ## format the sources
	@$(DENO) fmt

clean: ## remove what was built and installed here
	rm -rf dist coverage .tools devmcp devmcp-* devmcp.exe

.PHONY: help build demo test bench oracles fmt clean

# Each target calls a script of .ci/, which can be read and run alone.
PREFIX ?= /usr/local
CNI_BIN ?= /opt/cni/bin
CNI_LINKS ?=
export DESTDIR PREFIX CNI_BIN CNI_LINKS

.DEFAULT_GOAL := help
.PHONY: help setup build test clients demo bench lint check install uninstall deb clean

help: ## Print this list
	@sed -nE 's/^([a-z]+):.*## (.*)/make \1\t\2/p' Makefile | expand -t 18

setup: ## Install the packages that are missing (as root, through apt)
	@.ci/setup.sh

build: setup ## Build the release binaries into .build/stage
	@.ci/build.sh

test: setup ## Build and run every test
	@.ci/test.sh

clients: build ## Let containerd and podman run containers on cni-conf/ (as root)
	@.ci/clients.sh

demo: build ## Build a cluster of namespaces, and prove it with live traffic
	@.ci/demo.sh

bench: build ## Measure everything in short, and check it; BENCH=startup runs that program
	@.ci/bench.sh $(BENCH)

lint: ## Check format, imports and words that need a reason
	@.ci/lint.sh && .ci/imports.sh && .ci/words.sh

check: ## Run everything that CI runs
	@.ci/run

install: ## Install weft, the CNI plugins, completion and manual pages; docs/install.md
	@.ci/install.sh

uninstall: ## Remove what install has placed, and nothing else
	@.ci/install.sh --remove

deb: build ## Make a Debian package in .build/deb
	@.ci/deb.sh

clean: ## Remove everything that was built
	@rm -rf .build .build-*

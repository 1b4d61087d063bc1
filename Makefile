# serve: bring up the product with its demonstration authority on http://127.0.0.1:8080
# test:  everything that must hold before a change is handed in
# bench: figures, each beside a floor measured in the same run
# format: lay out the sources as `make test` wants them
.PHONY: serve test bench format

serve:
	@Scripts/serve

test:
	@Scripts/test

bench:
	@Benchmarks/run

format:
	@swift format --in-place --recursive --parallel Sources Tests Package.swift

# serve: bring up the product with its demonstration authority on http://127.0.0.1:8080
# test:  everything that must hold before a change is handed in
# bench: figures, each beside a floor measured in the same run
# sbom:  what the built program is made of, as CycloneDX JSON in .build/motcua.cdx.json
# format: lay out the sources as `make test` wants them
.PHONY: serve test bench sbom format

serve:
	@Scripts/serve

test:
	@Scripts/test

bench:
	@Benchmarks/run

sbom:
	@Scripts/sbom > .build/motcua.cdx.json
	@echo .build/motcua.cdx.json

format:
	@swift format --in-place --recursive --parallel Sources Tests Package.swift

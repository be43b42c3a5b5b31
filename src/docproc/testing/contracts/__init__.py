"""The conformance classes, one for each kind of product."""

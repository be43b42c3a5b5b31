"""Checks that several conformance classes share."""

"""Benchmarks: ratios inside one run, since absolute times differ from machine to machine."""

"""Verification: citations made and checked against the sources, and stable names."""

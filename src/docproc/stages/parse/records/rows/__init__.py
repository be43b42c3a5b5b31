"""Rows of CSV, sheets and JSON."""

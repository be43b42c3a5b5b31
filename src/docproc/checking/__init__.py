"""Checking drafts: every quotation of a manuscript held against the archive."""

"""Normalizers: from what a parser read to a document with structure."""

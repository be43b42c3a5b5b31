"""Indexes of vectors and of texts, each the only importer of its library."""

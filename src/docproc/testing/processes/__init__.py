"""A product in another process, and what it does there beside its work."""

"""Writing a catalog, and the words of its passages."""

"""Passages that readers keep: how dossiers are stored, and how they are exported."""

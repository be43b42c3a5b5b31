"""Plugins checked, and why one is in use or not."""

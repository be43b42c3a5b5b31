"""Fetching: a visit to a source elsewhere, whose files are mirrored into the workspace."""

"""Rendering: how answers and documents look on a terminal, as JSON and as HTML."""

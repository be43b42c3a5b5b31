"""Parsers, by families of formats; a format is a module or a package, and imports no other."""

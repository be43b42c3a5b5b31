"""Citing: from one parsed record to every style in which a quotation is cited.

A plugin adds a style by giving a :class:`CitationStyle`.
"""

from docproc.citing.style import CSL, STYLES, CitationStyle, built_in, unknown

__all__ = ["CSL", "STYLES", "CitationStyle", "built_in", "unknown"]

"""Citing: from one parsed record to every style in which a quotation is cited.

A plugin adds a style by giving a :class:`docproc.hooks.CitationStyle`.
"""

from docproc.citing.style import CSL, STYLES, built_in_style, unknown

__all__ = ["CSL", "STYLES", "built_in_style", "unknown"]

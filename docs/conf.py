"""Sphinx: the pages of docs/ as a site, with an offline search and no remote asset."""

import re
from pathlib import Path

HERE = Path(__file__).parent
project = "docproc"
author = "the docproc authors"
copyright = "the docproc authors"  # noqa: A001 - Sphinx calls it so
version = release = re.search(
    r'__version__ = "(.+)"', (HERE.parent / "src/docproc/__init__.py").read_text("utf-8")
)[1]
extensions = ["myst_parser"]
myst_enable_extensions = ["deflist", "colon_fence"]
myst_heading_anchors = 4
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build"]
nitpicky = True
html_theme = "furo"
html_title = "docproc"
html_show_sourcelink = False
html_use_opensearch = ""
html_last_updated_fmt = None
suppress_warnings = ["misc.highlighting_failure"]
html_extra_path = ["llms.txt"]

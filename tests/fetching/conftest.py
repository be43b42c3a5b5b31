"""A workspace that fetches from a server on loopback."""

import pytest
from fetched_shelf import FIRST, LETTER, OTHER, PLUGIN, name
from loopback import serving


@pytest.fixture
def shelf(docproc_workspace):
    pages = {
        "/robots.txt": b"User-agent: *\nDisallow: /private\n",
        "/list/0": FIRST,
        "/item/a": LETTER,
        "/item/b": OTHER,
    }
    with serving(pages) as served:
        served.space = docproc_workspace
        (docproc_workspace.root / "plugins" / "shelf.py").write_text(PLUGIN, "utf-8")
        name(served)
        served.allow(docproc_workspace.root)
        yield served

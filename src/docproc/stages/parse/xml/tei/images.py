"""Where a TEI edition says that the image of a page is: ``@facs``, or the surface it points at."""

from __future__ import annotations

from docproc.formats.xml import Element, local
from docproc.stages.parse.xml.tei.names import XML_ID


def image_of(page: Element, surfaces: dict[str, str] | None = None) -> str:
    """What *page* (``pb``, ``surface``) names as its image; ``""`` for none.

    *surfaces* remembers those of the edition, filled at the first page that points at one.
    See TEI P5, 12.1 ("Digital Facsimiles").
    """
    if local(page) == "surface":
        return _graphic(page)
    named = next(iter((page.get("facs") or "").split()), "")
    if not named.startswith("#"):
        return named
    known = {} if surfaces is None else surfaces
    if not known:
        known |= _surfaces(page.getroottree().getroot())
    return known.get(named[1:], "")


def _surfaces(root: Element) -> dict[str, str]:
    """The image of every surface, zone and graphic that has an id."""
    found = {"": ""}
    for facsimile in root:
        if local(facsimile) not in ("facsimile", "sourceDoc"):
            continue
        for each in facsimile.iter():
            if (name := each.get(XML_ID)) and local(each) in ("surface", "graphic", "zone"):
                found[name] = _graphic(each)
    return found


def _graphic(element: Element) -> str:
    """The address of the first image at or within *element*; of a zone, that of its surface."""
    while local(element) == "zone" and element.getparent() is not None:
        element = element.getparent()
    images = (each.get("url") or "" for each in element.iter() if local(each) == "graphic")
    return next(filter(None, images), "")

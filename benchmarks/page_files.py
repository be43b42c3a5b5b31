"""Recognized pages: the words and zones of ALTO and PAGE, read by plain XPath, beside docproc's."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from docproc.records import BlockKind, Document

FIELDS = ("page: words", "page: lines", "page: margins", "page: image")
_MARGINS = re.compile(
    r"header|footer|page-number|RunningTitle|Numbering|QuireMarks|PageNumber|running", re.IGNORECASE
)
_CUT = re.compile(r"[\s\u00ad\u00ac⸗=-]+")


def truth(root: Any) -> dict[str, Any]:
    """The lines of the page, the lines of its margins, and the name of its image."""
    alto = root.tag.rpartition("}")[2] == "alto"
    lines = list(_alto(root) if alto else _page(root))
    image = (
        next((each.text or "" for each in root.iter("{*}fileName")), "")
        if alto
        else next((each.get("imageFilename", "") for each in root.iter("{*}Page")), "")
    )
    return {
        "words": Counter(word for line, _ in lines for word in line.split()),
        "lines": [line for line, margin in lines if line.strip() and not margin],
        "margins": [line for line, margin in lines if line.strip() and margin],
        "image": re.split(r"[/\\]", image.strip())[-1],
    }


def _alto(root: Any) -> Iterator[tuple[str, bool]]:
    tags = {each.get("ID"): each.get("LABEL") or "" for each in root.iter("{*}OtherTag")}
    for line in root.iter("{*}TextLine"):
        strings = [each.get("CONTENT", "") for each in line if _name(each) == "String"]
        zones = [
            tags.get(tag, "")
            for above in (line, *line.iterancestors("{*}TextBlock", "{*}ComposedBlock"))
            for tag in (above.get("TAGREFS") or "").split()
        ]
        margin = any(_MARGINS.search(zone) for zone in zones)
        margin |= next(line.iterancestors("{*}TopMargin", "{*}BottomMargin"), None) is not None
        yield " ".join(strings), margin


def _page(root: Any) -> Iterator[tuple[str, bool]]:
    for line in root.iter("{*}TextLine"):
        texts = [each for each in line if _name(each) == "TextEquiv"]
        texts.sort(key=lambda each: int(each.get("index") or 0))
        words = next((each.text or "" for t in texts[:1] for each in t.iter("{*}Unicode")), "")
        region = next(line.iterancestors("{*}TextRegion"), None)
        said = f"{region.get('type', '')} {region.get('custom', '')}" if region is not None else ""
        yield words, bool(_MARGINS.search(said))


def compare(document: Document, said: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield each field of the page, and what is wrong with it: ``""`` where nothing is."""
    text = document.text
    if said["words"]:
        lost = said["words"] - Counter(text.split())
        # a drop capital is joined to the word that it begins: no letter may be lost
        letters = Counter("".join(said["words"].elements())) - Counter("".join(text.split()))
        yield "page: words", f"lost {dict(lost)}"[:120] if letters else ""
    flat = _CUT.sub("", text)
    if said["lines"]:
        parted = [line for line in said["lines"] if _CUT.sub("", line) not in flat]
        yield "page: lines", f"parted {parted[:3]}" if parted else ""
    if said["margins"]:
        aside = (BlockKind.FURNITURE, BlockKind.NOTE)
        kept = " ".join(b.span.of(text) for b in document.blocks if b.kind in aside)
        inside = [line for line in said["margins"] if " ".join(line.split()) not in
                  " ".join(kept.split())]  # fmt: skip
        yield "page: margins", f"among the text {inside[:3]}" if inside else ""
    if said["image"]:
        labels = " ".join(f"{page.label} {page.image or ''}" for page in document.pages)
        labels += dict(document.metadata.other).get("image", "")
        yield (
            "page: image",
            "" if said["image"] in labels else f"{said['image']!r}: {labels[:80]!r}",
        )


def _name(element: Any) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""

"""Pages of print: where a web page says that one begins, as books that were typed from print do."""

from __future__ import annotations

import re
from collections.abc import Sequence

from docproc.formats.xml import Element, text_of
from docproc.text.patterns import compile_on_use

_BEGINS = compile_on_use(
    r"(?:^|[\s_-])(?:x?page-?(?:num|no)s?(?:ber)?|page-?break|doc-pagebreak)(?:$|[\s_-])",
    re.IGNORECASE,
)
_NAMING = ("class", "role", "epub:type")
_SAYING = ("data-page-number", "title", "aria-label")
_NUMBER = compile_on_use(
    r"[\[({|]?\s*(?:(?:page|pg?|seite|s)\.?\s*)?(\d{1,5}[a-z]?|[ivxlc]{1,9})\s*[\])}|]?",
    re.IGNORECASE,
)
_SPELLED = ("pagenum", "pageno", "pagebreak", "page-num", "page-no", "page-break", "pageNum")
_FEWEST = 2


def pages_of(page: str, told: Sequence[Element]) -> dict[Element, str]:
    """The elements of *told*, in *page*, at which pages begin, with the number printed there.

    None where there is only one: that may be the page's own number among others of a site.
    """
    found: dict[Element, str] = {}
    if not any(name in page for name in _SPELLED):  # most pages have none
        return found
    for each in told:
        names = " ".join(filter(None, map(each.get, _NAMING)))
        if "page" not in names.lower() or not _BEGINS.search(names):
            continue
        said = (text_of(each)[:40], *(each.get(name) or "" for name in _SAYING))
        number = next((m[1] for words in said if (m := _NUMBER.fullmatch(words.strip()))), None)
        if number:
            found[each] = number
    return found if len(found) >= _FEWEST else {}

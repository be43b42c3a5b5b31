"""What stands in the source, and what the editor has for it: choices, deletions, gaps."""

from __future__ import annotations

from docproc.formats.xml import Element, local, words_of
from docproc.records import Span
from docproc.stages.parse.xml.tei.body import TeiBody, Way
from docproc.stages.parse.xml.tei.marks import DIVISIONS
from docproc.stages.parse.xml.tei.names import XML_ID

_IN_SOURCE = ("orig", "sic", "abbr")
_EDITORS = ("reg", "corr", "expan")
_BLOCKS = (
    *("p", "ab", "lg", "l", "head", "opener", "closer", "dateline", "salute", "signed", "item"),
    *("list", "table", "row", "cell", "postscript", "trailer", "address", "addrLine", *DIVISIONS),
)
_OTHER_FORMS = ("corr", "reg", "expan", "sic", "orig", "abbr")


def _choice(body: TeiBody, element: Element) -> None:
    given = {local(each): each for each in reversed(element) if local(each)}
    for source, editors in zip(_IN_SOURCE, _EDITORS, strict=True):
        if source in given:
            if editors in given:
                _write_variants(body, element, given[source], words_of(given[editors]))
            else:
                body.content(given[source])
            return
    first = next(iter(given.values()), None)
    if first is not None:
        body.content(first)


def _app(body: TeiBody, element: Element) -> None:
    lemma = next((each for each in element if local(each) == "lem"), None)
    readings = list(element.iter("{*}rdg"))
    if lemma is None:
        if readings:
            body.content(readings[0])
        return
    _write_variants(body, element, lemma, " ".join(words_of(each) for each in readings))


def _write_variants(body: TeiBody, element: Element, source: Element, others: str) -> None:
    """Write *source*, beside which *others* are searched: those of *element*, about to end."""
    parted = body.flow.parted
    shown = body.spanning(source)
    if others and not len(shown):  # it has none of them
        at = body.flow.place()
        shown = Span(at, at)
        if parted is None:
            others += " " if (element.tail or " ")[0].isspace() else ""
        elif parted:
            others = f" {others}"
    if others:
        body.variants.append((shown, others))


def _subst(body: TeiBody, element: Element) -> None:
    """What is struck out and what stands for it: the white space between them is none."""
    for each in element:
        body.element(each)
        if each.tail and not each.tail.isspace():
            body.flow.text(each.tail)


def _del(body: TeiBody, element: Element) -> None:
    """Of a word that is struck out in part, the rest is searched as a word as well."""
    before = len(body.variants)
    opened = body.flow.parted
    span = body.flow.spanning(lambda: body.write_between(element, "⟦", "⟧"))
    tail = (element.tail or "")[:1]
    if opened is False or (tail and not tail.isspace()) or not tail:
        del body.variants[before:]
        body.variants.append((span, ""))


def _del_span(body: TeiBody, element: Element) -> None:
    end = element.get("spanTo", "").removeprefix("#")
    if end:
        body.flow.sign("⟦")
        body.struck[end] = "⟧"


def settle_spans(root: Element) -> None:
    """Let what begins or ends being struck out between two blocks of *root* do so within them."""
    ends = set()
    for span in list(root.iter("{*}delSpan")):
        ends.add(span.get("spanTo", "").removeprefix("#"))
        block = span.getnext()
        if local(span.getparent()) in DIVISIONS and block is not None and local(block):
            while not (block.text or "").strip() and len(block) and local(block[0]) in _BLOCKS:
                block = block[0]
            _take_out(span)
            span.tail, block.text = block.text, None
            block.insert(0, span)
    for anchor in [each for each in root.iter("{*}anchor") if each.get(XML_ID) in ends]:
        block = anchor.getprevious()
        if local(anchor.getparent()) in DIVISIONS and block is not None and local(block):
            while len(block) and not (block[-1].tail or "").strip() and local(block[-1]) in _BLOCKS:
                block = block[-1]
            _take_out(anchor)
            block.append(anchor)


def _take_out(element: Element) -> None:
    """Take *element*, which stands between blocks, from its place; white space after it stays."""
    before, above = element.getprevious(), element.getparent()
    if before is not None:
        before.tail = (before.tail or "") + (element.tail or "")
    else:
        above.text = (above.text or "") + (element.tail or "")
    element.tail = None
    above.remove(element)


def _anchor(body: TeiBody, element: Element) -> None:
    if end := body.struck.pop(element.get(XML_ID, ""), ""):
        body.flow.sign(end)


def _as_once_written(body: TeiBody, element: Element) -> None:
    """TEI P4: the other form stands in an attribute."""
    other = next((v for name in _OTHER_FORMS if (v := element.get(name))), None)
    if other:
        _write_variants(body, element, element, " ".join(other.split()))
    else:
        body.content(element)


def _write_supplied(body: TeiBody, element: Element) -> None:
    body.write_between(element, "[", "]")


def _unclear(body: TeiBody, element: Element) -> None:
    body.content(element)
    body.flow.sign("[?]")


def _gap(body: TeiBody, _: Element) -> None:
    body.flow.sign("[…]")


WAYS: dict[str, Way] = {
    "choice": _choice,
    "app": _app,
    "subst": _subst,
    "del": _del,
    "delSpan": _del_span,
    "anchor": _anchor,
    **dict.fromkeys(("sic", "orig", "abbr", "corr", "reg", "expan"), _as_once_written),
    "supplied": _write_supplied,
    "unclear": _unclear,
    "gap": _gap,
}

"""The pages for browsing: facets, a histogram of dates, the list; and who wrote to whom."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from docproc.browsing.correspondence import correspondences, persons_of
from docproc.browsing.facets import BETWEEN, Facet, is_within, list_facets
from docproc.browsing.listing import SORTS, correspondents_phrase, name_document, sort_rows
from docproc.browsing.timeline import Period, Timeline, collapse_gaps, timeline
from docproc.chat.scope_words import earliest_day, latest_day
from docproc.dataclass_on_use import dataclass
from docproc.errors import UsageError
from docproc.library import scope_of
from docproc.records import DocumentRow, Scope
from docproc.references import parse_reference
from docproc.serving.service.service import library_of, service_of
from docproc.serving.views.network import HEIGHT, WIDTH, network
from docproc.serving.views.templating import bar, page, turn_page
from docproc.text.output import clip
from docproc.text.words import count_phrase

if TYPE_CHECKING:
    from docproc.library import Library

PAGE = 50
"""How many documents a page lists."""
_PAIRS = 300
_NAMES = (
    *("scope", "kept", "from", "to", "sender", "recipient", "person", "place", "kind", "language"),
    *("witness", "collection"),
)
_TITLES = {
    "sender": "From",
    "recipient": "To",
    "person": "From or to",
    "place": "Place",
    "kind": "Kind",
    "language": "Language",
    "kept": "Where it is kept",
    "witness": "Witness",
    "collection": "Edition or collection",
}


@dataclass(frozen=True, slots=True)
class AddressChoice:
    """What the address chooses the documents by."""

    pairs: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, request: Request) -> AddressChoice:
        query = request.query_params
        found = ((name, query.get(name, "").strip()[:500]) for name in _NAMES)
        return cls(tuple((name, value) for name, value in found if value))

    def get(self, name: str) -> str:
        return dict(self.pairs).get(name, "")

    def link(self, path: str = "/browse", **others: str) -> str:
        """The address with *others* added; ``""`` takes one away."""
        pairs = {**dict(self.pairs), **others}
        query = urlencode([(name, value) for name, value in pairs.items() if value])
        return f"{path}?{query}" if query else path

    @property
    def words(self) -> list[tuple[str, str]]:
        """Each condition in words, and the address without it."""
        return [
            (value if name in ("scope", "kept") else f"{name} {value}", self.link(**{name: above}))
            for name, value in self.pairs
            for above in (value.rpartition(BETWEEN)[0] if name == "kept" else "",)
        ]

    def scope(self, library: Library) -> Scope:
        """The scope that the conditions make.  Raises ``UsageError`` for what is no date."""
        scope = scope_of(library.application, self.get("scope"))
        if value := self.get("from"):
            scope = replace(scope, earliest=earliest_day(value))
        if value := self.get("to"):
            scope = replace(scope, latest=latest_day(value))
        scope = replace(
            scope,
            sender=self.get("sender") or scope.sender,
            recipient=self.get("recipient") or scope.recipient,
            language=self.get("language") or scope.language,
        )
        if value := self.get("witness"):
            scope = replace(scope, witness=(value,))
        return scope

    def rows(self, request: Request) -> Sequence[DocumentRow]:
        """The documents that meet every condition."""
        library = library_of(request)
        rows = service_of(request).rows(library, self.scope(library), self.get("kind") or None)
        if place := self.get("place"):
            rows = [row for row in rows if row.place == place]
        if name := self.get("person"):
            every = persons(library, rows)
            theirs = frozenset[str]().union(*(ids for each, ids in every if each == name))
            rows = [row for row in rows if row.id in theirs]
        kept, collection = self.get("kept"), self.get("collection")
        if not (kept or collection):
            return rows
        shelves = library.room.opened.catalog.printed.shelves
        return [
            row
            for row in rows
            for shelf in (shelves[row.id],)
            if (not kept or is_within(shelf.path, kept)) and collection in ("", shelf.collection)
        ]


def persons(library: Library, rows: Sequence[DocumentRow]) -> Sequence[tuple[str, Collection[str]]]:
    """Everyone who wrote or received any of *rows*."""
    catalog = library.room.opened.catalog
    return persons_of(rows, catalog.printed.correspondents(), catalog.printed.register)


def browse(request: Request) -> Response:
    """The documents that the address chooses, and by what they can be chosen further."""
    chosen, query = AddressChoice.of(request), request.query_params
    library = library_of(request)
    rows, shelves = chosen.rows(request), library.room.opened.catalog.printed.shelves
    known = () if chosen.get("person") else persons(library, rows)
    order = query.get("sort", "date")
    if order not in SORTS:
        raise UsageError(f"documents can be sorted by {', '.join(SORTS)}")
    found: Sequence[DocumentRow] = sort_rows(rows, order, reverse=query.get("reverse") == "1")
    number, pages = turn_page(query.get("page"), len(found), PAGE)
    shown = found[(number - 1) * PAGE : number * PAGE]
    line = timeline(rows)
    context: dict[str, Any] = {
        "chips": [(clip(words, 120), link) for words, link in chosen.words],
        "facets": [
            _facet(each, chosen)
            for each in list_facets(rows, shelves, chosen.get("kept"), known)
            if each.name == "kept" or not chosen.get(each.name)
        ],
        "period": line.period,
        "periods": _bars(line, chosen) if line.dated else [],
        "vague": line.vague,
        "undated": line.undated,
        "found": count_phrase(len(found), "document"),
        "orders": [(each, chosen.link(sort=each)) for each in SORTS],
        "chosen_order": order,
        "named": [
            (clip(name, 80), f"/mentions?{urlencode({'name': name})}")
            for each in ("person", "sender", "recipient")
            if (name := chosen.get(each))
        ],
        "ask_link": f"/?{urlencode({'scope': words})}" if (words := _askable(chosen)) else "",
        "rows": [row_view(row) for row in shown],
        "pages": pages,
        "page": number,
        "previous_page": chosen.link(sort=order, page=str(number - 1)),
        "next_page": chosen.link(sort=order, page=str(number + 1)),
    }
    return page(request, "browse.html", "Browse", context, here="browse")


def correspondents(request: Request) -> Response:
    """Who wrote to whom; each pair is a link into the list."""
    chosen = AddressChoice.of(request)
    catalog = library_of(request).room.opened.catalog
    every = correspondences(
        chosen.rows(request), catalog.printed.correspondents(), catalog.printed.register
    )
    rows = [
        {
            "sender": clip(each.sender, 120),
            "recipient": clip(each.recipient, 120),
            "documents": f"{each.documents:,}",
            "years": each.years,
            "sender_link": chosen.link(sender=each.sender),
            "recipient_link": chosen.link(recipient=each.recipient),
            "link": chosen.link(sender=each.sender, recipient=each.recipient),
        }
        for each in every[:_PAIRS]
    ]
    pairs = count_phrase(len(every), "pair")
    if len(every) > _PAIRS:
        pairs = f"The {_PAIRS} pairs that wrote most, of {len(every):,}"
    drawn = network(
        every,
        lambda name: chosen.link(sender=name),
        lambda one, other: chosen.link(sender=one, recipient=other),
    )
    context = {"rows": rows, "pairs": pairs, "drawn": drawn, "width": WIDTH, "height": HEIGHT}
    return page(request, "correspondents.html", "Who wrote to whom", context, here="correspondents")


def row_view(row: DocumentRow) -> dict[str, str]:
    """One line of a list of documents."""
    return {
        "id": row.id,
        "date": clip(row.date, 40),
        "between": clip(correspondents_phrase(row), 160),
        "name": clip(name_document(row), 160),
        "place": clip(row.member, 60),
        "reference": clip(row.reference, 120),
    }


def _facet(facet: Facet, chosen: AddressChoice) -> dict[str, Any]:
    return {
        "title": _TITLES[facet.name],
        "left": f"{facet.left:,}" if facet.left else "",
        "choices": [
            {
                "words": clip(each.words, 80),
                "count": f"{each.documents:,}",
                "link": chosen.link(**{facet.name: each.value}),
            }
            for each in facet.choices
        ],
    }


def _bars(line: Timeline, chosen: AddressChoice) -> list[dict[str, str]]:
    """The periods as bars: each a link to what it holds."""
    most = max(period.documents for period in line.periods)
    return [
        bar(each.label, each.documents, most, chosen.link(**_within(each)))
        if isinstance(each, Period)
        else {"gap": f"{count_phrase(each, line.period)} without any"}
        for each in collapse_gaps(line.periods)
    ]


def _within(period: Period) -> dict[str, str]:
    edtf = period.edtf
    if edtf.endswith("X"):
        return {"from": f"{edtf[:-1]}0", "to": f"{edtf[:-1]}9"}
    return {"from": edtf, "to": edtf}


def _askable(chosen: AddressChoice) -> str:
    """The conditions in the words of a scope; ``""`` where questions do not take all of them."""
    names = ("scope", "kept", "from", "to", "sender", "recipient", "language", "witness")
    if any(name not in names for name, _ in chosen.pairs):
        return ""
    kept = chosen.get("kept").replace(BETWEEN, " ")
    if kept and parse_reference(kept) is None:
        return ""
    words = [f"{name} {value}" for name, value in chosen.pairs if name in names[2:]]
    return " ".join(filter(None, [chosen.get("scope"), kept, *words]))

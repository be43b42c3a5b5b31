"""The JSON of answers and documents: its published shape, and the source's own letters."""

from __future__ import annotations

import json
from dataclasses import replace

from river_letter import LETTER, NOTE_REFERENCE, PASSAGES, REFERENCE, SOURCE, TEXT, Room, citation

from docproc.records import Answer, ArchivalReference, Document, Metadata, Scope
from docproc.rendering.json import answer_json, citation_json, document_json, reference_json


def ask(question: str) -> Answer:
    return Room().ask(question, limit=3, scope=Scope())


def test_an_answer_has_the_published_shape():
    found = json.loads(json.dumps(answer_json(ask("How many lanterns?")), ensure_ascii=False))
    (cited,) = found.pop("citations")
    passage = PASSAGES[2]
    start, end = cited.pop("highlights")[0]
    assert cited["quote"][start:end].startswith("All this will cost us")
    assert cited == {
        "rank": 1,
        "id": passage.id,
        "identifier": "",
        "quote": passage.text,
        "document": {
            "id": LETTER.id,
            "member": "",
            "title": "G. V. Orlova to P. I. Lindqvist",
            "date": "1923-03-04",
            "date_printed": "March 4, 1923",
            "sender": "G. V. Orlova",
            "recipient": "P. I. Lindqvist",
            "number": None,
        },
        "reference": {
            "printed": "TSAOR. F. 91. Op. 3. D. 7. L. 12.",
            "archive": "TsAOR",
            "archive_now": "GANO",
            "fond": "91",
            "opis": "3",
            "delo": "7",
            "leaves": "12",
        },
        "witness": "Typewritten text. Signature - autograph.",
        "kind": "body",
        "locator": "paragraph 3",
        "pages": None,
        "hand": None,
        "anchored": None,
        "source": {
            "path": "seeds/letters/orlova.txt",
            "sha256": "ab" * 32,
            "start": passage.span.start,
            "end": passage.span.end,
        },
        "score": 0.8,
        "verified": True,
        "verification": "the quotation stands in the source",
        "states": None,
        "also": [],
    }
    assert found == {
        "question": "How many lanterns?",
        "verdict": "answered",
        "searched": {
            "generation": "g1",
            "documents": 1,
            "passages": 6,
            "scope": None,
            "floor": 0.35,
            "best": 0.9,
        },
        "understood": [],
        "remarks": [],
        "total": None,
    }


def test_a_refusal_has_the_nearest_passages_apart_from_the_citations():
    found = answer_json(ask("Any elephants?"))
    assert found["verdict"] == "not_found"
    assert found["citations"] == []
    assert [cited["locator"] for cited in found["nearest"]] == ["paragraph 1"]
    assert found["searched"]["best"] == 0.21


def test_what_is_not_known_is_null():
    answer = ask("How many lanterns?")
    bare = replace(citation(PASSAGES[0], 1, 0.5), metadata=Metadata(), reference=None, witness=None)
    (cited,) = answer_json(replace(answer, citations=(bare,)))["citations"]
    assert cited["reference"] is None
    assert cited["witness"] is None
    assert cited["document"] == {
        "id": LETTER.id,
        "member": "",
        "title": None,
        "date": None,
        "date_printed": None,
        "sender": None,
        "recipient": None,
        "number": None,
    }


def test_a_level_never_hides_the_printed_form():
    odd = ArchivalReference("as printed", "odd", (("printed", "x"), ("series", "A1")), "TNA")
    assert reference_json(odd) == {
        "printed": "as printed",
        "archive": "TNA",
        "archive_now": None,
        "series": "A1",
    }


def test_a_document_tells_all_that_is_known_of_it():
    found = json.loads(json.dumps(document_json(LETTER, PASSAGES), ensure_ascii=False))
    assert found["title"] == "G. V. Orlova to P. I. Lindqvist"
    assert (found["sender"], found["recipient"]) == ("G. V. Orlova", "P. I. Lindqvist")
    assert [(d["printed"], d["edtf"], d["place"]) for d in found["dates"]] == [
        ("March 4, 1923", "1923-03-04", "heading"),
        ("4/III - 23.", "1923-03-04", "signature"),
    ]
    assert found["salutation"] == "Comrade Lindqvist!"
    assert len(found["paragraphs"]) == 1
    assert [item["label"] for item in found["list_items"]] == ["1", "2"]
    assert found["signature"] == "G. Orlova 2 ."
    assert found["collection"]["editors"] == ["A.B.Petrenko", "C.D.Alvarez"]
    assert found["reference"]["printed"] == REFERENCE.printed
    assert [r["note"] for r in found["references"]] == [None, "1"]
    assert found["witness"]["technique"] == "typewritten"
    assert found["furniture"] == ["Home Page | Index"]
    assert found["source"]["path"] == SOURCE.path
    assert (found["encoding"], found["language"], found["text"]) == ("utf-8", "en", TEXT)
    assert [p["id"] for p in found["passages"]] == [p.id for p in PASSAGES]
    assert found["pages"][0]["label"] == "12"


def test_every_span_of_a_document_is_a_span_of_its_text():
    found = document_json(LETTER, PASSAGES)
    for reference in found["references"]:
        start, end = reference["span"]
        assert TEXT[start:end] == reference["printed"]
    for date in found["dates"]:
        start, end = date["span"]
        assert TEXT[start:end] == date["printed"]
    for block, record in zip(found["blocks"], LETTER.blocks, strict=True):
        assert block["span"] == [record.span.start, record.span.end]
        assert block["kind"] == record.kind.value


def test_a_note_has_its_anchor_and_its_own_references():
    first, second = document_json(LETTER, PASSAGES)["notes"]
    assert first["anchor"] is None
    assert [r["printed"] for r in first["references"]] == [NOTE_REFERENCE.printed]
    start, end = second["anchor"]
    assert TEXT[start:end] == second["label"] == "2"
    assert second["references"] == []


def test_a_document_of_which_nothing_is_known_has_nulls_and_empty_lists():
    found = document_json(Document(SOURCE, "text"), ())
    for key in ("title", "salutation", "signature", "collection", "reference", "witness"):
        assert found[key] is None
    for key in ("dates", "paragraphs", "list_items", "notes", "references", "blocks", "pages"):
        assert found[key] == []


def test_a_citation_of_an_edition_says_the_number_and_the_pages_there():
    plain = citation(PASSAGES[0], 1, 0.5)
    numbered = replace(plain, metadata=replace(plain.metadata, number="81"), pages="58–59")
    cited = citation_json(numbered)
    assert (cited["document"]["number"], cited["pages"]) == ("81", "58–59")

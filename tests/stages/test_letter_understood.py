"""The letter in seeds/, understood completely, as a golden file and in plain words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from documents import normalized
from letter_workspace import letter, passages

from docproc.records import BlockKind


def test_the_letter_is_understood_as_before(golden_json: Callable[[str, Any], None]):
    document = letter()
    golden_json(
        "letter.json",
        {
            "blocks": [
                {
                    "kind": block.kind,
                    "words": block.span.of(document.text),
                    "label": block.label,
                    "anchor": block.anchor and [block.anchor.start, block.anchor.end],
                    "level": block.level,
                }
                for block in document.blocks
            ],
            "metadata": msgspec.to_builtins(document.metadata),
            "references": msgspec.to_builtins(document.references),
            "witness": msgspec.to_builtins(document.witness),
        },
    )


def test_its_passages_are_as_before(golden_json: Callable[[str, Any], None]):
    text = letter().text
    golden_json(
        "passages.json",
        [
            {
                "kind": passage.kind,
                "locator": passage.locator,
                "note": passage.note,
                "reference": passage.reference and passage.reference.printed,
                "language": passage.language,
                "context": passage.context,
                "sentences": [sentence.of(text) for sentence in passage.sentences],
            }
            for passage in passages()
        ],
    )


def shown(kind: BlockKind) -> list[str]:
    return [b.span.of(letter().text) for b in letter().blocks if b.kind is kind]


def test_who_wrote_to_whom_and_when_in_both_notations():
    metadata = letter().metadata
    assert metadata.title is not None
    assert metadata.sender is not None
    assert metadata.recipient is not None
    assert metadata.title.text == "J. V. Stalin to L. D. Trotsky"
    assert (metadata.sender.text, metadata.recipient.text) == ("J. V. Stalin", "L. D. Trotsky")
    assert [(d.printed, d.edtf) for d in metadata.dates] == [
        ("November 2, 1921", "1921-11-02"), ("2/XI - 21.", "1921-11-02"),
    ]  # fmt: skip
    assert (metadata.kind, metadata.language) == ("letter", "en")


def test_greeting_points_and_signature():
    assert shown(BlockKind.SALUTATION) == ["T. Trotsky!"]
    assert [b.label for b in letter().blocks if b.kind is BlockKind.LIST_ITEM] == ["1", "2"]
    assert shown(BlockKind.SIGNATURE) == ["I. Stalin 3 ."]
    assert len(shown(BlockKind.PARAGRAPH)) == 4


def test_the_collection_is_named_and_the_navigation_is_furniture():
    collection = letter().metadata.collection
    assert collection is not None
    assert collection.title == "Bolshevik leadership Correspondence. 1912-1927"
    assert collection.statement == "Collection of documents 1996."
    assert collection.editors == (
        "A.V.Kvashonkin", "L.P.Kosheleva", "L.A.Rogovaya", "O.V.Khlevnyuk",
    )  # fmt: skip
    assert "Marx-Engels" in shown(BlockKind.FURNITURE)[1]
    assert not any("Home Page" in passage.text for passage in passages())


def test_the_reference_and_the_witness():
    own, cited = letter().references
    assert own.components == (("fond", "558"), ("opis", "2"), ("delo", "51"), ("leaves", "1"))
    assert cited.components == (("fond", "17"), ("opis", "3"), ("delo", "225"), ("leaves", "1"))
    witness = letter().witness
    assert witness is not None
    assert (witness.technique, witness.signature) == ("typewritten", "autograph")


def test_only_the_third_note_is_tied_for_only_its_mark_is_left():
    notes = [b for b in letter().blocks if b.kind is BlockKind.NOTE]
    assert [note.label for note in notes] == ["1", "2", "3"]
    assert [note.anchor for note in notes[:2]] == [None, None]
    anchor = notes[2].anchor
    assert anchor is not None
    assert letter().text[anchor.start - 7 : anchor.end + 2] == "Stalin 3 ."


PRINTED = ["1922..", "( direct impact", "Politburo .", "[at]", "T. Trotsky!"]


@pytest.mark.parametrize("printed", PRINTED)
def test_nothing_is_corrected(printed):
    assert any(printed in passage.text for passage in passages())


@pytest.mark.parametrize(
    ("words", "locator", "fond"),
    [
        ("6,000 rifles", "paragraph 4", "558"),
        ("in the presence of SURITS", "paragraph 1", "558"),
        ("to control the correct spending", "paragraph 3 (point 2)", "558"),
        ("Anglo-Afghan treaty", "note 1", "558"),
        ("additional 200,000 rubles", "note 2", "17"),
        ("Typewritten text. Signature - autograph.", "signature", "558"),
        ("2/XI - 21.", "signature", "558"),
        ("November 2, 1921", "heading", "558"),
        ("A.V.Kvashonkin", "edition", "558"),
    ],
)
def test_every_answer_stands_in_one_passage_with_its_place_and_reference(words, locator, fond):
    (found,) = [passage for passage in passages() if words in passage.text]
    assert found.locator == locator
    assert found.reference is not None
    assert found.reference.get("fond") == fond


def test_passages_hold_the_whole_letter_once_in_order():
    text = letter().text
    furniture = "".join(shown(BlockKind.FURNITURE))
    kept = "".join("".join(p.text.split()) for p in passages())
    assert len(kept) == len("".join(text.split())) - len("".join(furniture.split()))
    assert all(p.text == p.span.of(text) for p in passages())


LETTER_BELOW = (
    "\n\nDear Lind,\n\nthe ferry was sold to a firm in Narva for ninety roubles.\n\nA. Holm\n"
)


@pytest.mark.parametrize(
    "reference",
    [
        "RGASPI. F. 5. Op. 1. D. 7. L. 1.",
        "Landesarchiv Greifswald, Rep. 35, Nr. 212, Bl. 7.",
        "The National Archives, Kew, FO 371/1234",
        "RGASPI. F. 5. Op. 1. D. 7. L. 1.\n\nCopy",
    ],
)
@pytest.mark.parametrize("between", ["\n\n", "\n"])
def test_a_letter_below_its_reference_is_read_as_one_without(reference, between):
    opening = f"A. Holm to B. Lind{between}Narva, 3 May 1920"
    read = normalized(f"{reference}\n\n{opening}{LETTER_BELOW}").metadata
    bare = normalized(f"{opening}{LETTER_BELOW}").metadata
    for each in (read, bare):
        assert (each.title.text, each.sender.text, each.recipient.text) == (
            "A. Holm to B. Lind",
            "A. Holm",
            "B. Lind",
        )
        assert (each.place.text, each.dates[0].edtf, each.kind) == ("Narva", "1920-05-03", "letter")


@pytest.mark.parametrize(
    ("title", "dateline", "sender", "recipient", "place"),
    [
        ("Письмо А. Холма Б. Линду", "Нарва, 3 мая 1920 г.", "А. Холма", "Б. Линду", "Нарва"),
        ("Anna Holm an Bernd Lind", "Narwa, den 3. Mai 1920", "Anna Holm", "Bernd Lind", "Narwa"),
        ("Lettre de Luc Bar à Odile Fer", "Caen, le 3 mai 1920", "Luc Bar", "Odile Fer", "Caen"),
        (
            "Carta de Juan Gil a Ana Ruiz",
            "Madrid, 3 de mayo de 1920",
            "Juan Gil",
            "Ana Ruiz",
            "Madrid",
        ),
    ],
)
@pytest.mark.parametrize("above", ["", "RGASPI. F. 5. Op. 1. D. 7. L. 1.\n"])
def test_a_title_on_the_line_over_the_dateline_is_one(
    above, title, dateline, sender, recipient, place
):
    document = normalized(f"{above}{title}\n{dateline}{LETTER_BELOW}")
    read = document.metadata
    assert (read.title.text, read.sender.text, read.recipient.text, read.place.text) == (
        title,
        sender,
        recipient,
        place,
    )
    assert read.dates[0].edtf == "1920-05-03"
    assert len(document.references) == bool(above)


@pytest.mark.parametrize(
    ("head", "place"),
    [
        ("Harbour Office\nNarva, 3 May 1920", "Narva"),
        ("12 Mount Street\nLondon, 3 May 1920", "London"),
        ("New York\n3 May 1920", "New York"),
    ],
)
def test_the_lines_of_a_letterhead_are_no_title_and_no_part_of_the_place(head, place):
    read = normalized(head + LETTER_BELOW).metadata
    assert (read.title, read.place.text) == (None, place)


def test_a_stamp_that_names_an_act_of_a_year_below_the_reference_is_no_dateline():
    stamp = "[RELEASED UNDER THE HARBOUR RECORDS ACT OF 1992]"
    read = normalized(f"RGASPI. F. 5. Op. 1. D. 7. L. 1.\n\n{stamp}{LETTER_BELOW}")
    assert read.metadata.place is None
    assert BlockKind.DATELINE not in {block.kind for block in read.blocks}

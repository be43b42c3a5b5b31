"""Rows of CSV and JSON Lines, each a document with what its columns say of it."""

from __future__ import annotations

import csv
import io
import json

import pytest

from docproc.config import Limits
from docproc.errors import ConfigError, SourceError
from docproc.records import SourceFile, Unread
from docproc.stages.parse_rows import make

SETTINGS = {"text": ["text", "Abschrift"], "id": ["id"], "columns": ["Absender = sender"]}
ROWS = [
    {
        "id": "12", "Absender": "I. Petrov", "recipient": "A. Orlova", "date": "3 May 1920",
        "reference": "RGASPI. F. 17. Op. 3. D. 225. L. 1.", "box": "4", "text": "Wheat,\n\"rye\".",
    },
    {"id": "", "Absender": "", "recipient": "", "date": "", "reference": "", "box": "",
     "text": "Oats."},
]  # fmt: skip


def as_csv(delimiter: str = ",") -> bytes:
    stream = io.StringIO()
    writer = csv.DictWriter(stream, list(ROWS[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(ROWS)
    return stream.getvalue().encode()


def as_json() -> bytes:
    return "\n".join(json.dumps(row, ensure_ascii=False) for row in ROWS).encode()


def parts(data: bytes, path: str, **more: list[str]) -> list:
    parser = make(SETTINGS | more)
    return list(parser.parse(SourceFile(path, "x/y", len(data), "0" * 64), data))


@pytest.mark.parametrize(
    ("data", "path"),
    [
        (as_csv(), "a.csv"),
        (as_csv(";"), "a.csv"),
        (as_csv("\t"), "a.tsv"),
        (as_json(), "a.jsonl"),
    ],
    ids=["comma", "semicolon", "tab", "json"],
)
def test_each_row_is_a_document_with_what_its_columns_say(data, path):
    first, second = parts(data, path)
    assert (first.text, second.text) == ('Wheat,\n"rye".', "Oats.")
    assert first.member == "id 12"
    assert second.member.startswith("row ")
    assert first.metadata.sender.text == "I. Petrov"
    assert first.metadata.recipient.text == "A. Orlova"
    assert first.metadata.date.edtf == "1920-05-03"
    assert first.metadata.other == (("box", "4"),)
    assert first.references[0].get("fond") == "17"


def test_a_line_that_is_no_row_is_told_and_the_others_are_read():
    unread, also, document = parts(b'{"text": \n[1]\n{"text": "A", "n": null}', "a.jsonl")
    assert isinstance(unread, Unread)
    assert (unread.where, also.cause) == ("row 1", "it is no JSON object")
    assert document.text == "A"


def test_a_cell_past_the_limit_of_characters_is_told_and_the_rows_before_it_are_read():
    parser = make(SETTINGS | {"limits": Limits(characters=20)})
    data = b"text\nOats.\n" + b"x" * 21
    first, told = parser.parse(SourceFile("a.csv", "x/y", len(data), "0" * 64), data)
    assert first.text == "Oats."
    assert isinstance(told, Unread)
    assert "limits.characters" in told.cause


def test_rows_of_one_number_are_told_apart():
    documents = parts(
        b'{"id": 1, "text": "A"}\n{"id": 1, "text": "B"}\n{"id": "K1", "text": "C"}', "a.jsonl"
    )
    assert [d.member for d in documents] == ["id 1", "id 1 (row 2)", "K1"]


def test_without_a_column_of_text_the_columns_there_are_named():
    with pytest.raises(SourceError, match=r"\[plugins.rows\] text; the columns are: a, b"):
        parts(b"a,b\n1,2\n", "a.csv")


def test_a_meaning_that_cannot_be_read_is_an_error_that_shows_the_form():
    with pytest.raises(ConfigError, match="'Absender = sender'"):
        make(SETTINGS | {"columns": ["Absender"]})


def test_half_a_character_is_told_as_unknown_and_never_as_a_question():
    row = '{"text": "Who \\ud800 asks?", "place": "\\udfff\\ud83c\\udf3e"}'
    (document,) = parts(row.encode(), "a.jsonl")
    assert document.text == "Who \ufffd asks?"
    assert document.metadata.place.text == "\ufffd\U0001f33e"

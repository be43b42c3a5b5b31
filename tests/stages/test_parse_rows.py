"""Rows of CSV and JSON Lines, each a document with what its columns say of it."""

from __future__ import annotations

import csv
import datetime
import io
import json
import zipfile

import pytest
from linear import grows_by_length

from docproc.config import Limits
from docproc.errors import ConfigError, SourceError
from docproc.records import SourceFile, Unread
from docproc.stages.parse.records.rows.parser import make
from docproc.stages.parse.records.rows.sheets import UNREADABLE, _words

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
    assert [d.member for d in documents] == ["id 1", "id 1 (row 2)", "id K1"]


def test_without_a_column_of_text_the_columns_there_are_named():
    with pytest.raises(SourceError, match=r"\[plugins.rows\] text; the columns are: a, b"):
        parts(b"a,b\n1,2\n", "a.csv")


def test_a_title_over_a_table_is_kept_and_does_not_name_the_columns():
    data = b"Register of the mill,,\n,,\nNo,From,Text\n1,A. Falk,Rye.\n"
    (found,) = parts(data, "a.csv")
    assert (found.text, found.member) == ("Rye.", "row 4")
    assert found.metadata.sender.text == "A. Falk"
    assert ("above the table", "Register of the mill") in found.metadata.other
    assert parts(b"text\nOats.\nRye, too.\n", "b.csv")[0].text == "Oats."


def test_cells_without_a_name_and_names_given_twice_keep_their_words():
    (found,) = parts(b"text,box,box\nRye.,1,2,loose\n", "a.csv")
    assert {"1", "2", "loose"} <= {value for _, value in found.metadata.other}


def test_rows_without_text_are_told():
    first, told = parts(b"text,box\nRye.,1\n,2\n", "a.csv")
    assert (first.text, told.where) == ("Rye.", "row 3")
    assert "nothing" in told.cause


def test_a_day_before_1900_that_a_sheet_cannot_state_is_told_and_never_invented():
    pytest.importorskip("python_calamine")
    assert _words(datetime.time()) == UNREADABLE
    assert _words(datetime.time(9, 30)) == "09:30:00"


def test_a_meaning_that_cannot_be_read_is_an_error_that_shows_the_form():
    with pytest.raises(ConfigError, match="'Absender = sender'"):
        make(SETTINGS | {"columns": ["Absender"]})


def test_half_a_character_is_told_as_unknown_and_never_as_a_question():
    row = '{"text": "Who \\ud800 asks?", "place": "\\udfff\\ud83c\\udf3e"}'
    (document,) = parts(row.encode(), "a.jsonl")
    assert document.text == "Who \ufffd asks?"
    assert document.metadata.place.text == "\ufffd\U0001f33e"


def sheet_xml(rows: list[list[object]]) -> str:
    def cell(value: object) -> str:
        if value is None:
            return "<c/>"
        if isinstance(value, int | float):
            return f"<c><v>{value}</v></c>"
        return f'<c t="inlineStr"><is><t>{value}</t></is></c>'

    written = "".join(f"<row>{''.join(map(cell, row))}</row>" for row in rows)
    return f'<worksheet xmlns="{SHEET}"><sheetData>{written}</sheetData></worksheet>'


SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def as_xlsx(**sheets: list[list[object]]) -> bytes:
    stream = io.BytesIO()
    listed = "".join(
        f'<sheet name="{name}" sheetId="{n}" r:id="r{n}"/>' for n, name in enumerate(sheets, 1)
    )
    related = "".join(
        f'<Relationship Id="r{n}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, len(sheets) + 1)
    )
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("[Content_Types].xml", f'<Types xmlns="{PACKAGE}/content-types"></Types>')
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r" '
            f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        )
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{SHEET}" xmlns:r="{OFFICE}"><sheets>{listed}</sheets></workbook>',
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{PACKAGE}/relationships">{related}</Relationships>',
        )
        for n, rows in enumerate(sheets.values(), 1):
            archive.writestr(f"xl/worksheets/sheet{n}.xml", sheet_xml(rows))
    return stream.getvalue()


def as_ods(rows: list[list[str]]) -> bytes:
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.table import Table, TableCell, TableRow
    from odf.text import P

    written = OpenDocumentSpreadsheet()
    table = Table(name="Letters")
    for row in rows:
        line = TableRow()
        for words in row:
            cell = TableCell(valuetype="string")
            cell.addElement(P(text=words))
            line.addElement(cell)
        table.addElement(line)
    written.spreadsheet.addElement(table)
    stream = io.BytesIO()
    written.save(stream)
    return stream.getvalue()


HEAD = ["Absender", "date", "box", "text"]


def test_the_rows_of_a_sheet_are_documents_as_those_of_csv():
    pytest.importorskip("python_calamine")
    first = [None, "Absender", "date", "box", "text"], [None, "I. Petrov", "3 May 1920", 4, "Rye."]
    data = as_xlsx(Letters=[[None], *first], Empty=[], More=[HEAD, ["", "", 1.5, "Oats."]])
    one, two = parts(data, "a.xlsx")
    assert (one.text, two.text) == ("Rye.", "Oats.")
    assert (one.member, two.member) == ("Letters, row 3", "More, row 2")
    assert one.metadata.sender.text == "I. Petrov"
    assert ("box", "4") in one.metadata.other
    assert ("box", "1.5") in two.metadata.other
    (found,) = parts(as_ods([HEAD, ["A", "1920", "4", "Wheat."]]), "a.ods")
    assert (found.text, found.member) == ("Wheat.", "Letters, row 2")
    assert found.metadata.date.edtf == "1920"


def test_a_sheet_that_cannot_be_read_is_one_clear_message():
    pytest.importorskip("python_calamine")
    with pytest.raises(SourceError, match="damaged"):
        parts(as_xlsx(A=[HEAD])[:-40], "a.xlsx")
    with pytest.raises(SourceError, match="damaged, or a password locks it"):
        parts(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "a.xls")
    locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")
    with pytest.raises(SourceError, match="save it without a password"):
        parts(locked + bytes(600), "a.xlsx")
    parser = make(SETTINGS | {"limits": Limits(unpacked_megabytes=1)})
    data = as_xlsx(A=[HEAD, ["", "", "", "x" * 1_100_000]])
    with pytest.raises(SourceError, match=r"limits\.unpacked"):
        list(parser.parse(SourceFile("a.xlsx", "x/y", len(data), "0" * 64), data))


def test_a_list_of_records_is_read_wherever_it_stands():
    for value in (ROWS, {"count": 2, "letters": ROWS}, {"response": {"docs": ROWS}}):
        first, second = parts(json.dumps(value).encode(), "a.json")
        assert (first.text, second.text) == ('Wheat,\n"rye".', "Oats.")
        assert (first.member, second.member) == ("id 12", "record 2")
    (one,) = parts(json.dumps({**ROWS[0], "meta": {"sender": "B", "n": None}}).encode(), "a.json")
    assert one.metadata.recipient.text == "A. Orlova"
    assert [each.text for each in parts(as_json(), "a.json")] == ['Wheat,\n"rye".', "Oats."]


@pytest.mark.parametrize(
    ("data", "said"),
    [(b"{", "not JSON"), (b"[1, 2]", "no records"), (b"[" * 100_000, "not JSON"), (b"7", "no rec")],
)
def test_json_without_records_is_one_clear_message(data, said):
    with pytest.raises(SourceError, match=said):
        parts(data, "a.json")


ZOTERO = {
    "itemType": "letter",
    "citationKey": "hill1921",
    "title": "To B. Lake",
    "creators": [
        {"creatorType": "author", "firstName": "Ann", "lastName": "Hill"},
        {"creatorType": "recipient", "name": "B. Lake"},
    ],
    "date": "1921-11-02",
    "archive": "RGASPI",
    "archiveLocation": "F. 558. Op. 2. D. 51",
    "notes": [{"note": "<p>The <b>harvest</b> failed.</p><p>So they say.</p>"}],
}
CSL = {
    "id": "hill1921",
    "type": "personal_communication",
    "title": "To B. Lake",
    "author": [{"family": "Hill", "given": "Ann"}],
    "issued": {"date-parts": [[1921, 11, 2]]},
    "note": "The harvest failed.",
}


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"config": {"id": "x"}, "items": [ZOTERO]}, "The harvest failed.\n\nSo they say."),
        ([{"key": "A", "version": 1, "data": ZOTERO}], "The harvest failed.\n\nSo they say."),
        ([CSL], "The harvest failed."),
    ],
    ids=["items", "server", "csl"],
)
def test_what_zotero_exports_is_read_by_its_notes(value, text):
    (found,) = parts(json.dumps(value).encode(), "a.json")
    assert found.text == text
    assert found.metadata.title.text == "To B. Lake"
    assert found.metadata.sender.text == "Ann Hill"
    assert found.metadata.date.edtf == "1921-11-02"


def test_what_tropy_exports_is_read_by_the_notes_and_transcriptions_of_its_photos():
    photo = {
        "@type": "Photo",
        "title": "IMG_1",
        "note": [{"@type": "Note", "text": {"@value": "First note.", "@language": "en"}}],
        "transcription": [{"@type": "Transcription", "text": "Dear Sir,"}],
        "selection": [{"note": [{"html": {"@value": "<p>On a <i>part</i>.</p>"}}]}],
    }
    item = {
        "@type": "Item",
        "title": {"@value": "A letter"},
        "date": {"@value": "1921-11-02", "@type": "https://example.org/edtf"},
        "box": "4",
        "creator": {"@value": "Ann Hill"},
        "photo": [photo, {"@type": "Photo"}],
    }
    (found,) = parts(json.dumps({"@context": {}, "@graph": [item]}).encode(), "a.json")
    assert found.text == "First note.\n\nDear Sir,\n\nOn a part."
    assert found.metadata.title.text == "A letter"
    assert found.metadata.date.edtf == "1921-11-02"
    assert ("box", "4") in found.metadata.other
    assert found.metadata.sender.text == "Ann Hill"


def test_a_code_of_any_length_takes_time_by_its_length():
    def read(code):
        assert parts(f"id,text\n{code}!,Wheat.\n".encode(), "rows.csv")

    assert grows_by_length(read, "1" * 32_000)


def test_a_table_without_a_column_of_text_is_read_row_by_row():
    data = b'Box,Contents,Date\n3,Letters of Karl Thoms,1923\n4,,\n5,"Bills, and maps",\n'
    first, second, told = parts(data, "inventory.csv")
    assert first.text == "Box: 3\nContents: Letters of Karl Thoms\nDate: 1923"
    assert [block.span.of(first.text) for block in first.blocks] == [first.text]
    assert first.metadata.dates[0].edtf == "1923"
    assert second.text == "Box: 5\nContents: Bills, and maps"
    assert told == Unread("row 3", "there is nothing in the columns that hold the text")


def test_tables_of_numbers_and_empty_ones_are_refused_each_with_its_cause():
    with pytest.raises(SourceError, match=r"no row has text: .* the columns are: 3"):
        parts(b"3\n4\n5\n", "a.csv")
    with pytest.raises(SourceError, match="no rows under a row of names"):
        parts(b"name\n", "a.csv")


def test_the_columns_of_registers_of_letters_are_known_and_coordinates_are_no_place():
    head = "senderName,addressee,senderDate,senderPlace,location,call no.,text\n"
    data = head + 'Ida Holm,Per Nyberg,1871-05-03,Libau,"(56.5, 21.0)","Box 7, Folder 2",The ice.\n'
    (found,) = parts(data.encode(), "a.csv")
    about = found.metadata
    assert (about.sender.text, about.recipient.text) == ("Ida Holm", "Per Nyberg")
    assert (about.place.text, about.date.edtf) == ("Libau", "1871-05-03")
    assert found.references[0].printed == "Box 7, Folder 2"
    (found,) = parts(b'location,text\n"(56.5, 21.0)",The ice.\n', "a.csv")
    assert found.metadata.place is None


@pytest.mark.parametrize(
    ("listed", "edtf"),
    [
        ("[1774-09,1774-10]", "[1774-09..1774-10]"),
        ("{1774-09-02, 1774-09-04, 1774-09-09}", "1774-09-02/1774-09-09"),
    ],
)
def test_days_of_which_one_is_meant_are_kept_by_their_ends(listed, edtf):
    (found,) = parts(f'senderDate,text\n"{listed}",The ice.\n'.encode(), "a.csv")
    assert (found.metadata.date.printed, found.metadata.date.edtf) == (listed, edtf)

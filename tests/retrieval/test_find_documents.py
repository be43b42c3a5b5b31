"""Names of documents: of a file, of one of the documents in it, or refused with what there is."""

from __future__ import annotations

from email.message import EmailMessage

import pytest
from tiny_workspace import index, tiny_workspace, wiring_of

from docproc.errors import UsageError
from docproc.operations.reading.reading_room import open_reading_room


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    root = tiny_workspace(tmp_path_factory.mktemp("find") / "workspace")
    message = EmailMessage()
    message["From"], message["Subject"] = "anna@example.org", "The list"
    message.set_content("See the list that is attached.")
    message.add_attachment(b"Bread, grain.", maintype="text", subtype="plain", filename="list.txt")
    (root / "seeds" / "sent.eml").write_bytes(message.as_bytes())
    rows = "".join(f"L-{n},Letter {n} of the harvest.\n" for n in range(1, 8))
    (root / "seeds" / "letters.csv").write_text("id,text\n" + rows, "utf-8")
    (root / "seeds" / "notes.pages").write_bytes(b"PK")
    index(root)
    return open_reading_room(wiring_of(root))


@pytest.mark.parametrize("name", ["sent.eml", "seeds/sent.eml"])
def test_a_file_is_its_own_document_before_what_is_within_it(room, name):
    assert room.lookup.find(name).member == ""


@pytest.mark.parametrize("name", ["seeds/sent.eml/list.txt", "sent.eml/list.txt", "list.txt"])
def test_what_is_within_is_named_by_its_path(room, name):
    assert room.lookup.find(name).text == "Bread, grain."


def test_where_a_file_holds_many_they_are_named(room):
    assert room.lookup.find("letters.csv/id L-3").text == "Letter 3 of the harvest."
    assert room.lookup.find("letters.csv/L-3").text == "Letter 3 of the harvest."
    with pytest.raises(UsageError, match="no document and no passage is called"):
        room.lookup.find("letters.csv/3")
    with pytest.raises(UsageError, match=r"7 documents: seeds/letters\.csv/id L-1, .* and 2 more"):
        room.lookup.find("letters.csv")


def test_a_mistyped_file_is_refused_with_the_nearest_name(room):
    with pytest.raises(UsageError, match=r"did you mean 'letters\.csv'"):
        room.lookup.find("leters.csv")


def test_a_file_that_could_not_be_read_is_told_with_its_cause(room):
    with pytest.raises(UsageError, match=r"seeds/notes\.pages could not be read: a Pages file"):
        room.lookup.find("notes.pages")

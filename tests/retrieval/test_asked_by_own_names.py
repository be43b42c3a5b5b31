"""Questions that call correspondents as their letters do, not as the edition does."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from docproc.chat.session import Session
from docproc.operations.application import Application
from docproc.operations.reading.reading_room import open_reading_room
from docproc.operations.writing.runs import prepare_index
from docproc.pipeline.monitoring.progress import Silent
from docproc.retrieval import ReadingRoom
from docproc.workspace import find_workspace

LETTER = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt>
<title>Letter from {0} to {1}, {2}</title></titleStmt><publicationStmt><p/></publicationStmt>
<sourceDesc><p/></sourceDesc></fileDesc><profileDesc><correspDesc>
<correspAction type="sent"><persName>{0}</persName><date when="{2}"/></correspAction>
<correspAction type="received"><persName>{1}</persName></correspAction>
</correspDesc></profileDesc></teiHeader><text><body><div type="letter">
<opener><address><addrLine>P.O. Box KK</addrLine></address><salute>{3}</salute></opener>
{4}<closer><signed>{5}</signed></closer></div></body></text></TEI>"""
PARTS = (
    ("Holm, William F.", "Ek, Margarethe", "1950-10-12", "Dear Grete,",
     "<p>I painted the fence with tar against the beetles, and paid the bank forty crowns.</p>"
     "<p>Johan is still here, he works for the tannery.</p>", "Bill"),
    ("Holm, William F.", "Ek, Margarethe", "1950-10-17", "Dear Grete,",
     "<p>The carts were sold on Monday, and only thirty men are left in the camp. The Lt. here"
     " wants me to join the cavalry.</p>", "Bill"),
    ("Lund, Karin", "Ek, Margarethe", "1942-08-01", "Dearest,",
     "<p>I feel like a lonely heron on a roof. Ask Johan about it, he has a good post at the mill."
     "</p>", "Karin Lund"),
)  # fmt: skip

IN_SWEDISH = """<div type="letter" xml:lang="sv"><opener><salute>Kära du,</salute></opener>
<p>Jag känner mig som en ensam häger på ett tak. Fråga Johan om det, han har en bra plats vid
kvarnen.</p><closer><signed>Karin Lund</signed></closer></div>"""


@pytest.fixture(scope="module")
def room(letter_workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> ReadingRoom:
    root = tmp_path_factory.mktemp("own")
    (root / "config.toml").write_text("", "utf-8")
    (root / "seeds").mkdir()
    for number, parts in enumerate(PARTS):
        text = LETTER.format(*parts)
        if parts[0].startswith("Lund"):  # with its translation
            text = text.replace("</body>", f"{IN_SWEDISH}</body>")
            text = text.replace('<div type="letter">', '<div type="letter" xml:lang="en">')
        (root / "seeds" / f"l{number}.xml").write_text(text, "utf-8")
    shutil.copytree(letter_workspace / "embeddings" / "encoders", root / "embeddings" / "encoders")
    prepare_index(Application(find_workspace(root)), Silent()).run()
    opened = open_reading_room(Application(find_workspace(root)))
    assert opened is not None
    return opened


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("What did Bill paint the fence against?", "beetles"),
        ("What did the lieutenant want Bill to join?", "cavalry"),
        ("What did Bill write to Grete on 17 October 1950?", "carts"),
        (
            "Who writes of feeling like a lonely heron?",
            "Karin Lund",
        ),  # and not the box of her address
    ],
)
def test_the_name_in_the_letter_will_do(room: ReadingRoom, question: str, told: str) -> None:
    answer = room.answering.ask(question, limit=3)
    assert answer.citations
    assert told in answer.citations[0].quote


def test_a_letter_beside_its_translation_counts_once(room: ReadingRoom) -> None:
    answer = room.answering.ask("How many letters did Karin Lund write?", limit=9)
    assert answer.remarks == ("1 document from Karin Lund; those in two languages count once.",)
    assert answer.citations[0].member == "letter 1"


def test_both_names_are_counted_as_one_person(room: ReadingRoom) -> None:
    for name in ("Bill", "William F. Holm", "W. Holm"):
        answer = room.answering.ask(f"How many letters did {name} write to Margarethe?", limit=3)
        assert answer.remarks[0].startswith("2 documents"), name


def test_she_is_who_wrote_and_not_where_she_lived(room: ReadingRoom) -> None:
    session = Session(room)
    session.ask("Who writes of feeling like a lonely heron?")
    session.ask("To whom?")
    answer = session.ask("What does she say about Johan?")
    assert "Karin Lund" in (session.turns[-1].said or "")
    assert "post at the mill" in answer.citations[0].quote

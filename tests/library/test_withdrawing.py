"""What is withdrawn is shown by no reader, whatever it is asked."""

import json
import random

import pytest
from tiny_workspace import letter, tiny_workspace, wiring_of

from docproc.cli.app import app
from docproc.errors import StoreError, UsageError
from docproc.library import Library
from docproc.operations.writing.runs import prepare_index
from docproc.operations.writing.withdrawing import restore, withdraw
from docproc.pipeline.monitoring.progress import Silent
from docproc.records import Scope

pytestmark = pytest.mark.slow

SECRET = "Ivan Petrov to Olga Sokolova\n\n3 May 1920\n\nThe zeppelin lies in the quarry.\n"


@pytest.fixture(params=[1, 3])
def library(request, tmp_path):
    root = tiny_workspace(tmp_path / "w")
    chance = random.Random(2)
    for number in range(6):
        (root / "seeds" / f"{number}.txt").write_text(letter(chance), "utf-8")
    (root / "seeds" / "secret.txt").write_text(SECRET, "utf-8")
    prepare_index(wiring_of(root), Silent(), shards=request.param).run()
    return Library(wiring_of(root))


def quoted(library, question: str) -> str:
    answer = library.ask(question)
    return " ".join(each.quote for each in (*answer.citations, *answer.nearest))


def withdraw_secret(library, why: str) -> None:
    withdraw(library.application, library.document("secret.txt"), why)


QUESTIONS = (
    "Where does the zeppelin lie?",
    "zeppelin",
    '"The zeppelin lies in the quarry"',
    "letters to Olga Sokolova",
    "letters of May 1920",
    "How many letters are there?",
)


def test_no_question_finds_it_and_no_list_has_it(library):
    assert "zeppelin" in quoted(library, QUESTIONS[0])
    everything = len(library.documents())
    passage = library.passages("secret.txt")[-1]
    withdraw_secret(library, "the family asks for it")
    assert library.renew()
    for question in QUESTIONS:
        assert "zeppelin" not in quoted(library, question), question
    assert len(library.documents()) == everything - 1
    assert library.documents(Scope(recipient="Sokolova")) == []
    for name in ("secret.txt", passage.id, passage.document_id[:12]):
        with pytest.raises(UsageError):
            library.citation(name)
    assert not library.mentions("zeppelin").mentions
    assert library.verify_quote("The zeppelin lies in the quarry.").verdict == "not_found"
    assert "Olga Sokolova" not in library.room.opened.catalog.printed.names("recipient")
    for row in library.documents():
        library.around.neighbours(library.document(row.id))
        alike = library.search(row.title or "letter", limit=20)
        assert all("zeppelin" not in each.quote for each in alike)


def test_it_stays_withdrawn_in_the_next_generation_and_when_its_text_changes(library):
    withdraw_secret(library, "the family asks for it")
    root = library.workspace
    (root / "seeds" / "secret.txt").write_text(SECRET + "\nA line more.\n", "utf-8")
    (root / "seeds" / "new.txt").write_text("A new letter, of bread.", "utf-8")
    assert prepare_index(wiring_of(root), Silent()).run().outcome == "published"
    again = Library(wiring_of(root))
    assert "zeppelin" not in quoted(again, QUESTIONS[0])
    assert {row.source for row in again.documents()} >= {"seeds/new.txt"}
    assert "seeds/secret.txt" not in {row.source for row in again.documents()}


def test_status_and_the_list_say_what_and_why(library, monkeypatch, capsys):
    monkeypatch.chdir(library.workspace)
    command = ["withdraw", "secret.txt", "--why", "the family asks for it", "--json"]
    assert app(command, standalone_mode=False) == 0
    (told,) = json.loads(capsys.readouterr().out)["withdrawn"]
    assert (told["source"], told["why"]) == ("seeds/secret.txt", "the family asks for it")
    (line,) = library.status()["withdrawn"]
    assert line.startswith("seeds/secret.txt: the family asks for it (")
    assert app(["withdraw"], standalone_mode=False) == 0
    assert "the family asks for it" in capsys.readouterr().out


def test_it_can_be_shown_again(library):
    withdraw_secret(library, "by mistake")
    assert library.renew()
    with pytest.raises(UsageError, match="secret"):
        restore(library.application, "0.txt")
    restore(library.application, "secret.txt")
    assert library.renew()
    assert "zeppelin" in quoted(library, QUESTIONS[0])
    assert not library.application.withdrawals.read()


def test_a_reason_is_asked_for(library):
    with pytest.raises(UsageError, match="--why"):
        withdraw_secret(library, " ")


def test_a_damaged_list_shows_nothing(library):
    withdraw_secret(library, "the family asks for it")
    path = library.application.generations.layout.withdrawn
    path.write_bytes(path.read_bytes()[:-9])
    with pytest.raises(StoreError, match="nothing is shown"):
        Library(wiring_of(library.workspace)).ask("zeppelin")


def test_whichever_is_withdrawn_every_question_is_still_answered(library):
    sources = [row.source for row in library.documents()]
    for source in sources:
        document = library.document(source)
        words = document.text.split()
        withdraw(library.application, document, "in turn")
        assert library.renew()
        for question in (
            *QUESTIONS, " ".join(words[6:12]), f"Since when has the {words[8]} stood idle?",
            "Who asked for bread and rifles in the district?", f'"{" ".join(words[7:11])}"',
            "Who wrote to Anna Orlova in May 1920?", "the last letter", "number of this letter",
        ):  # fmt: skip
            answer = library.ask(question)
            shown = (*answer.citations, *answer.nearest, *library.search(question))
            assert all(each.source.path != source for each in shown), (source, question)
        for row in library.documents():
            citation = library.citation(row.source)
            assert all(each.source.path != source for each in library.around.similar(citation))
        restore(library.application, source.rpartition("/")[2])
        assert library.renew()

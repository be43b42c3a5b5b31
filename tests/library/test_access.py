"""What a rule of access closes is shown by no front, and how much is withheld is said."""

from __future__ import annotations

import dataclasses
import json
import random
import shutil
from datetime import date

import pytest
from drop_ins import PLUGINS
from tiny_workspace import letter, tiny_workspace, wiring_of

from docproc.cli.app import app
from docproc.errors import ConfigError, PluginError, UsageError
from docproc.library import Library
from docproc.operations.writing.runs import prepare_index
from docproc.pipeline.monitoring.progress import Silent
from docproc.plugins.loading.trust import trust
from docproc.records import Scope
from docproc.rendering.json import answer_json
from docproc.serving.dossiers.dossiers import Dossiers
from docproc.store.catalog import Catalog
from docproc.store.catalog.views.without_hidden import RemainingCatalog
from docproc.store.catalog.views.without_hidden_parts import (
    RemainingFinder,
    RemainingPrinted,
    RemainingRows,
)

pytestmark = pytest.mark.slow

SECRET = "Ivan Petrov to Olga Sokolova\n\n3 May 2001\n\nThe zeppelin lies in the quarry.\n"
LATER = "Ivan Petrov to Olga Sokolova\n\n4 May 2009\n\nThe zeppelin is gone.\n"
CLOSED, OPEN = date(2031, 5, 2), date(2031, 5, 3)
TOLD = "2 documents are withheld by embargo until 2031 to 2039"
QUESTIONS = (
    "Where does the zeppelin lie?", "zeppelin", '"The zeppelin lies in the quarry"',
    "letters to Olga Sokolova", "letters of May 2001", "How many letters are there?",
)  # fmt: skip


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    root = tiny_workspace(tmp_path_factory.mktemp("access") / "w")
    shutil.copy(PLUGINS / "embargo.py", root / "plugins")
    trust(root, own=True)
    with (root / "config.toml").open("a", encoding="utf-8") as config:
        config.write('\n[access]\nrules = ["embargo"]\n')
    chance = random.Random(2)
    for number in range(5):
        (root / "seeds" / f"{number}.txt").write_text(letter(chance), "utf-8")
    (root / "seeds" / "secret.txt").write_text(SECRET, "utf-8")
    (root / "seeds" / "later.txt").write_text(LATER, "utf-8")
    prepare_index(wiring_of(root), Silent()).run()
    return root


def on(root, day) -> Library:
    application = wiring_of(root)
    application.today = lambda: day
    return Library(application)


@pytest.fixture
def library(root):
    return on(root, CLOSED)


def hides(text) -> bool:
    return not any(word in text.casefold() for word in ("zeppelin", "sokolova", "secret", "2001"))


def test_no_question_finds_it_and_no_list_has_it(root, library):
    passage = on(root, OPEN).passages("secret.txt")[-1]
    for question in QUESTIONS:
        answer = dataclasses.replace(library.ask(question), question="", understood=(), remarks=())
        told = json.dumps(answer_json(answer))
        assert hides(told.replace(question, "").replace("May 2001", "")), question
        assert all(hides(each.quote) for each in library.search(question, limit=20))
    assert len(library.documents()) == 5
    assert library.documents(Scope(recipient="Sokolova")) == []
    for name in ("secret.txt", passage.id, passage.document_id[:12]):
        with pytest.raises(UsageError):
            library.citation(name)
        with pytest.raises(UsageError):
            library.cite(name, style="ris")
    assert not library.mentions("zeppelin").mentions
    assert library.verify_quote("The zeppelin lies in the quarry.").verdict == "not_found"
    for row in library.documents():
        around = library.around
        like = around.duplicates(library.document(row.id))
        assert all(each.id != passage.document_id for each in like)
    session = library.conversation()
    assert all(hides(each.quote) for each in session.ask(QUESTIONS[0]).citations)


def test_counts_do_not_count_it_and_how_much_is_withheld_is_said(library):
    counted = library.ask("How many letters are there?")
    assert counted.total == 5
    assert f"{TOLD}." in counted.remarks
    answer = library.ask("Where does the zeppelin lie?")
    assert answer.searched.documents == 5
    assert TOLD in (library.room.notice or "")
    assert library.status()["withheld"] == [TOLD]


def test_on_the_day_it_is_open_it_is_found_and_the_day_is_that_of_asking(root):
    library = on(root, CLOSED)
    assert len(library.documents()) == 5
    library.application.today = lambda: OPEN
    assert library.renew()
    assert len(library.documents()) == 6
    assert "zeppelin" in library.ask("zeppelin").citations[0].quote
    assert library.room.notice.count("1 document is withheld by embargo until 2039-05-04") == 1
    session = library.conversation()
    session.ask("Where does the zeppelin lie?")
    assert session.citations
    library.application.today = lambda: CLOSED
    assert library.renew()
    session.move(library.room)
    assert all(hides(each.quote) for each in session.citations)
    with pytest.raises(UsageError):
        session.cite(1)


def test_a_stable_name_says_that_it_is_withheld(root, library):
    name = on(root, OPEN).citation("secret.txt").identifier
    found = library.resolve(name)
    assert (found.standing, found.citation) == ("withheld", None)
    assert TOLD in found.words
    assert hides(found.words)
    with pytest.raises(UsageError, match="withheld by embargo"):
        library.cite(name)


def test_verify_says_nothing_of_it(root, library, tmp_path):
    answer = on(root, OPEN).ask('"The zeppelin lies in the quarry"')
    file = tmp_path / "saved.json"
    file.write_text(json.dumps(answer_json(answer)), "utf-8")
    assert on(root, OPEN).verify(file)[0].stands
    checks = library.verify(file)
    assert not checks[0].stands
    assert "withheld" in checks[0].words
    assert all(hides(each.where + each.words) for each in library.verify())


def test_the_reading_room_the_api_and_mcp_show_nothing_of_it(root, library):
    pytest.importorskip("starlette")
    from starlette.testclient import TestClient

    from docproc.serving.application import application
    from docproc.serving.service.safety import Admission
    from docproc.serving.service.service import Service

    opened = on(root, OPEN)
    citation = opened.citation("secret.txt")
    Dossiers(root).keep("Kept", citation)
    made = application(Service(library, Admission(token="t" * 32)))
    with TestClient(made, base_url="http://127.0.0.1") as client:
        client.get("/", params={"token": "t" * 32})
        own = library.documents()[0].id
        pages = [
            "/", "/ask?q=zeppelin", "/browse", "/browse?kind=letter", "/browse?reverse=1",
            "/correspondents", "/mentions?name=zeppelin", "/mentions.csv?name=zeppelin",
            "/document/secret.txt", f"/document/{citation.document_id}",
            f"/passage/{citation.passage_id}", f"/cite/{citation.identifier}",
            f"/cite/{citation.identifier}/ris", f"/image/{citation.document_id}/0",
            f"/image/{citation.identifier}/0", f"/source/{citation.document_id}",
            "/source/secret.txt",
            f"/alike/{citation.passage_id}", f"/alike/{citation.identifier}",
            f"/compare/{own}/{citation.document_id}", "/dossiers", "/dossiers/Kept",
            "/dossiers/Kept/markdown", "/dossiers/Kept/json", "/dossiers/Kept/ris",
            f"/dossiers/keep?name={citation.identifier}", "/api/v1/documents",
            "/api/v1/search?question=zeppelin", "/api/v1/ask?question=zeppelin",
            "/api/v1/mentions?name=zeppelin", "/api/v1/read?name=secret.txt",
            "/api/v1/documents/secret.txt", f"/api/v1/passages/{citation.passage_id}",
            "/api/v1/cite?names=secret.txt", "/api/v1/verify?text=The+zeppelin+lies+in+the+quarry",
        ]  # fmt: skip
        for page in pages:
            shown = client.get(page)
            text = shown.text.replace("secret.txt", "").casefold()
            assert "quarry" not in text.replace("the zeppelin lies in the quarry", ""), page
            assert "sokolova" not in text, page
        assert "5 documents" in client.get("/").text
        assert "withheld by embargo" in client.get("/").text
        listed = client.get("/api/v1/documents").json()
        assert listed["found"] == 5


def test_what_is_remembered_is_not_shown_on_another_day(root):
    from docproc.serving.service.conversations import AskedQuestions
    from docproc.serving.service.safety import Admission
    from docproc.serving.service.service import Service

    library = on(root, OPEN)
    service = Service(library, Admission(token="t" * 32))
    asked = AskedQuestions(("Where does the zeppelin lie?",))
    assert "zeppelin" in service.converse(service.reading(), asked)[0].answer.citations[0].quote
    assert len(service.rows(service.reading(), Scope(), None)) == 6
    library.application.today = lambda: CLOSED
    library.renew()
    shown = service.converse(service.reading(), asked)[0].answer
    assert all(hides(each.quote) for each in (*shown.citations, *shown.nearest))
    assert len(service.rows(service.reading(), Scope(), None)) == 5
    assert "5 documents" in service.about(service.reading()).counts


def test_the_commands_show_nothing_of_it(root, monkeypatch, capsys, tmp_path):
    asked = tmp_path / "asked.jsonl"
    question = {"question": "Where does the zeppelin lie?", "gold": ["secret.txt"]}
    asked.write_text(json.dumps(question | {"answerable": True}) + "\n", "utf-8")
    monkeypatch.chdir(root)
    monkeypatch.setattr("docproc.operations.application.date", _Day)
    for words in (
        ["documents"], ["documents", "--json"], ["timeline"], ["correspondents"],
        ["mentions", "zeppelin"], ["ask", "zeppelin"], ["ask", "--json", "zeppelin"],
        ["ask", "--format", "ris", "zeppelin"], ["verify", "--all"],
        ["eval", str(asked), "--results", str(asked.with_suffix(".out"))],
    ):  # fmt: skip
        app(words, standalone_mode=False)
        said = capsys.readouterr()
        assert "quarry" not in said.out + said.err, words
        assert "Sokolova" not in said.out + said.err, words
    page = ["show", "secret.txt", "--html", "x"]
    for words in (["show", "secret.txt"], ["cite", "secret.txt"], page):
        with pytest.raises(UsageError):
            app(words, standalone_mode=False)
    ranking = asked.with_suffix(".out").read_text("utf-8")
    assert "secret.txt" not in json.loads(ranking.splitlines()[0]).get("ranking", [])
    assert "quarry" not in ranking


class _Day(date):
    @classmethod
    def today(cls):
        return CLOSED


RULE = """
from docproc.hooks import Closure, Registration, hookimpl

class Rule:
    def closed(self, document, today, /):
        BODY

@hookimpl
def docproc_access():
    return [Registration("mine", lambda _: Rule())]
"""


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("1 / 0", "'mine' failed: ZeroDivisionError"),
        ("raise SystemExit(0)", "'mine' failed: SystemExit"),
        ("raise KeyboardInterrupt", "'mine' failed: KeyboardInterrupt"),
        ("import nosuchlibrary", "'mine' failed: ModuleNotFoundError"),
        ("return True", "'mine' broke its contract: True is no Closure"),
        ("return Closure(why='')", "'mine' broke its contract: '' does not say why"),
        ("return Closure(why='x', until=2031)", "'mine' broke its contract: 2031 is no day"),
    ],
)
def test_where_a_rule_fails_nothing_is_shown_and_it_is_named(root, body, said):
    (root / "plugins" / "mine.py").write_text(RULE.replace("BODY", body), "utf-8")
    config = (root / "config.toml").read_text("utf-8")
    (root / "config.toml").write_text(config.replace('["embargo"]', '["embargo", "mine"]'), "utf-8")
    trust(root, own=True)
    try:
        library = on(root, CLOSED)
        for show in (lambda: library.ask("bread"), library.documents, library.verify):
            with pytest.raises(PluginError) as caught:
                show()
            assert f"drop-in plugins/mine.py: the rule of access {said}" in str(caught.value)
        assert "nothing is shown" in library.status()["withheld"][0]
    finally:
        (root / "config.toml").write_text(config, "utf-8")
        (root / "plugins" / "mine.py").unlink()
        trust(root, own=True)


def test_a_rule_in_use_cannot_be_left_out_in_passing(root, monkeypatch):
    monkeypatch.setenv("DOCPROC_WITHOUT", "embargo")
    with pytest.raises(ConfigError, match=r"access\.rules: 'embargo' is switched off"):
        on(root, CLOSED)
    monkeypatch.delenv("DOCPROC_WITHOUT")
    monkeypatch.setenv("DOCPROC_NO_PLUGINS", "1")
    with pytest.raises((PluginError, ConfigError)):
        on(root, CLOSED).documents()


def test_a_catalog_without_what_is_hidden_has_an_own_way_to_everything_that_tells():
    same_for_all = {"readings", "columns"}  # of sources and of rows, hidden or not
    parts = {"printed": RemainingPrinted, "finder": RemainingFinder, "scoped": RemainingRows}
    assert own_names(Catalog) <= own_names(RemainingCatalog) >= {*parts, *same_for_all}
    for name, part in parts.items():
        assert vars(RemainingCatalog)[name].func.__annotations__["return"] == part.__name__
        (whole,) = part.__bases__
        through_others = {"row_of"}
        assert own_names(whole) - through_others <= own_names(part)


def own_names(kind):
    return {name for name in vars(kind) if not name.startswith("_")}

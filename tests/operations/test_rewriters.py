"""Rewriters of questions: asked beside the question, shown, taken back, named where they fail."""

import json

import pytest
import word_bag as bag
from commands import docproc

from docproc.errors import ExitCode, PluginError, UsageError
from docproc.library import Library
from docproc.operations.reading.reading_room import open_reading_room
from docproc.records import Verdict
from docproc.rendering.json import answer_json

RUSSIAN = (
    "Прошу выслать сорок ящиков винтовок на северную границу до конца мая, а также патроны.",
    "Мельница на верхней реке стоит девятую неделю, и мельники просят хлеба для детей.",
    "Школа осталась без дров, и ни одного учителя в уезде больше нет с прошлой зимы.",
    "Мост через реку снесло половодьем, и обоз с мукой до сих пор стоит на том берегу.",
)
GLOSSARY = "rifle = винтовка, ружьё\nmill = мельница\nPetersburg = Petrograd, Leningrad\n"
ASKED = "Who needs forty crates of rifles?"


@pytest.fixture(scope="module")
def russian(tmp_path_factory):
    """Letters in Russian, asked in English with a glossary."""
    root = bag.make_workspace(tmp_path_factory.mktemp("glossary") / "workspace")
    for path in (root / "seeds").iterdir():
        path.unlink()
    for number, words in enumerate(RUSSIAN):
        (root / "seeds" / f"{number}.txt").write_text(f"{words}\n", "utf-8")
    name(root, "glossary", '\n[plugins.glossary]\nfile = "words.txt"\n')
    (root / "words.txt").write_text(GLOSSARY, "utf-8")
    bag.index(root)
    return root


def name(root, names, more=""):
    config = root / "config.toml"
    kept = config.read_text("utf-8").partition("\n[ask]")[0]
    config.write_text(f'{kept}\n[ask]\nrewriters = ["{names}"]\n{more}', "utf-8")


@pytest.fixture
def library(russian):
    return Library(bag.application(russian))


def test_a_question_in_another_language_is_answered_and_what_was_added_is_said(library):
    answer = library.ask("How many crates of rifles?")
    assert answer.verdict is Verdict.ANSWERED
    assert answer.citations[0].source.path == "seeds/0.txt"
    assert answer.citations[0].quote in RUSSIAN
    assert answer.citations[0].verified
    assert answer.understood == ("“rifles” also as винтовок",)  # the form that the texts have
    assert answer.question == "How many crates of rifles?"
    assert answer_json(answer)["understood"] == ["“rifles” also as винтовок"]


def test_as_typed_takes_it_back(library):
    answer = library.ask("How many crates of rifles?", as_typed=True)
    assert answer.understood == ()
    assert answer.verdict is Verdict.NOT_FOUND


def test_a_conversation_shows_it_and_takes_it_back(library):
    session = library.conversation()
    answer = session.ask("How many crates of rifles?")
    assert answer.verdict is Verdict.ANSWERED
    assert session.turns[-1].said == "understood as: “rifles” also as винтовок"
    assert session.forget().answer.understood == ()
    session.more()
    assert session.turns[-1].answer.understood == ()


def test_a_question_without_such_a_term_is_as_it_was(library, russian):
    with_it = library.ask("Что снесло половодьем?")
    name(russian, "glossary", '\n[plugins.glossary]\nfile = "words.txt"\nenabled = false\n')
    try:
        without = Library(bag.application(russian)).ask("Что снесло половодьем?")
    finally:
        name(russian, "glossary", '\n[plugins.glossary]\nfile = "words.txt"\n')
    assert with_it.citations == without.citations
    assert with_it.understood == without.understood == ()


def test_an_equivalent_counts_as_the_word_and_no_more(tmp_path):
    root = bag.make_workspace(tmp_path / "workspace")
    bag.write_letter(root, "a", "Anna Orlova", "The barge left Petrograd with grain on Monday.")
    bag.write_letter(root, "b", "Anna Orlova", "The barge left Petersburg with grain on Monday.")
    both = "The barge left Petersburg, Petrograd, Leningrad with grain on Monday."
    bag.write_letter(root, "c", "Anna Orlova", both)
    name(root, "glossary", '\n[plugins.glossary]\nfile = "words.txt"\n')
    (root / "words.txt").write_text(GLOSSARY, "utf-8")
    bag.index(root)
    found = open_reading_room(bag.application(root)).answering.search(
        "Which barge left Petersburg with grain?", limit=3
    )
    covered = {each.source.path[6]: dict(each.why)["coverage"] for each in found}
    assert covered["a"] == covered["b"] == covered["c"] == pytest.approx(1)
    words = {each.source.path[6]: dict(each.why)["words document"] for each in found}
    assert max(words.values()) <= 1


REWRITER = """
from docproc.hooks import Expansion, Registration, Rewriting, hookimpl


class Says:
    def rewrite(self, question):
        found = Rewriting(question, (), ("Кому нужны сорок ящиков винтовок?",))
        return found  # rewritten


@hookimpl
def docproc_query_rewriters():
    return [Registration("says", lambda settings: Says())]
"""


@pytest.fixture
def says(russian):
    """Put a rewriter of one's own there; it is gone afterwards."""
    path = russian / "plugins" / "says.py"

    def write(rewritten="return found  # rewritten"):
        path.write_text(REWRITER.replace("return found  # rewritten", rewritten), "utf-8")
        bag.trust(russian, own=True)
        name(russian, "says")
        return Library(bag.application(russian))

    yield write
    path.unlink(missing_ok=True)
    bag.trust(russian, own=True)
    name(russian, "glossary", '\n[plugins.glossary]\nfile = "words.txt"\n')


def test_a_translation_is_asked_beside_the_question(says):
    library = says()
    answer = library.ask("Who wants arms?")
    assert answer.verdict is Verdict.ANSWERED
    first = answer.citations[0]
    assert (first.source.path, first.verified) == ("seeds/0.txt", True)
    assert answer.understood == ("also asked as “Кому нужны сорок ящиков винтовок?”",)
    assert {match.word for match in first.matched} >= {"сорок", "ящиков"}
    assert sum(value for _, value in first.gave) == pytest.approx(first.score, abs=0.01)


def test_what_the_question_itself_finds_better_stays_first(says):
    answer = says().ask("Что снесло половодьем на том берегу?")
    assert answer.citations[0].source.path == "seeds/3.txt"


FAULTS = {
    "return None": "rewrite gave None, not a Rewriting",
    "return [question]": "rewrite gave list, not a Rewriting",
    "return Rewriting('another')": "rewrite gave another question back: 'another'",
    "return Rewriting(question, [])": "the expansions are a list",
    "return Rewriting(question, (('a', ('b',)),))": "an expansion is tuple",
    "return Rewriting(question, (Expansion('zzz', ('b',)),))": "does not stand in the question",
    "return Rewriting(question, (Expansion('', ('b',)),))": "the term of an expansion is ''",
    "return Rewriting(question, (Expansion(question, 'b'),))": "are a str, not a tuple",
    "return Rewriting(question, (Expansion(question, (3,)),))": "is 3, which is not text",
    "return Rewriting(question, (), (' ',))": "which is not text",
    "return Rewriting(question, (), ('a',) * 9)": "are 9, and 4 is the most",
    "raise ValueError('odd')": "failed in rewrite: ValueError: odd",
    "raise SystemExit(0)": "failed in rewrite: SystemExit",
    "raise GeneratorExit": "GeneratorExit",
    "raise BaseException('odd')": "BaseException",
    "import nosuchlibrary": "'nosuchlibrary' is not installed",
}


@pytest.mark.parametrize("fault", FAULTS)
def test_one_that_fails_is_named(says, fault):
    library = says(fault)
    with pytest.raises(PluginError, match=FAULTS[fault]) as caught:
        library.ask("Who wants arms?")
    assert caught.value.exit_code == ExitCode.PLUGIN
    assert "drop-in plugins/says.py: the rewrite plugin 'says'" in str(caught.value)
    assert library.ask("Who wants arms?", as_typed=True)


def test_what_one_prints_is_no_result(says, russian):
    says("print('aside'); return found")
    done = docproc("ask", "--json", "Who wants arms?", folder=russian)
    assert json.loads(done.stdout)["understood"]
    assert "aside" in done.stderr


def test_one_that_is_gone_is_named(says, russian):
    says()
    (russian / "plugins" / "says.py").unlink()
    bag.trust(russian, own=True)
    with pytest.raises(PluginError, match="'says'"):
        Library(bag.application(russian)).ask("Who wants arms?")


def test_an_empty_question_is_no_question(library):
    with pytest.raises(UsageError):
        library.ask(" ")


def test_json_is_one_object(library):
    assert json.loads(json.dumps(answer_json(library.ask(ASKED))))

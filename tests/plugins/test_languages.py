"""Dutch and Polish are one file each: letters are read, and questions understood."""

from pathlib import Path

import pytest

from docproc.errors import PluginError
from docproc.hooks import Knowledge
from docproc.letters.vocabulary.words import kind_of
from docproc.plugins.registry import load
from docproc.questions.times import find_times
from docproc.references import find_archive, find_dates, present_name
from docproc.references.dates.languages import LANGUAGES
from docproc.references.dates.months import MONTHS
from docproc.testing import KnowledgeContract
from docproc.text.knowledge import learn, learned_knowledge

pytest_plugins = ["docproc.testing.fixtures"]

PLUGINS = Path(__file__).parents[2] / "plugins"
REGISTRY = load(drop_ins=PLUGINS)


@pytest.fixture(autouse=True)
def forgotten():
    learn([])
    yield
    learn([])


def knowledge(name):
    return REGISTRY.offer("knowledge", name).registration.make({})


class TestDutch(KnowledgeContract):
    hooks = REGISTRY.offer("knowledge", "dutch").module

    @pytest.fixture
    def plugin(self):
        return knowledge("dutch")


class TestPolish(KnowledgeContract):
    hooks = REGISTRY.offer("knowledge", "polish").module

    @pytest.fixture
    def plugin(self):
        return knowledge("polish")


DUTCH = """Brief van A. Lind aan de Havenmeester

Rotterdam, den 12 mrt. 1921

Weledelgeboren Heer,

De schepen liggen sinds Pasen stil aan de kade van Maassluis. Wij verzoeken U beleefd om
toezending van veertig vaten teer.

Hoogachtend,

A. Lind
"""
POLISH = """List A. Linda do Urzędu Portowego

Gdańsk, dnia 12 kwietnia 1921 r.

Szanowny Panie Naczelniku,

statki stoją od Wielkanocy bez ruchu przy nabrzeżu. Prosimy uprzejmie o czterdzieści beczek smoły.

Z wyrazami szacunku

A. Lind
"""


def use(space, *names):
    for name in names:
        space.drop_in(PLUGINS / f"{name}.py")
    space.configure({"knowledge": list(names)})


def kinds(document):
    """The first block of each kind."""
    found = {}
    for block in document.blocks:
        found.setdefault(block.kind.value, block.span.of(document.text))
    return found


def test_a_dutch_letter_is_read_as_a_letter(docproc_workspace):
    use(docproc_workspace)
    docproc_workspace.add("brief.txt", DUTCH)
    before = docproc_workspace.read("brief.txt")[0]
    assert "salutation" not in kinds(before)
    use(docproc_workspace, "dutch")
    (letter,) = docproc_workspace.read("brief.txt")
    found = kinds(letter)
    assert found["salutation"] == "Weledelgeboren Heer,"
    assert found["signature"].startswith("Hoogachtend")
    about = letter.metadata
    assert about.date.edtf == "1921-03-12"
    assert about.place.text == "Rotterdam"
    assert (about.sender.text, about.recipient.text) == ("A. Lind", "de Havenmeester")


def test_a_polish_letter_is_read_as_a_letter(docproc_workspace):
    use(docproc_workspace, "polish")
    docproc_workspace.add("list.txt", POLISH)
    (letter,) = docproc_workspace.read("list.txt")
    found = kinds(letter)
    assert found["salutation"] == "Szanowny Panie Naczelniku,"
    assert found["signature"].startswith("Z wyrazami szacunku")
    assert letter.metadata.date.edtf == "1921-04-12"
    assert letter.metadata.place.text == "Gdańsk"


ASKED = [
    ("dutch", "Wie schreef vóór 12 maart 1921 over teer?", "../1921-03-11"),
    ("dutch", "Wat berichtte Lind sinds 1920?", "1920-01-01/.."),
    ("dutch", "Welke brieven zijn tussen 1919 en 1921 verzonden?", "1919-01-01/1921-12-31"),
    ("dutch", "Wat schreef Lind na mei 1921?", "1921-06-01/.."),
    ("dutch", "Wat schreef Lind uiterlijk 3 mrt. 1921?", "../1921-03-03"),
    ("polish", "Kto pisał przed 12 kwietnia 1921 r.?", "../1921-04-11"),
    ("polish", "Kto pisał w 1921 roku?", "1921-01-01/1921-12-31"),
    ("polish", "Co doniósł Lind po maju 1921?", "1921-06-01/.."),
    ("polish", "Które listy wysłano między 1919 a 1921?", "1919-01-01/1921-12-31"),
]


@pytest.mark.parametrize(("name", "question", "expected"), ASKED)
def test_a_question_names_times(name, question, expected):
    learn([knowledge(name)])
    (time,) = find_times(question)
    said = [day.isoformat() if day else ".." for day in (time.earliest, time.latest)]
    assert "/".join(said) == expected
    assert time.span.of(question).strip() == time.printed


def test_a_date_condition_in_a_dutch_question_narrows_the_answer(docproc_workspace):
    use(docproc_workspace, "dutch")
    docproc_workspace.add("een.txt", DUTCH)
    docproc_workspace.add("twee.txt", DUTCH.replace("1921", "1923").replace("veertig", "zestig"))
    docproc_workspace.index()
    answer = docproc_workspace.ask("Wie verzoeken vóór 1 april 1922 om toezending van vaten teer?")
    found = answer.citations or answer.nearest
    assert [each.source.path for each in found] == ["seeds/een.txt"]
    assert any("1922" in words for words in answer.understood)


def test_it_is_known_only_where_the_configuration_says_so(docproc_workspace):
    use(docproc_workspace, "polish")
    docproc_workspace.application().reader()
    assert [each.language for each in learned_knowledge()] == ["pl"]
    assert kind_of("Okólnik nr 4") == "circular"
    use(docproc_workspace)
    docproc_workspace.application().reader()
    assert learned_knowledge() == ()
    assert kind_of("Okólnik nr 4") is None


def test_another_knowledge_makes_what_was_read_stale(docproc_workspace):
    docproc_workspace.add("brief.txt", DUTCH)
    use(docproc_workspace)
    docproc_workspace.index()
    use(docproc_workspace, "dutch")
    assert [each.path for each in docproc_workspace.index().plan.changed] == ["seeds/brief.txt"]
    assert docproc_workspace.index().outcome == "nothing to do"


def test_archives_are_found_with_what_became_of_them():
    assert find_archive("RIOD") is None
    learn([knowledge("dutch")])
    assert present_name("Rijksinstituut voor Oorlogsdocumentatie") == "NIOD"
    learn([])
    assert find_archive("RIOD") is None


def test_no_word_of_docprocs_own_changes_what_it_means():
    learn([Knowledge(language="xx", months=("mai", *("x",) * 11))])
    assert MONTHS["mai"] == 5
    learn([])
    assert find_dates("3 xyz 1921") == ()


@pytest.mark.parametrize(
    ("made", "said"),
    [
        ("1 / 0", "ZeroDivisionError"),
        ("exit(0)", "SystemExit"),
        ("dict(language='nl')", "is no Knowledge"),
        ("Knowledge(language='nl', months='januari')", "months"),
        ("Knowledge(language=7)", "language"),
        ("Knowledge(language='nl', sender=(7,))", "sender"),
        ("Knowledge(language='nl', greetings=('',))", "empty"),
    ],
)
def test_whatever_is_wrong_with_knowledge_is_that_plugins(docproc_workspace, made, said):
    (docproc_workspace.root / "plugins" / "mine.py").write_text(
        "from docproc.hooks import Knowledge, Registration, hookimpl\n\n\n@hookimpl\n"
        f"def docproc_knowledge():\n    return [Registration('mine', lambda _: {made})]\n",
        "utf-8",
    )
    docproc_workspace.add("brief.txt", DUTCH)
    docproc_workspace.configure({"knowledge": ["mine"]})
    with pytest.raises(PluginError) as caught:
        docproc_workspace.index()
    assert said in str(caught.value)
    assert "drop-in plugins/mine.py" in str(caught.value)


@pytest.mark.parametrize("name", LANGUAGES)
class TestOwn:
    def test_docprocs_own_languages_are_offered_as_a_strangers_are(self, name):
        offer = load(("docproc.stages",)).offer("knowledge", name)
        assert offer.registration.make({}) is LANGUAGES[name]
        for number, words in enumerate(LANGUAGES[name].months, 1):
            assert {MONTHS[word] for word in words.split()} == {number}


def test_a_language_of_docprocs_own_may_be_named_and_changes_nothing(docproc_workspace):
    docproc_workspace.configure({"knowledge": ["german"]})
    docproc_workspace.application().reader()
    assert learned_knowledge() == ()

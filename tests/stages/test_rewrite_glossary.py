"""The glossary: terms of the user's file, found whatever their endings."""

import pytest

from docproc.errors import ConfigError, ExitCode
from docproc.hooks import Expansion
from docproc.stages.rewrite_glossary import make, read_glossary
from docproc.testing import QueryRewriterContract

TOML = """
Petersburg = ["Petrograd", "Leningrad"]
rifle = "винтовка"
"Red Army" = ["Красная армия", "RKKA"]
army = "армия"
"""
LINES = """
# places
Petersburg = Petrograd, Leningrad

rifle = винтовка
Red Army = Красная армия, RKKA
army = армия
"""
CSV = (
    'Petersburg,Petrograd,Leningrad\nrifle,винтовка\n"Red Army","Красная армия",RKKA\narmy,армия\n'
)
SEMICOLONS = CSV.replace(",", ";")
FILES = {
    "a.toml": TOML, "a.txt": LINES, "a.csv": CSV, "semicolons.csv": SEMICOLONS,
    "a.tsv": CSV.replace(",", "\t"), "bom.csv": "\ufeff" + CSV,
}  # fmt: skip


def written(folder, name, text):
    path = folder / name
    path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize("name", FILES)
def test_each_form_of_file_says_the_same(tmp_path, name):
    glossary = read_glossary(written(tmp_path, name, FILES[name]))
    assert dict(glossary.entries) == {
        "Petersburg": ("Petrograd", "Leningrad"),
        "Petrograd": ("Petersburg", "Leningrad"),
        "Leningrad": ("Petersburg", "Petrograd"),
        "rifle": ("винтовка",),
        "винтовка": ("rifle",),
        "Red Army": ("Красная армия", "RKKA"),
        "Красная армия": ("Red Army", "RKKA"),
        "RKKA": ("Red Army", "Красная армия"),
        "army": ("армия",),
        "армия": ("army",),
    }


@pytest.fixture
def glossary(tmp_path):
    return read_glossary(written(tmp_path, "a.toml", TOML))


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("How many rifles?", {"rifles": ("винтовка",)}),
        ("Сколько винтовок хотел он отправить?", {"винтовок": ("rifle",)}),
        ("Who was at PETERSBURG?", {"PETERSBURG": ("Petrograd", "Leningrad")}),
        ("Of Petersburg's garrison", {"Petersburg's": ("Petrograd", "Leningrad")}),
        ("Where did the red army winter?", {"red army": ("Красная армия", "RKKA")}),
        ("Which armies wintered?", {"armies": ("армия",)}),
        ("Какая Красная Армия?", {"Красная Армия": ("Red Army", "RKKA")}),
        ("The harbour and the mill?", {}),
        ("", {}),
        ("?", {}),
    ],
)
def test_a_term_is_found_whatever_its_ending_the_longest_first(glossary, question, expected):
    found = glossary.rewrite(question)
    assert found.question == question
    assert {each.term: each.words for each in found.expansions} == expected
    assert found.questions == ()


def test_a_term_twice_is_one(glossary):
    found = glossary.rewrite("A rifle, a rifle, and rifles")
    assert found.expansions == (
        Expansion("rifle", ("винтовка",)),
        Expansion("rifles", ("винтовка",)),
    )


def test_one_way_only_what_stands_first_has_equivalents(tmp_path):
    glossary = read_glossary(written(tmp_path, "a.txt", LINES), both_ways=False)
    assert glossary.rewrite("Leningrad?").expansions == ()
    assert glossary.rewrite("Petersburg?").expansions[0].words == ("Petrograd", "Leningrad")


def test_the_file_is_looked_for_in_the_workspace(tmp_path):
    (tmp_path / "lists").mkdir()
    written(tmp_path / "lists", "a.txt", LINES)
    made = make({"workspace": tmp_path, "file": "lists/a.txt", "both_ways": True})
    assert made.rewrite("Petersburg?").expansions


WRONG = {
    ("a.toml", "a = "): "not TOML",
    ("a.toml", "Красная = 'b'"): "stands in quotation marks",
    ("a.toml", "[table]\na = 'b'"): "must be a text or a list of texts",
    ("a.toml", "a = 3"): "must be a text or a list of texts",
    ("a.toml", "a = [3]"): "must be a text or a list of texts",
    ("a.toml", "a = []"): "has no equivalent",
    ("a.txt", "fine = good\nPetersburg Petrograd"): "line 2: no '='",
    ("a.txt", "Petersburg ="): "line 1: 'Petersburg' has no equivalent",
    ("a.txt", "a = --"): "has no word",
    ("a.txt", f"a = {'word ' * 13}"): "13 words",
    ("a.csv", "a,b\nalone\n"): "line 2: 'alone' has no equivalent",
    ("a.csv", 'a,"b\n'): "not a table",
}


@pytest.mark.parametrize(("name", "text"), WRONG)
def test_a_file_that_is_wrong_is_named_with_the_place(tmp_path, name, text):
    path = written(tmp_path, name, text)
    with pytest.raises(ConfigError, match=WRONG[name, text]) as caught:
        read_glossary(path)
    assert str(path) in str(caught.value)
    assert caught.value.exit_code == ExitCode.CONFIG


def test_a_file_that_is_not_there_or_no_text_is_said(tmp_path):
    with pytest.raises(ConfigError, match=r"no such glossary; name one with `file`"):
        read_glossary(tmp_path / "none.toml")
    (tmp_path / "a.txt").write_bytes(b"\xff\xfe\x00a")
    with pytest.raises(ConfigError, match="cannot be read"):
        read_glossary(tmp_path / "a.txt")


class TestGlossary(QueryRewriterContract):
    hooks = "docproc.stages"

    @pytest.fixture
    def plugin(self, glossary):
        return glossary

    @pytest.fixture
    def rewritten(self):
        return {"Who asked for rifles?": "винтовка", "Where is Petersburg?": "Leningrad"}

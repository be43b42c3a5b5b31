"""A pattern that is compiled on use does what the compiled one does."""

import pickle
import re

import pytest

from docproc.text.patterns import compile_on_use


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The sources that were compiled meanwhile."""
    sources: list[str] = []
    real = re.compile

    def compile_and_note(source: str, flags: int = 0) -> re.Pattern[str]:
        sources.append(source)
        return real(source, flags)

    monkeypatch.setattr(re, "compile", compile_and_note)
    return sources


def test_nothing_is_compiled_before_the_first_use_and_nothing_twice(compiled: list[str]) -> None:
    word = compile_on_use("[a-z]+", re.IGNORECASE)
    assert word.pattern == "[a-z]+"
    assert compiled == []
    assert [word.findall("Ab cd"), word.sub("-", "Ab cd"), word.search("1")] == [
        ["Ab", "cd"],
        "- -",
        None,
    ]
    assert compiled == ["[a-z]+"]


def test_attributes_are_the_compiled_patterns() -> None:
    year = compile_on_use(r"(?P<year>\d{4})", re.ASCII)
    assert year.groupindex == {"year": 1}
    assert year.flags & re.ASCII


def test_it_goes_to_another_process() -> None:
    there = pickle.loads(pickle.dumps(compile_on_use("a.c", re.DOTALL)))
    assert there.fullmatch("a\nc")


def test_a_mistake_is_raised_on_use() -> None:
    broken = compile_on_use("(")
    with pytest.raises(re.error):
        broken.search("x")


def test_a_pattern_of_bytes_is_compiled_when_it_is_used_too():
    pattern = compile_on_use(rb"(?i)riga\s*(?P<year>\d{4})")
    assert "search" not in vars(pattern)
    found = pattern.search(b"At RIGA 1926.")
    assert found is not None
    assert found["year"] == b"1926"

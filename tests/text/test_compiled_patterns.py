"""What a pattern is compiled to is kept for the next process, and is what ``re`` makes of it."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from docproc.questions import writing
from docproc.text import compiled_patterns, patterns
from docproc.text.compiled_patterns import CompiledPatterns
from docproc.text.patterns import compile_on_use

PATTERNS = [
    (r"a(?P<word>\w+)\s(b|c)?(?P=word)", re.IGNORECASE),
    (r"(?<!\d)[а-яё–]{2,}(?:\.|,)", 0),
    (r"[^\W\d_]+|x{3}?", re.ASCII | re.MULTILINE),
    ("(?i:é)(?#note)\n # space", re.VERBOSE | re.DOTALL),
    (writing.WROTE.pattern, re.IGNORECASE),
]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    known = CompiledPatterns(tmp_path / "patterns" / "kept")
    for source, flags in PATTERNS:
        # two patterns are equal where their source, their flags and their code are
        assert known.compile(source, int(flags)) == re.compile(source, flags)
    known.write()
    return tmp_path / "patterns" / "kept"


@pytest.fixture
def never_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    def parse(*_: object) -> None:
        raise AssertionError("compiled")

    monkeypatch.setattr("re._parser.parse", parse)


def test_what_is_kept_is_not_compiled_and_equal(file: Path, request: pytest.FixtureRequest) -> None:
    expected = [re.compile(source, flags) for source, flags in PATTERNS]
    request.getfixturevalue("never_parsed")
    known = CompiledPatterns(file)
    found = [known.compile(source, int(flags)) for source, flags in PATTERNS]
    assert found == expected
    assert [each.groupindex for each in found] == [each.groupindex for each in expected]
    match = found[0].search("abc cbc")
    assert match is not None
    assert (match["word"], match.lastgroup) == ("bc", None)


@pytest.mark.parametrize("damage", [b"", b"abc", b"\0\0\0\0not marshalled"])
def test_a_damaged_file_is_not_read(file: Path, damage: bytes) -> None:
    file.write_bytes(damage)
    known = CompiledPatterns(file)
    assert known.compile("a+", 0) == re.compile("a+")
    known.write()
    assert CompiledPatterns(file)._kept.keys() == {("a+", 0)}


def test_a_changed_byte_is_noticed(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)
    assert not CompiledPatterns(file)._kept


def test_another_users_file_is_not_read(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.getuid", lambda: -1, raising=False)
    assert not CompiledPatterns(file)._kept


def test_what_others_wrote_meanwhile_stays(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = CompiledPatterns(file), CompiledPatterns(file)
    one.compile("one", 0)
    other.compile("other", 0)
    one.write()
    other.write()
    assert {("one", 0), ("other", 0)} < CompiledPatterns(file)._kept.keys()
    monkeypatch.setattr(compiled_patterns, "_MOST", 3)
    one.compile("more", 0)
    one.write()
    assert CompiledPatterns(file)._kept.keys() == {("one", 0), ("more", 0)}


def test_mistakes_are_raised_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    known = CompiledPatterns(tmp_path / "file" / "kept")
    with pytest.raises(re.error):
        known.compile("(", 0)
    known.compile("a", 0)
    known.write()


@pytest.fixture
def as_it_was() -> Iterator[None]:
    before = list(patterns._compile)
    yield
    patterns._compile[:] = before


@pytest.mark.usefixtures("as_it_was")
def test_a_process_that_keeps_them_compiles_by_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    due: list[Callable[[], None]] = []
    monkeypatch.setattr(compiled_patterns, "user_cache", lambda name: tmp_path / name)
    monkeypatch.setattr("atexit.register", due.append)
    compiled_patterns.keep_compiled_patterns()
    assert compile_on_use("a(b)", re.IGNORECASE).fullmatch("AB")
    (write,) = due
    write()
    (kept,) = (tmp_path / "patterns").iterdir()
    assert CompiledPatterns(kept)._kept.keys() == {("a(b)", int(re.IGNORECASE))}

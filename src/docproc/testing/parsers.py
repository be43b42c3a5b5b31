"""The conformance class of parsers."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docproc.errors import SourceError
from docproc.hooks import Parser
from docproc.records import Child, Document, Unread
from docproc.testing import samples as invented
from docproc.testing import tasks
from docproc.testing.contract import ContractBroken, broken, check, searching
from docproc.testing.growth import AT_MOST, TIMES, growth
from docproc.testing.importing import ImportingContract
from docproc.testing.soundness import flaw
from docproc.testing.strategies import damaged, texts

_HEAD = 8192
_PARSER = "docproc.hooks.Parser"
_PARSE = "docproc.hooks.Parser.parse"
_CONFIDENCE = "docproc.hooks.Parser.confidence"
_TWO_TEXTS = "docproc.records.Document"

_ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1251", "koi8-r", "cp866")
_RUSSIAN = "Слушали доклад о ремонте моста через реку Оскол. Постановили отпустить деньги.\n"
_ENTITIES = "".join(
    f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' if n else '<!ENTITY e0 "laughs">' for n in range(7)
)
_BOMB = f'<?xml version="1.0"?><!DOCTYPE r [{_ENTITIES}]><r><p>&e6;</p></r>'.encode()
_DEEP = (b"[" * 20_000, b"<a>" * 20_000, b"> " * 20_000, b'{"a":' * 20_000, b"(" * 20_000)


class ParserContract(ImportingContract):
    """What every parser must do.  Give ``plugin``, and ``samples`` of the format it reads."""

    product: ClassVar[type] = Parser

    @pytest.fixture
    def samples(self, plugin: Any) -> Mapping[str, bytes]:
        """Files that the parser reads, by name.  Override it with files of your own format;
        left alone, it is those of ``docproc.testing.samples.FILES`` that the parser takes.
        """
        return {
            name: data
            for name, data in invented.FILES.items()
            if plugin.confidence(_source(name, data), data[:_HEAD]) > 0
        }

    def enlarged(self, data: bytes, times: int) -> bytes:
        """A file *times* as large as *data*; override it where repeating the bytes is no file
        of the format.  Whatever cannot be parsed is not measured.
        """
        return data * times

    # What it takes

    @check(_PARSER)
    def test_it_is_a_parser(self, plugin: Any) -> None:
        """The product has the methods ``confidence`` and ``parse``."""
        if not isinstance(plugin, Parser):
            broken(f"{type(plugin).__name__} lacks one of them")

    @check(_CONFIDENCE)
    def test_the_confidence_is_a_number_from_0_to_1(
        self, plugin: Any, samples: Mapping[str, bytes]
    ) -> None:
        """``confidence`` is a number from 0 to 1, for its own files and for any others."""
        for name, data in {**invented.FILES, **invented.NOISE, **samples}.items():
            _confidence(plugin, name, data)

    @check(_CONFIDENCE)
    def test_its_own_files_are_taken(self, plugin: Any, samples: Mapping[str, bytes]) -> None:
        """A file that the parser reads has a confidence above 0, or it is never given it."""
        for name, data in _some(samples).items():
            if not _confidence(plugin, name, data) > 0:
                broken(f"the sample {name!r} has the confidence 0")

    @check(_CONFIDENCE)
    def test_a_file_of_no_kind_is_left_to_others(self, plugin: Any) -> None:
        """``confidence`` is 0 for a file that the parser cannot read: noise of no known kind."""
        for name in ("noise.unheard-of", "noise.dat"):
            found = _confidence(plugin, name, invented.NOISE["noise"])
            if found > 0:
                broken(f"random bytes called {name!r} are claimed with a confidence of {found}")

    @check(_CONFIDENCE)
    def test_the_confidence_never_raises(self, plugin: Any, samples: Mapping[str, bytes]) -> None:
        """``confidence`` must not raise, whatever the first bytes are."""
        names = sorted({*invented.FILES, *invented.NOISE, *samples})

        @searching(self.examples)
        @given(name=st.sampled_from(names), head=st.binary(max_size=300))
        def holds(name: str, head: bytes) -> None:
            first = _confidence(plugin, name, head)
            if first != _confidence(plugin, name, head):
                broken(f"asked twice for {name!r} it gave two confidences")

        holds()

    # What it yields

    @check(_PARSE)
    def test_its_own_files_are_read(self, plugin: Any, samples: Mapping[str, bytes]) -> None:
        """``parse`` yields a document with text, or a file within, of a file of the format."""
        for name, data in _some(samples).items():
            found = _parsed(plugin, name, data)
            if isinstance(found, str):
                broken(f"the sample {name!r}: {found}")
            if not any(
                isinstance(each, Child) or getattr(each, "text", "").strip() for each in found
            ):
                broken(f"the sample {name!r} gave no document with text")

    @check(_PARSE)
    def test_every_document_is_sound(self, plugin: Any, samples: Mapping[str, bytes]) -> None:
        """Blocks are in order and apart; every span lies in the text; a reference is printed
        as it stands there.
        """
        for name, data in _some(samples).items():
            _hold(plugin, name, data)

    @check(_TWO_TEXTS)
    def test_every_document_names_its_source(
        self, plugin: Any, samples: Mapping[str, bytes]
    ) -> None:
        """``Document.source`` is the source that was given, unchanged."""
        for name, data in _some(samples).items():
            given = _source(name, data)
            for document in _documents(plugin, name, data):
                if document.source != given:
                    broken(f"{name!r}: a document has the source {document.source}, not {given}")

    @check(_TWO_TEXTS)
    def test_the_documents_of_one_source_are_told_apart(
        self, plugin: Any, samples: Mapping[str, bytes]
    ) -> None:
        """``Document.member`` tells the documents of one source apart."""
        for name, data in _some(samples).items():
            members = [document.member for document in _documents(plugin, name, data)]
            if len(set(members)) < len(members):
                twice = next(member for member in members if members.count(member) > 1)
                broken(f"{name!r}: two documents have the member {twice!r}")

    @check(_PARSE)
    def test_no_character_is_made_up(self, plugin: Any, samples: Mapping[str, bytes]) -> None:
        """Bytes that cannot be read are a ``SourceError``; they never become U+FFFD, for a
        quotation must stand in the source letter for letter.
        """
        names = {_source(name, data).suffix: name for name, data in _some(samples).items()}
        for name in names.values():
            for encoding in _ENCODINGS:
                data = _RUSSIAN.encode(encoding)
                for document in _documents(plugin, name, data):
                    if "\ufffd" in document.text:
                        broken(f"Russian in {encoding}, called {name!r}, was read as U+FFFD")

    @check(_PARSE)
    def test_a_byte_order_mark_is_no_text(self, plugin: Any, samples: Mapping[str, bytes]) -> None:
        """The text of a file with a byte-order mark is that of the file without one."""
        for name, data in _some(samples).items():
            if not _is_utf8(data):
                continue
            plain = [each.text for each in _documents(plugin, name, data)]
            marked = [each.text for each in _documents(plugin, name, b"\xef\xbb\xbf" + data)]
            if marked and plain != marked:
                broken(f"{name!r} reads otherwise with the mark of UTF-8 before it")

    # Purity

    @check(_PARSE)
    def test_the_same_bytes_give_the_same_documents(
        self, plugin: Any, samples: Mapping[str, bytes]
    ) -> None:
        """Pure: the same bytes give the same documents, for so a quotation is verified."""
        for name, data in _some(samples).items():
            if _parsed(plugin, name, data) != _parsed(plugin, name, data):
                broken(f"{name!r} gave other documents the second time")

    @check(_PARSE)
    def test_one_file_leaves_no_trace_in_the_next(
        self, plugin: Any, samples: Mapping[str, bytes]
    ) -> None:
        """Pure: what was parsed before, and in which order, makes no difference."""
        files = list(_some(samples).items())
        forwards = [_parsed(plugin, name, data) for name, data in files]
        backwards = [_parsed(plugin, name, data) for name, data in reversed(files)]
        for (name, _), first, second in zip(files, forwards, reversed(backwards), strict=True):
            if first != second:
                broken(f"{name!r} gave other documents after other files")

    @check(_PARSE)
    def test_two_files_can_be_read_at_once(self, plugin: Any, samples: Mapping[str, bytes]) -> None:
        """The documents of one source do not depend on another that is not read to its end."""
        files = list(_some(samples).items())
        (name, data), (other, other_data) = files[0], files[-1]
        alone = _parsed(plugin, name, data)
        try:
            first = iter(plugin.parse(_source(name, data), data))
            second = iter(plugin.parse(_source(other, other_data), other_data))
            beginning = [next(first)]
            list(second)
            together = [*beginning, *first]
        except SourceError:
            return
        if together != alone:
            broken(f"{name!r} gave other documents while {other!r} was being read")

    @check(_PARSE)
    def test_only_the_bytes_count(self, plugin: Any, samples: Mapping[str, bytes]) -> None:
        """The same bytes in another folder have the same text: nothing is read from the disk."""
        for name, data in _some(samples).items():
            here = [each.text for each in _documents(plugin, name, data)]
            there = [each.text for each in _documents(plugin, f"seeds/elsewhere/{name}", data)]
            if here != there:
                broken(f"{name!r} reads otherwise in another folder")

    @check("docproc.hooks.protocols")
    def test_it_works_the_same_in_another_process(
        self, plugin: Any, samples: Mapping[str, bytes]
    ) -> None:
        """A product can be pickled, and does the same in another process, whatever its hash
        seed, its time zone, its locale and its folder.
        """
        files = [(_source(name, data), data) for name, data in _some(samples).items()]
        found = self.elsewhere(plugin, tasks.parse_each, files)
        if found.failure:
            broken(f"in another process: {found.failure}")
        for (source, data), other in zip(files, found.result, strict=True):
            if tasks.parsed(plugin, source, data) != other:
                broken(f"{source.path!r} gave other documents in another process")

    @check("docproc.hooks.protocols")
    def test_it_works_in_a_thread_that_did_not_make_it(
        self, plugin: Any, samples: Mapping[str, bytes]
    ) -> None:
        """A product is used from one thread at a time, which need not be that which made it."""
        name, data = next(iter(_some(samples).items()))
        found: list[Any] = []

        def work() -> None:
            try:
                found.append(_parsed(plugin, name, data))
            except Exception as error:
                found.append(error)

        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
        if found != [_parsed(plugin, name, data)]:
            broken(f"in another thread {name!r} gave {found[0]!r:.200}")

    # Hostile input

    @check(_PARSE)
    def test_nothing_readable_is_a_source_error(
        self, plugin: Any, samples: Mapping[str, bytes]
    ) -> None:
        """``parse`` raises ``SourceError``, and nothing else, for bytes that cannot be read:
        an empty file, a blank one, noise, another format under its name.
        """
        for name in _some(samples):
            for data in invented.NOISE.values():
                _hold(plugin, name, data)

    @check(_PARSE)
    def test_a_damaged_file_is_read_or_refused(
        self, plugin: Any, samples: Mapping[str, bytes]
    ) -> None:
        """A file of the format that is cut short or altered is read, or a ``SourceError``."""
        files = st.sampled_from(sorted(_some(samples, 3).items()))

        @searching(self.examples)
        @given(file=files.flatmap(lambda file: st.tuples(st.just(file[0]), damaged(file[1]))))
        def holds(file: tuple[str, bytes]) -> None:
            _hold(plugin, *file)

        holds()

    @check(_PARSE)
    def test_any_text_is_read_or_refused(self, plugin: Any, samples: Mapping[str, bytes]) -> None:
        """Whatever a text file holds, it is read, or a ``SourceError``; and purely so."""
        names = sorted({_source(name, data).suffix: name for name, data in _some(samples).items()})

        @searching(self.examples)
        @given(name=st.sampled_from(names), text=texts())
        def holds(name: str, text: str) -> None:
            name, data = f"any{name}", text.encode()
            _hold(plugin, name, data)
            if _parsed(plugin, name, data) != _parsed(plugin, name, data):
                broken(f"{name!r} gave other documents the second time")

        holds()

    @check(_PARSE)
    def test_deep_nesting_is_read_or_refused(
        self, plugin: Any, samples: Mapping[str, bytes]
    ) -> None:
        """A file nested beyond all sense is read, or a ``SourceError``; no ``RecursionError``."""
        for name in _some(samples, 3):
            for data in _DEEP:
                _hold(plugin, name, data)

    @check(_PARSE)
    def test_a_small_file_does_not_become_a_huge_document(
        self, plugin: Any, samples: Mapping[str, bytes]
    ) -> None:
        """Input is hostile: entities that stand for one another are not written out."""
        for name in _some(samples, 3):
            size = sum(len(each.text) for each in _documents(plugin, name, _BOMB))
            if size > 100 * len(_BOMB):
                broken(f"{len(_BOMB)} bytes called {name!r} became {size} characters")

    @check(_PARSE)
    def test_no_other_file_is_read(
        self, plugin: Any, samples: Mapping[str, bytes], tmp_path: Path
    ) -> None:
        """Input is hostile: a source that points to another file does not bring it in."""
        hidden = "the words of another file"
        (tmp_path / "other.txt").write_text(hidden, "utf-8")
        where = (tmp_path / "other.txt").as_uri()
        entity = f'<!DOCTYPE r [<!ENTITY x SYSTEM "{where}">]><r><p>Here: &x;</p></r>'
        for name in _some(samples, 3):
            for data in (entity, f'<?xml version="1.0"?>{entity}', f"Here.\n\n![x]({where})\n"):
                for document in _documents(plugin, name, data.encode()):
                    if hidden in document.text:
                        broken(f"an XML entity in {name!r} brought in the file it pointed to")

    @check(_PARSE)
    def test_a_huge_file_takes_no_more_than_its_size(
        self, plugin: Any, samples: Mapping[str, bytes]
    ) -> None:
        """Time grows with the size of the file, and not with its square."""
        if not self.linear:
            pytest.skip("`linear` is False")
        for name, data in _some(samples, 2).items():
            small = self.enlarged(data, max(1, 15_000 // max(len(data), 1)))
            large = self.enlarged(small, TIMES)
            if _documents(plugin, name, small):
                found = growth(
                    lambda name=name, small=small: _parsed(plugin, name, small),  # type: ignore[misc]
                    lambda name=name, large=large: _parsed(plugin, name, large),  # type: ignore[misc]
                )
                if found > AT_MOST:
                    broken(
                        f"{TIMES} times as many bytes of {name!r} took {found:.0f} times as long"
                    )


def _source(name: str, data: bytes) -> Any:
    return invented.source(name if "/" in name else f"seeds/{name}", data)


def _some(samples: Mapping[str, bytes], most: int = 1000) -> dict[str, bytes]:
    """The samples, or the first few; the check is skipped where there are none."""
    if not samples:
        pytest.skip("no sample is of a kind that this parser takes: override `samples`")
    return dict(list(samples.items())[:most])


def _confidence(plugin: Any, name: str, data: bytes) -> float:
    found = plugin.confidence(_source(name, data), data[:_HEAD])
    if not isinstance(found, int | float) or isinstance(found, bool) or not 0 <= found <= 1:
        broken(f"the confidence for {name!r} is {found!r}")
    return float(found)


def _parsed(plugin: Any, name: str, data: bytes) -> list[Any] | str:
    return tasks.parsed(plugin, _source(name, data), data)


def _documents(plugin: Any, name: str, data: bytes) -> list[Document]:
    found = _parsed(plugin, name, data)
    return [] if isinstance(found, str) else [each for each in found if _is_document(each)]


def _is_document(found: Any) -> bool:
    return not isinstance(found, Child | Unread)


def _hold(plugin: Any, name: str, data: bytes) -> None:
    """Parse; fail for an unsound document, and for anything raised but a ``SourceError``."""
    try:
        found = _parsed(plugin, name, data)
    except Exception as error:  # a plugin may raise anything
        shown = f"{data[:40]!r}{'…' if len(data) > 40 else ''}"
        raise ContractBroken(
            f"{name!r} holding {shown}: {type(error).__name__}: {error}"
        ) from error
    if isinstance(found, str):
        if not found.removeprefix("SourceError:").strip():
            broken(f"{name!r}: a SourceError without a word on the cause")
        return
    for wrong in filter(None, map(flaw, filter(_is_document, found))):
        broken(f"{name!r}: {wrong}")


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return b"\0" not in data

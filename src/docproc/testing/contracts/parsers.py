"""The conformance class of parsers."""

from __future__ import annotations

import threading
import warnings
from collections.abc import Mapping
from typing import Any, ClassVar

import pytest
from hypothesis import strategies as st

from docproc.errors import SourceError
from docproc.hooks import Parser
from docproc.records import Child, Unread
from docproc.testing import samples as invented
from docproc.testing.checks.document_values import no_value, not_in, other_days
from docproc.testing.checks.hostile_files import HostileFilesContract
from docproc.testing.checks.parsed_files import (
    confidence_of,
    documents_of,
    hold,
    is_document,
    is_utf8,
    parse_file,
    some,
    source_of,
)
from docproc.testing.checks.purity import Work
from docproc.testing.contract import break_promise, check
from docproc.testing.processes import tasks

_PARSER = "docproc.hooks.Parser"
_PARSE = "docproc.hooks.Parser.parse"
_CONFIDENCE = "docproc.hooks.Parser.confidence"
_TWO_TEXTS = "docproc.records.Document"

_ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1251", "koi8-r", "cp866")
_RUSSIAN = "Слушали доклад о ремонте моста через реку Оскол. Постановили отпустить деньги.\n"


class ParserContract(HostileFilesContract):
    """What every parser must do.  Give ``plugin``, and ``samples`` of the format it reads."""

    product: ClassVar[type] = Parser

    @pytest.fixture
    def samples(self, plugin: Any) -> Mapping[str, bytes]:
        """Files that the parser reads, by name; override it with files of your own format."""
        return invented.samples_for(plugin)

    @pytest.fixture
    def work(self, samples: Mapping[str, bytes]) -> Work:
        """It is watched while it parses the samples."""
        files = [(source_of(name, data), data) for name, data in some(samples).items()]
        return tasks.parse_each, (files,)

    # What it takes

    @check(_CONFIDENCE)
    def test_the_confidence_is_a_number_from_0_to_1(
        self, plugin: Any, samples: Mapping[str, bytes]
    ) -> None:
        """``confidence`` is a number from 0 to 1, for its own files and for any others."""
        for name, data in {**invented.FILES, **invented.NOISE, **samples}.items():
            confidence_of(plugin, name, data)

    @check(_CONFIDENCE)
    def test_its_own_files_are_taken(self, plugin: Any, samples: Mapping[str, bytes]) -> None:
        """A file that the parser reads has a confidence above 0, or it is never given it."""
        for name, data in some(samples).items():
            if not confidence_of(plugin, name, data) > 0:
                break_promise(f"the sample {name!r} has the confidence 0")

    @check(_CONFIDENCE)
    def test_a_file_of_no_kind_is_left_to_others(self, plugin: Any) -> None:
        """``confidence`` is 0 for a file that the parser cannot read: noise of no known kind."""
        for name in ("noise.unheard-of", "noise.dat"):
            found = confidence_of(plugin, name, invented.NOISE["noise"])
            if found > 0:
                break_promise(
                    f"random bytes called {name!r} are claimed with a confidence of {found}"
                )

    @check(_CONFIDENCE)
    def test_the_confidence_never_raises(self, plugin: Any, samples: Mapping[str, bytes]) -> None:
        """``confidence`` must not raise, whatever the first bytes are."""
        names = sorted({*invented.FILES, *invented.NOISE, *samples})

        def holds(name: str, head: bytes) -> None:
            first = confidence_of(plugin, name, head)
            if first != confidence_of(plugin, name, head):
                break_promise(f"asked twice for {name!r} it gave two confidences")

        self.try_any(holds, name=st.sampled_from(names), head=st.binary(max_size=300))

    # What it yields

    @check(_PARSE)
    def test_its_own_files_are_read(self, plugin: Any, samples: Mapping[str, bytes]) -> None:
        """``parse`` yields a document with text, or a file within, of a file of the format."""
        for name, data in some(samples).items():
            found = parse_file(plugin, name, data)
            if isinstance(found, str):
                break_promise(f"the sample {name!r}: {found}")
            if not any(
                isinstance(each, Child) or getattr(each, "text", "").strip() for each in found
            ):
                break_promise(f"the sample {name!r} gave no document with text")

    @check(_PARSE)
    def test_every_document_is_sound(self, plugin: Any, samples: Mapping[str, bytes]) -> None:
        """Blocks are in order and apart; every span lies in the text; a reference is printed
        as it stands there.
        """
        for name, data in some(samples).items():
            hold(plugin, name, data)

    @check(_TWO_TEXTS)
    def test_what_it_says_of_a_document_has_values(
        self, plugin: Any, samples: Mapping[str, bytes]
    ) -> None:
        """Dates are EDTF, languages ISO 639-1, kinds and numbers one line of words; nothing is
        said that is empty.
        """
        for name, data in some(samples).items():
            for document in documents_of(plugin, name, data):
                if wrong := no_value(document):
                    break_promise(f"{name!r}: {wrong}")

    @check(_TWO_TEXTS)
    def test_the_words_stand_in_the_source(self, plugin: Any, samples: Mapping[str, bytes]) -> None:
        """The reading text has the source's own words: what is not in the file is reported in a
        warning, for no check can know what a format spells out.
        """
        for name, data in some(samples).items():
            texts = [each.text for each in documents_of(plugin, name, data)]
            if texts and (strange := not_in(data, texts)):
                warnings.warn(
                    f"{name!r} has no {', '.join(map(repr, strange[:5]))}, which its text has: "
                    "nothing may be tidied that a reader would take for the source's",
                    stacklevel=2,
                )

    @check(_TWO_TEXTS)
    def test_dates_are_those_that_are_printed(
        self, plugin: Any, samples: Mapping[str, bytes]
    ) -> None:
        """A date is the day that stands there: one that reads as other days is reported in a
        warning, for no check can know how a format counts.
        """
        for name, data in some(samples).items():
            for document in documents_of(plugin, name, data):
                for said in other_days(document):
                    warnings.warn(f"{name!r}: {said}", stacklevel=2)

    @check(_TWO_TEXTS)
    def test_every_document_names_its_source(
        self, plugin: Any, samples: Mapping[str, bytes]
    ) -> None:
        """``Document.source`` is the source that was given, unchanged."""
        for name, data in some(samples).items():
            given = source_of(name, data)
            for document in documents_of(plugin, name, data):
                if document.source != given:
                    break_promise(
                        f"{name!r}: a document has the source {document.source}, not {given}"
                    )

    @check(_TWO_TEXTS)
    def test_the_documents_of_one_source_are_told_apart(
        self, plugin: Any, samples: Mapping[str, bytes]
    ) -> None:
        """``Document.member`` tells the documents of one source apart."""
        for name, data in some(samples).items():
            members = [document.member for document in documents_of(plugin, name, data)]
            if len(set(members)) < len(members):
                twice = next(member for member in members if members.count(member) > 1)
                break_promise(f"{name!r}: two documents have the member {twice!r}")

    @check(_PARSE)
    def test_no_character_is_made_up(self, plugin: Any, samples: Mapping[str, bytes]) -> None:
        """Bytes that cannot be read are a ``SourceError``, or told as ``Unread``; they never become
        U+FFFD in silence, for a quotation must stand in the source letter for letter.
        """
        for name, data in some(samples).items():
            for encoding in _ENCODINGS:
                russian = _RUSSIAN.encode(encoding)
                # By itself, and within a file that is of the format up to there.
                for tried in (russian, data + b"\n" + russian if is_utf8(data) else b""):
                    found = parse_file(plugin, name, tried)
                    if isinstance(found, str) or any(isinstance(each, Unread) for each in found):
                        continue
                    for document in filter(is_document, found):
                        if "\ufffd" in document.text:
                            break_promise(
                                f"Russian in {encoding}, called {name!r}, was read as U+FFFD"
                            )

    @check(_PARSE)
    def test_a_byte_order_mark_is_no_text(self, plugin: Any, samples: Mapping[str, bytes]) -> None:
        """The text of a file with a byte-order mark is that of the file without one."""
        for name, data in some(samples).items():
            if not is_utf8(data):
                continue
            plain = [each.text for each in documents_of(plugin, name, data)]
            marked = [each.text for each in documents_of(plugin, name, b"\xef\xbb\xbf" + data)]
            if marked and plain != marked:
                break_promise(f"{name!r} reads otherwise with the mark of UTF-8 before it")

    # Purity

    @check(_PARSE)
    def test_two_files_can_be_read_at_once(self, plugin: Any, samples: Mapping[str, bytes]) -> None:
        """The documents of one source do not depend on another that is not read to its end."""
        files = list(some(samples).items())
        (name, data), (other, other_data) = files[0], files[-1]
        alone = parse_file(plugin, name, data)
        try:
            first = iter(plugin.parse(source_of(name, data), data))
            second = iter(plugin.parse(source_of(other, other_data), other_data))
            beginning = [next(first)]
            list(second)
            together = [*beginning, *first]
        except SourceError:
            return
        if together != alone:
            break_promise(f"{name!r} gave other documents while {other!r} was being read")

    @check(_PARSE)
    def test_only_the_bytes_count(self, plugin: Any, samples: Mapping[str, bytes]) -> None:
        """The same bytes in another folder have the same text: nothing is read from the disk."""
        for name, data in some(samples).items():
            here = [each.text for each in documents_of(plugin, name, data)]
            there = [each.text for each in documents_of(plugin, f"seeds/elsewhere/{name}", data)]
            if here != there:
                break_promise(f"{name!r} reads otherwise in another folder")

    @check("docproc.hooks.protocols")
    def test_it_works_in_a_thread_that_did_not_make_it(
        self, plugin: Any, samples: Mapping[str, bytes]
    ) -> None:
        """A product is used from one thread at a time, which need not be the one that made it."""
        name, data = next(iter(some(samples).items()))
        found: list[Any] = []

        def parse() -> None:
            try:
                found.append(parse_file(plugin, name, data))
            except BaseException as error:  # a plugin may raise anything
                found.append(error)

        thread = threading.Thread(target=parse)
        thread.start()
        thread.join()
        if found != [parse_file(plugin, name, data)]:
            break_promise(f"in another thread {name!r} gave {found[0]!r:.200}")

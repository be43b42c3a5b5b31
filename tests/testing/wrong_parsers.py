"""Parsers that break their contract, each in one way; the kit must name it."""

import datetime
import itertools
import random
import time

import pytest

from docproc.errors import SourceError
from docproc.records import (
    ArchivalReference,
    Block,
    BlockKind,
    Document,
    Mention,
    Metadata,
    Span,
    StatedDate,
)
from docproc.testing import ParserContract


class Honest:
    """A parser of plain text in UTF-8 that keeps its contract; the others inherit from it."""

    def confidence(self, source, head):
        return 0.5 if source.suffix == ".txt" else 0.0

    def text(self, data):
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise SourceError(f"not UTF-8: {error}") from None

    def parse(self, source, data):
        yield self.document(source, self.text(data))

    def document(self, source, text):
        return Document(source, text)


class Wrong(ParserContract):
    check, says = "", ""
    parser = Honest

    @pytest.fixture
    def plugin(self):
        return self.parser()

    @pytest.fixture
    def samples(self):
        return {"a.txt": b"The mill at Sloka, 1920.\n", "b.txt": "Мост через Оскол.\n".encode()}


class TestReplacesWhatItCannotRead(Wrong):
    check, says = "test_no_character_is_made_up", "was read as U+FFFD"

    class parser(Honest):  # noqa: N801
        def text(self, data):
            return data.decode("utf-8", "replace")


class TestReplacesItWithinItsOwnFormat(Wrong):
    check, says = "test_no_character_is_made_up", "was read as U+FFFD"

    class parser(Honest):  # noqa: N801
        def text(self, data):
            if not data.startswith((b"The mill", "Мост".encode())):
                raise SourceError("it does not begin as its files do")
            return data.decode("utf-8", "replace")


class TestSmugglesBytesIn(Wrong):
    check, says = "test_nothing_readable_is_a_source_error", "half a character"

    class parser(Honest):  # noqa: N801
        def text(self, data):
            return data.decode("utf-8", "surrogateescape")


class TestLetsItsOwnErrorsOut(Wrong):
    check, says = "test_nothing_readable_is_a_source_error", "UnicodeDecodeError"

    class parser(Honest):  # noqa: N801
        def text(self, data):
            return data.decode("utf-8")


class TestKeepsTheByteOrderMark(Wrong):
    check, says = "test_a_byte_order_mark_is_no_text", "reads otherwise with the mark"

    class parser(Honest):  # noqa: N801
        def text(self, data):
            return super().text(b"\xef\xbb\xbf" + data)


class TestCountsItsFiles(Wrong):
    check, says = "test_the_same_work_gives_the_same", "the second time"

    class parser(Honest):  # noqa: N801
        numbers = itertools.count()

        def document(self, source, text):
            other = (("number", str(next(self.numbers))),)
            return Document(source, text, metadata=Metadata(other=other))


class TestHashes(Wrong):
    check, says = "test_it_works_the_same_in_another_process", "in another process"

    class parser(Honest):  # noqa: N801
        def document(self, source, text):
            return Document(source, text, member=str(hash(text)))


class TestCannotTravel(Wrong):
    check, says = "test_it_works_the_same_in_another_process", "cannot be pickled"

    class parser(Honest):  # noqa: N801
        def __init__(self):
            self.clean = lambda text: text


class TestClaimsEverything(Wrong):
    check, says = "test_a_file_of_no_kind_is_left_to_others", "confidence of 0.5"

    class parser(Honest):  # noqa: N801
        def confidence(self, source, head):
            return 0.5


class TestIsTooSure(Wrong):
    check, says = "test_the_confidence_is_a_number_from_0_to_1", "is 100"

    class parser(Honest):  # noqa: N801
        def confidence(self, source, head):
            return 100 if source.suffix == ".txt" else 0


class TestOverlapsItsBlocks(Wrong):
    check, says = "test_every_document_is_sound", "overlaps or precedes"

    class parser(Honest):  # noqa: N801
        def document(self, source, text):
            spans = Span(0, 5), Span(3, 8)
            return Document(source, text, blocks=tuple(Block(BlockKind.NOTE, s) for s in spans))


class TestMisplacesAReference(Wrong):
    check, says = "test_every_document_is_sound", "is not what stands"

    class parser(Honest):  # noqa: N801
        def document(self, source, text):
            found = ArchivalReference("F. 1", "fond", (("fond", "1"),), span=Span(1, 5))
            return Document(source, text, references=(found,))


class TestRunsOutOfTheText(Wrong):
    check, says = "test_any_text_is_read_or_refused", "lies outside the text"

    class parser(Honest):  # noqa: N801
        def document(self, source, text):
            return Document(source, text, blocks=(Block(BlockKind.PARAGRAPH, Span(0, 9)),))


class TestGivesTwoDocumentsOneName(Wrong):
    check, says = "test_the_documents_of_one_source_are_told_apart", "two documents have"

    class parser(Honest):  # noqa: N801
        def parse(self, source, data):
            return [Document(source, line) for line in (self.text(data), "more")]


class TestIsSlow(Wrong):
    check, says = "test_a_huge_file_takes_no_more_than_its_size", "times as long"

    class parser(Honest):  # noqa: N801
        def text(self, data):
            text = super().text(data)
            return text if all(text[at:] for at in [*range(len(text))] * 3) else ""


class TestMisplacesAName(Wrong):
    check, says = "test_every_document_is_sound", "the sender 'mill' is not what stands"

    class parser(Honest):  # noqa: N801
        def document(self, source, text):
            at = text.find("mill") + 1
            sender = Mention("mill", Span(at, at + 4)) if at else None
            return Document(source, text, metadata=Metadata(sender=sender))


class TestMisplacesADate(Wrong):
    check, says = "test_every_document_is_sound", "the date '1920' is not what stands"

    class parser(Honest):  # noqa: N801
        def document(self, source, text):
            at = max(text.find("1920") - 1, 0)
            dates = (StatedDate("1920", "1920", "heading", Span(at, min(at + 4, len(text)))),)
            return Document(source, text, metadata=Metadata(dates=dates if "1920" in text else ()))


class TestGivesAFieldAnotherType(Wrong):
    check, says = "test_every_document_is_sound", "metadata.kind: expected `str | null`"

    class parser(Honest):  # noqa: N801
        def document(self, source, text):
            return Document(source, text, metadata=Metadata(kind=42))


class TestNamesABlockByALooseWord(Wrong):
    check, says = "test_every_document_is_sound", "which is no BlockKind"

    class parser(Honest):  # noqa: N801
        def document(self, source, text):
            return Document(source, text, blocks=(Block("note", Span(0, len(text))),))


class TestWritesADateAsItIsSpoken(Wrong):
    check, says = "test_what_it_says_of_a_document_has_values", "'3 May 1920', which is no EDTF"

    class parser(Honest):  # noqa: N801
        def document(self, source, text):
            date = StatedDate("3 May 1920", "3 May 1920", "metadata")
            return Document(source, text, metadata=Metadata(dates=(date,)))


class TestNamesALanguageInFull(Wrong):
    check, says = "test_what_it_says_of_a_document_has_values", "the language is 'English'"

    class parser(Honest):  # noqa: N801
        def document(self, source, text):
            return Document(source, text, metadata=Metadata(language="English"))


class TestKnowsAnEmptyTitle(Wrong):
    check, says = "test_what_it_says_of_a_document_has_values", "the title is ''"

    class parser(Honest):  # noqa: N801
        def document(self, source, text):
            return Document(source, text, metadata=Metadata(title=Mention("")))


class TestKeepsTheDayOfReading(Wrong):
    check, says = "test_another_day_changes_nothing", "on another day"

    class parser(Honest):  # noqa: N801
        def document(self, source, text):
            read = (("read", str(datetime.date.today())),)
            return Document(source, text, metadata=Metadata(other=read))


class TestKeepsTheYear(Wrong):
    check, says = "test_another_day_changes_nothing", "on another day"

    class parser(Honest):  # noqa: N801
        def document(self, source, text):
            read = (("read", time.strftime("%Y")),)
            return Document(source, text, metadata=Metadata(other=read))


class TestDrawsLots(Wrong):
    check, says = "test_the_same_work_gives_the_same", "the second time"

    class parser(Honest):  # noqa: N801
        def document(self, source, text):
            return Document(source, text, metadata=Metadata(number=str(random.random())))


LETTER = (
    "Ölmühle 😀\r\nFrom: A. Weiss\r\nDated 3 May 1921 and 4 June 1922.\r\n\r\nThe quay is shut.\r\n"
)


class Marked(Wrong):
    @pytest.fixture
    def samples(self):
        return {"a.txt": LETTER.encode(), "b.txt": "Мост через Оскол.\n".encode()}


class TestCountsAsJavaScriptDoes(Marked):
    check, says = "test_every_document_is_sound", "the sender 'A. Weiss' is not what stands"

    class parser(Honest):  # noqa: N801
        def document(self, source, text):
            at = text.find("A. Weiss")
            if at < 0:
                return Document(source, text)
            units = len(text[:at].encode("utf-16-le")) // 2
            sender = Mention("A. Weiss", Span(units, units + 8))
            return Document(source, text, metadata=Metadata(sender=sender))


class TestCountsBytes(Marked):
    check, says = "test_every_document_is_sound", "the date '4 June 1922' is not what stands"

    class parser(Honest):  # noqa: N801
        def document(self, source, text):
            at = text.find("4 June 1922")
            if at < 0:
                return Document(source, text)
            byte = len(text[:at].encode())
            date = StatedDate("4 June 1922", "1922-06-04", "text", span=Span(byte, byte + 11))
            return Document(source, text, metadata=Metadata(dates=(date,)))


class TestMakesUpALanguage(Wrong):
    check, says = "test_what_it_says_of_a_document_has_values", "the language is 'zz'"

    class parser(Honest):  # noqa: N801
        def document(self, source, text):
            return Document(source, text, metadata=Metadata(language="zz"))


class TestEndsBeforeItBegins(Wrong):
    check, says = "test_what_it_says_of_a_document_has_values", "'1922/1921', which is no EDTF"

    class parser(Honest):  # noqa: N801
        def document(self, source, text):
            date = StatedDate("1921 or 1922", "1922/1921", "metadata")
            return Document(source, text, metadata=Metadata(dates=(date,)))

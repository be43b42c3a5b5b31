"""Grammars that break their contract, each in one way; the kit must name it."""

import re
import time
from dataclasses import replace

import pytest

from docproc.records import ArchivalReference, Span
from docproc.testing import ReferenceContract


class Honest:
    """The mill's own archive: ``MILL 12/345``."""

    scheme = "mill"
    form = re.compile(r"MILL (?P<box>\d{1,4})/(?P<sheet>\d{1,4})")

    def find(self, text, start, end, whole):
        for match in self.form.finditer(text, start, end):
            yield ArchivalReference(
                match[0], self.scheme, (("box", match["box"]), ("sheet", match["sheet"])),
                span=Span(*match.span()),
            )  # fmt: skip


class Wrong(ReferenceContract):
    check, says = "", ""
    grammar = Honest

    @pytest.fixture
    def plugin(self):
        return self.grammar()

    @pytest.fixture
    def references(self):
        return {"MILL 12/345": {"box": "12", "sheet": "345"}}


class TestCountsFromTheStretch(Wrong):
    check, says = "test_any_stretch_is_counted_from_the_text", "not within"

    class grammar(Honest):  # noqa: N801
        def find(self, text, start, end, whole):
            return super().find(text[start:end], 0, end - start, whole)


class TestLooksBeyond(Wrong):
    check, says = "test_it_finds_nothing_outside_the_stretch", "not within"

    class grammar(Honest):  # noqa: N801
        def find(self, text, start, end, whole):
            return super().find(text, 0, len(text), whole)


class TestTidies(Wrong):
    check, says = "test_what_is_found_is_sound", "is not what stands there"

    class grammar(Honest):  # noqa: N801
        def find(self, text, start, end, whole):
            for match in self.form.finditer(text, start, end):
                yield ArchivalReference(
                    f"Mill, {match['box']}/{match['sheet']}", self.scheme,
                    (("box", match["box"]),), span=Span(*match.span()),
                )  # fmt: skip


class TestSeesNumbersEverywhere(Wrong):
    check, says = "test_prose_holds_no_reference", "it finds"

    class grammar(Honest):  # noqa: N801
        form = re.compile(r"(?P<box>\d)(?P<sheet>\d)")


class TestFails(Wrong):
    check, says = "test_any_text_is_borne", "IndexError"

    class grammar(Honest):  # noqa: N801
        def find(self, text, start, end, whole):
            return super().find(text, start, end, whole) if text[start] else ()


class Unhelped(Wrong):
    """Without an example: what can be told from the module's own patterns."""

    @pytest.fixture
    def references(self):
        return {}


class TestCountsFromItsStretchUnhelped(Unhelped):
    check = "test_what_its_own_patterns_match_is_found_where_it_stands"
    says = "not within"

    class grammar(Honest):  # noqa: N801
        def find(self, text, start, end, whole):
            for match in self.form.finditer(text[start:end]):
                components = (("box", match["box"]), ("sheet", match["sheet"]))
                yield ArchivalReference(match[0], "mill", components, span=Span(*match.span()))


class TestFindsBeyondTheEnd(Unhelped):
    check = "test_what_its_own_patterns_match_is_found_where_it_stands"
    says = "not within"

    class grammar(Honest):  # noqa: N801
        def find(self, text, start, end, whole):
            for match in self.form.finditer(text, start):
                if match.start() < end:
                    components = (("box", match["box"]), ("sheet", match["sheet"]))
                    yield ArchivalReference(match[0], "mill", components, span=Span(*match.span()))


class TestFindsDifferentlyNextYear(Wrong):
    check, says = "test_another_day_changes_nothing", "on another day"

    class grammar(Honest):  # noqa: N801
        def find(self, text, start, end, whole):
            for found in super().find(text, start, end, whole):
                yield replace(found, archive=time.strftime("Archive of %Y"))


class TestCountsItsCalls(Wrong):
    check, says = "test_what_is_found_is_sound", "asked again, it finds something else"

    class grammar(Honest):  # noqa: N801
        asked = 0

        def find(self, text, start, end, whole):
            type(self).asked += 1
            return super().find(text, start, end, whole) if self.asked % 50 else iter(())

"""Citation styles that break their contract, each in one way; the kit must name it."""

import datetime
import html
import itertools

import pytest

from docproc.testing import CitationContract


class Wrong(CitationContract):
    check, says = "", ""

    @pytest.fixture
    def plugin(self):
        return self.style()


class Honest:
    def render(self, citations):
        return "\n".join(map(self.one, citations))

    def one(self, citation):
        reference = f" ({citation.reference.printed})" if citation.reference else ""
        return f"“{citation.quote}”{reference}"


class TestFillsGaps(Wrong):
    check, says = "test_what_is_not_known_is_left_out", "'n.d.'"

    class style(Honest):  # noqa: N801
        def one(self, citation):
            date = citation.metadata.date.printed if citation.metadata.date else "n.d."
            return f"{super().one(citation)}, {date}"


class TestPrintsNone(Wrong):
    check, says = "test_what_is_not_known_is_left_out", "'None'"

    class style(Honest):  # noqa: N801
        def one(self, citation):
            return f"{super().one(citation)}, {citation.metadata.title}"


class TestDatesByToday(Wrong):
    check, says = "test_a_citation_without_a_date_has_no_year", "which the citation does not"

    class style(Honest):  # noqa: N801
        def one(self, citation):
            return f"{super().one(citation)}, {datetime.datetime.now(datetime.UTC).year}"


class TestShortens(Wrong):
    check, says = "test_quotations_stand_as_they_are", "letter for letter"

    class style(Honest):  # noqa: N801
        def one(self, citation):
            return super().one(citation).replace(citation.quote, citation.quote[:30] + "…")


class TestEscapesForAnotherFormat(Wrong):
    check, says = "test_any_quotation_stands_as_it_is", "letter for letter"

    class style(Honest):  # noqa: N801
        def one(self, citation):
            return html.escape(super().one(citation))


class TestDropsTheReference(Wrong):
    check, says = "test_references_stand_as_printed", "does not stand in it"

    class style(Honest):  # noqa: N801
        def one(self, citation):
            return citation.quote


class TestNumbersOnAndOn(Wrong):
    check, says = "test_the_same_work_gives_the_same", "the second time"

    class style(Honest):  # noqa: N801
        numbers = itertools.count(1)

        def one(self, citation):
            return f"{next(self.numbers)}. {super().one(citation)}"


class TestCutsLongQuotations(Wrong):
    check, says = "test_a_long_quotation_stands_whole", "it writes a part"

    class style(Honest):  # noqa: N801
        def one(self, citation):
            return f"“{citation.quote[:400]}” {super().one(citation)[-60:]}"


class TestSaysWhenItWasRead(Wrong):
    check, says = "test_another_day_changes_nothing", "on another day"

    class style(Honest):  # noqa: N801
        def one(self, citation):
            today = datetime.date.today()
            return f"{super().one(citation)}, {today:%d %B} of year {today.year % 100}"


class TestShowsItsWork(Wrong):
    check, says = "test_it_prints_nothing", "it prints"

    class style(Honest):  # noqa: N801
        def render(self, citations):
            print(len(citations))
            return super().render(citations)


class TestShowsAFew(Wrong):
    check, says = "test_each_citation_is_there", "of 40 citations it leaves out"

    class style(Honest):  # noqa: N801
        def render(self, citations):
            return super().render(citations[:25])

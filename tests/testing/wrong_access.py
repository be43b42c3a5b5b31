"""Rules of access that break their contract, each in one way; the kit must name it."""

import datetime
import itertools
import time
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

import pytest

from docproc.hooks import Closure
from docproc.testing import AccessContract
from docproc.testing.contracts.access import row_of

LONG = timedelta(days=30 * 365)


class Wrong(AccessContract):
    check, says = "", ""
    examples = 10

    @pytest.fixture
    def plugin(self):
        return self.rule()

    @pytest.fixture
    def closed(self):
        return row_of("1921-05-03"), date(1921, 5, 3)


class Honest:
    def closed(self, document, today, /):
        year = (document.date or "")[:4]
        if not year.isdecimal() or not year.isascii() or int(year) > 9000 or year == "0000":
            return None
        until = date(int(year) + 31, 1, 1)
        return Closure(why="embargo", until=until) if today < until else None


class TestSaysTrue(Wrong):
    check, says = "test_it_says_why_or_nothing", "True is no Closure"

    class rule(Honest):  # noqa: N801
        def closed(self, document, today, /):
            return Honest.closed(self, document, today) is not None or None


class TestSaysFalse(Wrong):
    check, says = "test_it_says_why_or_nothing", "False is no Closure"

    class rule(Honest):  # noqa: N801
        def closed(self, document, today, /):
            return Honest.closed(self, document, today) or False


class TestSaysNoWhy(Wrong):
    check, says = "test_it_says_why_or_nothing", "'' does not say why"

    class rule(Honest):  # noqa: N801
        def closed(self, document, today, /):
            return Honest.closed(self, document, today) and Closure(why="")


class TestUntilAYear(Wrong):
    check, says = "test_it_says_why_or_nothing", "2031 is no day"

    class rule(Honest):  # noqa: N801
        def closed(self, document, today, /):
            return Honest.closed(self, document, today) and Closure(why="embargo", until=2031)


class TestUntilAnHour(Wrong):
    check, says = "test_it_says_why_or_nothing", "is no day"

    class rule(Honest):  # noqa: N801
        def closed(self, document, today, /):
            hour = datetime.datetime(2200, 1, 1, 12)
            return Honest.closed(self, document, today) and Closure(why="embargo", until=hour)


class TestCannotBearNoDate(Wrong):
    check, says = "test_it_says_why_or_nothing", "NoneType"

    class rule(Honest):  # noqa: N801
        def closed(self, document, today, /):
            document.date.strip()
            return Honest.closed(self, document, today)


class TestCannotBearAnInterval(Wrong):
    check, says = "test_it_says_why_or_nothing", "ValueError"

    class rule(Honest):  # noqa: N801
        def closed(self, document, today, /):
            int((document.date or "1921")[:4])
            return Honest.closed(self, document, today)


class TestClosedUntilYesterday(Wrong):
    check, says = (
        "test_what_is_closed_until_a_day_is_open_on_that_day",
        "it closes a document until",
    )

    class rule(Honest):  # noqa: N801
        def closed(self, document, today, /):
            return (document.date and Closure(why="embargo", until=date(1900, 1, 1))) or None


class TestAlwaysAYearMore(Wrong):
    check, says = "test_what_is_closed_until_a_day_is_open_on_that_day", "and on that day until"

    class rule(Honest):  # noqa: N801
        def closed(self, document, today, /):
            return Closure(why="embargo", until=today + timedelta(days=365))


class TestOpensTooEarly(Wrong):
    check, says = "test_what_is_closed_until_a_day_is_open_on_that_day", "open the day before"

    class rule(Honest):  # noqa: N801
        def closed(self, document, today, /):
            found = Honest.closed(self, document, today)
            return found and Closure(why="embargo", until=found.until + timedelta(days=90))


class TestClosesNothing(Wrong):
    check, says = "test_it_closes_what_it_is_for", "it is open"

    class rule(Honest):  # noqa: N801
        def closed(self, document, today, /):
            return None


class TestTellsTheSender(Wrong):
    check, says = "test_its_words_do_not_tell_the_document", "its words tell 'Xsender0'"

    class rule(Honest):  # noqa: N801
        def closed(self, document, today, /):
            if "Xsender" not in (document.sender or ""):
                return None
            return Closure(why=f"the wish of {document.sender}")


class TestTellsTheFile(Wrong):
    check, says = "test_its_words_do_not_tell_the_document", "its words tell 'seeds/"

    class rule(Honest):  # noqa: N801
        def closed(self, document, today, /):
            return Closure(why=f"the list of closed files ({document.source})")


class TestCannotBearAName(Wrong):
    check, says = "test_any_row_is_borne", "UnicodeEncodeError"

    class rule(Honest):  # noqa: N801
        def closed(self, document, today, /):
            (document.sender or "").encode("ascii")
            return Honest.closed(self, document, today)


class TestForgetsWhatItClosed(Wrong):
    check, says = "test_the_same_work_gives_the_same", "the second time"

    class rule(Honest):  # noqa: N801
        asked = itertools.count()

        def closed(self, document, today, /):
            return Closure(why="embargo") if next(self.asked) < 200 else None


class TestAsksTheClock(Wrong):
    check, says = "test_another_day_changes_nothing", "on another day"

    class rule(Honest):  # noqa: N801
        def closed(self, document, today, /):
            return Honest.closed(self, document, today) and Closure(why=time.strftime("until %Y"))


class TestAsksTheClockForTheDay(Wrong):
    check, says = "test_another_day_changes_nothing", "on another day"

    class rule(Honest):  # noqa: N801
        def closed(self, document, today, /):
            return Closure(why="embargo", until=datetime.date.today() + LONG)


class TestReadsAList(Wrong):
    check, says = "test_it_reads_and_writes_nothing_else", "it reads"

    class rule(Honest):  # noqa: N801
        def closed(self, document, today, /):
            with suppress(OSError):
                Path("/var/closed.txt").read_text("utf-8")
            return Honest.closed(self, document, today)


class TestPrints(Wrong):
    check, says = "test_it_prints_nothing", "it prints"

    class rule(Honest):  # noqa: N801
        def closed(self, document, today, /):
            print("closed")
            return Honest.closed(self, document, today)


class TestKeepsALambda(Wrong):
    check, says = "test_it_works_the_same_in_another_process", "in another process"

    class rule(Honest):  # noqa: N801
        def __init__(self):
            self.rule = lambda row: row

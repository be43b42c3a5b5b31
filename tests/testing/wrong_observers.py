"""Observers that break their contract, each in one way; the kit must name it."""

import pytest

from docproc.hooks import Observer
from docproc.testing import ObserverContract


class Wrong(ObserverContract):
    check, says = "", ""

    @pytest.fixture
    def plugin(self):
        return self.observer()


class TestInheritsFromNothing(Wrong):
    check, says = "test_it_has_what_its_kind_asks", "observer lacks"

    class observer:  # noqa: N801
        def document_parsed(self, event):
            pass


class TestIsToldOfNothing(Wrong):
    check, says = "test_it_is_told_of_something", "it overrides none of"

    class observer(Observer):  # noqa: N801
        pass


class TestTakesNoEvent(Wrong):
    check, says = "test_what_it_overrides_is_called", "document_parsed cannot be called"

    class observer(Observer):  # noqa: N801
        def document_parsed(self):
            pass


class TestMisspellsAnEvent(Wrong):
    check, says = "test_what_it_overrides_is_called", "(did you mean 'source_failed'?)"

    class observer(Observer):  # noqa: N801
        def document_parsed(self, event):
            pass

        def sources_failed(self, event):
            pass


class TestNeedsADate(Wrong):
    check, says = "test_it_bears_every_event", "NoneType"

    class observer(Observer):  # noqa: N801
        def document_parsed(self, event):
            event.document.metadata.date.edtf.upper()


class TestNeedsACitation(Wrong):
    check, says = "test_it_bears_every_event", "IndexError"

    class observer(Observer):  # noqa: N801
        def question_answered(self, event):
            event.answer.citations[0].quote.upper()


class TestNeedsASecondRun(Wrong):
    check, says = "test_it_bears_every_event", "TypeError"

    class observer(Observer):  # noqa: N801
        def generation_published(self, event):
            return event.parent + "x"


class TestDividesByItsSeconds(Wrong):
    check, says = "test_it_bears_every_event", "ZeroDivisionError"

    class observer(Observer):  # noqa: N801
        def question_answered(self, event):
            return 1 / event.seconds

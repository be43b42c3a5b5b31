"""Vetoes that break their contract, each in one way; the kit must name it."""

import itertools
import time

import pytest

from docproc.testing import VetoContract
from docproc.testing.contracts.vetoes import drafts


class Wrong(VetoContract):
    check, says = "", ""

    @pytest.fixture
    def plugin(self):
        return self.veto()

    @pytest.fixture
    def refused(self):
        return drafts()[3]


class Honest:
    def objection(self, drafted):
        before = drafted.before
        fallen = before is not None and drafted.now.documents < before.documents
        return "documents are gone" if fallen else None


class TestSaysYes(Wrong):
    check, says = "test_an_objection_has_words", "it says True"

    class veto(Honest):  # noqa: N801
        def objection(self, drafted):
            return bool(super().objection(drafted)) or None


class TestSaysNothing(Wrong):
    check, says = "test_an_objection_has_words", "it says ''"

    class veto(Honest):  # noqa: N801
        def objection(self, drafted):
            return super().objection(drafted) or ""


class TestNeedsAGenerationBefore(Wrong):
    check, says = "test_an_objection_has_words", "NoneType"

    class veto(Honest):  # noqa: N801
        def objection(self, drafted):
            return "fewer" if drafted.now.documents < drafted.before.documents else None


class TestDividesByNothing(Wrong):
    check, says = "test_an_objection_has_words", "ZeroDivisionError"

    class veto(Honest):  # noqa: N801
        def objection(self, drafted):
            return "short" if drafted.now.passages / drafted.now.documents < 2 else None


class TestNeverConsents(Wrong):
    check, says = "test_it_does_not_object_to_everything", "it objects to each"

    class veto(Honest):  # noqa: N801
        def objection(self, drafted):
            return "no"


class TestNeverObjects(Wrong):
    check, says = "test_it_objects_to_what_it_is_for", "it does not object"

    class veto(Honest):  # noqa: N801
        def objection(self, drafted):
            return None


class TestCountsItsObjections(Wrong):
    check, says = "test_the_same_work_gives_the_same", "the second time"

    class veto(Honest):  # noqa: N801
        numbers = itertools.count(1)

        def objection(self, drafted):
            return super().objection(drafted) and f"objection {next(self.numbers)}"


class TestObjectsByTheYear(Wrong):
    check, says = "test_another_day_changes_nothing", "on another day"

    class veto(Honest):  # noqa: N801
        def objection(self, drafted):
            return super().objection(drafted) and time.strftime("not in %Y")

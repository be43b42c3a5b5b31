"""The embargo: what it closes, until when, and that nothing of it is shown by any front."""

from __future__ import annotations

from datetime import date

import pytest
from drop_ins import drop_in, public

from docproc.errors import ConfigError
from docproc.testing import AccessContract
from docproc.testing.contracts.access import row_of

PLUGIN = drop_in("embargo")
Embargo = PLUGIN.Embargo


class TestContract(AccessContract):
    @pytest.fixture
    def plugin(self):
        return Embargo(30, references=("F. 17. Op. 3",), names=("Weiss",))

    @pytest.fixture
    def closed(self):
        return row_of("1921-05-03"), date(1951, 5, 2)


def test_it_imports_what_plugins_may():
    assert public("embargo") == {
        "docproc.errors", "docproc.hooks", "docproc.records", "docproc.references",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("edtf", "until"),
    [
        ("1921-05-03", date(1951, 5, 3)),
        ("1921-05", date(1951, 5, 31)),
        ("1921", date(1951, 12, 31)),
        ("192X", date(1959, 12, 31)),
        ("1920/1921-02", date(1951, 2, 28)),
        ("../1920-01-01", date(1950, 1, 1)),
        ("2000-02-29", date(2030, 3, 1)),
    ],
)
def test_of_a_date_that_is_not_exact_the_last_day_counts(edtf, until):
    rule = Embargo(30)
    assert rule.closed(row_of(edtf), date(1800, 1, 1)).until == until
    assert rule.closed(row_of(edtf), until) is None


@pytest.mark.parametrize("edtf", [None, "", "1920/..", "no date"])
def test_what_has_no_date_is_closed_unless_that_is_said(edtf):
    assert "no date" in Embargo(30).closed(row_of(edtf), date(2100, 1, 1)).why
    assert Embargo(30, undated="open").closed(row_of(edtf), date(2100, 1, 1)) is None
    assert Embargo(0).closed(row_of(edtf), date(2100, 1, 1)) is None


def test_past_the_calendar_it_stays_closed():
    assert Embargo(30).closed(row_of("9990"), date(2100, 1, 1)).until is None


@pytest.mark.parametrize(
    ("reference", "shut"),
    [
        ("RGASPI. F. 17. Op. 3. D. 225", True),
        ("f. 17, op. 3", True),
        ("RGASPI. F. 17. Op. 30", False),
        ("RGASPI. F. 170. Op. 3", False),
        (None, False),
    ],
)
def test_a_reference_is_closed_with_what_is_below_it(reference, shut):
    rule = Embargo(0, references=("F. 17. Op. 3",))
    closure = rule.closed(row_of("1800", reference=reference), date(2100, 1, 1))
    assert (closure is not None) == shut


def test_names_are_those_of_who_wrote_and_was_written_to():
    rule = Embargo(0, names=("anna orlova",))
    day = date(2100, 1, 1)
    assert rule.closed(row_of("1921", sender="Orlova, Anna"), day)
    assert rule.closed(row_of("1921", recipient="Anna N. Orlova"), day)
    assert rule.closed(row_of("1921", sender="Anna Orlovaya"), day) is None


@pytest.mark.parametrize(
    "settings", [{"years": -1}, {"undated": "perhaps"}, {"names": ("",)}, {"references": (" ",)}]
)
def test_settings_that_cannot_be_are_refused(settings):
    with pytest.raises(ConfigError):
        Embargo(**settings)

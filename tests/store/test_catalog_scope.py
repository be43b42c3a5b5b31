"""A scope gives the rows that a plain reading of every record gives."""

import datetime
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from store_samples import fond, letter, put

from docproc.records import ArchivalReference, PassageKind, Scope, Witness
from docproc.store.catalog import Catalog
from docproc.store.catalog.tables.dates import bounds, day_number
from docproc.store.catalog.writing.writer import CatalogWriter

pytestmark = pytest.mark.slow

NOTE_REFERENCE = fond("17", "3", "225", None, None)
NAMES = [None, "Stalin", "Joseph STALIN", "Чичерин", "L. Trotsky"]
WITNESSES = [
    None,
    Witness("Autograph.", "autograph", "original"),
    Witness("Certified typed copy.", "typewritten", "certified copy"),
    Witness("Signature.", signature="autograph"),
]
DATES = [None, "1921-11-02", "1921-11", "1921", "192X", "1921-12/1922-02", "undated"]


@st.composite
def corpora(draw):
    found = []
    for number in range(draw(st.integers(0, 6))):
        reference = draw(st.none() | st.sampled_from([fond(), fond("558", "1"), fond("17", "3")]))
        noted = draw(st.booleans())
        found.append(
            letter(
                f"seeds/{number}.txt",
                tuple(f"Words {n}." for n in range(draw(st.integers(0, 3)))),
                note="A note." if noted else None,
                sender=draw(st.sampled_from(NAMES)),
                recipient=draw(st.sampled_from(NAMES)),
                edtf=draw(st.sampled_from(DATES)),
                reference=reference,
                note_reference=NOTE_REFERENCE if noted else None,
                language=draw(st.sampled_from(["en", "ru", None])),
                witness=draw(st.sampled_from(WITNESSES)),
            )
        )
    return found


asked_references = [
    fond(),
    ArchivalReference("f. 558", "fond", (("fond", "558"),)),
    ArchivalReference("Op. 3", "fond", (("opis", " 3. "),)),
    ArchivalReference("RGASPI", "fond", (), archive="rgaspi"),
    ArchivalReference("RGASPI 558", "fond", (("fond", "558"),), archive_now="RGASPI"),
    ArchivalReference("f. 558 op. 1", "", ()),
    ArchivalReference("none", "fond", (("fond", "999"),)),
]
days = st.sampled_from(
    [None, *(datetime.date(y, m, 3) for y in (1920, 1921, 1922) for m in (1, 12))]
)
scopes = st.builds(
    Scope,
    reference=st.sampled_from([None, None, *asked_references]),
    kinds=st.sampled_from([(), (PassageKind.BODY,), (PassageKind.NOTE, PassageKind.APPARATUS)]),
    earliest=days,
    latest=days,
    sender=st.sampled_from([None, "stalin", "чИЧЕ"]),
    recipient=st.sampled_from([None, "  trotsky", "nobody"]),
    language=st.sampled_from([None, None, "en", "de"]),
    witness=st.sampled_from([(), (), ("handwritten",), ("copy", "typewritten"), ("draft",)]),
)


def bare(text):
    return "".join(text.casefold().replace(".", "").split())


def agrees(reference, asked):
    """Whether *reference* states all that *asked* does: the plain reading."""
    if reference is None:
        return False
    names = {bare(n) for n in (reference.archive, reference.archive_now) if n}
    wanted = {bare(n) for n in (asked.archive, asked.archive_now) if n}
    if not asked.components and not wanted:
        return bare(asked.printed) in bare(reference.printed)
    levels = dict(reference.components)
    right = all(bare(levels.get(k, "?")) == bare(v) for k, v in asked.components)
    return right and (not wanted or bool(wanted & names))


def holds(scope, document, passage):
    about = document.metadata
    days = bounds(about.date.edtf) if about.date else None
    return (
        (not scope.documents or document.id in scope.documents)
        and (not scope.kinds or passage.kind in scope.kinds)
        and (scope.earliest is None or (bool(days) and days[1] >= day_number(scope.earliest)))
        and (scope.latest is None or (bool(days) and days[0] <= day_number(scope.latest)))
        and all(
            asked is None or (bool(name) and asked.strip().casefold() in name.text.casefold())
            for asked, name in ((scope.sender, about.sender), (scope.recipient, about.recipient))
        )
        and (scope.language is None or scope.language == (passage.language or about.language))
        and all(
            document.witness is not None and value in document.witness.values
            for value in scope.witness
        )
        and (scope.reference is None or agrees(passage.reference, scope.reference))
    )


@settings(deadline=None, max_examples=150)
@given(corpora(), scopes, st.data())
def test_the_rows_of_a_scope_are_those_whose_records_are_within_it(corpus, scope, data):
    if corpus and data.draw(st.booleans()):
        some = data.draw(st.lists(st.sampled_from([d.id for d, _ in corpus]), max_size=2))
        scope = Scope(
            **{n: getattr(scope, n) for n in Scope.__slots__} | {"documents": (*some, "0")}
        )
    with tempfile.TemporaryDirectory() as folder:
        with CatalogWriter(Path(folder, "c")) as writer:
            put(writer, *corpus)
            writer.finish()
        every = [(d, p) for d, own in corpus for p in own]
        with Catalog(Path(folder, "c")) as catalog:
            rows = catalog.scoped.rows(scope)
            assert rows.tolist() == [n for n, (d, p) in enumerate(every) if holds(scope, d, p)]
            assert rows.dtype == "int64"


@pytest.mark.parametrize(
    ("earliest", "latest", "found"),
    [
        ((1921, 6, 1), None, True),
        (None, (1921, 6, 1), True),
        ((1921, 12, 31), (1922, 1, 1), True),
        ((1920, 1, 1), (1921, 1, 1), True),
        ((1922, 1, 1), None, False),
        (None, (1920, 12, 31), False),
    ],
)
def test_a_document_of_a_year_is_within_a_scope_that_any_day_of_it_is(
    tmp_path, earliest, latest, found
):
    with CatalogWriter(tmp_path / "c") as writer:
        put(writer, letter(paragraphs=("One.",), edtf="1921"), letter("b", ("Two.",), edtf=None))
        writer.finish()
    scope = Scope(
        earliest=datetime.date(*earliest) if earliest else None,
        latest=datetime.date(*latest) if latest else None,
    )
    with Catalog(tmp_path / "c") as catalog:
        assert catalog.scoped.rows(scope).tolist() == ([0] if found else [])


@pytest.mark.parametrize(
    ("edtf", "expected"),
    [
        ("1921-11-02", (19211102, 19211102)),
        ("1921-11", (19211101, 19211131)),
        ("1921", (19210101, 19211231)),
        ("192X", (19200101, 19291231)),
        ("19XX-XX-XX", (19000101, 19991231)),
        ("1921-1X", (19211001, 19211231)),
        ("1921-11-3X", (19211130, 19211131)),
        ("1921-11-02?", (19211102, 19211102)),
        ("1921~/1922-02%", (19210101, 19220231)),
        ("1921-23", (19210101, 19211231)),
        ("../1921-11-02", (-(10**17), 19211102)),
        ("1921-11-02/", (19211102, 10**17)),
        ("-0043-03-15", (-43 * 10000 + 315, -43 * 10000 + 315)),
        ("-004X", (-49 * 10000 + 101, -40 * 10000 + 1231)),
        ("1921-11-02T10:00:00Z", (19211102, 19211102)),
        ("1922/1921", None),
        ("1921-13", None),
        ("1921-02-32", None),
        ("November 1921", None),
        ("", None),
    ],
)
def test_a_date_means_these_days(edtf, expected):
    assert bounds(edtf) == expected


@given(st.dates(datetime.date(1000, 1, 1)))
def test_a_day_means_itself_and_its_month_and_year_hold_it(day):
    number = day_number(day)
    assert bounds(day.isoformat()) == (number, number)
    for wider in (day.isoformat()[:7], day.isoformat()[:4], day.isoformat()[:3] + "X"):
        low, high = bounds(wider)
        assert low <= number <= high


@given(st.text(alphabet="0123456789X-/.?~Y", max_size=14))
def test_no_date_breaks_the_reading(text):
    found = bounds(text)
    assert found is None or found[0] <= found[1]

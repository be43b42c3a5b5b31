"""The authority: what it holds, that it holds together, and that every name finds its archive."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

import docproc.references
from docproc.references import (
    Archive,
    all_names,
    archives,
    date_bounds,
    find_archive,
    predecessors,
    present_name,
    successors,
)
from docproc.references.archives import may_end_a_name
from docproc.references.grammars.nearby_archives import find_archives
from docproc.references.lookalikes import name_key


@pytest.mark.parametrize(
    ("then", "now"),
    [
        ("RTsKhIDNI", "RGASPI"),
        ("RTSKHIDNI", "RGASPI"),
        ("РЦХИДНИ", "RGASPI"),
        ("ЦПА ИМЛ", "RGASPI"),
        ("TsGAOR", "GARF"),
        ("ЦГАОР СССР", "GARF"),
        ("TsKhSD", "RGANI"),
        ("TsGIA SSSR", "RGIA"),
        ("TsGASA", "RGVA"),
        ("TsGAKA", "RGVA"),
        ("Osobyi arkhiv", "RGVA"),
        ("TsGALI", "RGALI"),
        ("TsGANKh", "RGAE"),
        ("AVP SSSR", "AVP RF"),
        ("PRO", "TNA"),
        ("Public Record Office", "TNA"),
        ("AA", "NAA"),
        ("Commonwealth Archives Office", "NAA"),
        ("Deutsches Zentralarchiv", "BArch"),
        ("Archivio Segreto Vaticano", "AAV"),
        ("CAOM", "ANOM"),
        ("SHM", "SHD"),
        ("ЦАОР БССР", "NARB"),
        ("ЦГАЗ СССР", "RGAFD"),
        ("DZA Merseburg", "GStA PK"),
        ("Public Record Office of Ireland", "NAI Dublin"),
        ("GARF", "GARF"),
        ("PA AA", "PA AA"),
    ],
)
def test_a_renamed_archive_has_its_present_name(then: str, now: str) -> None:
    assert present_name(then) == now


def test_an_unknown_archive_has_none() -> None:
    assert find_archive("Archive of Atlantis") is None
    assert present_name("Archive of Atlantis") is None
    assert all_names("Archive of Atlantis") == ("Archive of Atlantis",)


def test_an_archive_that_is_over_without_a_known_heir_has_no_present_name() -> None:
    assert present_name(Archive("X", "Closed archive", "Closed archive", end="1990")) is None
    divided = Archive("X", "Divided", "Divided", end="1990", successors=("GARF", "RGASPI"))
    assert present_name(divided) is None


@pytest.mark.parametrize(
    "spelling", ["RGASPI", "rgaspi", "R.G.A.S.P.I.", "РГАСПИ", "PГACПИ", "Rgaspi "]
)
def test_case_points_and_mixed_alphabets_do_not_matter(spelling: str) -> None:
    found = find_archive(spelling)
    assert found is not None
    assert found.abbreviation == "RGASPI"


def test_a_search_for_either_name_finds_both() -> None:
    for name in ("RTsKhIDNI", "RGASPI", "ЦПА ИМЛ"):
        names = all_names(name)
        assert {"RTsKhIDNI", "РЦХИДНИ", "RGASPI", "РГАСПИ", "TsPA IML"} <= set(names)
    assert {"PRO", "TNA"} <= set(all_names("TNA"))
    assert "GARF" not in all_names("RGASPI")


def test_succession_is_followed_both_ways() -> None:
    special = find_archive("TsGOA SSSR")
    military = find_archive("RGVA")
    assert special is not None
    assert military is not None
    assert [one.abbreviation for one in successors(special)] == ["TsKhIDK", "RGVA"]
    before = {one.abbreviation for one in predecessors(military)}
    assert before == {"TsGASA", "TsGAKA", "TsKhIDK", "TsGOA SSSR"}


def test_every_entry_holds_together() -> None:
    known = {archive.abbreviation: archive for archive in archives()}
    assert len(known) == len(archives()), "an abbreviation stands twice"
    for archive in archives():
        assert archive.sources, archive.abbreviation
        assert archive.certain or archive.note, archive.abbreviation
        assert archive not in successors(archive), archive.abbreviation
        for successor in archive.successors:
            assert successor in known, archive.abbreviation
            assert archive.end is not None, archive.abbreviation
        for date in (archive.begin, archive.end):
            if date:
                date_bounds(date)
        if archive.begin and archive.end:
            assert date_bounds(archive.begin)[0] <= date_bounds(archive.end)[1]


def test_a_name_names_one_archive() -> None:
    owners: dict[str, str] = {}
    for archive in archives():
        for name in archive.names:
            owner = owners.setdefault(name_key(name), archive.abbreviation)
            assert owner == archive.abbreviation, name
            found = find_archive(name)
            assert found is not None
            assert found.abbreviation == archive.abbreviation


def test_successors_begin_where_the_name_ends() -> None:
    for archive in archives():
        for successor in map(find_archive, archive.successors):
            assert successor is not None
            if archive.end and successor.begin and archive.certain and successor.certain:
                ended, began = date_bounds(archive.end), date_bounds(successor.begin)
                assert began[0] <= ended[1], archive.abbreviation


def test_the_data_file_has_no_key_that_is_not_read() -> None:
    file = Path(docproc.references.__file__).with_name("archives.toml")
    keys = {key for entry in tomllib.loads(file.read_text("utf-8"))["archive"] for key in entry}
    assert keys <= set(docproc.references.Archive.__dataclass_fields__)


def test_every_name_is_one_that_a_text_may_end_with():
    """The quick look at the last letters must never hide a name."""
    names = {name for archive in archives() for name in archive.names}
    assert [name for name in names if not may_end_a_name(f"It is kept in the {name}")] == []
    assert not may_end_a_name("the governor does not answer our letters")


def test_every_name_is_found_by_its_scheme_where_it_begins_with_a_letter():
    for archive in archives():
        for name in archive.names:
            found = list(find_archives(f"see {name}, 5", 0, len(name) + 7, archive.scheme))
            assert found or not archive.scheme or find_archive(name) != archive, name

"""A page of the list of documents is the same piece of the same list, and reads its own alone."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from test_browsing import ROWS

from docproc.browsing.listing import SORTS, sort_rows
from docproc.browsing.paged_list import PagedList
from docproc.errors import UsageError
from docproc.records import Scope

KINDS = ["letter", None, "report", "letter", "telegram", "letter"]
HERE = [
    replace(each, id=f"{number:064}", kind=kind)
    for number, (each, kind) in enumerate(zip(ROWS, KINDS, strict=True))
]


class Shelf:
    """A catalog of ``HERE``, two passages a document, without those of *absent*."""

    def __init__(self, *absent: int) -> None:
        self.absent = np.array(absent, np.int64)
        self.first_rows = np.arange(0, 2 * len(HERE) + 1, 2)
        self.walks, self.fetched = 0, 0

    def documents(self) -> Any:
        self.walks += 1
        return iter([row for at, row in enumerate(HERE) if at not in self.absent])

    def documents_at(self, numbers: list[int]) -> Any:
        assert not set(numbers) & set(self.absent.tolist())
        self.fetched += len(numbers)
        return [HERE[number] for number in numbers]

    @property
    def scoped(self) -> Any:
        return self

    def rows(self, scope: Scope) -> Any:
        found = [at for at, row in enumerate(HERE) if row.sender == scope.sender]
        return np.array([2 * at + 1 for at in found if at not in self.absent], np.int64)


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("absent", [(), (0, 3)])
def test_pages_are_the_list_in_pieces(sort, absent):
    listed = PagedList(Shelf(*absent))
    there = [row for at, row in enumerate(HERE) if at not in absent]
    whole = sort_rows(there, sort)
    pages = [listed.page(Scope(), None, sort, start, 2) for start in range(0, len(HERE) + 2, 2)]
    assert [row for page in pages for row in page.rows] == whole
    assert {page.found for page in pages} == {len(whole)}
    letters = listed.page(Scope(), "Letter", sort, 0, 9)
    assert letters.rows == [row for row in whole if row.kind == "letter"]
    orlovas = listed.page(Scope(sender="Orlova"), None, sort, 0, 9)
    assert orlovas.rows == [row for row in whole if row.sender == "Orlova"]


def test_a_further_page_reads_only_its_own_documents():
    shelf = Shelf()
    listed = PagedList(shelf)
    for start in range(0, 6, 2):
        listed.page(Scope(), None, "date", start, 2)
        listed.page(Scope(sender="Orlova"), None, "date", start, 2)
    assert (shelf.walks, shelf.fetched) == (1, 6 + 2)
    for _ in range(3):
        listed.page(Scope(), "letter", "date", 0, 2)
    assert (shelf.walks, shelf.fetched) == (2, 6 + 2 + 3 * 2)


def test_what_is_not_there_is_said_as_for_the_whole_list():
    listed = PagedList(Shelf())
    with pytest.raises(UsageError, match="cannot sort by 'dates'"):
        listed.page(Scope(), None, "dates", 0, 2)
    with pytest.raises(UsageError, match=r"no document here is a .leter. .did you mean"):
        listed.page(Scope(), "leter", "date", 0, 2)
    with pytest.raises(UsageError, match=r"kinds: letter$"):
        listed.page(Scope(sender="Orlova"), "memo", "date", 0, 2)

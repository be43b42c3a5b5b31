"""The conformance class of sources."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar

import pytest

from docproc.errors import SourceError, TryLater
from docproc.fetching.fetch import find_item_error
from docproc.hooks.fetching import Item, Reached, Source, Whole
from docproc.testing.checks.purity import PureContract, Work
from docproc.testing.contract import break_promise, check
from docproc.testing.processes import tasks
from docproc.testing.sources import MOST_ASKED, CannedVisit, EndlessVisit

_ITEMS = "docproc.hooks.Source.items"
_ITEM = "docproc.hooks.Item"
_VISIT = "docproc.hooks.Visit.get"
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*:\S+", re.IGNORECASE)


class SourceContract(PureContract):
    """What every source must do.  Give ``plugin``, and ``answers``: what the network gives."""

    product: ClassVar[type] = Source

    @pytest.fixture
    def answers(self) -> Mapping[str, bytes]:
        """The bytes of each address that it asks; empty for one that asks none.  Override it."""
        return {}

    @pytest.fixture
    def files(self) -> Sequence[Path]:
        """The files and folders that it reads, which its settings name."""
        return ()

    @pytest.fixture
    def work(self, answers: Mapping[str, bytes], files: Sequence[Path]) -> Work:
        """It is watched while it names what there is."""
        if not answers and not files:
            pytest.skip("nothing is known of what it asks: override `answers`, or ship examples")
        return tasks.list_items, (dict(answers), *files)

    @check(_ITEMS)
    def test_it_names_what_there_is(self, plugin: Any, answers: Mapping[str, bytes]) -> None:
        """It yields an ``Item`` for each file: with a key, a version, an address and a name, each
        of them a text.
        """
        found = _all(plugin, CannedVisit(answers))
        for each in found:
            if wrong := find_item_error(each):
                break_promise(wrong)
        if not any(isinstance(each, Item) for each in found):
            pytest.skip("it names nothing: override `answers`")

    @check(_ITEM)
    def test_a_key_is_of_one_file(self, plugin: Any, answers: Mapping[str, bytes]) -> None:
        """``key`` is a file's name for good: no two have the same."""
        seen: set[str] = set()
        for item in _items(plugin, answers):
            if item.key in seen:
                break_promise(f"two files are called {item.key!r}")
            seen.add(item.key)

    @check(_ITEM)
    def test_an_address_can_be_cited(self, plugin: Any, answers: Mapping[str, bytes]) -> None:
        """``address`` is what a reader can find the file at: a scheme, and no white space."""
        for item in _items(plugin, answers):
            if not _ADDRESS.fullmatch(item.address):
                break_promise(f"{item.address!r} is no address")

    @check(_ITEM)
    def test_its_content_is_bytes(self, plugin: Any, answers: Mapping[str, bytes]) -> None:
        """``content`` gives the bytes, the same ones for the same version."""
        for item in _items(plugin, answers)[:20]:
            first = item.content()
            if not isinstance(first, bytes):
                break_promise(f"the content of {item.key!r} is {type(first).__name__}, not bytes")
            if item.content() != first:
                break_promise(f"the content of {item.key!r} is another one the second time")

    @check(_ITEM)
    def test_nothing_is_fetched_that_nobody_wants(
        self, plugin: Any, answers: Mapping[str, bytes]
    ) -> None:
        """``content`` is called only where that version is not there yet: the bytes of a file are
        not asked for before that.
        """
        visit = CannedVisit(answers)
        items = [each for each in _all(plugin, visit) if isinstance(each, Item)]
        listed = list(visit.asked)
        for item in items[:20]:
            before = len(visit.asked)
            item.content()
            again = [address for address in visit.asked[before:] if address in listed]
            if again and len(items) > 1:
                break_promise(
                    f"it asks {again[0]!r} to name what there is, and again for {item.key!r}"
                )

    @check(_ITEMS)
    def test_the_order_stays(self, plugin: Any, answers: Mapping[str, bytes]) -> None:
        """The same answers name the same files, versions and addresses, in the same order."""
        _items(plugin, answers)
        first, second = (tasks.list_items(plugin, dict(answers)) for _ in "12")
        if first != second:
            break_promise("it names something else the second time")

    @check("docproc.hooks.Reached")
    def test_a_visit_that_was_stopped_goes_on(
        self, plugin: Any, answers: Mapping[str, bytes]
    ) -> None:
        """From each cursor on it names what came after it, and nothing that came before."""
        found = _all(plugin, CannedVisit(answers))
        cursors = [at for at, each in enumerate(found) if isinstance(each, Reached)]
        if not cursors:
            pytest.skip("it says no cursor")
        for at in cursors:
            cursor = found[at].cursor
            rest = _keys(_all(plugin, CannedVisit(answers, cursor=cursor)))
            if rest != _keys(found[at + 1 :]):
                break_promise(
                    f"on from {cursor!r} it names {rest[:3]}, and not {_keys(found[at:])[:3]}"
                )

    @check(_ITEMS)
    def test_whole_is_the_last_word(self, plugin: Any, answers: Mapping[str, bytes]) -> None:
        """``Whole`` says that all was named, and nothing is named after it."""
        found = _all(plugin, CannedVisit(answers))
        if any(isinstance(each, Whole) for each in found[:-1]):
            break_promise("it goes on after Whole")

    @check(_ITEMS)
    def test_whatever_comes_back_is_refused_in_words(
        self, plugin: Any, answers: Mapping[str, bytes]
    ) -> None:
        """``SourceError`` where what comes back makes no sense; nothing else is raised, and it
        comes to an end.
        """
        for address, whole in answers.items():
            for name, odd in _odd(whole):
                try:
                    for each in _all(plugin, CannedVisit({**answers, address: odd}))[:50]:
                        if isinstance(each, Item):
                            each.content()
                except SourceError:
                    continue
                except EndlessVisit:
                    break_promise(f"it comes to no end where {address!r} gives {name}")
                except Exception as error:
                    break_promise(
                        f"where {address!r} gives {name}: {type(error).__name__}: {error}"
                    )

    @check(_VISIT)
    def test_a_busy_host_ends_the_visit(self, plugin: Any, answers: Mapping[str, bytes]) -> None:
        """``TryLater`` is let pass: the visit goes on another time, from its cursor."""
        if not answers:
            pytest.skip("it asks nothing")
        visit = CannedVisit(answers, busy=0)
        try:
            _all(plugin, visit)
        except TryLater:
            return
        if visit.asked:
            break_promise("it goes on where nothing can be had for now")


def _all(plugin: Any, visit: CannedVisit) -> list[Any]:
    found = []
    try:
        for each in plugin.items(visit):
            found.append(each)
            if len(found) > MOST_ASKED:
                raise EndlessVisit
    except SourceError:
        if visit.answers:
            raise
        pytest.skip("nothing is known of its network: override `answers`, or ship examples")
    return found


def _items(plugin: Any, answers: Mapping[str, bytes]) -> list[Item]:
    items = [each for each in _all(plugin, CannedVisit(answers)) if isinstance(each, Item)]
    if not items:
        pytest.skip("it names nothing: override `answers`")
    return items


def _keys(found: Sequence[Any]) -> list[str]:
    return [each.key for each in found if isinstance(each, Item)]


def _odd(whole: bytes) -> Iterator[tuple[str, bytes]]:
    """What a host may send in place of *whole*, each with a name."""
    yield "nothing", b""
    yield "bytes that are no text", b"\x00\xff\xfe" * 40
    yield "a page that says that it is busy", b"<!doctype html><html><body>Busy</body></html>"
    yield "half of it", whole[: len(whole) // 2]
    yield "an element in an element, deeply", b"<a>" * 20_000
    yield "lists in lists, deeply", b"[" * 20_000
    yield "JSON of another kind", b'{"type": 7, "items": "no", "label": [[]]}'
    yield (
        "entities of entities",
        (
            b'<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb">'
            + b"".join(b'<!ENTITY %c "%s">' % (99 + n, b"&%c;" % (98 + n) * 10) for n in range(12))
            + b"]><a>&n;</a>"
        ),
    )

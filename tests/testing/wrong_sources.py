"""Sources that break their contract, each in one way; the kit must name it."""

import itertools
import random
import time
from functools import partial

import pytest

from docproc.errors import SourceError, TryLater
from docproc.hooks import Item, Reached, Whole
from docproc.testing import SourceContract

LIST = "https://example.org/list/"


class Wrong(SourceContract):
    check, says = "", ""

    @pytest.fixture
    def plugin(self):
        return self.source()

    @pytest.fixture
    def answers(self):
        pages = {f"{LIST}0": b"a b\nnext 1", f"{LIST}1": b"c"}
        return pages | {f"https://example.org/{name}": name.encode() * 9 for name in "abc"}


class Honest:
    def items(self, visit):
        page = visit.cursor or "0"
        while page:
            words = visit.get(f"{LIST}{page}").data.decode("utf-8", "replace").split()
            if not words:
                raise SourceError("an empty list")
            page = words[-1] if "next" in words[:-1] else ""
            for name in itertools.takewhile(lambda word: word != "next", words):
                if not (name.isascii() and name.isalnum()):
                    raise SourceError(f"no name: {name[:20]!r}")
                yield self.item(visit, name)
            if page:
                if not page.isalnum():
                    raise SourceError("no page")
                yield Reached(page)
        yield Whole()

    def item(self, visit, name):
        address = f"https://example.org/{name}"
        return Item(
            key=name, name=name, version="1", address=address,
            content=partial(self.content, visit, address),
        )  # fmt: skip

    def content(self, visit, address):
        return visit.get(address).data


def changed(**fields):
    class source(Honest):  # noqa: N801
        def item(self, visit, name):
            import dataclasses

            item = super().item(visit, name)
            made = {key: value(item) for key, value in fields.items()}
            return dataclasses.replace(item, **made)

    return source


class TestNumbersForVersions(Wrong):
    check, says = "test_it_names_what_there_is", "Item.version is int"
    source = changed(version=lambda _: 1)


class TestNoKey(Wrong):
    check, says = "test_it_names_what_there_is", "Item.key is empty"
    source = changed(key=lambda _: " ")


class TestDictsForItems(Wrong):
    check, says = "test_it_names_what_there_is", "it yields dict"

    class source(Honest):  # noqa: N801
        def item(self, visit, name):
            return {"key": name}


class TestOneKeyForAll(Wrong):
    check, says = "test_a_key_is_of_one_file", "two files are called 'letter'"
    source = changed(key=lambda _: "letter")


class TestAPathForAnAddress(Wrong):
    check, says = "test_an_address_can_be_cited", "is no address"
    source = changed(address=lambda item: item.name)


class TestTextForContent(Wrong):
    check, says = "test_its_content_is_bytes", "is str, not bytes"
    source = changed(content=lambda item: partial(str, item.name))


class TestAnotherContentEachTime(Wrong):
    check, says = "test_its_content_is_bytes", "another one the second time"
    source = changed(content=lambda _: lambda: random.randbytes(9))


class TestFetchesAllAtOnce(Wrong):
    check, says = "test_nothing_is_fetched_that_nobody_wants", "to name what there is, and again"

    class source(Honest):  # noqa: N801
        def item(self, visit, name):
            item = super().item(visit, name)
            item.content()
            return item


class TestAnotherOrder(Wrong):
    check, says = "test_the_order_stays", "something else the second time"
    source = changed(version=lambda _: str(time.perf_counter_ns()))


class TestForgetsItsCursor(Wrong):
    check, says = "test_a_visit_that_was_stopped_goes_on", "on from '1' it names ['a', 'b', 'c']"

    class source(Honest):  # noqa: N801
        def items(self, visit):
            visit.cursor = ""
            return super().items(visit)


class TestSaysWholeTooEarly(Wrong):
    check, says = "test_whole_is_the_last_word", "it goes on after Whole"

    class source(Honest):  # noqa: N801
        def items(self, visit):
            yield Whole()
            yield from super().items(visit)


class TestTakesAnyList(Wrong):
    check, says = "test_whatever_comes_back_is_refused_in_words", "UnicodeDecodeError"

    class source(Honest):  # noqa: N801
        def items(self, visit):
            visit.get(f"{LIST}0").data.decode()
            return super().items(visit)


class TestNeverEnds(Wrong):
    check, says = "test_whatever_comes_back_is_refused_in_words", "it comes to no end"

    class source(Honest):  # noqa: N801
        def items(self, visit):
            while not visit.get(f"{LIST}0").data:
                continue
            yield from super().items(visit)


class TestHoldsABusyHostForAnEmptyOne(Wrong):
    check, says = "test_a_busy_host_ends_the_visit", "it goes on where nothing can be had"

    class source(Honest):  # noqa: N801
        def items(self, visit):
            try:
                yield from super().items(visit)
            except TryLater:
                yield Whole()


class TestAsksTheNetworkItself(Wrong):
    check, says = "test_it_reads_and_writes_nothing_else", "it asks the network"

    class source(Honest):  # noqa: N801
        def items(self, visit):
            import contextlib
            import socket

            with contextlib.suppress(OSError):
                socket.getaddrinfo("127.0.0.1", 80)
            yield from super().items(visit)


class TestPrintsWhatItNames(Wrong):
    check, says = "test_it_prints_nothing", "it prints 'a"

    class source(Honest):  # noqa: N801
        def item(self, visit, name):
            print(name)
            return super().item(visit, name)


class TestNoSource(Wrong):
    check, says = "test_it_has_what_its_kind_asks", "list lacks items"
    source = list

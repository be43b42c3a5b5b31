"""The checks that parsers stand before hostile files: damaged, deep, huge, pointing elsewhere."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from docproc.testing import samples as invented
from docproc.testing.checks.parsed_files import documents_of, hold, parse_file, some, source_of
from docproc.testing.checks.purity import PureContract
from docproc.testing.contract import TIMES, break_promise, check
from docproc.testing.examples.strategies import damage, texts

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_PARSE = "docproc.hooks.Parser.parse"

_ENTITIES = "".join(
    f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' if n else '<!ENTITY e0 "laughs">' for n in range(7)
)
_BOMB = f'<?xml version="1.0"?><!DOCTYPE r [{_ENTITIES}]><r><p>&e6;</p></r>'.encode()
_DEEP = (b"[" * 20_000, b"<a>" * 20_000, b"> " * 20_000, b'{"a":' * 20_000, b"(" * 20_000)


class HostileFilesContract(PureContract):
    """What every parser must do with files that mean no good; part of ``ParserContract``."""

    def enlarge(self, data: bytes, times: int) -> bytes:
        """A file *times* as large as *data*; override it where repeating the bytes is none."""
        return data * times

    @check(_PARSE)
    def test_nothing_readable_is_a_source_error(
        self, plugin: Any, samples: Mapping[str, bytes]
    ) -> None:
        """``parse`` raises ``SourceError``, and nothing else, for bytes that cannot be read:
        an empty file, a blank one, noise, another format under its name.
        """
        for name in some(samples):
            for data in invented.NOISE.values():
                hold(plugin, name, data)

    @check(_PARSE)
    def test_a_damaged_file_is_read_or_refused(
        self, plugin: Any, samples: Mapping[str, bytes]
    ) -> None:
        """A file of the format that is cut short or altered is read, or a ``SourceError``."""
        files = st.sampled_from(sorted(some(samples, 3).items()))
        damaged = files.flatmap(lambda file: st.tuples(st.just(file[0]), damage(file[1])))
        self.try_any(lambda file: hold(plugin, *file), file=damaged)

    @check(_PARSE)
    def test_any_text_is_read_or_refused(self, plugin: Any, samples: Mapping[str, bytes]) -> None:
        """Whatever a text file holds, it is read, or a ``SourceError``; and purely so."""
        names = sorted({source_of(name, data).suffix: name for name, data in some(samples).items()})

        def holds(name: str, text: str) -> None:
            name, data = f"any{name}", text.encode()
            hold(plugin, name, data)
            if parse_file(plugin, name, data) != parse_file(plugin, name, data):
                break_promise(f"{name!r} gave other documents the second time")

        self.try_any(holds, name=st.sampled_from(names), text=texts())

    @check(_PARSE)
    def test_deep_nesting_is_read_or_refused(
        self, plugin: Any, samples: Mapping[str, bytes]
    ) -> None:
        """A file nested beyond all sense is read, or a ``SourceError``; no ``RecursionError``."""
        for name in some(samples, 3):
            for data in _DEEP:
                hold(plugin, name, data)

    @check(_PARSE)
    def test_a_small_file_does_not_become_a_huge_document(
        self, plugin: Any, samples: Mapping[str, bytes]
    ) -> None:
        """Input is hostile: entities that stand for one another are not written out."""
        for name in some(samples, 3):
            size = sum(len(each.text) for each in documents_of(plugin, name, _BOMB))
            if size > 100 * len(_BOMB):
                break_promise(f"{len(_BOMB)} bytes called {name!r} became {size} characters")

    @check(_PARSE)
    def test_no_other_file_is_read(
        self, plugin: Any, samples: Mapping[str, bytes], tmp_path: Path
    ) -> None:
        """Input is hostile: a source that points to another file does not bring it in."""
        hidden = "the words of another file"
        (tmp_path / "other.txt").write_text(hidden, "utf-8")
        where = (tmp_path / "other.txt").as_uri()
        entity = f'<!DOCTYPE r [<!ENTITY x SYSTEM "{where}">]><r><p>Here: &x;</p></r>'
        for name in some(samples, 3):
            for data in (entity, f'<?xml version="1.0"?>{entity}', f"Here.\n\n![x]({where})\n"):
                for document in documents_of(plugin, name, data.encode()):
                    if hidden in document.text:
                        break_promise(
                            f"an XML entity in {name!r} brought in the file it pointed to"
                        )

    @check(_PARSE)
    def test_a_huge_file_takes_no_more_than_its_size(
        self, plugin: Any, samples: Mapping[str, bytes]
    ) -> None:
        """Time grows with the size of the file, and not with its square."""
        for name, data in some(samples, 2).items():
            small = self.enlarge(data, max(1, 15_000 // max(len(data), 1)))
            large = self.enlarge(small, TIMES)
            if documents_of(plugin, name, small):
                self.hold_linear(partial(parse_file, plugin, name), small, large, f"of {name!r}")

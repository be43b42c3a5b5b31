"""The conformance class of grammars of archival references."""

from __future__ import annotations

import ast
import inspect
import re
import sys
from typing import TYPE_CHECKING, Any, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docproc.hooks import ReferenceGrammar
from docproc.records import ArchivalReference
from docproc.testing import samples
from docproc.testing.checks.purity import PureContract, Work
from docproc.testing.contract import TIMES, break_promise, check, searching
from docproc.testing.examples import strategies
from docproc.testing.processes import tasks

if TYPE_CHECKING:
    from collections.abc import Mapping

_GRAMMAR = "docproc.hooks.ReferenceGrammar"
_FIND = "docproc.hooks.ReferenceGrammar.find"
_REFERENCE = "docproc.records.ArchivalReference"
_TIMES = 120
"""How often a grammar is asked the same: what counts its calls shows."""
_PROSE = (
    "The mill at Sloka has stood idle since Easter. Forty-two workers are without bread.\n"
    "Слушали доклад о ремонте моста через реку Оскол.\n"
)
_AROUND = (("", ""), ("See ", "."), ("(", ")"), ("\n\n", "\n\n"), ("Она писала: ", ", и всё."))


class ReferenceContract(PureContract):
    """What every grammar must do.  Give ``plugin``, and ``references`` of the form it reads."""

    product: ClassVar[type] = ReferenceGrammar

    @pytest.fixture
    def references(self) -> Mapping[str, Mapping[str, str]]:
        """References as readers write them, each with its levels; without, few checks are made."""
        return {}

    @pytest.fixture
    def work(self, references: Mapping[str, Mapping[str, str]]) -> Work:
        """It is watched while it finds references."""
        return tasks.find_in_each, ([*references, _PROSE],)

    @check(_GRAMMAR)
    def test_its_scheme_is_a_name(self, plugin: Any) -> None:
        """The product has ``scheme``, a name."""
        if not isinstance(plugin.scheme, str) or not plugin.scheme.strip():
            break_promise(f"its scheme is {plugin.scheme!r}")

    @check(_REFERENCE)
    def test_the_levels_are_read(
        self, plugin: Any, references: Mapping[str, Mapping[str, str]]
    ) -> None:
        """``components`` are the parsed levels, outermost first."""
        for printed, expected in _give(references).items():
            found = _find(plugin, printed, 0, len(printed), True)
            if len(found) != 1:
                break_promise(f"in {printed!r} it finds {len(found)} references")
            if dict(found[0].components) != dict(expected):
                break_promise(f"{printed!r} is read as {dict(found[0].components)}")

    @check(_FIND)
    def test_it_finds_a_reference_wherever_it_stands(
        self, plugin: Any, references: Mapping[str, Mapping[str, str]]
    ) -> None:
        """The references of ``text[start:end]``, each with ``printed == text[span]``."""
        for printed, expected in _give(references).items():
            for before, after in _AROUND:
                text = before + printed + after
                found = _find(plugin, text, 0, len(text), False)
                if not any(dict(each.components) == dict(expected) for each in found):
                    break_promise(f"in {text!r} it does not find {printed!r}")

    @check(_FIND)
    def test_it_finds_nothing_outside_the_stretch(
        self, plugin: Any, references: Mapping[str, Mapping[str, str]]
    ) -> None:
        """The references of ``text[start:end]``, and none that lies beyond."""
        for printed in _give(references):
            text = f"{printed}\n{_PROSE}{printed}"
            start, end = len(printed) + 1, len(printed) + 1 + len(_PROSE)
            if _find(plugin, text, start, end, False):
                break_promise(f"between two of {printed!r} it finds one outside the stretch")

    @check(_FIND)
    def test_prose_holds_no_reference(self, plugin: Any) -> None:
        """Nothing is made up: plain prose holds no reference."""
        texts = [_PROSE, *(text for _, text in samples.PASSAGES)]
        for text in texts:
            for found in _find(plugin, text, 0, len(text), False):
                break_promise(f"in {text!r} it finds {found.printed!r}")

    @check(_FIND)
    def test_any_text_is_borne(self, plugin: Any) -> None:
        """``find`` must not raise, whatever the text and the stretch; it is pure."""

        def holds(text: str) -> None:
            third = len(text) // 3
            for start, end in ((0, len(text)), (third, 2 * third), (0, 0)):
                for whole in (False, True):
                    first = _find(plugin, text, start, end, whole)
                    if first != _find(plugin, text, start, end, whole):
                        break_promise("it finds something else the second time")

        self.try_any(holds, text=strategies.texts())

    @check(_REFERENCE)
    def test_what_is_found_is_sound(
        self, plugin: Any, references: Mapping[str, Mapping[str, str]]
    ) -> None:
        """``printed`` is what stands in the source, letter for letter; levels have values."""
        for printed in _give(references):
            for text in (printed, f"{_PROSE}{printed} {printed}\n{_PROSE}"):
                first = _find(plugin, text, 0, len(text), False)
                for _ in range(_TIMES):
                    if _find(plugin, text, 0, len(text), False) != first:
                        break_promise(f"asked again, it finds something else in {text[:60]!r}")

    @check(_FIND)
    def test_any_stretch_is_counted_from_the_text(
        self, plugin: Any, references: Mapping[str, Mapping[str, str]]
    ) -> None:
        """Spans are offsets into the whole text, wherever the stretch begins."""
        for printed in _give(references):
            text = f"{_PROSE}{printed}\n{_PROSE}"
            _find(plugin, text, len(_PROSE), len(_PROSE) + len(printed), False)

    @check(_FIND)
    def test_what_its_own_patterns_match_is_found_where_it_stands(self, plugin: Any) -> None:
        """Spans are offsets into the whole text, and none lies beyond the stretch: tried with
        whatever matches the patterns that the plugin's module is written with.
        """
        patterns = _patterns_of(sys.modules.get(type(plugin).__module__))
        if not patterns:
            pytest.skip("its module has no pattern to make examples of")

        @searching(2 * self.examples)
        @given(
            printed=st.one_of([st.from_regex(each, fullmatch=True) for each in patterns]),
            more=st.sampled_from(["", " ", "9", "/9", ", 9", "x"]),
        )
        def holds(printed: str, more: str) -> None:
            text = f"{_PROSE}{printed}{more}\n{_PROSE}{printed}"
            start = len(_PROSE)
            for end in (start + len(printed), len(text)):
                for whole in (True, False):
                    _find(plugin, text, start, end, whole)
            half = start + (len(printed) + 1) // 2
            _find(plugin, text, start, half, False)

        holds()

    @check(_FIND)
    def test_it_is_linear(self, plugin: Any, references: Mapping[str, Mapping[str, str]]) -> None:
        """``find`` is linear in the stretch: time does not grow with its square."""

        def find(text: str) -> None:
            list(plugin.find(text, 0, len(text), False))

        for text in (*list(references)[:2], _PROSE, "1", "F. ", "a.", " "):
            small = f"{text} " * (10_000 // (len(text) + 1))
            large = small * TIMES
            self.hold_linear(find, small, large, f"of {text[:20]!r}")


def _patterns_of(module: Any) -> list[re.Pattern[str]]:
    """The regular expressions that *module* is written with, as far as they can be told."""
    try:
        tree = ast.parse(inspect.getsource(module))
    except (OSError, TypeError, SyntaxError):
        return []
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            if not re.search(r"\\[dws]|\[[^\]]+\]|\(\?P", node.value) or len(node.value) > 400:
                continue
            try:
                pattern = re.compile(node.value, re.VERBOSE if "\n" in node.value else 0)
            except re.error:
                continue
            if not pattern.fullmatch(""):
                found.append(pattern)
    return found[:12]


def _give(references: Mapping[str, Mapping[str, str]]) -> Mapping[str, Mapping[str, str]]:
    if not references:
        pytest.skip("no example is given: override `references`")
    return references


def _find(plugin: Any, text: str, start: int, end: int, whole: bool) -> list[ArchivalReference]:
    """What the grammar finds; fail for a reference that is not as its record says."""
    found = list(plugin.find(text, start, end, whole))
    for each in found:
        if not isinstance(each, ArchivalReference):
            break_promise(f"it yields {type(each).__name__}, not ArchivalReference")
        if each.span is None or not start <= each.span.start <= each.span.end <= end:
            break_promise(f"{each.printed!r} stands at {each.span}, not within {start}..{end}")
        if each.span.of(text) != each.printed:
            break_promise(f"{each.printed!r} is not what stands there: {each.span.of(text)!r}")
        if not each.printed.strip():
            break_promise("it finds a reference that prints nothing")
        if each.scheme != plugin.scheme:
            break_promise(
                f"{each.printed!r} is of the scheme {each.scheme!r}, not {plugin.scheme!r}"
            )
        if not each.components or not all(name and value for name, value in each.components):
            break_promise(f"{each.printed!r} has the components {each.components}")
    return found

"""What a conformance class is made of: checks, each of which knows what it holds a plugin to."""

from __future__ import annotations

import functools
import os
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, NoReturn, TypeVar

import pytest
from hypothesis import HealthCheck, given, settings

from docproc.dataclass_on_use import dataclass
from docproc.errors import PluginError, interrupts
from docproc.plugins.selection.type_checks import find_lacking
from docproc.testing.processes.other_process import run_elsewhere

if TYPE_CHECKING:
    from pathlib import Path

    from hypothesis.strategies import SearchStrategy

    from docproc.testing.processes.watching import Watched

TIMES = 8
"""How much larger the larger input is: what is linear takes 8 times as long, a square 64."""

AT_MOST = 28.0
"""Well above what is linear with its caches cold, and well below the square."""

_TRIES = 5
"""A square fails every one; other work on the machine makes single ones slow."""

_TOO_SHORT = 0.02  # seconds: a smaller difference is noise


def growth(small: Callable[[], object], large: Callable[[], object]) -> float:
    """How many times longer *large* takes than *small*, in processor time; the least of tries."""
    found = _ratio(small, large)
    for _ in range(_TRIES - 1):
        if found <= AT_MOST:
            break
        found = min(found, _ratio(small, large))
    return found


def _ratio(small: Callable[[], object], large: Callable[[], object]) -> float:
    first = min(_seconds(small), _seconds(small))
    second = _seconds(large)
    return second / max(first, _TOO_SHORT / TIMES) if second > _TOO_SHORT * TIMES else 1.0


def _seconds(step: Callable[[], object]) -> float:
    begun = time.process_time()
    step()
    return time.process_time() - begun


Check = TypeVar("Check", bound=Callable[..., None])
Made = TypeVar("Made")


_OF_PYTEST = (pytest.skip.Exception, pytest.fail.Exception, pytest.exit.Exception)


class ContractBroken(AssertionError):
    """A product breaks its stage's contract; the message says how, and where that is written."""


@dataclass(frozen=True, slots=True)
class Promise:
    """The *words* of one check, written at the dotted name *where*; ``""``: at the protocol."""

    words: str
    where: str


def check(where: str) -> Callable[[Check], Check]:
    """Mark a test as the check of what is written at *where*; its docstring is the promise."""

    def mark(method: Check) -> Check:
        promise = Promise(" ".join((method.__doc__ or "").split()), where)

        @functools.wraps(method)
        def checked(self: Contract, *given: Any, **named: Any) -> None:
            __tracebackhide__ = True
            try:
                method(self, *given, **named)
            except ContractBroken as broken:
                how, notes, cause = str(broken), _notes(broken), broken.__cause__
            except BaseException as error:  # a plugin may raise anything
                if interrupts(error) or isinstance(error, _OF_PYTEST):
                    raise
                how, notes, cause = f"{type(error).__name__}: {error}", _notes(error), error
            else:
                return
            raise ContractBroken(self.explain(promise, how, notes)) from cause

        checked.__dict__["promise"] = promise
        return checked  # type: ignore[return-value]

    return mark


def break_promise(how: str) -> NoReturn:
    """Fail the check that is running: the product did *how*."""
    __tracebackhide__ = True
    raise ContractBroken(how)


def held(check: Callable[[], Made]) -> Made:
    """What *check*, one of docproc's own of what a plugin gives, returns; fail where it raises."""
    __tracebackhide__ = True
    try:
        return check()
    except PluginError as error:
        raise ContractBroken(str(error).replace(" broke its contract:", ":", 1)) from None


def searching(examples: int) -> settings:
    """How counter-examples are searched for: *examples* of them, the same ones on every run.

    A plugin that passes today passes tomorrow, so nothing is left to chance or kept on disk;
    unless ``DOCPROC_FUZZ`` asks for so many times as many, and other ones each time.
    """
    times = int(os.environ.get("DOCPROC_FUZZ", "0"))
    return settings(
        max_examples=examples * max(1, times),
        derandomize=not times,
        database=None,
        deadline=None,
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
    )


def work_elsewhere(task: Callable[..., Any], *given: Any, **options: Any) -> Any:
    """What *task* returns in another process, as ``run_elsewhere``; the check fails if it does."""
    found = run_elsewhere(task, *given, **options)
    if found.failure:
        break_promise(f"in another process: {found.failure}")
    return found.result


def hold_watched(watched: Watched) -> None:
    """Fail the check for what a product did beside its work while it was *watched*."""
    for seen in watched.seen:
        break_promise(seen)
    if watched.printed:
        break_promise(f"it prints {watched.printed[:60]!r}")


class Contract:
    """The base of the conformance classes.  Inherit from one of those, and give ``plugin``."""

    product: ClassVar[type]
    """The protocol that the product must have."""

    page: ClassVar[str] = "docs/hooks.md"

    hooks: ClassVar[str] = ""
    """The module that offers the plugin, where it cannot be told from the product's own."""

    examples: ClassVar[int] = 40
    """How many counter-examples a property is tried on; a slow plugin may lower it."""

    reads: ClassVar[Sequence[Path]] = ()
    """Files and folders of this machine that the product's settings name: it may read them."""

    linear: ClassVar[bool] = True
    """Whether time is compared for inputs of two sizes; a plugin that cannot grow may say no."""

    _made: ClassVar[dict[str, Any]] = {}

    @pytest.fixture
    def plugin(self) -> Any:
        """The product to check: what the plugin's factory returns.  Override this fixture."""
        pytest.fail(
            f"{type(self).__name__} must override the fixture `plugin` "
            f"with one that returns the product, a {self.product.__name__}"
        )

    def explain(self, promise: Promise, how: str, notes: str) -> str:
        """The message of a failure: what happened, the contract, where it stands."""
        where = promise.where or f"{self.product.__module__}.{self.product.__name__}"
        return (
            f"{how}\n  the contract: {promise.words}\n  written in:   {where} ({self.page})" + notes
        )

    def once(self, name: str, make: Callable[[], Made]) -> Made:
        """What *make* returns, made once a class: for what takes long and never changes."""
        made = vars(type(self)).get("_made", {})
        if name not in made:
            type(self)._made = {**made, name: make()}
        found: Made = vars(type(self))["_made"][name]
        return found

    def try_any(self, look: Callable[..., object], **kinds: SearchStrategy[Any]) -> None:
        """Call *look* with invented values of these *kinds*, in search of a counter-example."""

        @searching(self.examples)
        @given(**kinds)
        def holds(**values: Any) -> None:
            look(**values)

        holds()

    def hold_linear(self, work: Callable[[Any], object], small: Any, large: Any, what: str) -> None:
        """Fail where *work* takes on *large* far longer than ``TIMES`` times as on *small*."""
        if not self.linear:
            pytest.skip("`linear` is False")
        found = growth(lambda: work(small), lambda: work(large))
        if found > AT_MOST:
            break_promise(f"{TIMES} times as much {what} took {found:.0f} times as long")

    def elsewhere(self, plugin: Any, task: Callable[..., Any], *given: Any) -> Any:
        """``work_elsewhere`` with the product, which travels there pickled, before the *given*."""
        return work_elsewhere(task, plugin, *given, named=self.reads)

    @check("")
    def test_it_has_what_its_kind_asks(self, plugin: Any) -> None:
        """The product has all that its protocol names."""
        if lacking := find_lacking(plugin, self.product):
            break_promise(f"{type(plugin).__name__} lacks {', '.join(lacking)}")


def _notes(error: BaseException) -> str:
    """What hypothesis has to say of the counter-example."""
    notes = "\n".join(getattr(error, "__notes__", ()))
    return "\n" + "\n".join(f"  {line}" for line in notes.splitlines()) if notes else ""

"""A record that is set through its slots is what ``dataclass`` makes, but for the time it takes."""

import inspect
from dataclasses import FrozenInstanceError, dataclass, field, replace

import pytest

from docproc.records.slots import set_through_slots


@dataclass(frozen=True, slots=True)
class Leaf:
    """A leaf of a file."""

    number: int
    side: str = "recto"

    def __post_init__(self) -> None:
        if self.number < 1:
            raise ValueError("leaves are counted from 1")


@set_through_slots
@dataclass(frozen=True, slots=True)
class Quick:
    """The same, set through its slots."""

    number: int
    side: str = "recto"

    def __post_init__(self) -> None:
        if self.number < 1:
            raise ValueError("leaves are counted from 1")


def test_it_takes_and_shows_what_the_dataclass_does():
    assert inspect.signature(Quick) == inspect.signature(Leaf)
    assert repr(Quick(3)) == repr(Leaf(3)).replace("Leaf", "Quick")
    assert Quick(3, side="verso") == replace(Quick(3), side="verso") != Quick(3)
    assert hash(Quick(3)) == hash(Quick(3))


def test_it_is_checked_and_frozen():
    with pytest.raises(ValueError, match="counted from 1"):
        Quick(0)
    with pytest.raises(FrozenInstanceError):
        Quick(1).number = 2
    with pytest.raises(TypeError):
        Quick()


def test_a_default_made_anew_for_each_record_is_refused():
    @dataclass(frozen=True, slots=True)
    class Made:
        words: tuple[str, ...] = field(default_factory=tuple)

    with pytest.raises(TypeError, match=r"Made\.words"):
        set_through_slots(Made)

"""Dataclasses whose methods are written later are what the standard library makes of them."""

import copy
import dataclasses
import inspect
import pickle
import re
from dataclasses import FrozenInstanceError, InitVar, field
from pathlib import Path
from typing import ClassVar

import pytest

from docproc import dataclass_on_use

WAYS = [
    {"frozen": True, "slots": True},
    {"frozen": True, "slots": True, "kw_only": True},
    {"frozen": True},
    {"slots": True},
    {"frozen": True, "eq": False},
    {},
]


def made(dataclass, options):
    """A class of every kind of field, as *dataclass* makes it."""

    @dataclass(**options)
    class Letter:
        """A letter."""

        LANGUAGES: ClassVar[list[str]] = ["ru"]
        sender: str
        pages: int = 1
        marks: list[str] = field(default_factory=list)
        weight: float = field(default=2.0, compare=False)
        secret: str = field(default="key", repr=False, kw_only=True)
        number: int = field(default=7, init=False)
        copies: list[int] = field(default_factory=lambda: [1], init=False, hash=False)

        def __post_init__(self):
            if self.pages < 0:
                raise ValueError("no pages")

        @property
        def long(self):
            return self.pages > 1

    return Letter


@pytest.fixture(params=WAYS, ids=str)
def both(request):
    return (
        made(dataclasses.dataclass, request.param),
        made(dataclass_on_use.dataclass, request.param),
    )


def told(call):
    """What *call* gives, or raises, in words that name no object's address."""
    try:
        return repr(call())
    except Exception as error:
        return f"{type(error).__name__}: {error}"


def same_hash(one, other):
    return hash(one) == hash(other)


CALLS = {
    "made": lambda cls: cls(sender="Lenin", pages=2),
    "made in order": lambda cls: cls("Lenin", 3, ["x"]),
    "made too short": lambda cls: cls(),
    "made of what it has not": lambda cls: cls(sender="Lenin", colour="red"),
    "refused by its own check": lambda cls: cls(sender="Lenin", pages=-1),
    "equal": lambda cls: cls(sender="a", weight=1.0) == cls(sender="a", weight=3.0),
    "another": lambda cls: cls(sender="a") == cls(sender="b"),
    "another kind": lambda cls: cls(sender="a") == "a",
    "not equal": lambda cls: cls(sender="a") != cls(sender="b"),
    "hash": lambda cls: isinstance(hash(cls(sender="a", marks=())), int),
    "hash of the same": lambda cls: same_hash(
        cls(sender="a", marks=()), cls(sender="a", marks=(), weight=4.0)
    ),
    "set": lambda cls: setattr(cls(sender="a"), "sender", "b"),
    "set what it has not": lambda cls: setattr(cls(sender="a"), "colour", "b"),
    "deleted": lambda cls: delattr(cls(sender="a"), "sender"),
    "replaced": lambda cls: dataclasses.replace(cls(sender="a"), sender="b", secret="s"),
    "as a dict": lambda cls: dataclasses.asdict(cls(sender="a")),
    "copied": lambda cls: copy.deepcopy(cls(sender="a", marks=["x"])),
    "fields": lambda cls: [
        (f.name, f.type, f.default, f.init, f.kw_only) for f in dataclasses.fields(cls)
    ],
    "parameters": lambda cls: repr(cls.__dataclass_params__),
    "in order": lambda cls: cls.__match_args__,
    "has a dict": lambda cls: hasattr(cls(sender="a"), "__dict__"),
    "own lists": lambda cls: cls(sender="a").marks is cls(sender="a").marks,
    "annotations": lambda cls: (cls(sender="a") and None) or cls.__init__.__annotations__,
}  # fmt: skip


@pytest.mark.parametrize("name", CALLS)
def test_it_does_what_the_standard_library_makes_it_do(both, name):
    reference, later = both
    expected = told(lambda: CALLS[name](reference))
    if "TypeError: super" in expected:  # what Python 3.11 says of a frozen class with slots
        expected = "FrozenInstanceError: cannot assign to field 'colour'"
    assert told(lambda: CALLS[name](later)) == expected


def test_its_signature_can_be_asked_for_before_it_was_ever_made(both):
    reference, later = both
    assert str(inspect.signature(later)) == str(inspect.signature(reference))

    class Other(later):
        def __init__(self, only):
            super().__init__(sender=only)

    assert str(inspect.signature(Other)) == "(only)"
    assert Other("Lenin").sender == "Lenin"


@pytest.mark.parametrize("derived", WAYS[:3], ids=str)
def test_the_standard_library_derives_from_it(derived):
    base = made(dataclass_on_use.dataclass, derived)

    @dataclass_on_use.dataclass(frozen=True, kw_only=True)
    class Sealed(base):
        seal: str = "wax"

    assert Sealed(sender="Lenin").seal == "wax"
    assert next(iter(inspect.signature(Sealed).parameters)) == "sender"
    with pytest.raises(FrozenInstanceError):
        Sealed(sender="Lenin").seal = "lead"


@dataclass_on_use.dataclass(frozen=True, slots=True)
class Packed:
    name: str
    parts: tuple[str, ...] = ()


def test_it_is_packed_for_another_process():
    packed = Packed("a", ("b",))
    assert pickle.loads(pickle.dumps(packed)) == packed


def test_a_method_of_its_own_is_kept():
    @dataclass_on_use.dataclass(frozen=True, slots=True)
    class Named:
        name: str

        def __eq__(self, other):
            return self.name.lower() == other.name.lower()

        def __hash__(self):
            return 1

        def __repr__(self):
            return "it"

    assert (Named("A"), hash(Named("A")), repr(Named("A"))) == (Named("a"), 1, "it")


def test_what_is_made_otherwise_is_left_to_the_standard_library():
    @dataclass_on_use.dataclass(frozen=True, order=True)
    class Place:
        start: int

    @dataclass_on_use.dataclass
    class Opened:
        path: InitVar[str]
        text: str = ""

        def __post_init__(self, path):
            self.text = path

    assert Place(1) < Place(2)
    assert Opened("x").text == "x"


def test_it_matches_by_place_and_holds_itself():
    @dataclass_on_use.dataclass
    class Knot:
        end: object = None

    knot = Knot()
    knot.end = knot
    assert repr(knot).endswith("Knot(end=...)")
    match Knot(3):
        case Knot(end):
            assert end == 3


def test_every_module_of_docproc_uses_it():
    source = Path(dataclass_on_use.__file__).parent
    others = {source / "dataclass_on_use.py", source / "plugins" / "scaffold"}
    eager = re.compile(
        r"^from dataclasses import .*\bdataclass\b|@dataclasses\.dataclass", re.MULTILINE
    )
    for file in source.rglob("*.py"):
        if not others.intersection((file, *file.parents)):
            assert not eager.search(file.read_text("utf-8")), file


def test_a_quick_maker_makes_what_the_class_itself_would():
    @dataclass_on_use.dataclass(frozen=True, slots=True)
    class Place:
        page: int
        line: int = 0

    quick = dataclass_on_use.quick_maker(Place)(3, 4)
    assert type(quick) is Place
    assert quick == Place(3, 4)
    assert hash(quick) == hash(Place(3, 4))
    assert repr(quick) == repr(Place(3, 4))
    assert dataclasses.replace(quick, line=0) == Place(3)
    assert dataclass_on_use.quick_maker(Place)(page=3) == Place(3)
    with pytest.raises(FrozenInstanceError):
        quick.page = 5

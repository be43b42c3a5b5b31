"""Dataclasses whose methods are written when they are first used.

``dataclasses.dataclass`` writes, and has Python compile, six methods of a frozen class while its
module is imported: half a millisecond each time, and a question imports two hundred classes, of
which it makes objects of a fifth.  The ``dataclass`` of this module makes the same class, with
the same fields, and writes each method at its first call, in a twentieth of that time.
"""

from __future__ import annotations

import dataclasses
import inspect
import types
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(cls=None, /, **options):
        """What ``dataclasses.dataclass`` makes of *cls*, sooner.

        A class that derives from a dataclass, that can be ordered, or that has an ``InitVar``, is
        left to that.
        """
        if cls is None:
            return lambda cls: dataclass(cls, **options)
        if not _ALLOWED.issuperset(options) or _is_another_kind(cls):
            return dataclasses.dataclass(cls, **options)
        return _make(cls, **options)


__all__ = ["dataclass", "quick_maker"]

_T = TypeVar("_T")
_ALLOWED = frozenset({"frozen", "slots", "kw_only", "eq"})
_FIELDS = "__dataclass_fields__"


def quick_maker(cls: type[_T], **within: type) -> Callable[..., _T]:
    """A function that makes a *cls*, which is frozen and has slots, in half of its own time.

    It takes what *cls* takes, and checks nothing: it is for those who write many.  For a field
    that *within* names it takes what that class takes, and makes one of these, in its place.
    """
    known: dict[str, Any] = {}
    heads: list[str] = []
    body: list[str] = []

    def make(cls: type, name: str) -> None:
        slots = {"__slots__": vars(cls)["__slots__"]}
        known[f"_{name}_twin_"], known[f"_{name}_cls_"] = type(cls.__name__, (), slots), cls
        made = [f"{name} = _{name}_twin_()"]
        for each in dataclasses.fields(cls):
            if name == "o" and each.name in within:
                make(within[each.name], each.name)
            else:
                fallback = each.default is not dataclasses.MISSING
                heads.append(f"{each.name}=_{name}_{each.name}_" if fallback else each.name)
                known[f"_{name}_{each.name}_"] = each.default
            made.append(f"{name}.{each.name} = {each.name}")
        body.extend([*made, f"{name}.__class__ = _{name}_cls_"])

    make(cls, "o")
    return _compile(cls, "made", ", ".join(heads), [*body, "return o"], known)  # type: ignore[no-any-return]


def _is_another_kind(cls: type) -> bool:
    types_of_fields = inspect.get_annotations(cls).values()
    return any(hasattr(base, _FIELDS) for base in cls.__mro__[1:]) or any(
        "InitVar" in str(each) for each in types_of_fields
    )


def _make(
    cls: type, *, frozen: bool = False, slots: bool = False, kw_only: bool = False, eq: bool = True
) -> Any:
    written = set(vars(cls))
    if not cls.__doc__:  # or dataclasses writes the signature out for it
        cls.__doc__ = f"{cls.__name__}."
    made: Any
    made = dataclasses.dataclass(init=False, repr=False, eq=False, slots=slots, kw_only=kw_only)(
        cls
    )
    facts = made.__dataclass_params__
    facts.init, facts.repr, facts.eq, facts.frozen = True, True, eq, frozen
    methods: dict[str, _Writer] = {"__init__": _write_init, "__repr__": _write_repr}
    if eq:
        methods["__eq__"] = _write_eq
    if eq and "__eq__" in written and made.__dict__.get("__hash__", 0) is None:
        written.discard("__hash__")  # Python's, which follows from what __eq__ is
    if eq and frozen:
        methods["__hash__"] = _write_hash
    for name, write in methods.items():
        if name not in written:
            setattr(made, name, _on_use(made, name, write))
    if eq and not frozen and "__hash__" not in written:
        made.__hash__ = None
    if "__init__" not in written:
        made.__signature__ = _Signature()
    if frozen:
        _freeze(made)
        if slots:
            for name, method in (("__getstate__", _state), ("__setstate__", _set_state)):
                if name not in written:
                    setattr(made, name, method)
    return made


_Writer = Callable[[Any], Callable[..., Any]]


def _on_use(cls: type, name: str, write: _Writer) -> Callable[..., Any]:
    """A method that writes the one to be called *name*, puts it in its place, and calls it."""

    def first(self: Any, *args: Any, **named: Any) -> Any:
        method = write(cls)
        setattr(cls, name, method)
        return method(self, *args, **named)

    first.__name__, first.__qualname__ = name, f"{cls.__qualname__}.{name}"
    first.__module__ = cls.__module__
    first.on_use = True  # type: ignore[attr-defined]
    return first


class _Signature:
    """Has ``inspect.signature`` look at ``__init__``, once that is written."""

    def __get__(self, instance: object, cls: Any) -> Any:
        owner = next(each for each in cls.__mro__ if "__signature__" in vars(each))
        if getattr(vars(owner)["__init__"], "on_use", False):
            owner.__init__ = _write_init(owner)
        raise AttributeError("__signature__")


def _compile(cls: Any, name: str, head: str, body: list[str], known: dict[str, Any]) -> Any:
    lines = "".join(f"\n {line}" for line in body or ["pass"])
    exec(f"def {name}({head}):{lines}", known)  # noqa: S102 - of names of fields, which are names
    method = known[name]
    method.__qualname__, method.__module__ = f"{cls.__qualname__}.{name}", cls.__module__
    return method


def _write_init(cls: Any) -> Callable[..., Any]:
    frozen = cls.__dataclass_params__.frozen
    known: dict[str, Any] = {"_new_": _NEW, "_set_": object.__setattr__}
    heads: dict[bool, list[str]] = {False: [], True: []}
    body = []
    for number, each in enumerate(dataclasses.fields(cls)):
        name, value = each.name, each.name
        default, slot = f"_d{number}_", vars(cls).get(name)
        held = isinstance(slot, types.MemberDescriptorType)
        if each.default_factory is not dataclasses.MISSING:
            known[default] = each.default_factory
            value = f"{default}() if {name} is _new_ else {name}" if each.init else f"{default}()"
            head = f"{name}=_new_"
        elif each.default is not dataclasses.MISSING:
            known[default] = each.default
            value = name if each.init else default
            head = f"{name}={default}"
        else:
            head = name
        if each.init:
            heads[bool(each.kw_only)].append(head)
        elif value == name or (value == default and not held):
            continue  # it is set elsewhere, or a value of the class
        if not frozen:
            body.append(f"self.{name} = {value}")
        elif held:
            known[f"_s{number}_"] = slot.__set__
            body.append(f"_s{number}_(self, {value})")
        else:
            body.append(f"_set_(self, {name!r}, {value})")
    if hasattr(cls, "__post_init__"):
        body.append("self.__post_init__()")
    named = ["*", *heads[True]] if heads[True] else []
    method = _compile(cls, "__init__", ", ".join(["self", *heads[False], *named]), body, known)
    method.__annotations__ = {f.name: f.type for f in dataclasses.fields(cls) if f.init}
    method.__annotations__["return"] = None
    return method  # type: ignore[no-any-return]


class _New:
    def __repr__(self) -> str:
        return "<factory>"


_NEW = _New()


def _write_repr(cls: Any) -> Callable[..., Any]:
    from reprlib import recursive_repr

    shown = ", ".join(f"{f.name}={{self.{f.name}!r}}" for f in dataclasses.fields(cls) if f.repr)
    body = [f'return f"{{self.__class__.__qualname__}}({shown})"']
    return recursive_repr()(_compile(cls, "__repr__", "self", body, {}))


def _write_eq(cls: Any) -> Callable[..., Any]:
    names = [f.name for f in dataclasses.fields(cls) if f.compare]
    body = [
        "if other.__class__ is self.__class__:",
        f"  return {_tuple('self', names)} == {_tuple('other', names)}",
        "return NotImplemented",
    ]
    return _compile(cls, "__eq__", "self, other", body, {})  # type: ignore[no-any-return]


def _write_hash(cls: Any) -> Callable[..., Any]:
    fields = dataclasses.fields(cls)
    names = [f.name for f in fields if (f.compare if f.hash is None else f.hash)]
    body = [f"return hash({_tuple('self', names)})"]
    return _compile(cls, "__hash__", "self", body, {})  # type: ignore[no-any-return]


def _tuple(of: str, names: list[str]) -> str:
    return f"({''.join(f'{of}.{name},' for name in names)})"


def _freeze(made: Any) -> None:
    names = frozenset(getattr(made, _FIELDS))

    def __setattr__(self: Any, name: str, value: object) -> None:  # noqa: N807
        if type(self) is made or name in names:
            raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")
        super(made, self).__setattr__(name, value)

    def __delattr__(self: Any, name: str) -> None:  # noqa: N807
        if type(self) is made or name in names:
            raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")
        super(made, self).__delattr__(name)

    for method in (__setattr__, __delattr__):
        if method.__name__ in vars(made):
            raise TypeError(f"Cannot overwrite attribute {method.__name__} in class {made!r}")
        setattr(made, method.__name__, method)


def _state(self: Any) -> list[Any]:
    return [getattr(self, each.name) for each in dataclasses.fields(self)]


def _set_state(self: Any, state: list[Any]) -> None:
    for each, value in zip(dataclasses.fields(self), state, strict=True):
        object.__setattr__(self, each.name, value)

"""Registrations: what a plugin offers, described so that nothing heavy need be imported."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

from docproc.dataclass_on_use import dataclass
from docproc.records.settings import ENABLED, Limits

SettingValue = str | int | float | bool | list[str] | dict[str, str]


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting of a plugin, read from ``[plugins.NAME]`` in ``config.toml``.

    Its type is the type of ``default``; an integer is accepted where a float is expected.
    A *secret* one (passwords) is kept in no manifest: a hash stands for it there, by which a
    change of it is seen.  One that *sends_to* is an address that the plugin sends texts to:
    nothing is made of the plugin before the user has allowed that host
    (``docproc trust --host``).
    """

    name: str
    default: SettingValue
    help: str
    secret: bool = False
    sends_to: bool = False


@dataclass(frozen=True, slots=True)
class Registration:
    """A named factory.

    ``factory`` is called with the plugin's settings, complete with defaults, and returns
    the product that the stage's protocol describes.  Beside its settings it is given
    ``settings["workspace"]``, the workspace's folder (a ``Path``), to which a path in a setting
    is relative, and ``settings["limits"]`` (``docproc.config.Limits``).  It is a callable, or, so
    that nothing is imported before it is needed, its address ``"package.module:attribute"``.
    ``version`` belongs to the recipe of a generation: what was made by another version is stale.
    Left empty, it is the distribution's version or, for a drop-in, a hash of its source.
    ``libraries`` are the distributions that do its work: their versions belong to the recipe
    as well, and so does that one is not installed.

    ``examples`` gives what the plugin is checked with beside the kit's own, so that nothing stays
    untried; a callable or its address, and called by ``docproc plugins check`` alone: of a parser
    files by name, ``dict[str, bytes]``; of a normalizer or a segmenter documents, or their texts;
    of an embedder texts; of a grammar references, each with its levels,
    ``dict[str, dict[str, str]]``; of a command command lines, ``list[list[str]]``; of a source
    its ``"settings"``, and ``"answers"``, what the network gives: ``dict[str, bytes]`` by address;
    of a rewriter questions, each with a word that it adds, ``dict[str, str]``; of a rule of access
    a row and a day on which it is closed, and of a veto a draft that it objects to, as they come.
    """

    name: str
    factory: Callable[[Mapping[str, Any]], Any] | str
    summary: str = ""
    version: str = ""
    settings: tuple[Setting, ...] = ()
    libraries: tuple[str, ...] = ()
    examples: Callable[[], Any] | str = ""

    def defaults(self) -> dict[str, SettingValue]:
        """The settings as they are where ``config.toml`` says nothing of them."""
        return {setting.name: setting.default for setting in self.settings}

    def complete(self, workspace: Path | None = None) -> dict[str, Any]:
        """The defaults, with all that docproc gives a factory beside: for tests of a plugin."""
        return {"limits": Limits(), "workspace": workspace or Path.cwd(), **self.defaults()}

    def check(self) -> None:
        """Raise ``TypeError`` or ``ValueError`` where a field is not what it must be."""
        if not isinstance(self.name, str) or not self.name or self.name.split() != [self.name]:
            raise ValueError(f"a plugin's name is one word, not {self.name!r}")
        address = isinstance(self.factory, str) and ":" in self.factory
        if not callable(self.factory) and not address:
            raise TypeError(
                f"the factory of {self.name!r} must be a function or 'package.module:attribute', "
                f"not {self.factory!r}"
            )
        for setting in self.settings:
            if not isinstance(setting, Setting):
                raise TypeError(f"the settings of {self.name!r} must be Setting objects")
            if setting.name == ENABLED:
                raise ValueError(
                    f"{ENABLED!r} is a setting of every plugin: give yours another name"
                )
            if not isinstance(setting.default, str | int | float | bool | list | dict):
                kind = type(setting.default).__name__
                raise TypeError(
                    f"the setting {setting.name!r} of {self.name!r} must be text, a number, "
                    f"true or false, or a list or table of texts, not {kind}"
                )

    def make(self, settings: Mapping[str, Any]) -> Any:
        """Import the factory if need be, and call it.  Raises whatever the plugin raises."""
        return _import_named(self.factory)(settings)

    def own_examples(self) -> Any:
        """The plugin's examples, ``None`` where it has none.  Raises whatever it raises."""
        return _import_named(self.examples)() if self.examples else None


def _import_named(named: Callable[..., Any] | str) -> Callable[..., Any]:
    """What is *named* by its address, imported."""
    if not isinstance(named, str):
        return named
    module, _, attribute = named.partition(":")
    found: Callable[..., Any] = getattr(import_module(module), attribute)
    return found

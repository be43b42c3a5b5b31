"""Reading ``config.toml``: every key checked, the file and the line named where one is wrong."""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import Field, fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import msgspec

from docproc.config import ELSEWHERE, REST, Config, Pipeline, Sources
from docproc.config.switched_off import find_unfit, leave_out
from docproc.errors import ConfigError, nearest
from docproc.records.settings import MOST, range_of


def read_config(path: Path) -> Config:
    """Read the file at *path*.  ``ConfigError`` names line or key, and the nearest right name."""
    try:
        text = path.read_text("utf-8-sig")  # Windows begins a text with a mark
    except FileNotFoundError:
        raise ConfigError(f"{path}: there is no such file; `docproc init` writes one") from None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: cannot be read: {error}") from None
    try:
        config = msgspec.convert(_check_keys(tomllib.loads(text)), Config)
        for key, what in _out_of_range(config):
            raise ConfigError(f"{path}{line_of(text, key)}: {key}: {what}")
        config = _write_out(config)
        for key, what in find_unfit(config):
            raise ConfigError(f"{path}{line_of(text, key)}: {key}: {what}")
        return leave_out(config)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path}: not TOML: {error}") from None
    except msgspec.ValidationError as error:
        what, _, where = str(error).partition(" - at `$.")
        key = where.rstrip("`")
        raise ConfigError(f"{path}{line_of(text, key)}: {key}: {what}") from None
    except _UnknownKey as error:
        key, known = error.args
        name = key.rpartition(".")[2]
        raise ConfigError(
            f"{path}{line_of(text, key)}: unknown key {key}{nearest(name, known)}; "
            f"there are: {', '.join(known)}"
        ) from None


class _UnknownKey(Exception):
    """A key that is not in the classes above, and the names that are."""


def _check_keys(tables: dict[str, Any]) -> dict[str, Any]:
    """*tables*, if every key in them is known; those within ``[sources]`` stand by themselves."""
    sections = {f.name: f for f in fields(Config) if f.name != ELSEWHERE}
    if isinstance(sources := tables.get("sources"), dict):
        own = [f.name for f in fields(Sources)]
        named = {k: v for k, v in sources.items() if isinstance(v, dict) and k not in own}
        rest = {k: v for k, v in sources.items() if k not in named}
        return _known_keys({**tables, "sources": rest}, sections) | {ELSEWHERE: named}
    return _known_keys(tables, sections)


def _known_keys(tables: dict[str, Any], sections: dict[str, Field[Any]]) -> dict[str, Any]:
    """*tables*, if each of them is one of *sections*, and every key in them is known."""
    for name, table in tables.items():
        if name not in sections:
            raise _UnknownKey(name, list(sections))
        factory = sections[name].default_factory
        if isinstance(table, dict) and isinstance(factory, type) and factory is not dict:
            known = [f.name for f in fields(factory)]
            for key in table:
                if key not in known:
                    raise _UnknownKey(f"{name}.{key}", known)
    return tables


def _out_of_range(config: Config) -> Iterator[tuple[str, str]]:
    """The keys whose number lies outside its range, each with what it may be."""
    for section in fields(config):
        table = getattr(config, section.name)
        for key in fields(table) if is_dataclass(table) else ():
            least, most = key.metadata.get("least"), key.metadata.get("most")
            value = getattr(table, key.name)
            if least is not None and not least <= value <= (sys.maxsize if most is None else most):
                words = range_of(key) if value < least or most != MOST else f"at most {MOST:,}"
                yield f"{section.name}.{key.name}", f"{value} is out of its range, {words}"


def _write_out(config: Config) -> Config:
    """*config* with the default plugins in place of the ``"..."`` that stands for them."""
    usual, chosen = Pipeline(), config.pipeline
    pipeline = replace(
        chosen,
        parsers=_with_defaults(chosen.parsers, usual.parsers),
        normalizers=_with_defaults(chosen.normalizers, usual.normalizers),
    )
    return replace(config, pipeline=pipeline)


def _with_defaults(names: list[str], defaults: list[str]) -> list[str]:
    """*names*, each once, where ``"..."`` is those of *defaults* that are not named."""
    rest = [name for name in defaults if name not in names]
    return [each for name in names for each in (rest if name == REST else [name])]


def line_of(text: str, key: str) -> str:
    """``", line N"`` for the dotted *key* in a TOML *text*, or ``""`` where it is not plain."""
    section, _, name = re.sub(r"\[.*", "", key).rpartition(".")
    name = name.split("[")[0]
    current = ""
    for number, line in enumerate(text.splitlines(), 1):
        header = re.match(r"\s*\[([^\[\]]+)\]", line)
        if header:
            current = header[1].replace('"', "").replace("'", "").strip()
            if current == key:
                return f", line {number}"
        elif current == section and re.match(rf"\s*[\"']?{re.escape(name)}[\"']?\s*=", line):
            return f", line {number}"
    return ""

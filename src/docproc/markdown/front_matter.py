"""Front matter: where it stands at the head of a file, and the pairs that it holds.

YAML between ``---`` and ``---`` (or ``...``), TOML between ``+++`` and ``+++``.  Every value is
kept as it is printed: ``1928-01-26`` stays those ten characters, and ``no`` is the word.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from docproc.errors import SourceError
from docproc.records import Span
from docproc.text.encoding.damage import replace_surrogates
from docproc.text.patterns import compile_on_use

MOST = 65_536
"""Characters; a longer front matter is refused."""

_OPEN = compile_on_use(r"(?P<fence>---|\+\+\+)[ \t]*(?:\r\n|\r|\n)")
_CLOSE = {
    "---": compile_on_use(r"^(?:---|\.\.\.)[ \t]*$(?:\r\n|\r|\n)?", re.MULTILINE),
    "+++": compile_on_use(r"^\+\+\+[ \t]*$(?:\r\n|\r|\n)?", re.MULTILINE),
}
_BLANK = r"(?:[ \t]*(?:\#[^\r\n]*)?(?:\r\n|\r|\n))*"
_KEY = {
    "---": compile_on_use(rf"""{_BLANK}["']?[^\W\d_][\w -]{{0,40}}["']?[ ]?:(?:\s|$)"""),
    "+++": compile_on_use(rf"""{_BLANK}(?:["']?\w[\w.-]{{0,40}}["']?[ \t]*=|\[)"""),
}
_PLAINLY_META = compile_on_use(rf"{_BLANK}(?:title|date|author|layout|lang|reference)[ ]?[:=]")
_DEEPEST = 8
_TOO_DEEP = f"its front matter is nested more than {_DEEPEST} levels deep"

Pairs = list[tuple[str, list[str]]]
"""Keys with their values; a key inside another is named ``outer.inner``."""


def sniff(head: str) -> bool:
    """Whether *head*, the beginning of a file, opens with a fence and a first key."""
    opening = _OPEN.match(head)
    return bool(opening and _KEY[opening["fence"]].match(head, opening.end()))


def read(text: str) -> tuple[Span, Pairs] | None:
    """The front matter of *text*: the span of it, fences and all, and its pairs.

    ``None`` where there is none: a rule at the head of a page is no fence unless a key
    follows it.  Raises ``SourceError``, naming line and cause, where it cannot be read.
    """
    opening = _OPEN.match(text)
    if opening is None:
        return None
    fence, start = opening["fence"], opening.end()
    # Lines may end in a bare carriage return, which `$` and `^` do not know.
    inside = text[start : start + MOST + 8].replace("\r\n", " \n").replace("\r", "\n")
    closing = _CLOSE[fence].search(inside)
    if not _KEY[fence].match(inside):
        return None
    if closing is None:
        if len(inside) > MOST and _CLOSE[fence].search(text, start):
            raise SourceError(f"its front matter is longer than {MOST:,} characters")
        if _PLAINLY_META.match(inside):
            raise SourceError(
                f"its front matter opens with {fence} on line 1 and is not closed; "
                f"a line {fence} must end it"
            )
        return None
    end = start + closing.end()
    # `\r\n` became ` \n`: as long, but a fence at the very end of the window may be cut.
    content = inside[: closing.start()]
    pairs = _yaml(content) if fence == "---" else _toml(content)
    # A quoted value may hold `\ud83d\ude00`: one character, written as JSON writes it.
    whole = [(replace_surrogates(key), [*map(replace_surrogates, values)]) for key, values in pairs]
    return Span(0, min(end, len(text))), whole


def _yaml(content: str) -> Pairs:
    import yaml

    try:
        if "\t" not in content:  # the C part reads a tab where the other refuses it
            with suppress(yaml.YAMLError, AttributeError):  # or is not there, or cannot read it
                return _pairs(content, yaml.CBaseLoader)
        return _pairs(content, yaml.BaseLoader)  # it tells errors in its own words
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f", line {mark.line + 2}" if mark else ""
        raise SourceError(
            f"its front matter is not YAML{where}: {error.problem or error.context}; "
            "a value with a colon or a bracket needs quotes around it"
        ) from None
    except yaml.YAMLError as error:
        raise SourceError(f"its front matter is not YAML: {str(error).splitlines()[0]}") from None


def _pairs(content: str, loader: Any) -> Pairs:
    import yaml

    _check(content, loader)
    root = yaml.compose(content, Loader=loader)
    if not isinstance(root, yaml.MappingNode):
        raise SourceError("its front matter is YAML, but not keys with values")
    return list(_flat_yaml(root, ""))


def _check(content: str, loader: Any) -> None:
    """Refuse aliases, which can multiply without end, and depth, before anything is built."""
    import yaml

    depth = 0
    for event in yaml.parse(content, Loader=loader):
        if isinstance(event, yaml.AliasEvent):
            line = event.start_mark.line + 2
            raise SourceError(f"its front matter has an alias (*{event.anchor}) in line {line}")
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            raise SourceError(_TOO_DEEP)


def _flat_yaml(node: Any, name: str) -> Iterator[tuple[str, list[str]]]:
    """The pairs of a mapping; lists in lists and the like are flattened."""
    for key, value in node.value:
        label = f"{name}.{key.value}" if name else str(key.value)
        if value.id == "mapping":
            yield from _flat_yaml(value, label)
        else:
            yield label, list(_scalars_yaml(value))


def _scalars_yaml(node: Any) -> Iterator[str]:
    if node.id == "scalar":
        if node.value.strip() and not (not node.style and node.value in ("null", "~")):
            yield node.value.strip()
    elif node.id == "sequence":
        for inner in node.value:
            yield from _scalars_yaml(inner)
    else:
        for key, inner in node.value:
            values = "; ".join(_scalars_yaml(inner))
            yield f"{key.value}: {values}"


def _toml(content: str) -> Pairs:
    try:
        return list(_flat_toml(tomllib.loads(content, parse_float=str), ""))
    except tomllib.TOMLDecodeError as error:
        message = re.sub(
            r"\(at line (\d+), column \d+\)", lambda m: f"(line {int(m[1]) + 1})", str(error)
        )
        raise SourceError(f"its front matter is not TOML: {message}") from None
    except RecursionError:
        raise SourceError(_TOO_DEEP) from None


def _flat_toml(table: dict[str, Any], name: str) -> Iterator[tuple[str, list[str]]]:
    for key, value in table.items():
        label = f"{name}.{key}" if name else key
        if isinstance(value, dict):
            yield from _flat_toml(value, label)
        else:
            yield label, list(_scalars_toml(value))


def _scalars_toml(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for inner in value:
            yield from _scalars_toml(inner)
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield f"{key}: {'; '.join(_scalars_toml(inner))}"
    else:
        printed = str(value).lower() if isinstance(value, bool) else str(value)
        if printed.strip():
            yield printed.strip()

"""The page of the hooks: what a plugin can offer, from the specifications and the protocols."""

from __future__ import annotations

import ast
import dataclasses
import importlib
import inspect
import itertools
import textwrap
from collections.abc import Callable

from testing_page import flow

from docproc import records
from docproc.hooks import (
    API_VERSION,
    STAGES,
    access,
    extensions,
    fetching,
    indexes,
    knowledge,
    protocols,
    ranking,
    vector_rows,
    writing,
)
from docproc.hooks.specs import Specs

_GIVEN = (
    extensions.DocumentParsed,
    extensions.PassagesMade,
    extensions.SourceFailed,
    extensions.GenerationPublished,
    extensions.GenerationDrafted,
    extensions.Holdings,
    extensions.QuestionAnswered,
    extensions.Candidate,
    writing.NumberedSentence,
    writing.Written,
    fetching.Item,
    fetching.Withdrawn,
    fetching.Reached,
    fetching.Whole,
    fetching.Fetched,
    knowledge.Knowledge,
    records.Archive,
    access.Closure,
    ranking.Rewriting,
    ranking.Expansion,
)
_OPTIONAL = (
    protocols.DrawsPages,
    protocols.DrawsMembers,
    protocols.ReadsBeside,
    protocols.DrawsImages,
    protocols.TakesPasswords,
    protocols.ReadsReferences,
    protocols.EncodesShards,
    protocols.ExportsQueryEncoder,
    protocols.LearnsFromTexts,
    protocols.QueryEncoder,
    vector_rows.ScopedVectorIndexer,
    vector_rows.KeepsElsewhere,
    vector_rows.ScopedVectorIndex,
    vector_rows.RowScope,
    vector_rows.RowFilter,
    vector_rows.Condition,
    vector_rows.VectorReader,
    vector_rows.VectorStream,
    indexes.ExtendsVectorIndex,
    indexes.ExtendsTextIndex,
    ranking.PreparesReranker,
)
_RECORDS = (
    records.SourceFile,
    records.Span,
    records.Document,
    records.Metadata,
    records.Origin,
    records.Mention,
    records.StatedDate,
    records.Collection,
    records.Block,
    records.Page,
    records.Witness,
    records.Person,
    records.ArchivalReference,
    records.Passage,
    records.Alignment,
    records.Edit,
    records.Child,
    records.Unread,
    records.Citation,
    records.Answer,
    records.Searched,
    records.WrittenAnswer,
    records.WrittenSentence,
    records.PlacedQuotation,
)
_HELPERS = (
    "docproc.config",
    "docproc.formats.libraries",
    "docproc.formats.xml",
    "docproc.hooks.endpoints",
    "docproc.testing.samples",
)


def hooks() -> str:
    """The hooks and the contracts of their products."""
    parts = [
        "# Hooks\n",
        f"Version {API_VERSION} of the hook specifications. A plugin is a module with functions "
        "marked `@hookimpl`; each returns `Registration` objects. See `docproc.hooks`.\n",
    ]
    for stage in STAGES:
        spec = getattr(Specs, stage.hook)
        parts += [
            f"## `{stage.hook}`: {stage.name}\n",
            f"{inspect.getdoc(spec)}\n",
            f"Product: `{stage.product.__name__}`. {inspect.getdoc(stage.product)}\n",
        ]
        for name, member in vars(stage.product).items():
            if inspect.isfunction(member) and not name.startswith("_"):
                signature = _signature(member)
                parts.append(f"- `{name}{signature}`: {flow(inspect.getdoc(member))}")
        for name in stage.product.__annotations__:
            parts.append(f"- `{name}: {stage.product.__annotations__[name]}`")
        if stage.reserved:
            parts.append(f"\nTaken already: {', '.join(sorted(stage.reserved))}.")
        parts.append("")
    parts.append(
        "## What a product can do besides\n\nEach is optional: docproc asks whether the product "
        "has the methods. The first line says which kind of plugin it is for.\n"
    )
    for kind in _OPTIONAL:
        parts.append(f"### `{kind.__name__}`\n\n{inspect.getdoc(kind)}\n")
        for name, member in vars(kind).items():
            if inspect.isfunction(member) and not name.startswith("_"):
                parts.append(f"- `{name}{_signature(member)}`: {flow(inspect.getdoc(member))}")
        parts.append("")
    parts.append(f"`ImageBeside`: {_words_below('ImageBeside', protocols)}\n")
    parts.append("## The records of a document\n")
    for kind in _RECORDS:
        own = dict(_fields_in_words(kind))
        parts.append(f"### `{kind.__name__}`\n\n{_doc(kind)}\n")
        for each in dataclasses.fields(kind):
            words = f": {own[each.name]}" if each.name in own else ""
            default = "" if each.default is dataclasses.MISSING else f" = {_default(each.default)}"
            parts.append(f"- `{each.name}: {each.type}{default}`{words}")
        parts.append("")
    parts += helpers()
    parts.append("## Other records that products are given, or give back\n")
    for kind in (*_GIVEN, indexes.TextEntry, indexes.VectorHits, indexes.TextHits):
        fields = ", ".join(f"`{f.name}: {f.type}`" for f in dataclasses.fields(kind))
        parts.append(f"- `{kind.__name__}` ({fields}): {flow(inspect.getdoc(kind))}")
    parts.append("\n## What commands are given\n")
    for kind in (extensions.LibraryAccess, extensions.Conversation, fetching.Visit):
        parts.append(f"### `{kind.__name__}`\n\n{inspect.getdoc(kind)}\n")
        for name, member in vars(kind).items():
            if isinstance(member, property):
                returned = inspect.get_annotations(member.fget)["return"]
                parts.append(f"- `{name}: {returned}`: {flow(inspect.getdoc(member))}")
            elif inspect.isfunction(member) and not name.startswith("_"):
                signature = _signature(member)
                parts.append(f"- `{name}{signature}`: {flow(inspect.getdoc(member))}")
        parts.append("")
    return "\n".join(parts) + "\n"


def helpers() -> list[str]:
    """What plugins may import besides: limits, the reader of XML, optional libraries, samples."""
    parts = [
        "## What helps authors\n\nPublic as everything here is ([The public API](public-api.md)). "
        "Import nothing else of docproc: it may change without notice.\n"
    ]
    for name in _HELPERS:
        module = importlib.import_module(name)
        said = flow((inspect.getdoc(module) or "").partition("\n\n")[0])
        parts.append(f"### `{name}`\n\n{said}\n")
        for member in module.__all__:
            made = inspect.unwrap(getattr(module, member))
            if dataclasses.is_dataclass(made):
                parts.append(f"- `{member}`: {_doc(made)}")
                for each in dataclasses.fields(made):
                    said = each.metadata.get("help", "")
                    parts.append(f"  - `{each.name}: {each.type}`{f': {said}' if said else ''}")
            elif inspect.isfunction(made):
                parts.append(f"- `{member}{_signature(made)}`: {flow(inspect.getdoc(made))}")
            else:
                parts.append(f"- `{member}`: {_told_beside(member, module)}")
        parts.append("")
    return parts


def _told_beside(name: str, module: object) -> str:
    """What stands in words below the constant *name*; else what it is."""
    lines = ast.parse(inspect.getsource(module)).body  # type: ignore[arg-type]
    return dict(_told(lines)).get(name) or f"`{type(getattr(module, name)).__name__}`"


def _doc(kind: type) -> str:
    return (inspect.getdoc(kind) or "").replace("``", "`")


def _default(value: object) -> str:
    return (
        repr(value) if isinstance(value, str | int | tuple | None) else f"{type(value).__name__}()"
    )


def _fields_in_words(kind: type) -> list[tuple[str, str]]:
    """The fields of a record that have words of their own below them, with these."""
    (node,) = ast.parse(textwrap.dedent(inspect.getsource(kind))).body
    assert isinstance(node, ast.ClassDef)
    return _told(node.body)


def _words_below(name: str, module: object) -> str:
    return dict(_told(ast.parse(inspect.getsource(module)).body))[name].replace("``", "`")  # type: ignore[arg-type]


def _told(body: list[ast.stmt]) -> list[tuple[str, str]]:
    """Names in *body* that a text stands below, with the text."""
    found = []
    for each, after in itertools.pairwise(body):
        words = after.value.value if _is_text(after) else ""  # type: ignore[attr-defined]
        target = each.targets[0] if isinstance(each, ast.Assign) else getattr(each, "target", None)
        if isinstance(target, ast.Name) and words:
            found.append((target.id, flow(words).replace("``", "`")))
    return found


def _is_text(node: ast.stmt) -> bool:
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )


def _signature(member: Callable[..., object]) -> str:
    return str(inspect.signature(member)).replace("''", '""').replace("'", "")

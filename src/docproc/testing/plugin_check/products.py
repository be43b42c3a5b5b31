"""What a plugin is checked with beside the kit's own samples: a function for each fixture."""

from __future__ import annotations

import tempfile
from collections import UserDict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Any

from docproc.errors import DocprocError, SourceError
from docproc.formats.sniffing import head_of
from docproc.hooks.protocols import ExportsQueryEncoder, Parser
from docproc.hooks.registration import SettingValue
from docproc.hooks.specs import EMBED, Stage
from docproc.pipeline.reading.read import load
from docproc.pipeline.scan import scan
from docproc.plugins.selection.selection import PluginSelection
from docproc.testing import samples as invented
from docproc.workspace import Workspace

_SAMPLES = 6
_LARGEST_SAMPLE = 100_000
_LOOKED_AT = 2000


def examples(plugins: PluginSelection, stage: Stage[Any], name: str) -> Any:
    """The plugin's own examples; ``None`` where it ships none."""
    return plugins.offer(stage, name).registration.own_examples()


def samples(
    plugins: PluginSelection, stage: Stage[Any], name: str, plugin: Any
) -> dict[str, bytes]:
    """Files for a parser: the kit's that it takes, its own, and some of the workspace."""
    own = examples(plugins, stage, name) or {}
    return {**invented.samples_for(plugin), **own, **samples_in(plugins.workspace, plugin)}


def documents(plugins: PluginSelection, stage: Stage[Any], name: str, _: Any) -> Sequence[Any]:
    """Documents for a normalizer or a segmenter: the kit's, and its own; texts become documents."""
    own = examples(plugins, stage, name) or ()
    return [
        *invented.documents(),
        *(invented.document(each) if isinstance(each, str) else each for each in own),
    ]


def texts(plugins: PluginSelection, stage: Stage[Any], name: str, _: Any) -> Sequence[str]:
    """Texts for an embedder: its own, or the kit's."""
    return list(examples(plugins, stage, name) or [text for _, text in invented.PASSAGES])


def by_example(plugins: PluginSelection, stage: Stage[Any], name: str, _: Any) -> dict[str, Any]:
    """Its own examples, each with what is to be made of it: references, questions to rewrite."""
    return dict(examples(plugins, stage, name) or {})


def arguments(
    plugins: PluginSelection, stage: Stage[Any], name: str, _: Any
) -> Sequence[Sequence[str]]:
    """Command lines for a command: its own."""
    return list(examples(plugins, stage, name) or ())


def as_it_comes(plugins: PluginSelection, stage: Stage[Any], name: str, _: Any) -> Any:
    """Its own examples, where it is set as it comes: another setting may make them right."""
    registration = plugins.offer(stage, name).registration
    if plugins.settings(registration) != registration.defaults():
        return None
    return examples(plugins, stage, name)


def source(plugins: PluginSelection, stage: Stage[Any], name: str) -> Any:
    """The source, made with the settings of its examples; nobody is asked for leave, or at all."""
    registration = plugins.offer(stage, name).registration
    given = (examples(plugins, stage, name) or {}).get("settings", {})
    return registration.make({**registration.complete(plugins.workspace.root), **given})


def answers(plugins: PluginSelection, stage: Stage[Any], name: str, _: Any) -> Mapping[str, bytes]:
    """What the network gives a source: its own examples' answers."""
    return dict((examples(plugins, stage, name) or {}).get("answers", {}))


def files(plugins: PluginSelection, stage: Stage[Any], name: str, _: Any) -> Sequence[Path]:
    """What a source reads on this machine: the paths among the settings of its examples."""
    given = (examples(plugins, stage, name) or {}).get("settings", {}).values()
    return [Path(each) for each in given if isinstance(each, str) and Path(each).is_absolute()]


def paths_in_settings(plugins: PluginSelection, stage: Stage[Any], name: str) -> Sequence[Path]:
    """What the plugin's settings name of this machine, and it may read: not what the workspace
    lies in, which would be everything.
    """
    root = plugins.workspace.root.resolve()
    found = []
    for each in plugins.settings(plugins.offer(stage, name).registration).values():
        if isinstance(each, str) and each:
            with suppress(OSError, ValueError, RuntimeError):  # a text that is no path
                path = (root / Path(each).expanduser()).resolve()
                if path.exists() and path not in (root, *root.parents):
                    found.append(path)
    return found


def ignored(plugins: PluginSelection, stage: Stage[Any], name: str, _: Any) -> Sequence[str]:
    """The settings that the rewriter *name* declares and never looks at, made and at work."""
    registration = plugins.offer(stage, name).registration
    settings = _Looked(registration.complete(plugins.workspace.root))
    settings.update(plugins.settings(registration))
    made = registration.make(settings)
    for question in (examples(plugins, stage, name) or {}, "Who asked for rifles?"):
        for each in [question] if isinstance(question, str) else question:
            made.rewrite(each)
    return [each.name for each in registration.settings if each.name not in settings.looked_at]


class _Looked(UserDict[str, Any]):
    """Settings that know which of them were looked at."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        super().__init__(values)
        self.looked_at: set[str] = set()

    def __getitem__(self, key: str) -> Any:
        self.looked_at.add(key)
        return super().__getitem__(key)

    def __iter__(self) -> Iterator[str]:
        self.looked_at |= set(self.data)
        return super().__iter__()


def embedder(plugins: PluginSelection, stage: Stage[Any], name: str, plugin: Any) -> Any:
    """The embedder, of the same module, that leaves what the query encoder *name* opens."""
    del plugin
    origin = plugins.offer(stage, name).origin
    for offer in plugins.registry.offers:
        if offer.stage != EMBED or offer.origin != origin:
            continue
        with suppress(Exception):  # one whose model is not here leaves nothing
            made = plugins.make_again(EMBED, offer.name)
            if isinstance(made, ExportsQueryEncoder):
                with tempfile.TemporaryDirectory() as folder:
                    if made.export_query_encoder(Path(folder)) == name:
                        return made
    return None


def variants(plugins: PluginSelection, stage: Stage[Any], name: str, plugin: Any) -> dict[str, Any]:
    """The embedder with another value of each setting, where one can be told that it takes."""
    del plugin
    found = {}
    for setting in plugins.offer(stage, name).registration.settings:
        now = plugins.settings(plugins.offer(stage, name).registration)[setting.name]
        for other in _others(now):
            with suppress(Exception):  # it does not take that value
                found[setting.name] = plugins.make_again(stage, name, **{setting.name: other})
                break
    return found


def samples_in(workspace: Workspace, parser: Parser) -> dict[str, bytes]:
    """A few small sources of *workspace* that *parser* takes, by name: it is checked with them."""
    found: dict[str, bytes] = {}
    with suppress(DocprocError):
        for each in islice(scan(workspace), _LOOKED_AT):
            if len(found) == _SAMPLES:
                break
            if each.obstacle is None and 0 < each.size <= _LARGEST_SAMPLE:
                try:
                    source, data = load(each)
                except SourceError:
                    continue
                if parser.confidence(source, head_of(data)) > 0:
                    found[source.path] = data
    return found


def _others(value: SettingValue) -> Iterator[SettingValue]:
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, int):
        yield from (value * 2, value + 1, value // 2)
    elif isinstance(value, float):
        yield from (value * 2, value / 2)

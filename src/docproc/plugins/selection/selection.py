"""The plugins of one workspace: what is on offer, what the configuration chooses, what is made."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from functools import cached_property
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeVar

from docproc.config.reading import line_of
from docproc.config.switched_off import find_switched_off
from docproc.dataclass_on_use import dataclass
from docproc.errors import ConfigError, DocprocError, PluginError, UsageError, interrupts, nearest
from docproc.hooks.fetching import Source
from docproc.hooks.protocols import ReadsReferences
from docproc.hooks.registration import Registration, SettingValue
from docproc.hooks.specs import (
    EMBED,
    ENCODE_QUERY,
    KNOW,
    NORMALIZE,
    OBSERVE,
    PARSE,
    REFERENCE,
    RERANK,
    SEGMENT,
    SOURCE,
    STAGES,
    TEXT_INDEX,
    VECTOR_INDEX,
    Stage,
)
from docproc.plugins.guards.guarded_extensions import GuardedGrammar
from docproc.plugins.loading.drop_ins import DropIns, read_drop_ins
from docproc.plugins.loading.origins import PluginSource
from docproc.plugins.loading.trust import find_refusal, plugins_shut_out
from docproc.plugins.registry import Offer, Registry, Unavailable, load
from docproc.plugins.selection.missing_plugins import (
    PublishedPlugin,
    find_published,
    query_encoder_in_use,
)
from docproc.plugins.selection.refused_hosts import find_refused
from docproc.plugins.selection.type_checks import find_lacking, find_mistyped
from docproc.records.settings import ENABLED
from docproc.references import GRAMMARS
from docproc.references.dates.languages import LANGUAGES
from docproc.store.manifest import PluginUse, Recipe
from docproc.text.calls import trace_call
from docproc.text.knowledge import find_knowledge_error, learn
from docproc.text.output import aside
from docproc.workspace import Workspace
from docproc.workspace.elsewhere import Elsewhere

if TYPE_CHECKING:
    from docproc.pipeline.monitoring.observers import Observers

T = TypeVar("T")

BUILT_INS = ("docproc.stages",)
"""Named as strings, so that nothing is imported before it is needed."""


@dataclass
class PluginSelection:
    """The plugins of one workspace, found once and made when they are needed."""

    workspace: Workspace
    device: str = ""
    """Where to embed, whatever the settings say; it decides no vector."""
    probing: bool = False
    """Whether each plugin is imported in another process first, in case it crashes."""
    _made: dict[tuple[Stage[Any], str], Any] = field(default_factory=dict, repr=False)
    _gone: list[PublishedPlugin] = field(default_factory=list, repr=False)
    """What ``config.toml`` has settings of, and is on offer no more."""
    _numbers: dict[int, int] = field(default_factory=dict, repr=False)

    @cached_property
    def registry(self) -> Registry:
        """Everything on offer to this workspace, with its configuration checked against it.

        Raises ``ConfigError`` for a ``[plugins.NAME]`` that names no plugin or no setting; one of
        a plugin that the published generation was made with, and that is gone, is let be here.
        """
        off = find_switched_off(self.workspace.config)
        registry = self.offer_unchecked()
        self._numbers = {id(s.origin): n for n, s in enumerate(registry.sources)}
        for name in {**self.workspace.config.plugins, **dict.fromkeys(off)}:
            if not registry.knows(name) and not [f for f in registry.faults if not f.wanted]:
                if gone := find_published(self.workspace, name):
                    self._gone += gone
                    continue
                if name not in self.workspace.config.plugins:
                    raise UsageError(f"--without {name}: no plugin has that name")
                known = {offer.name for offer in registry.offers}
                raise self._wrong(
                    f"plugins.{name}", f"no plugin has that name{nearest(name, known)}"
                )
        return registry

    def offer_unchecked(self) -> Registry:
        """Everything on offer; the configuration is not compared with it, nothing is imported."""
        return load(
            BUILT_INS, self._drop_ins, self._withheld, find_switched_off(self.workspace.config)
        )

    def _withheld(self, source: PluginSource) -> str | None:
        """Why a source must not be imported: the user wants none, or does not trust it yet."""
        if source.origin.kind == "built-in":
            return None
        if plugins_shut_out():
            return "left out, as --no-plugins says"
        if source.origin.kind == "drop-in" and self._refusal:
            return self._refusal
        return self._crashes.get(self._numbers[id(source.origin)]) if self.probing else None

    @cached_property
    def _crashes(self) -> dict[int, str]:
        """What importing a source does to a process, by the number of the source."""
        from docproc.plugins.selection.crash_probe import find_crashes

        return find_crashes(self.workspace.root, len(self._numbers))

    @cached_property
    def _drop_ins(self) -> DropIns:
        return read_drop_ins(self.workspace.plugins)

    @cached_property
    def _refusal(self) -> str | None:
        return find_refusal(self.workspace.root, self._drop_ins)

    def for_workspace(self, workspace: Workspace) -> PluginSelection:
        """The same plugins over *workspace*, which may choose another embedder."""
        made = {key: product for key, product in self._made.items() if key[0] != EMBED}
        other = PluginSelection(workspace, self.device, _made=made, _gone=self._gone)
        other.registry = self.registry
        return other

    def in_use(self) -> dict[Stage[Any], tuple[str, ...]]:
        """The plugin names that the configuration chooses, by kind, in order.

        Grammars of references that come with docproc are read without being chosen, and a query
        encoder is opened where the published generation has one.
        """
        used = {stage: self._names_chosen(stage) for stage in STAGES if stage.key}
        used |= {REFERENCE: tuple(dict.fromkeys((*used[REFERENCE], *GRAMMARS)))}
        used |= {KNOW: tuple(dict.fromkeys((*used[KNOW], *LANGUAGES)))}
        opener = query_encoder_in_use(self.workspace)
        tables = self.workspace.config.elsewhere.values()
        used[SOURCE] = tuple(dict.fromkeys(str(table.get("uses")) for table in tables))
        return used | ({ENCODE_QUERY: (opener,)} if opener else {})

    def _names_chosen(self, stage: Stage[Any]) -> tuple[str, ...]:
        """What the key of *stage* in ``config.toml`` names."""
        value = attrgetter(stage.key)(self.workspace.config)
        return tuple(filter(None, [value])) if isinstance(value, str) else tuple(value)

    def offer(self, stage: Stage[Any], name: str) -> Offer:
        """The offer called *name*; raises ``PluginError`` naming the key that asked for it."""
        try:
            return self.registry.offer(stage, name)
        except PluginError as error:
            said = f"{self.workspace.config_file}: {error}"
            for gone in find_published(self.workspace, name):
                if gone.stage == stage:
                    said += (
                        f"\n  generation {gone.generation} was made with {gone}, which is gone: "
                        f"{gone.back}, or let config.toml name another one and run `docproc index`"
                    )
            raise type(error)(said) from None

    def settings(
        self, registration: Registration, table: str = "", beside: Mapping[str, Any] | None = None
    ) -> dict[str, SettingValue]:
        """The plugin's settings, complete with defaults.  Raises ``ConfigError``.

        They are those of ``[plugins.NAME]``; those *beside* them, of the *table* called so, win.
        """
        found = self._give(registration, f"plugins.{registration.name}", None)
        return found | self._give(registration, table, beside) if beside else found

    def _give(
        self, registration: Registration, table: str, given: Mapping[str, Any] | None
    ) -> dict[str, SettingValue]:
        """What *table* says: of ``[plugins.NAME]`` with the defaults, else what is *given* only."""
        whole = given is None
        given = self.workspace.config.plugins.get(registration.name, {}) if given is None else given
        declared = {setting.name: setting for setting in registration.settings}
        for key, value in given.items():
            if key == ENABLED:
                continue
            where = f"{table}.{key}"
            if key not in declared and key not in self._settings_beside(registration.name):
                raise self._wrong(
                    where,
                    f"the plugin has no such setting{nearest(key, declared)}; "
                    f"it has: {', '.join(declared) or 'none'}",
                )
            if key not in declared:
                continue
            if mistyped := find_mistyped(value, declared[key].default):
                raise self._wrong(where, mistyped)
        return {
            name: given.get(name, setting.default)
            for name, setting in declared.items()
            if whole or name in given
        }

    def _settings_beside(self, name: str) -> set[str]:
        """The settings of every plugin called *name*: an embedder and its opener share a table."""
        offers = self.registry.offers_called(name)
        return {setting.name for offer in offers for setting in offer.registration.settings}

    def make(self, stage: Stage[T], name: str) -> T:
        """The product called *name*, made once.  Raises ``PluginError``."""
        if (stage, name) not in self._made:
            self._made[stage, name] = self.make_again(stage, name)
        made: T = self._made[stage, name]
        return made

    def source(self, elsewhere: Elsewhere) -> tuple[Source, dict[str, SettingValue]]:
        """The source of a table ``[sources.NAME]``, and its settings.  Raises as ``make`` does."""
        offer = self.offer(SOURCE, elsewhere.uses)
        settings = self.settings(
            offer.registration, f"sources.{elsewhere.name}", elsewhere.settings
        )
        return self.make_again(SOURCE, elsewhere.uses, **settings), settings

    def make_again(self, stage: Stage[T], name: str, **other: SettingValue) -> T:
        """The product of *name*, made once more with *other* settings.  Raises as ``make`` does."""
        offer = self.offer(stage, name)
        contract = stage.product
        settings: dict[str, Any] = {**self.settings(offer.registration), **other}
        settings.setdefault("limits", self.workspace.config.limits)
        settings.setdefault("workspace", self.workspace.root)
        if stage == EMBED and self.device and "device" in settings:
            settings["device"] = self.device
        for key, what in find_refused(offer, settings, self.workspace.root, lambda: self._drop_ins):
            raise self._wrong(key, what)
        try:
            with aside():
                who = f"{offer.origin}: the {stage} plugin {name!r}"
                product = trace_call(who, "make", lambda: offer.registration.make(settings))
        except DocprocError:
            raise
        except BaseException as error:  # a plugin may do anything, even sys.exit()
            if interrupts(error):
                raise
            raise PluginError(
                f"{offer.origin}: the {stage} plugin {name!r} could not be made: "
                f"{type(error).__name__}: {error}"
            ) from error
        if lacking := find_lacking(product, contract):
            raise PluginError(
                f"{offer.origin}: what the {stage} plugin {name!r} makes is no "
                f"{contract.__name__}: it lacks {', '.join(lacking)}"
            )
        if stage != REFERENCE and isinstance(product, ReadsReferences):
            product = product.with_grammars(self.grammars)
        made: T = product
        return made

    def is_own_parser(self, name: str) -> bool:
        """Whether the parser called *name* comes with docproc."""
        return self.offer(PARSE, name).origin.kind == "built-in"

    def module_of(self, stage: Stage[Any], name: str) -> str:
        """The name of the module that offers the plugin called *name*."""
        return self.offer(stage, name).module

    @cached_property
    def grammars(self) -> tuple[GuardedGrammar, ...]:
        """The grammars of references that the configuration adds, in order, each guarded."""
        return tuple(
            GuardedGrammar(
                f"{self.offer(REFERENCE, name).origin}: the reference plugin {name!r}",
                self.make(REFERENCE, name),
                name,
            )
            for name in self.workspace.config.pipeline.references
            if name not in GRAMMARS  # those are read anyway
        )

    def learn(self) -> None:
        """Let what the configuration adds to docproc's knowledge be known in this process."""
        known = []
        for name in self.workspace.config.pipeline.knowledge:
            if name in LANGUAGES:  # that is known anyway
                continue
            known.append(self.make(KNOW, name))
            if wrong := find_knowledge_error(known[-1]):
                who = f"{self.offer(KNOW, name).origin}: the knowledge {name!r}"
                raise PluginError(f"{who} broke its contract: {wrong}")
        learn(known)

    def make_optional(
        self, stage: Stage[T], names: Sequence[str], say: Callable[[str], None]
    ) -> list[tuple[str, str, T]]:
        """The products called *names*, which docproc can do without: each with name and origin.

        One that cannot be loaded or made is told to *say* and left out.  Raises ``PluginError``
        for a name that nobody offers, since that is a mistake in ``config.toml``.
        """
        found = []
        for name in names:
            try:
                offer = self.offer(stage, name)
            except Unavailable as error:
                say(f"left out: {error}")
                continue
            try:
                found.append((name, str(offer.origin), self.make(stage, name)))
            except PluginError as error:
                say(f"left out: {error}")
        return found

    def observers(self, say: Callable[[str], None]) -> Observers:
        """The observers that the configuration chooses; *say* is told of one that fails."""
        from docproc.pipeline.monitoring.observers import Observers

        names = self.workspace.config.pipeline.observers
        return Observers(
            lambda: [
                (f"{origin}: the observer {name!r}", product)
                for name, origin, product in self.make_optional(OBSERVE, names, say)
            ],
            say,
        )

    def use(self, stage: Stage[Any], name: str) -> PluginUse:
        """Name, version, origin and settings of a plugin: what makes its products stale."""
        offer = self.offer(stage, name)
        settings = self.settings(offer.registration)
        for setting in offer.registration.settings:
            if setting.secret and settings[setting.name] != setting.default:
                given = json.dumps(settings[setting.name]).encode()
                settings[setting.name] = f"sha256:{hashlib.sha256(given).hexdigest()}"
        return PluginUse(name, offer.version, str(offer.origin), settings)

    def recipe(self) -> Recipe:
        """The whole of what the configuration chooses.  Raises ``PluginError``, ``ConfigError``."""
        pipeline, _ = self.workspace.config.pipeline, self.registry
        for gone in self._gone:
            raise PluginError(
                f"{self.workspace.config_file}: [plugins.{gone.use.name}] is of {gone}, which is "
                f"gone; generation {gone.generation} was made with it: {gone.back}, or take that "
                "table out"
            )
        return Recipe(
            parsers=tuple(self.use(PARSE, name) for name in pipeline.parsers),
            normalizers=tuple(self.use(NORMALIZE, name) for name in pipeline.normalizers),
            segmenter=self.use(SEGMENT, pipeline.segmenter),
            embedder=self.use(EMBED, pipeline.embedder),
            vector_index=self.use(VECTOR_INDEX, pipeline.vector_index),
            text_index=self.use(TEXT_INDEX, pipeline.text_index),
            references=tuple(self.use(REFERENCE, name) for name in pipeline.references),
            knowledge=tuple(self.use(KNOW, name) for name in pipeline.knowledge),
            reranker=self.use(RERANK, pipeline.reranker) if pipeline.reranker else None,
        )

    def _wrong(self, key: str, what: str) -> ConfigError:
        path = self.workspace.config_file
        return ConfigError(f"{path}{line_of(path.read_text('utf-8'), key)}: {key}: {what}")

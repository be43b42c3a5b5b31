"""What plugins add beyond the stages, put together: styles, formats, signals, observers."""

from __future__ import annotations

import sys
from functools import cached_property
from typing import TYPE_CHECKING, Any

from docproc.config.switched_off import find_switched_off
from docproc.errors import PluginError
from docproc.hooks.extensions import QuestionAnswered
from docproc.hooks.markers import CHAT_COMMANDS
from docproc.hooks.specs import CHAT_COMMAND, CITE, COMMAND, OUTPUT_FORMAT, REWRITE, SIGNAL, Stage
from docproc.plugins.guards.guarded_extensions import GuardedFormat, GuardedStyle, text_of
from docproc.plugins.loading.drop_ins import drop_in_paths
from docproc.plugins.loading.trust import find_foreign_drop_ins, is_trusted, plugins_shut_out
from docproc.plugins.registry import Unavailable
from docproc.plugins.selection.selection import PluginSelection

if TYPE_CHECKING:
    from docproc.hooks import CitationStyle, QueryRewriter
    from docproc.hooks.extensions import ChatCommand, Command, Conversation
    from docproc.pipeline.monitoring.observers import Observers
    from docproc.plugins.loading.declared_commands import Declared
    from docproc.plugins.registry import Offer
    from docproc.records import Answer
    from docproc.retrieval.search.signals import PluggedSignal


class Extensions:
    """Citation styles, output formats, commands and signals of the selected plugins."""

    def __init__(self, plugins: PluginSelection) -> None:
        self.plugins = plugins

    def citation_style(self, name: str) -> CitationStyle:
        """The citation style called *name*, of docproc's or a plugin's.  Raises ``UsageError``."""
        from docproc.citing import CSL, built_in_style, unknown

        if name.startswith(CSL):
            return built_in_style(name)
        offer = self._find_offer(CITE, name)
        if offer is None:
            raise unknown(name, self.plugins.registry.names(CITE))
        return GuardedStyle(
            f"{offer.origin}: the citation style {name!r}", self.plugins.make(CITE, name)
        )

    def output_format(self, name: str) -> CitationStyle | GuardedFormat:
        """The citation style or output format called *name*.  Raises ``UsageError``."""
        from docproc.citing import CSL, unknown

        kinds = (CITE, OUTPUT_FORMAT)
        offer = None if name.startswith(CSL) else self.plugins.registry.first(name, kinds)
        if name.startswith(CSL) or (offer and offer.stage == CITE):
            return self.citation_style(name)
        offer = offer or self._find_offer(OUTPUT_FORMAT, name)
        if offer is None:
            known = self.plugins.registry.names(CITE) + self.plugins.registry.names(OUTPUT_FORMAT)
            raise unknown(name, known)
        where = f"{offer.origin}: the output format {name!r}"
        return GuardedFormat(where, self.plugins.make(OUTPUT_FORMAT, name))

    def command(self, name: str) -> tuple[Command, str]:
        """The command of a plugin, and how it is reported.  Raises ``PluginError``."""
        where = f"{self.plugins.registry.offer('command', name).origin}: the command {name!r}"
        command: Command = self.plugins.make(COMMAND, name)
        return command, where

    def chat_commands(self) -> list[Declared]:
        """The slash commands of plugins that may run, by name; imports none."""
        found = self._declarations("docproc_chat_commands")
        return [found[name] for name in sorted(found.keys() - CHAT_COMMANDS)]

    def declared_styles(self) -> list[str]:
        """The names of the styles of plugins that may run, as their source says; imports none."""
        from docproc.citing import STYLES

        return sorted(self._declarations("docproc_citation_styles").keys() - set(STYLES))

    def _declarations(self, hook: str) -> dict[str, Declared]:
        """What the source of plugins that may run declares for *hook*, by name."""
        from docproc.plugins.loading.declared_commands import find_declared

        if plugins_shut_out():
            return {}
        root = self.plugins.workspace.root
        allowed = is_trusted(root) or not find_foreign_drop_ins(root)
        drop_ins = list(drop_in_paths(self.plugins.workspace.plugins)) if allowed else []
        found = {each.name: each for each in reversed(find_declared(hook, drop_ins))}
        off = find_switched_off(self.plugins.workspace.config)
        return {n: each for n, each in found.items() if not off.intersection((n, each.file))}

    def run_chat_command(self, name: str, argument: str, conversation: Conversation) -> str:
        """What the slash command of a plugin says.  Raises ``PluginError`` where it fails."""
        where = f"{self.plugins.registry.offer('chat command', name).origin}: the command /{name}"
        command: ChatCommand = self.plugins.make(CHAT_COMMAND, name)
        return text_of(where, lambda: command.run(argument, conversation))

    def _find_offer(self, stage: Stage[Any], name: str) -> Offer | None:
        """The offer of that name; ``None`` where nobody, and nothing broken, is called so."""
        registry = self.plugins.registry
        try:
            return registry.offer(stage, name)
        except Unavailable:
            if any(
                self.plugins.registry.may_be(name, fault) for fault in self.plugins.registry.faults
            ):
                raise
        except PluginError:
            pass
        return None

    def signals(self) -> list[PluggedSignal]:
        """The signals that the configuration chooses, in order."""
        from docproc.retrieval.search.signals import PluggedSignal

        names = self.plugins.workspace.config.ask.signals
        return [
            PluggedSignal(self.plugins.use(SIGNAL, name), product)
            for name, _, product in self.plugins.make_optional(SIGNAL, names, self.warn)
        ]

    def rewriters(self) -> list[QueryRewriter]:
        """The configured rewriters of questions, in order, guarded.  Raises ``PluginError``."""
        from docproc.plugins.guards.guarded_ranking import guard_rewriter

        plugins = self.plugins
        return [
            guard_rewriter(plugins.offer(REWRITE, name), plugins.make(REWRITE, name))
            for name in plugins.workspace.config.ask.rewriters
        ]

    def report_answer(self, answer: Answer, seconds: float) -> None:
        """Tell the observers of *answer*, which took so many *seconds*."""
        self._observing.tell(QuestionAnswered(answer=answer, seconds=seconds))

    @cached_property
    def _observing(self) -> Observers:
        return self.plugins.observers(self.warn)

    def warn(self, line: str) -> None:
        """Say on standard error what a plugin did that costs only itself."""
        print(f"docproc: {line}", file=sys.stderr)

"""The pluggy markers, the version of the hook specifications, and the names that are taken."""

from __future__ import annotations

from typing import Final

import pluggy

PROJECT = "docproc"

API_VERSION = 1
"""Raised when a hook or a protocol gains something that a plugin can rely on.

A plugin module may say which it needs: ``DOCPROC_API_VERSION = 1``.
"""

OLDEST_API_VERSION = 1
"""Plugins written for this version still work: raised only when one could not bear a change."""


class ApiDeprecation(DeprecationWarning):
    """A name or an argument of docproc's that a later release will no longer have."""


hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)

# names that docproc has taken itself, so that no plugin can: tests hold them to what there is
# fmt: off
COMMANDS: Final = frozenset((
    "init", "fetch", "index", "reembed", "ask", "chat", "read", "show", "check", "cite",
    "documents", "mcp", "mentions", "doctor", "timeline", "correspondents",
    "verify", "withdraw", "eval", "status", "trust", "schedule", "generations", "plugins",
))
CHAT_COMMANDS: Final = frozenset((
    "help", "open", "cite", "more", "scope", "forget", "why", "check", "save", "history",
    "mentions", "quit", "write",
))
# fmt: on

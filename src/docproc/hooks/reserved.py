"""Names that docproc has taken itself, so that no plugin can: tests hold them to what there is."""

from __future__ import annotations

from typing import Final

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

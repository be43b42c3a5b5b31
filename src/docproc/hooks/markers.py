"""The pluggy markers, and the version of the hook specifications."""

from __future__ import annotations

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

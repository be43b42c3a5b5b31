"""The pluggy markers, and the version of the hook specifications."""

from __future__ import annotations

import pluggy

PROJECT = "docproc"

API_VERSION = 1
"""Raised when a hook or a protocol changes in a way that an old plugin could not bear."""

hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)

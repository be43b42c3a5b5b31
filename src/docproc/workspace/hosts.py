"""The hosts that the user lets a workspace send texts to: asked once, kept by user.

A plugin that sends what is in the documents, or what is asked, to another program says so of the
setting that holds its address (``Setting.sends_to``).  Nothing is sent before the user has allowed
that host for that workspace: neither what a workspace's ``config.toml`` says, nor that its plugins
are trusted, is enough.  The record is ``hosts.json`` in the user's folder for state.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urlsplit

from docproc.errors import ConfigError
from docproc.workspace.user_folders import user_state, write_user_file


def host_of(address: str) -> str:
    """The host that *address* names, with its port where it has one: ``"api.example.org:8443"``.

    Raises ``ValueError`` where it is not an http or https address, or has a password in it.
    """
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(f"{address!r} is not an http or https address")
    if parts.username is not None or parts.password is not None:
        raise ValueError("an address must not hold a name or a password")
    name = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"{name}:{parts.port}" if parts.port else name


def allowed_hosts(root: Path) -> frozenset[str]:
    """The hosts that the user has allowed for the workspace at *root*."""
    return frozenset(_read_known().get(str(root.resolve()), ()))


def allow_hosts(root: Path, hosts: Iterable[str]) -> None:
    """Remember that *hosts* may be sent to from the workspace at *root*.

    Raises ``ConfigError`` where it cannot be kept.
    """
    known = _read_known()
    place = str(root.resolve())
    known[place] = sorted({*known.get(place, ()), *hosts})
    _write(known)


def forget_hosts(root: Path) -> tuple[str, ...]:
    """Forget the hosts of the workspace at *root*; those that there were."""
    known = _read_known()
    gone = tuple(known.pop(str(root.resolve()), ()))
    if gone:
        _write(known)
    return gone


def _record() -> Path:
    return user_state() / "hosts.json"


def _read_known() -> dict[str, list[str]]:
    """What was allowed, by workspace; what cannot be read allows nothing."""
    try:
        found = json.loads(_record().read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {
        str(root): [host for host in hosts if isinstance(host, str)]
        for root, hosts in found.items()
        if isinstance(hosts, list)
    }


def _write(known: dict[str, list[str]]) -> None:
    path = _record()
    try:
        write_user_file(path, json.dumps(known, indent=1, sort_keys=True))
    except OSError as error:
        raise ConfigError(f"{path}: cannot be written: {error}") from None

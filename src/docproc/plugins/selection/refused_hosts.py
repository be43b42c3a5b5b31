"""What a plugin would ask of the network that the workspace does not allow."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from docproc.hooks.specs import SOURCE
from docproc.plugins.loading.drop_ins import DropIns
from docproc.plugins.loading.trust import is_trusted
from docproc.plugins.registry import Offer
from docproc.workspace.allowed import clone_of_docproc
from docproc.workspace.hosts import allowed_hosts, host_of

DOWNLOAD = "download"
"""The setting by which a plugin may ask the network for a model."""


def find_refused(
    offer: Offer, settings: Mapping[str, Any], root: Path, drop_ins: Callable[[], DropIns]
) -> Iterator[tuple[str, str]]:
    """The keys whose *settings* the workspace at *root* may not have, each with the reason.

    A workspace from elsewhere may not have a model fetched, and none may send to, or fetch from,
    a host that is not allowed.
    """
    table = f"plugins.{offer.registration.name}"
    if settings.get(DOWNLOAD) and root != clone_of_docproc() and not is_trusted(root, drop_ins()):
        yield (
            f"{table}.{DOWNLOAD}",
            "to fetch a model counts only in a workspace that you have allowed, and nothing "
            f"was asked of the network; to allow it: docproc trust {root}",
        )
    for setting in offer.registration.settings:
        address = settings.get(setting.name)
        if not setting.sends_to or not address:
            continue
        where = f"{table}.{setting.name}"
        try:
            host = host_of(str(address))
        except ValueError as error:
            yield where, str(error)
            continue
        if host not in allowed_hosts(root):
            what = f"texts of this workspace would be sent to {host}, and nothing was sent"
            if offer.stage == SOURCE:
                what = f"files would be fetched from {host}, and nothing was asked"
            yield where, f"{what}; to allow it: docproc trust --host {host} {root}"

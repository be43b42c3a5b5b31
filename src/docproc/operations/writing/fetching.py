"""``docproc fetch``: what the sources of ``config.toml`` hold, brought into the workspace."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from docproc.errors import ConfigError, SourceError, TryLater
from docproc.fetching.fetch import Fetch, FetchReport
from docproc.fetching.web import Web
from docproc.hooks.specs import SOURCE
from docproc.plugins.guards.guarded_extensions import guard_plugin
from docproc.plugins.loading.trust import is_trusted
from docproc.store.files.durable import make_folder, writing
from docproc.store.files.mirror import Mirror
from docproc.store.layout import Layout
from docproc.store.runs.lock import WriterLock
from docproc.workspace.allowed import clone_of_docproc
from docproc.workspace.elsewhere import Elsewhere, choose_elsewhere
from docproc.workspace.hosts import allowed_hosts

if TYPE_CHECKING:
    from docproc.operations.application import Application

LOCK = "fetching"
"""The folder below ``embeddings/`` whose lock keeps two fetches apart."""


def fetch(
    application: Application,
    names: Sequence[str] = (),
    *,
    wait: float = 0,
    say: Callable[[str], None] = lambda _: None,
    restart: bool = False,
) -> tuple[list[FetchReport], SourceError | TryLater | None]:
    """Visit the sources called *names*, or all; what came of each, and what stopped one.

    One that is stopped keeps the others from nothing.  Raises ``ConfigError`` for a workspace
    from elsewhere that is not trusted, ``UsageError`` for an unknown name, and ``PluginError``.
    With *restart* a visit that was stopped begins at the beginning.
    """
    workspace = application.workspace
    sources = choose_elsewhere(workspace, list(names))
    if not sources:
        raise ConfigError(
            f"{workspace.config_file}: there is nothing to fetch: no table [sources.NAME] names a "
            "source (docs/sources.md)"
        )
    root = workspace.root
    if root != clone_of_docproc() and not is_trusted(root):
        raise ConfigError(
            f"{root}: this workspace comes from elsewhere, so nothing is fetched until you allow "
            f"it: docproc trust {root}"
        )
    reports, stopped = [], None
    with WriterLock(Layout(workspace.embeddings / LOCK), wait):
        for each in sources:
            visit = _fetch_of(application, each, say, restart=restart)
            reports.append(visit.report)
            try:
                visit.run()
            except (SourceError, TryLater) as error:
                stopped = stopped or type(error)(f"{each.name}: {error}")
    return reports, stopped


def _fetch_of(
    application: Application, elsewhere: Elsewhere, say: Callable[[str], None], *, restart: bool
) -> Fetch:
    workspace, plugins = application.workspace, application.plugins
    offer = plugins.offer(SOURCE, elsewhere.uses)
    source, settings = plugins.source(elsewhere)
    who = f"{offer.origin}: the source {elsewhere.uses!r}"
    folder = elsewhere.path(workspace)
    with writing(folder):
        make_folder(folder)
    most = int(workspace.config.sources.max_megabytes * 1_000_000)
    within = elsewhere.within(workspace)

    def asks(step: Callable[[], Any]) -> Any:
        return guard_plugin(who, step)

    asked = json.dumps([elsewhere.uses, settings], sort_keys=True, default=str)
    return Fetch(
        source=source,
        who=who,
        asks=asks,
        mirror=Mirror(folder, elsewhere.name),
        web=Web(
            allowed_hosts(workspace.root),
            contact=" ".join(elsewhere.contact.split()),
            pause=elsewhere.pause,
            most_bytes=most,
            seconds=max(elsewhere.seconds, 1.0),
            say=say,
        ),
        asked=hashlib.sha256(asked.encode()).hexdigest()[:32],
        within=within,
        report=FetchReport(elsewhere.name, elsewhere.uses, within),
        most_bytes=most,
        most_in_all=int(elsewhere.max_megabytes * 1_000_000),
        say=say,
        restart=restart,
    )

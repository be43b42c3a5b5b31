"""What no reader is shown: documents that are withdrawn, or closed by a rule of access."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from docproc.errors import PluginError
from docproc.hooks.access import Closure
from docproc.hooks.specs import ACCESS
from docproc.plugins.guards.guarded_extensions import guard_plugin
from docproc.store.hidden import Hidden, Withdrawals
from docproc.text.words import count_phrase

if TYPE_CHECKING:
    from docproc.plugins.selection.selection import PluginSelection
    from docproc.records import DocumentRow
    from docproc.store.catalog import Catalog


def find_hidden(
    catalog: Catalog, plugins: PluginSelection, withdrawals: Withdrawals, today: Callable[[], date]
) -> Hidden:
    """What of *catalog* no reader is shown; raises ``PluginError`` where a rule fails."""
    hidden = Hidden.withdrawn(withdrawals.read())
    names = plugins.workspace.config.access.rules
    if not names:
        return hidden
    day = today()
    rows = [row for row in catalog.documents() if not hidden.has(row.id, row.source, row.member)]
    closed: dict[str, Closure] = {}
    for name in names:
        closed = _find_closed(plugins, name, rows, day) | closed
    shut = [row for row in rows if row.id in closed]
    return hidden.join(
        Hidden(
            frozenset(row.id for row in shut),
            frozenset((row.source, row.member) for row in shut),
            tuple(_say_closed(closed)),
        )
    )


def _find_closed(
    plugins: PluginSelection, name: str, rows: Sequence[DocumentRow], day: date
) -> dict[str, Closure]:
    """What the rule called *name* closes, by the ids of the documents."""
    who = f"{plugins.offer(ACCESS, name).origin}: the rule of access {name!r}"
    rule = plugins.make(ACCESS, name)
    found = guard_plugin(who, lambda: [rule.closed(row, day) for row in rows])
    closed = {}
    for row, closure in zip(rows, found, strict=True):
        if closure is None:
            continue
        closed[row.id] = check_closure(who, closure)
    return closed


def check_closure(who: str, closure: object) -> Closure:
    """*closure*, if it is one, with words and a day.  Raises ``PluginError``."""
    if not isinstance(closure, Closure):
        raise PluginError(f"{who} broke its contract: {closure!r:.80} is no Closure")
    if not isinstance(closure.why, str) or not closure.why.strip():
        raise PluginError(f"{who} broke its contract: {closure.why!r:.80} does not say why")
    until = closure.until
    if until is not None and (not isinstance(until, date) or isinstance(until, datetime)):
        raise PluginError(f"{who} broke its contract: {until!r:.80} is no day")
    return closure


def _say_closed(closed: Mapping[str, Closure]) -> list[str]:
    """``3 documents are withheld by embargo until 2031-05-03``, a line a reason."""
    reasons: dict[str, list[date | None]] = {}
    for closure in closed.values():
        reasons.setdefault(" ".join(closure.why.split()), []).append(closure.until)
    return [_line(why, days) for why, days in reasons.items()]


def _line(why: str, days: Sequence[date | None]) -> str:
    known = sorted(day for day in days if day is not None)
    said = f"{count_phrase(len(days), 'document')} {'is' if len(days) == 1 else 'are'} withheld"
    said += f" by {why}"
    if not known:
        return said
    first, last = known[0], known[-1]
    if first == last:
        said += f" until {first.isoformat()}"
    elif first.year == last.year:
        said += f" until {first.year}"
    else:
        said += f" until {first.year} to {last.year}"
    without = len(days) - len(known)
    return f"{said}, {without:,} of them until further notice" if without else said

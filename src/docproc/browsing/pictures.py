"""Pictures of a timeline and of a network of correspondents, by matplotlib, where it is there.

A file is written whole or not at all, and is the same for the same documents: no date, no
random names stand in it.
"""

from __future__ import annotations

import html
import io
import re
import textwrap
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docproc.browsing.correspondence import Correspondence
from docproc.browsing.timeline import Timeline
from docproc.errors import UsageError
from docproc.store.files.outputs import Outputs, Write

if TYPE_CHECKING:
    from matplotlib.figure import Figure

EXTRA = "pip install 'docproc[plots]'"
SUFFIXES = (".svg", ".html", ".png", ".pdf")
MOST_PEOPLE = 40
"""How many correspondents a network shows: of more, no name could be read."""
_plainly: Write = Outputs().write
_INK, _PALE = "#3b5b7a", "#9fb4c7"


def check_picture(path: Path) -> None:
    """Raise ``UsageError`` for a file that no picture can be written to, or without the extra."""
    if path.suffix.lower() not in SUFFIXES:
        raise UsageError(f"{path}: a picture is a file of {', '.join(SUFFIXES)}")
    if not path.absolute().parent.is_dir():
        raise UsageError(f"{path}: there is no such folder")
    try:
        import matplotlib  # noqa: F401
        import networkx  # noqa: F401
    except ImportError:
        raise UsageError(f"a picture needs matplotlib and networkx: {EXTRA}") from None


def draw_timeline(found: Timeline, path: Path, title: str, write: Write = _plainly) -> None:
    """Write the bars of *found* to *path*, by *write*."""
    from matplotlib.ticker import MaxNLocator

    figure = _figure(10, 4)
    axes = figure.add_subplot()
    at = range(len(found.periods))
    axes.bar(at, [period.documents for period in found.periods], color=_INK, width=0.85)
    step = max(1, -(-len(found.periods) // 16))
    axes.set_xticks(
        list(at)[::step],
        [period.label for period in found.periods][::step],
        rotation=45,
        ha="right",
        fontsize=8,
    )
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    axes.set_ylabel("documents")
    axes.spines[["top", "right"]].set_visible(False)
    axes.set_title(title, loc="left", fontsize=10, parse_math=False)
    _write(figure, path, title, write)


def draw_network(
    found: Sequence[Correspondence], path: Path, title: str, write: Write = _plainly
) -> int:
    """Write the network of *found* to *path*, by *write*; return how many names it leaves out.

    An arrow goes from who wrote to whom, the wider the oftener; a name is the larger the more
    its owner wrote and received.
    """
    import networkx as nx
    from matplotlib.patheffects import withStroke

    whole: Any = nx.DiGraph()
    for each in found:
        whole.add_edge(each.sender, each.recipient, documents=each.documents)
    weight = dict(whole.degree(weight="documents"))
    shown = sorted(weight, key=lambda name: (-weight[name], name))[:MOST_PEOPLE]
    graph = whole.subgraph(shown)
    figure = _figure(10, 8)
    axes = figure.add_subplot()
    # the order of a subgraph's nodes is a set's: laid out in ours, the picture is the same
    ordered: Any = nx.DiGraph()
    ordered.add_nodes_from(shown)
    ordered.add_edges_from(sorted(graph.edges(data=True), key=lambda edge: edge[:2]))
    places = nx.spring_layout(ordered, weight=None, k=2.2 / max(1, len(shown)) ** 0.5, seed=7)
    most = max(weight.values(), default=1)
    widest = max((data["documents"] for *_, data in ordered.edges(data=True)), default=1)
    nx.draw_networkx_nodes(
        ordered, places, ax=axes, node_color=_INK,
        node_size=[30 + 500 * weight[name] / most for name in ordered],
    )  # fmt: skip
    nx.draw_networkx_edges(
        ordered, places, ax=axes, edge_color=_PALE, arrowsize=8, connectionstyle="arc3,rad=0.08",
        width=[0.6 + 3.4 * data["documents"] / widest for *_, data in ordered.edges(data=True)],
    )  # fmt: skip
    for name, (x, y) in places.items():
        size = 6 + 5 * weight[name] / most
        label = axes.annotate(
            textwrap.fill(name, 26), (x, y), (0, 7),
            textcoords="offset points", ha="center", fontsize=size,
            path_effects=[withStroke(linewidth=2.5, foreground="white")],
        )  # fmt: skip
        label.set_parse_math(False)
    axes.set_axis_off()
    axes.margins(0.12)
    axes.set_title(title, loc="left", fontsize=10, parse_math=False)
    _write(figure, path, title, write)
    return len(weight) - len(shown)


def _figure(width: float, height: float) -> Figure:
    import matplotlib as mpl
    from matplotlib.figure import Figure

    mpl.rcParams["svg.hashsalt"] = "docproc"
    mpl.rcParams["svg.fonttype"] = "path"
    return Figure(figsize=(width, height), layout="constrained")


def _write(figure: Figure, path: Path, title: str, write: Write) -> None:
    suffix = path.suffix.lower()
    page = suffix == ".html"
    kind = "svg" if page else suffix[1:]
    undated = {"svg": {"Date": None}, "pdf": {"CreationDate": None}}
    held = io.BytesIO()
    figure.savefig(held, format=kind, dpi=150, metadata=undated.get(kind))
    data = held.getvalue()
    if page:
        drawing = re.sub(r"\A.*?(?=<svg)", "", data.decode(), flags=re.DOTALL)
        head = f'<meta charset="utf-8">\n<title>{html.escape(title)}</title>'
        data = f"<!doctype html>\n{head}\n{drawing}".encode()
    write(path, data)

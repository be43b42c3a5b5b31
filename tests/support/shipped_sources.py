"""The plugins of sources that come with docproc, each in a workspace that fetches from it."""

from pathlib import Path

from docproc.operations.writing.fetching import fetch
from docproc.plugins.registry import load

PLUGINS = Path(__file__).parents[2] / "plugins"
REGISTRY = load(drop_ins=PLUGINS)


def made(name, **settings):
    registration = REGISTRY.offer("source", name).registration
    given = (registration.own_examples() or {}).get("settings", {})
    return registration.make({**registration.complete(), **given, **settings})


def shipped(name):
    return REGISTRY.offer("source", name).registration.own_examples()["answers"]


def use(space, name, table, parsers=()):
    space.drop_in(PLUGINS / f"{name}.py")
    space.configure({"parsers": ["...", *parsers]})
    with (space.root / "config.toml").open("a", encoding="utf-8") as file:
        file.write(f"\n[sources.there]\npause = 0\n{table}\n")


def run(space):
    (report,), stopped = fetch(space.application())
    return report, stopped

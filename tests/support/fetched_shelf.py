"""A source of three pages, its workspace, and what a fetch leaves there."""

from docproc.operations.writing.fetching import fetch

PLUGIN = """
from docproc.hooks import Item, Reached, Registration, Setting, Whole, Withdrawn, hookimpl
from docproc.records import Unread


class Shelf:
    def __init__(self, url):
        self.url = url

    def items(self, visit):
        page = visit.cursor or "0"
        while page:
            listed = visit.get(f"{self.url}/list/{page}").data.decode().split("\\n")
            for line in listed:
                if line.startswith("gone "):
                    yield Withdrawn(key=line.split()[1], why="pulped")
                elif line.startswith("lost "):
                    yield Unread(line.split()[1], "it was mislaid")
                elif line.startswith("next "):
                    page = line.split()[1]
                    yield Reached(page)
                    break
                elif line:
                    key, name, version, *about = line.split("|")
                    address = f"{self.url}/item/{key}"
                    yield Item(
                        key=key, name=name, version=version, address=address,
                        content=lambda at=address: visit.get(at).data,
                        about=tuple(tuple(each.split("=", 1)) for each in about),
                    )
            else:
                page = ""
        yield Whole()


@hookimpl
def docproc_sources():
    return [
        Registration(
            "shelf", lambda s: Shelf(s["url"]),
            settings=(Setting("url", "", "Where.", sends_to=True),),
        )
    ]
"""
FIRST = (
    b"a|1921/a.txt|1|sender=A. Lind|recipient=The Harbour Office|date=2 November 1921\nb|b.txt|1"
)
LETTER = b"The boats at the quay of Sloka lie idle since Easter, and nobody mends them.\n"
OTHER = b"Forty barrels of tar were sent to the yard at Memel.\n"


def name(served, more="pause = 0"):
    table = f'\n[sources.shelf]\nuses = "shelf"\nurl = "{served.url()}"\n{more}\n'
    served.space.configure()
    with (served.space.root / "config.toml").open("a", encoding="utf-8") as file:
        file.write(table)


def run(served, *names, **options):
    return fetch(served.space.application(), names, **options)


def mirrored(served):
    folder = served.space.root / "seeds" / "shelf"
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith(".")
    }

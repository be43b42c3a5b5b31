"""Letters in which each thing has three names, and only a re-ranker that knows them brings them
together: every sentence of a paragraph has another one, and the place that others have as well.
"""

import random

import word_bag as bag

from docproc.operations.reading.reading_room import open_reading_room

KINDS = 48
ONE = [f"{head}{tail}" for head in "bdfgklmn" for tail in ("arrow", "ellow", "illet", "ostrel",
       "umber", "endle")]  # fmt: skip
OTHER = [f"{head}{tail}" for head in ("st", "tr", "pl", "cr", "gr", "sw", "th", "ch") for tail in
         ("axion", "opkin", "ubber", "ivven", "eldar", "unkle")]  # fmt: skip
THIRD = [f"{name}sk" for name in reversed(ONE)]
PLACES = ["Sloka", "Riga", "Libau", "Mitau", "Dorpat", "Reval", "Narva", "Pskov", "Windau"]
DEEDS = ["was carried", "was counted", "was promised", "was refused", "was weighed", "was stored"]

RERANKER = """
from docproc.hooks import Registration, Setting, hookimpl
from docproc.operations.reading.reading_room import open_reading_room

SAME = {same!r}
NAMES = {{name: group for group in SAME for name in group}}


class Knows:
    def __init__(self, scale):
        self.scale = scale
        self.fingerprint = f"knows-1-{{scale}}"

    def rerank(self, question, passages):
        asked = [w.strip(".,?!").casefold() for w in question.split()]
        known = {{name for word in asked for name in NAMES.get(word, ())}}
        found = [
            self.scale * len(known.intersection(w.strip(".") for w in p.body.casefold().split()))
            for p in passages
        ]
        return found  # ranked


@hookimpl
def docproc_rerankers():
    return [
        Registration(
            "knows",
            lambda settings: Knows(settings["scale"]),
            settings=(Setting("scale", 7.0, "Of what scale its numbers are."),),
        )
    ]
"""


def paragraph(number):
    """A paragraph about thing *number*: each sentence has another name for it."""
    chance = random.Random(number)
    place = PLACES[number % len(PLACES)]
    names = (ONE[number], OTHER[number], THIRD[number])
    return " ".join(
        f"The {name} {chance.choice(DEEDS)} at {place} by the garrison." for name in names
    )


def write_plugin(root, code=""):
    text = code or RERANKER.format(same=list(zip(ONE, OTHER, THIRD, strict=True)))
    (root / "plugins" / "knows.py").write_text(text, "utf-8")
    bag.trust(root, own=True)
    return text


def configure(root, line):
    """Put *line* under ``[pipeline]``, in place of what an earlier call put there."""
    config = root / "config.toml"
    kept = [
        each for each in config.read_text("utf-8").splitlines() if not each.startswith("reranker")
    ]
    at = kept.index("[pipeline]") + 1
    config.write_text("\n".join([*kept[:at], *filter(None, [line]), *kept[at:]]) + "\n", "utf-8")


def workspace(root):
    """Not indexed; the re-ranker is there, and config.toml does not name it."""
    bag.make_workspace(root)
    for path in (root / "seeds").iterdir():
        path.unlink()
    for number in range(KINDS):
        bag.write_letter(root, f"letter{number:02}", "Anna Orlova", paragraph(number))
    write_plugin(root)
    return root


def ranks(root, questions):
    """Of each of *questions*, by the number of the letter that answers, the reciprocal rank."""
    room = open_reading_room(bag.application(root))
    found = []
    for number, question in questions.items():
        paths = [c.source.path for c in room.answering.search(question, limit=48)]
        where = f"seeds/letter{number:02}.txt"
        found.append(1 / (paths.index(where) + 1) if where in paths else 0.0)
    return found

"""What became of somebody: "What happened to Thomas then?", "Was geschah dann mit ihm?"."""

from __future__ import annotations

import re
from typing import Final

from docproc.dataclass_on_use import dataclass
from docproc.text.patterns import compile_on_use

_WHO: Final = r"(?P<who>\w[^?!]*?)"
_HAPPENED: Final = tuple(
    compile_on_use(rf"\W*(?:(?:and|but|und|aber|et|mais|а|и|но|y|pero|e|ma)(?!\w))?\s*(?:{words})\W*",
                   re.IGNORECASE)
    for words in (
        rf"what (?:happened|was done|became|has become) (?:then |next |later |afterwards )?"
        rf"(?:to|with|of) {_WHO}(?P<then> (?:then|next|later|afterwards?|after that|in the end))?",
        rf"what (?:did|does) {_WHO} do (?P<then>then|next|afterwards|after that)",
        rf"was (?:geschah|passierte|ist|wurde) (?P<then>dann |danach |später |weiter )?"
        rf"(?:mit|aus) {_WHO}(?: (?:geschehen|passiert|geworden))?",
        rf"was (?:tat|machte|macht) {_WHO} (?P<then>dann|danach|später)",
        rf"что (?:стало|случилось|произошло|было) (?P<then>потом |дальше |затем )?со? {_WHO}"
        rf"(?P<later> (?:потом|дальше|затем|позже|после))?",
        rf"что со? {_WHO} (?:стало|случилось|произошло)(?P<then> потом| дальше| затем)?",
        rf"что {_WHO} (?:с?делал[аи]?) (?P<then>потом|дальше|затем)",
        rf"qu['’]est[ -](?:il |ce qui est )?arrivé (?P<then>ensuite |alors )?à {_WHO}"
        rf"(?P<later> (?:ensuite|alors|après|plus tard))?",
        rf"qu['’](?:est|était) devenue? {_WHO}(?P<then> (?:ensuite|alors|après|plus tard))?",
        r"qu['’](?:est|était)-(?P<they>il|elle) devenue?(?P<then> ensuite| alors)?",
        rf"{_WHO}, que (?:fait|fit|devient|devint)-(?:il|elle) (?P<then>ensuite|alors|après)",
        r"que (?:fait|fit|devient|devint)-(?P<they>il|elle)(?P<then> ensuite| alors| après)",
        rf"qué (?:les? )?(?:pasó|sucedió|ocurrió) (?P<then>después |luego |entonces )?"
        rf"(?:a|con) {_WHO}(?P<later> (?:después|luego|entonces|más tarde))?",
        rf"qué fue de {_WHO}(?P<then> después| luego)?",
        rf"qué hizo {_WHO} (?P<then>después|luego)",
        rf"(?:che|che cosa|cosa) (?:gli |le )?(?:accadde|avvenne|successe|è successo) "
        rf"(?P<then>poi |dopo )?a {_WHO}(?P<later> (?:poi|dopo|più tardi))?",
        rf"che (?:ne )?fu di {_WHO}(?P<then> poi| dopo)?",
        rf"(?:che|che cosa|cosa) (?:fece|fa) {_WHO} (?P<then>poi|dopo)",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Afterwards:
    """Of whom a question asks what became: ``who``, as it was typed, a pronoun or a name.

    ``then`` is whether it says that something later is meant; ``asked`` is the question without
    the word that says so.
    """

    who: str
    then: bool
    asked: str


def find_afterwards(question: str) -> Afterwards | None:
    """What *question* asks, if it asks what became of somebody or something."""
    for pattern in _HAPPENED:
        match = pattern.fullmatch(question)
        if match is None:
            continue
        said = match.groupdict()
        asked = question
        for name in ("later", "then"):
            if said.get(name):
                asked = asked[: match.start(name)] + asked[match.end(name) :]
        then = bool(said.get("then") or said.get("later"))
        return Afterwards(said.get("who") or said["they"], then, " ".join(asked.split()))
    return None

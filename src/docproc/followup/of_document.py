"""Questions of a few small words about the document in view: To whom? Кто это написал? D'où ?

They name no document, and none of their words says what they are about: each is put in full.
"""

from __future__ import annotations

import re
from typing import Final

from docproc.followup.context import Context
from docproc.followup.dependence import take_apart
from docproc.followup.people import share_a_word, who_is_meant
from docproc.text.patterns import compile_on_use

_OPENING: Final = r"\W*(?:(?:and|und|et|а|и|но|y|e)(?!\w))?\s*"
_IN_FULL: Final[tuple[tuple[str, str], ...]] = (
    (r"(?:to whom|who to)(?: was (?:it|this|that)(?: (?:written|sent|addressed))?)?",
     "To whom was the letter written?"),
    (r"who (?:received|got|read) (?:it|this|that)", "To whom was the letter written?"),
    (r"wer (?:bekam|erhielt|las) (?:ihn|es|das)|wer hat (?:ihn|es|das) (?:bekommen|erhalten)",
     "An wen ist der Brief geschrieben?"),
    (r"(?:à qui (?:est-ce|est-elle|c['’]est) (?:adressée?|écrite?))|qui l['’]a reçue?",
     "À qui la lettre est-elle écrite ?"),
    (r"кто (?:это|его) получил[аи]?", "Кому написано письмо?"),
    (r"who (?:says|said|tells|told|claims|claimed|reports|reported) (?:so|it|that|this|of it)",
     "Who wrote the letter?"),
    (r"wer (?:sagt|sagte|behauptet|berichtet|berichtete|meldet|meldete) (?:das|es|davon)",
     "Wer schrieb den Brief?"),
    (r"qui (?:le dit|dit (?:cela|ça)|l['’]a (?:dit|rapporté|signalé)|le (?:raconte|rapporte))",
     "Qui a écrit la lettre ?"),
    (r"кто (?:это|так) (?:говорит|сказал[аи]?|утверждает|сообщает|сообщил[аи]?)",
     "Кто написал письмо?"),
    (r"quién lo (?:dice|dijo|cuenta|informó|comunicó)", "¿Quién escribió la carta?"),
    (r"chi (?:lo (?:dice|racconta|riferisce)|l['’]ha (?:detto|riferito))",
     "Chi scrisse la lettera?"),
    (r"from where|where from|from which place", "Where was the letter written?"),
    (r"an wen(?: (?:ging|war) (?:er|es|das))?", "An wen ist der Brief geschrieben?"),
    (r"woher|von wo|woher (?:kam|kommt) (?:er|es|das)", "Wo wurde der Brief geschrieben?"),
    (r"who wrote (?:it|this|that)|who (?:is|was) (?:the|its) (?:author|writer|sender)"
     r"(?: of (?:it|this|that|(?:the|this|that) letter))?", "Who wrote the letter?"),
    (r"who (?:is|was) (?:the|its) (?:recipient|addressee)", "To whom was the letter written?"),
    (r"wer (?:ist|war) (?:der|sein|ihr) (?:verfasser|absender|autor|schreiber)(?:in)?"
     r"(?: (?:des briefe?s|davon))?", "Wer schrieb den Brief?"),
    (r"wer (?:ist|war) (?:der|"
     r"die) empfänger(?:in)?(?: des briefe?s)?", "An wen ist der Brief geschrieben?"),
    (r"qui (?:en )?(?:est|était) (?:l['’]auteur|l['’]expéditeur|l['’]autrice|son auteur)"
     r"(?: de (?:la|cette) lettre)?", "Qui a écrit la lettre ?"),
    (r"qui (?:en )?(?:est|était) (?:le|la) destinataire(?: de (?:la|cette) lettre)?",
     "À qui la lettre est-elle écrite ?"),
    (r"кто (?:его |её |был )?(?:автор|отправитель)(?: (?:этого )?(?:письма|документа)|"
     r" этого)?", "Кто написал письмо?"),
    (r"(?:кто|кому)(?: его| был)? адресат(?: (?:этого )?письма)?", "Кому написано письмо?"),
    (r"quién (?:es|era|fue) (?:el|su) (?:autora?|remitente)(?: de (?:la|esta|"
     r"esa) carta)?", "¿Quién escribió la carta?"),
    (r"quién (?:es|era|fue) (?:el|la) destinatari[oa](?: de (?:la|esta|esa) carta)?",
     "¿A quién se escribió la carta?"),
    (r"chi (?:ne )?(?:è|era|fu) (?:l['’]autore|l['’]autrice|il mittente)"
     r"(?: d(?:ella|i questa|i quella) lettera)?", "Chi scrisse la lettera?"),
    (r"chi (?:ne )?(?:è|era|fu) il destinatario(?: d(?:ella|i questa) lettera)?",
     "A chi fu scritta la lettera?"),
    (r"(?:in )?(?:which|what) (?:archives?|file|box|folder|shelf ?mark|reference)"
     r"(?: (?:is|has|was) (?:it|this|that)(?: in)?| (?:holds|has|keeps) (?:it|this|that))?",
     "Where is the letter kept?"),
    (r"(?:in )?welche[smrn]? (?:archiv|akte|mappe|signatur|bestand)"
     r"(?: (?:ist|hat|liegt|steht) (?:es|er|das)(?: darin)?)?", "Wo liegt der Brief?"),
    (r"(?:dans )?(?:quelle (?:est (?:la|sa) )?cote|quel(?:le)?s? (?:dossier|archives|carton))"
     r"(?: est-elle| est-ce)?", "Où est conservée la lettre ?"),
    (r"(?:в )?как(?:ой|ом|ая) (?:архив\w*|шифр\w*|фонд\w*|дел\w+)(?: (?:это|оно))?",
     "Где хранится письмо?"),
    (r"(?:en )?qué (?:archivo|legajo|signatura)", "¿Dónde se conserva la carta?"),
    (r"(?:in )?(?:che|quale) (?:archivio|fascicolo|segnatura)", "Dove si conserva la lettera?"),
    (r"(?:from whom|who from|whose)(?: (?:is|was) (?:it|this|that))?|"
     r"who(?: (?:is|was) (?:it|this|that) from)?",
     "Who wrote the letter?"),
    (r"von wem(?: (?:ist|war|stammt|kommt) (?:das|es|er|dies\w*))?", "Wer schrieb den Brief?"),
    (r"à qui|pour qui", "À qui la lettre est-elle écrite ?"),
    (r"d['’]où(?: (?:cela|ça|elle) vient| vient-(?:elle|il))?", "Où la lettre est-elle écrite ?"),
    (r"(?:de|par) qui(?: (?:est|vient|était)(?:-ce|-elle| ce| cela| ça| elle)?)?",
     "Qui a écrit la lettre ?"),
    (r"кому(?: (?:это|оно|он)(?: (?:было )?написан[оа]?)?)?", "Кому написано письмо?"),
    (r"откуда(?: (?:это|оно|было|пришло))*(?: письмо)?(?: написано)?", "Откуда написано письмо?"),
    (r"кто (?:это|его) (?:на)?писал[аи]?|кто (?:на)?писал[аи]? (?:это|его)|от кого(?: это)?",
     "Кто написал письмо?"),
    (r"a quién(?: (?:está|fue) (?:dirigida|escrita|enviada))?|(?:quién la|quién lo) recibió",
     "¿A quién se escribió la carta?"),
    (r"desde dónde|de dónde", "¿Dónde se escribió la carta?"),
    (r"quién (?:la|lo|eso) escribió|de quién", "¿Quién escribió la carta?"),
    (r"a chi(?: (?:è|fu) (?:indirizzata|scritta))?|chi (?:la|l['’]ha) (?:ricevette|ricevuta)",
     "A chi fu scritta la lettera?"),
    (r"da dove", "Dove fu scritta la lettera?"),
    (r"chi (?:la|lo|l['’]ha) (?:scrisse|scritta|scritto)|di chi", "Chi scrisse la lettera?"),
)  # fmt: skip
_COMPILED: Final = [
    (re.compile(rf"{_OPENING}(?:{words})\W*", re.IGNORECASE), whole) for words, whole in _IN_FULL
]


def ask_of_document(question: str) -> str | None:
    """*question* as it is asked of a letter; ``None`` where it says more, or something else."""
    text = " ".join(question.split())
    return next((whole for words, whole in _COMPILED if words.fullmatch(text)), None)


_NAMED: Final = r"(?P<who>[^\W\d_]+(?:[ .][^\W\d_]+){0,3}?)"
_THEN: Final[tuple[tuple[str, str], ...]] = (
    (rf"where was {_NAMED} (?:then|at (?:that|the) time|(?:on )?that day)|"
     rf"where (?:was|is) {_NAMED.replace('who', 'who2')} writing(?: (?:it|this|that))?(?: from)?",
     "Where was the letter written?"),
    (rf"wo war {_NAMED} (?:da|dann|damals|zu (?:dieser|der) zeit|an diesem tag)",
     "Wo wurde der Brief geschrieben?"),
    (rf"où était(?:-(?P<who2>il|elle)| {_NAMED}) (?:alors|à ce moment(?:-là)?|ce jour-là)",
     "Où la lettre est-elle écrite ?"),
    (rf"где (?:был[аи]? )?(?:тогда )?(?:был[аи]? )?{_NAMED}(?: был[аи]?)? "
     r"(?:тогда|в это время|в тот день)", "Откуда написано письмо?"),
    (rf"dónde (?:estaba|se encontraba) (?:{_NAMED} )?(?:entonces|en (?:ese|aquel) momento)",
     "¿Dónde se escribió la carta?"),
    (rf"dove (?:era|stava|si trovava) (?:{_NAMED} )?(?:allora|in quel momento)",
     "Dove fu scritta la lettera?"),
)  # fmt: skip
_THEN_COMPILED: Final = [
    (compile_on_use(rf"{_OPENING}(?:{words})\W*", re.IGNORECASE), whole) for words, whole in _THEN
]


def ask_where_written(question: str, context: Context) -> str | None:
    """Where the letter in view was written, if *question* asks where its writer was then."""
    sender = context.citation.metadata.sender if context.citation else None
    for pattern, whole in _THEN_COMPILED:
        if sender is not None and (match := pattern.fullmatch(" ".join(question.split()))):
            said = match.groupdict()
            who = said.get("who") or said.get("who2") or ""
            taken = take_apart(question)
            small = taken.words.sets["he"] if taken else frozenset()
            if who and not who[:1].isupper() and who.lower() not in small:
                return None  # "Where was she wounded then?"
            he = who if who[:1].isupper() else who_is_meant(context, who.lower()) or ""
            return whole if share_a_word(he, sender.text) else None
    return None

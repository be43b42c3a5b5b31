"""What of a message is the question: no control sequences, no courtesy, the sentence that asks."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from docproc.questions.bounds import BOUNDS
from docproc.text.language.sentences import sentences
from docproc.text.patterns import compile_on_use
from docproc.text.words import word_set

_CONTROL: Final = compile_on_use(
    r"\x1b\[[0-?]*[ -/]*[@-~]"  # colours and cursor movements
    r"|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)"  # titles, links
    r"|\x1b[@-Z\\-_]?|\x9b[0-?]*[ -/]*[@-~]"
)
_COURTESY: Final = compile_on_use(
    r"^\s*(?:(?:hello|hi|dear [\w ]+|good (?:morning|day|afternoon|evening)|please|excuse me|"
    r"guten tag|hallo|sehr geehrte[^,.!]*|bonjour|bonsoir|cher[^,.!]*|madame, monsieur|"
    r"здравствуйте|добрый день|уважаем\w+[^,.!]*)[,.!\s]+)*"
    r"(?:(?:(?:could|can|would|will) you (?:please |kindly |perhaps )*(?:tell|show|say|explain|find|"
    r"let)(?: to)?(?: me| us)?(?: know)?|(?:please )?(?:tell|show) (?:me|us)|"
    r"(?:do|would) you (?:happen to )?know|i (?:would|'d|’d) (?:like|love) to know|"
    r"i (?:want|wish|need) to know|i (?:wonder|was wondering|am wondering)|"
    r"(?:können|könnten|würden) sie mir (?:bitte )?(?:sagen|mitteilen|verraten)|"
    r"(?:ich (?:möchte|würde gerne?) wissen)|wissen sie|sagen sie mir(?: bitte)?|"
    r"(?:pourriez|pouvez)[- ]vous (?:me |nous )?(?:dire|indiquer)(?: s'il vous plaît)?|"
    r"je (?:voudrais|souhaite|souhaiterais|veux|aimerais) savoir|savez-vous|dites-moi|"
    r"(?:не )?(?:могли бы вы|можете|скажите)(?: ли)?(?: мне)?(?: сказать)?(?:,? пожалуйста)?|"
    r"я хот\w+ бы (?:узнать|знать)|подскажите(?:,? пожалуйста)?|знаете ли вы)[,:\s]+)?"
    r"(?:please[,\s]+|bitte[,\s]+|пожалуйста[,\s]+)?",
    re.IGNORECASE,
)


def without_controls(text: str) -> str:
    """*text* without terminal sequences and other control characters, its spaces evened."""
    bare = _CONTROL.sub("", text)
    kept = "".join(
        " " if c in "\n\t\r\v\f" or unicodedata.category(c) in ("Zl", "Zp") else c
        for c in bare
        if c in "\n\t\r\v\f" or unicodedata.category(c) not in ("Cc", "Cs")
    )
    return " ".join(kept.split())


def asking_sentence(text: str) -> str:
    """The sentences of *text* that ask; all of it where none does, or there is but one.

    What introduces a question, and the words of courtesy before it, ask nothing.
    """
    parts = [span.of(text) for span in sentences(text)]
    if len(parts) > 1:
        asking = [each for each in parts if each.rstrip(" \"”»)'’").endswith(("?", "？", "؟"))]
        # what does not end as a sentence belongs to the question
        asking = [each for each in parts if each in asking or each[-1] not in ".!…"]
        rest = [each for each in parts if each not in asking]
        # a question that leans on what introduces it ("Who was he?") keeps that
        if asking and sum(len(each.split()) for each in asking) >= BOUNDS.asking_words and rest:
            text = " ".join(asking)
    return _IN_THE_END.sub("", without_courtesy(text))


_IN_THE_END: Final = compile_on_use(
    r",?\s+(?:(?:in the end|at last|after all|eventually|finally|am ende|letzten endes|schließlich|"
    r"letztlich|à la fin|finalement|enfin|en fin de compte|в конце концов|в итоге|al final|"
    r"finalmente|alla fine|infine)(?=\W*\Z)|(?:eventually|finally|schließlich|letztlich|"
    r"finalement|в конце концов|в итоге|finalmente|infine)(?=\s))",
    re.IGNORECASE,
)
"""What says that it came so after other things, and not what."""


ASKING: Final = word_set(
    "how when who whom whose which where why did wer wem wen wessen was wann wo wie warum welche "
    "welcher welches qui quand où quel quelle quels quelles combien comment pourquoi кто кого кому "
    "что когда где куда откуда почему зачем как какой какая какие сколько quién quiénes cuándo "
    "dónde cuánto cuántos chi quando dove quanti perché"
)
"""Words with which a question begins, and no courtesy before one."""


def asks_at_once(text: str) -> bool:
    """Whether the first word of *text* asks: there is no courtesy before it."""
    return text.lstrip(' ¿¡"“„«(').partition(" ")[0].casefold() in ASKING


def without_courtesy(text: str) -> str:
    """*text* without "could you please tell me" and its like before it."""
    if asks_at_once(text):
        return text
    found = _COURTESY.match(text)
    rest = text[found.end() :].strip() if found else text
    return rest[:1].upper() + rest[1:] if rest and found and found[0].strip() else text

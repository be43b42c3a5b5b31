"""The words by which a question speaks of documents: what was written, by whom and to whom.

Each is a pattern over several languages; none says what a document is about.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from docproc.letters.vocabulary.words import KINDS, kind_of
from docproc.text.patterns import compile_on_use
from docproc.text.words import word_set

_GENERIC: Final = (
    r"documents?|papers?|texts?|messages?|wires?|correspondence|writings?|records?|sources?|files?|"
    r"документ\w*|пис[её]м|телеграмм|бумаг\w*|текст\w*|переписк\w*|источник\w*|материал\w*|"
    r"dokumente?n?s?|schriftstücke?n?|texte?n?|akten?|quellen?|korrespondenz|"
    r"textes?|pièces?|correspondance|écrits|sources?|"
    r"documenti|documentos?|testi|lettere|lettres|cartas|letters?|briefe?n?|brieven?"
)
_KINDS: Final = "|".join(words for words, _ in KINDS)
DOCUMENT: Final = compile_on_use(rf"(?<![\w’'-])(?:{_GENERIC}|{_KINDS})(?![\w-])", re.IGNORECASE)
"""A word for a document, of any kind or of one."""
_GENERIC_ONLY: Final = compile_on_use(rf"(?:{_GENERIC})", re.IGNORECASE)
_LETTER: Final = compile_on_use(
    r"letters?|briefe?n?|lettres?|lettere|cartas?|письм\w*|пис[её]м|⟦kind letter⟧", re.IGNORECASE
)

WROTE: Final = compile_on_use(
    r"(?<![\w’'-])(?:wr(?:ite|ites|ote|itten|iting)|sen[dt]s?|sending|report(?:s|ed)?|"
    r"telegraph(?:s|ed)?|wired?|cabled?|inform(?:s|ed)?|tell|told|answer(?:s|ed)?|"
    r"repl(?:y|ies|ied)|respond(?:s|ed)?|signed?|address(?:ed)?|dictated?|mailed|posted|"
    r"corresponded?|notified|advised?|instruct(?:s|ed)?|сообщ\w+|"
    r"на?пис\w+|пишет|пишут|писал\w*|отправ\w+|посла\w+|телеграфир\w+|ответил\w*|отвеча\w+|"
    r"доложил\w*|докладыва\w+|schr(?:eib\w*|ieb\w*)|geschrieben|schick\w*|geschickt|sandte\w*|"
    r"gesandt|telegraphier\w*|telegrafier\w*|berichte\w*|antworte\w*|geantwortet|meldete\w*|"
    r"écri\w+|envoy\w+|télégraphi\w+|répond\w*|signal\w+|scri(?:ve|sse|tt[oaei]|vere)\w*|"
    r"escrib\w+|escrit\w+|envi[óo]\w*|mand[òo]|respondi(?:ó|do)|contest(?:ó|ado)|rispos(?:e|to)|⟦writes⟧)(?![\w-])",
    re.IGNORECASE,
)
"""What is done to documents, by whom they are from."""

_WANT: Final = (
    r"ask(?:ed)?(?: for)?|request(?:ed)?|demand(?:ed)?|want(?:ed)?|need(?:ed)?|propose[sd]?|"
    r"suggest(?:ed)?|promised?|offer(?:ed)?|complain(?:ed)?(?: of| about)?|recommend(?:ed)?|"
    r"beg(?:ged)?(?: for)?"
)
_WANT_DE: Final = "verlangte?|verlangt|forderte?|fordert|wünschte?|wünscht|(?:er)?bittet"
_WANT_RU: Final = (
    r"прос(?:ит|ил\w*)|требу[её]т|требовал\w*|хочет|хотел\w*|предлага\w+|предложил\w*|обещал\w*"
)
_WANT_FR: Final = (
    r"demande|demanda|demandait|réclame|réclamait|veut|voulait|propose|proposait|promet"
)
_WANT_ES: Final = r"pide|pidió|pedía|solicita|solicitó|exige|exigió|quiere|quería|propone|propuso"
_WANT_IT: Final = r"chiede|chiese|chiedeva|vuole|voleva|pretende|proponeva|propose"

SAYS: Final = compile_on_use(
    r"^\W*(?:what (?:does|did|do|has|had) [^?]*\b(?:say|said|think|thought|tell us|know)\b[^?]*"
    r"\b(?:about|of|on)|"
    r"was (?:sagt|sagte|denkt|meint|meinte|weiß|erzählt|erzählte)\b[^?]*\b(?:über|vo[nm]|zu[mr]?)|"
    r"(?:qu['’]est-ce que?|que)\b[^?]*\b(?:dit|pense|disait|raconte)\b[^?]*\b(?:d(?:e|u|es)|sur)|"
    r"(?:qué|che cosa|cosa|che) (?:dice|piensa|cuenta|pensa|racconta|dijo|disse|ha detto)\b[^?]*"
    r"\b(?:de|del|sobre|di|su|sul|della|dei)|"
    r"что (?:говорит|говорил\w*|сказал\w*|думает|рассказыва\w+|рассказал\w*)\b[^?]*\b(?:о|об|про)|"
    r"what (?:does|did|do|has|had) [^?]* (?:say|said|think|thought|tell us|know|"
    rf"{_WANT})(?=\W*\Z)|"
    rf"was (?:sagt|sagte|denkt|meint|meinte|weiß|erzählt|erzählte|{_WANT_DE}) [^?]*(?=\W*\Z)|"
    r"(?:qu['’]est-ce que?|que) (?:dit|pense|disait|raconte) [^?]*(?=\W*\Z)|"
    r"(?:qué|che cosa|cosa|che) (?:dice|piensa|cuenta|pensa|racconta|dijo|disse) [^?]*(?=\W*\Z)|"
    r"что (?:говорит|говорил\w*|сказал\w*|думает|рассказыва\w+|рассказал\w*) [^?]*(?=\W*\Z)|"
    rf"(?:что|чего|о ч[её]м) (?:{_WANT_RU}) [^?]*(?=\W*\Z)|"
    rf"(?:qu['’]est-ce que?|que) (?:{_WANT_FR}) [^?]*(?=\W*\Z)|"
    rf"qué (?:{_WANT_ES}) [^?]*(?=\W*\Z)|(?:che )?cosa (?:{_WANT_IT}) [^?]*(?=\W*\Z))"
    r"(?!\w)",
    re.IGNORECASE,
)
"""What somebody says of a thing: in the letters, where they are known to write."""

WANTS: Final = compile_on_use(
    rf"(?<![\w’'-])(?:{_WANT}|{_WANT_DE}|{_WANT_RU}|{_WANT_FR}|{_WANT_ES}|{_WANT_IT}|чего)(?![\w-])",
    re.IGNORECASE,
)
"""What somebody says they would have: no text need have the word."""

RECEIVED: Final = compile_on_use(
    r"(?<![\w’'-])(?:received?|receives|got|gets?|bek[ao]mm?\w*|bekam(?:en)?|erh(?:ielt|alten|ält)\w*|"
    r"empf(?:ing|angen)\w*|reç(?:u|oi|ur)\w*|получ\w+|recibi\w+|ricev\w+)(?![\w-])",
    re.IGNORECASE,
)
"""What is done to documents by whom they are to."""

SENT: Final = compile_on_use(
    r"sen[dt]s?|sending|отправ\w+|посла\w+|schick\w*|geschickt|sandte\w*|gesandt|envoy\w+|"
    r"envi[óo]\w*|mand[òo]",
    re.IGNORECASE,
)
"""What is done to goods and people as well as to documents."""

GOODS: Final = compile_on_use(
    r"\b(?:how (?:many|much)|wie ?viele?|combien|сколько|quant[ioe]s?|cu[aá]nt[oa]s?)\b|"
    r"^\W*(?:which|what|welche\w*|quel\w*|как(?:ой|ие|ая|ое|их))\s+"
    r"(?!did|does|do|was|were|has|had|is|are|haben|hat|wurden?|est|sont|été)\w+",
    re.IGNORECASE,
)
"""A question about a number or a kind of things."""

ASKED_VERB: Final = compile_on_use(
    r"(?<![\w’'-])(?:came|come|comes|kam|kommt|kamen|vient|venait|provient|пришл\w+|said?|says?|"
    r"state[sd]?|request(?:s|ed)?|propose[sd]?|ask(?:s|ed)?|"
    r"sagte?|fragte?|a dit|dit|сказал\w*|просил\w*|спросил\w*)(?![\w-])",
    re.IGNORECASE,
)
"""What is done in documents as well as elsewhere."""

DECIDED: Final = compile_on_use(
    r"(?<![\w’'-])(?:decid\w+|decisions?|resol(?:ve\w*|utions?)|agreed|order(?:s|ed)?|"
    r"beschl\w+|entschied\w*|entscheid\w*|verfüg\w+|verordn\w+|décid\w+|décisions?|arrêt\w+|"
    r"decis\w+|deliber\w+|resuel\w+|resolvi\w+|acord\w+|"
    r"реш(?:ил|ен)\w*|постан\w+|определил\w*|приказ\w+)(?![\w-])",
    re.IGNORECASE,
)
"""What a body does: minutes and decrees say it in one word, questions in another."""

NOTHING: Final = word_set(
    """
    what which who whom whose when where why how did do does was were is are has have had be been
    été
    happen happened happens became become geschah geschehen passierte passiert passé passe arrivé
    formerly previously früher vorher auparavant раньше прежде
    произошло случилось стало pasó ocurrió sucedió successe accadde accaduto heißt heisst hieß
    appelle appelait зовут звали называется chiama llama called name
    think thinks thought knows sagt denkt meint meinte erzählt dit pense disait raconte dice piensa
    pensa cuenta dijo disse racconta говорит говорил говорила сказал сказала думает
    mencionan menciona hablan habla menzionano menziona parlano parla citano
    veces volte todas todos tutte tutti elenca lista
    please show list open find give tell print see get all any every each everything anything
    something there written kept hold holds holding
    word words held stored filed contain contains say says said mention mentions
    mentioned mentioning state states stated speak speaks spoke telling names name named dated sent
    wife husband son daughter brother sister father mother friend colleague chief
    frau gattin mann sohn tochter bruder schwester vater mutter eltern freund
    femme mari fils fille frère sœur soeur père mère parents ami
    mujer esposa marido hijo hija hermano hermana padre madre padres amigo
    moglie marito figlio figlia fratello sorella genitori amico
    жене мужу сыну дочери брату сестре отцу матери родителям другу жена муж
    received between about concerning regarding of on in from by to the a an and or with for that
    this these those me us his her their its other others many much number count date dates
    was wer wem wen wann wo wie welche welcher welches alle viele viel gibt es sind ist hat haben
    zeige liste suche über von vom an aus nennen nennt erwähnen erwähnt sprechen spricht handeln
    cosa chi quando dove come quale quali qual quanti quante quién quiénes cuándo dónde cómo qué
    cuál cuáles cuántos cuántas carta cartas lettera lettere
    quoi que qui quand où comment quel quelle quels quelles tous toutes combien sont est a ont
    montre liste cherche sur de du des à au aux mentionnent mentionne parlent parle t il elle ils
    что кто кому когда где как какие какой какое какая каких все сколько есть было были был была
    покажи перечисли найди список о об от к в во из для упоминают упоминается упоминающие упомянут
    говорится говорят содержат содержит
    """
)
"""Words that ask, and do not say what about."""


@cache
def opening_of_kind(kind: str) -> re.Pattern[str]:
    """What a text begins with that calls itself a document of *kind*: ``"TELEGRAM."``, or a
    file number does: ``"841.51/7 : Telegram"``.
    """
    words = next((words for words, name in KINDS if name == kind), re.escape(kind))
    return compile_on_use(
        rf"(?:\W*|(?:[^\n]*\n){{0,4}}?[^\n]{{1,60}}\d\s?:\s)(?:{words})\s*(?:[.:—–]|$)",
        re.IGNORECASE | re.MULTILINE,
    )


def document_kind(question: str) -> str | None:
    """The kind of document that *question* names; ``None`` for none, or for any kind."""
    for match in DOCUMENT.finditer(question):
        if _LETTER.fullmatch(match[0]):
            return "letter"
        if not _GENERIC_ONLY.fullmatch(match[0]):
            return kind_of(match[0])
    return None

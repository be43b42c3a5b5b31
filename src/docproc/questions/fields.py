"""Which field of a document a question asks for: who, to whom, where from, when, which reference.

Only a question that speaks of documents asks for a field: "Who bought the ferry?" asks none.
"""

from __future__ import annotations

import re
from typing import Final

from docproc.questions.parsed import Field
from docproc.questions.writing import DOCUMENT, SENT, WROTE
from docproc.text.patterns import compile_on_use
from docproc.text.words import word_set

_FIELDS: Final[tuple[tuple[Field, str], ...]] = (
    (Field.REFERENCE, (
        r"(?:what|which) (?:is the )?(?:file|archival|archive|shelf|call|record|despatch)?\s?-?"
        r"(?:number|reference|shelfmark|signature|mark|fonds?|opis|delo|collection|archive|box)\b"
        r"|(?:file number|archival reference|shelf ?mark|call number)\b"
        r"|where (?:is|are) [^?]*\b(?:kept|held|stored|preserved|archived|deposited)\b"
        r"|\b(?:in|under) (?:what|which) (?:file|box|folder|fonds?|record group|series|collection|"
        r"archives?|repository|library|volume)\b|\b(?:what|which) (?:archive|repository|library|"
        r"institution)\b[^?]*\b(?:holds?|has|keeps?|owns?)\b"
        r"|where (?:can|could|do|may|does) (?:i|we|one) (?:find|see|consult) the (?:original|"
        r"manuscript|letter|document|telegram)|where is the (?:original|manuscript|letter|document|"
        r"telegram)\b(?![^?]*(?:written|sent|from))"
        r"|\b(?:в )?как(?:ой|ом) (?:архив\w*|фонд\w*|дел\w*|опис\w*)|\bгде хран\w+|\bшифр\w*"
        r"|\b(?:подлинник|оригинал)\w* [^?]*(?:письм|телеграм|документ)"
        r"|\bwo (?:liegt|befindet sich|wird|ist|steht)\b(?![^?]*schrieben)[^?]*(?:aufbewahrt|original|"
        r"brief|telegramm|schreiben)|\bsignatur\b|\bwelche[smrn]? (?:archiv|"
        r"aktenzeichen|bestand|akte|mappe)|\b(?:dans|sous) quel(?:le)? (?:dossier|carton|cote|fonds)"
        r"|\ben qué (?:legajo|expediente|caja)|\bin quale (?:fascicolo|busta)|\baktenzeichen|\bwelches archiv"
        r"|\boù (?:est|se trouve)(?![^?]*écrit)[^?]*(?:conservée?|original|lettre|télégramme)|\bquelle (?:est la )?cote|\bquelles? archives"
        r"|\bqué archivo\b|\bsignatura\b|\bdónde se (?:conserva|guarda)\b"
        r"|\bdónde (?:está|se encuentra)(?![^?]*escrit)[^?]*(?:original|carta|telegrama)|\b(?:che|quale) archivio\b"
        r"|\bsegnatura\b|\bdove (?:si conserva|è conservat[ao])\b"
        r"|\bdove (?:si trova|è)\b(?![^?]*scritt)[^?]*(?:originale|lettera|telegramma)"
    )),
    (Field.WITNESS, (
        r"\b(?:by hand|handwritten|typewritten|typed|(?:an )?autograph|in (?:his|her|whose) own hand|printed)\b"
        r"|\bот руки|\bрукопис\w+|\bмашинопис\w+|\bhandschriftlich|\bmaschinenschriftlich"
        r"|\bmanuscrite?\b|\bdactylographiée?\b|\bà la main\b|\bvon hand\b|\bhandgeschrieben"
        r"|\beigenhändig|\bmit der (?:hand|maschine)\b|\bà la machine\b|\bна машинке\b|\ba (?:mano|"
        r"máquina|macchina)\b|\baut[óo]graf[oa]\b|\bmanuscrit[oa]\b|\bmanoscritt[oa]\b"
    )),
    (Field.RECIPIENT, (
        r"\bto (?:whom|(?:which|what) person)\b|\bwho (?:got|gets) the\b|\bwho (?:is|was)\b[^?]*\bto\b\W*$|"
        r"\bwhom did\b[^?]*\b(?:write|telegraph|wire|cable|inform)\b|\bwho (?:received|was the "
        r"(?:recipient|addressee))\b|\bwho did\b[^?]*\bto\b\W*$|\bwho (?:is|was)\b[^?]*\baddressed to\b"
        r"|\bfor whom\b|\bwem (?:schrieb|schickte|sandte|telegra[pf]hierte|antwortete|hat\b[^?]*"
        r"\bge(?:schrieben|schickt|antwortet))|\bwer (?:bekam|erhielt|empfing)\b|\bqui (?:a reçu|"
        r"reçut)\b|\bpour qui\b|\bкто получил|\bpara quién(?:es)?\b|\bper chi\b"
        r"|\b(?:recipient|addressee) of\b|\bwas addressed\b|\bкому\b|\bадресат\w*|\ban wen\b|\bempfänger\w*"
        r"|\bà qui\b|\bdestinataire|\ba quién(?:es)?\b|\bquién recibió\b|\bdestinatari[oa]\b|\ba chi\b"
        r"|\bchi (?:ricevette|ha ricevuto)\b"
    )),
    (Field.PLACE, (
        r"\b(?:from where|where from|(?:from|in|at) (?:which|what) (?:place|city|town|village|station|port))\b"
        r"|\bwhere (?:was|were|is|did|does|has)\b[^?]*\b(?:write|writes|written|wrote|writing|sent|send|"
        r"dated|telegraph\w*|from|posted|mailed)\b|\bplace of writing\b"
        r"|\b(?:what|which) (?:place|town|city)\b[^?]*\bfrom\W*$"
        r"|\b(?:in welche[rm] (?:stadt|dorf|ort)|an welchem ort|(?:dans|de) quelle? (?:ville|village|"
        r"lieu)|в как(?:ом|ой) (?:город|мест|дерев|сел)\w*|из какого города|(?:en|desde) qué "
        r"(?:ciudad|lugar|pueblo)|(?:in|da) quale (?:città|luogo|paese))\b"
        r"|\bоткуда\b|\bгде (?:был\w* )?(?:на)?писа\w+|\bwoher\b|\bvon wo\b|\bwo (?:wurde|schrieb)\b[^?]*"
        r"|\bd['’]où\b|\boù\b[^?]*\bécri\w+|\b(?:de|desde) dónde\b|\bdónde\b[^?]*\bescri\w+"
        r"|\b(?:da|di) dove\b|\bdove\b[^?]*\bscri(?:tt|ss|v)\w+"
    )),
    (Field.SENDER, (
        r"\bwho (?:else |also |first |was it (?:that|who) )?(?:wrote|writes|sent|signed|sends|"
        r"telegraphed|wired|cabled|dictated|reported|penned|composed|drafted|informed|notified)\b"
        r"|\bfrom whom\b|\bwho (?:is|was)\b[^?]*\bfrom\W*$|\bwhose hand\b"
        r"|\bчь(?:[ёеяи]|[её]й) (?:это )?(?:письм|телеграмм)|\bот кого\b|\bкем [^?]*(?:писан|отправлен)"
        r"|\bvon wem\b|\b(?:de qui (?:est|vient|provient)|par qui)\b|\bde quién(?:es)? (?:es|era|son)\b"
        r"|\bdi chi (?:è|era|sono)\b"
        r"|\bwho (?:is|was) the (?:sender|author|writer|signatory)\b|\b(?:sender|author|writer) of\b"
        r"|\bby whom (?:was|were|is)\b[^?]*\b(?:written|sent|signed)\b|\bwho (?:is|was)\b[^?]*\b(?:written|sent|"
        r"signed) by\b|\bwhose (?:letter|telegram|signature)\b"
        r"|\bкто (?:(?:об|о|ещё|еще|из|к|ему|ей|им|это|этом|том|перв\w+) ){0,3}(?:\w+ )?(?:на)?пи(?:сал\w*|шет)"
        r"|\bкто (?:отправил|подписал|послал|прислал|автор)\w*|\bавтор\w* письма"
        r"|\bwer (?:ist|war) (?:der |die )?(?:absender|verfasser|autor|schreiber)\w*|\bwer verfasste\b"
        r"|\bqui (?:est|était) (?:l['’]auteur|l['’]expéditeur|le signataire)"
        r"|\bwer (?:schrieb|schickte|sandte|unterschrieb|unterzeichnete|hat\b[^?]*\bgeschrieben)"
        r"|\bqui (?:a écrit|écrit|écrivit|a envoyé|a signé|écrivait)"
        r"|\bquién(?:es)? (?:les? |la |lo )?(?:escrib\w+|envió|mandó|firmó|ha escrito)|\b(?:remitente|autor) de\b"
        r"|\bchi (?:gli |le )?(?:scri(?:sse|ve)|ha scritto|inviò|firmò|ha (?:inviato|firmato|mandato|spedito))|\b(?:mittente|autore) d"
    )),
    (Field.DATE, (
        r"\b(?:when|on (?:what|which) (?:day|date)|in (?:what|which) (?:year|month)) (?:was|were|did|is|has)\b[^?]*\b(?:write|written|wrote|sent|send|signed|dated|telegraph\w*|"
        r"report|reply|replied|answer(?:ed)?|respond(?:ed)?)\b|\bhow (?:is|was) [^?]*\bdated\b|\b(?:what|which) (?:is the )?(?:date|day) (?:of|is|was|has|does)\b|\bdate of (?:the|this|that)\b"
        r"|\bкогда [^?]*писа\w+|\bкаким (?:числом|годом) датирован\w*|\bde quand date\b|\bкогда (?:отправлен|подписан)\w*|\bдата письма"
        r"|\bкогда (?:\w+ )?(?:ответил|отвечал)|\b(?:в каком (?:году|месяце)|какого числа)[^?]*"
        r"(?:писа|отправл|датир)|\bкакого (?:числа|года) (?:письм|телеграм)|\bот какого числа\b"
        r"|\bvon wann\b|\b(?:an welchem tag|in welchem (?:jahr|monat))\b[^?]*\b(?:schr|ge(?:schr|"
        r"schick))|\bwelches datum\b|\b(?:quelle est la|quelle) date\b|\b(?:quel jour|en quelle "
        r"année)\b[^?]*\b(?:écri|envoy|sign)|\b(?:de cuándo|qué fecha)\b|\b(?:en qué año|qué día)\b"
        r"[^?]*\b(?:escri|envi)|\b(?:di quando|(?:che|quale) data)\b|\b(?:in che anno|che giorno)\b"
        r"[^?]*\bscri"
        r"|\bwann (?:schrieb(?:en)?|wurden?|hat|haben|antwortete|schickte)\b[^?]*\b(?:schrieb|geschrieben|gesandt|geschickt)?"
        r"|\bquand\b[^?]*\b(?:écri\w+|envoy\w+|signé\w*|répond\w*)|\bcuándo\b[^?]*\b(?:escri\w+|envi\w+|respond\w+|contest\w+)"
        r"|\bquando\b[^?]*\b(?:scri(?:tt|ss|v)\w+|inviat\w+|rispo\w+)"
    )),
)  # fmt: skip
_COMPILED: Final = [(name, compile_on_use(pattern, re.IGNORECASE)) for name, pattern in _FIELDS]


def find_field(question: str) -> Field | None:
    """The field that *question* asks for, if it speaks of a document."""
    if not (WROTE.search(question) or DOCUMENT.search(question) or _KEPT.search(question)):
        return None
    return next((name for name, pattern in _COMPILED if pattern.search(question)), None)


def asks_of_thing(question: str, topic: str) -> bool:
    """Whether what was sent, signed or written is the thing *topic*, and no document.

    "Who sent the rifles?" and "When was the money sent?" are told by a text, not by its heading.
    """
    if not topic or DOCUMENT.search(question):
        return False
    return bool(_DONE_TO_THINGS.search(question) or _WRITES_WORK.search(question))


def states_field(question: str, text: str) -> bool:
    """Whether *text* itself says what *question* asks who did, or when: reported, written.

    Who wrote about a thing is still told by the heading, and so is all that is asked of a letter.
    """
    if DOCUMENT.search(question):
        return False
    verbs = {each[0].casefold() for each in WROTE.finditer(question)} - _WRITES
    return any(each[0].casefold() in verbs for each in WROTE.finditer(text))


_WRITES: Final = word_set("write writes wrote writing")
_DONE_TO_THINGS: Final = compile_on_use(
    rf"(?<![\w’'-])(?:{SENT.pattern}|sign(?:s|ed|é\w*|a|er)?|draft\w*|composed?|posted|mailed|"
    r"подпис\w+|unterschr\w+|unterzeich\w+|firm[óo]|firm[aà]t\w+)(?![\w-])", re.IGNORECASE,
)  # fmt: skip
_WRITES_WORK: Final = compile_on_use(
    r"\b(?:(?:wrote|written|penned)\s+(?:the|an?|his|her|their)\s|(?-i:wrote\s+[A-Z])|"
    r"(?:schrieb|verfasste)\s+(?:den|die|das|ein\w*|sein\w*|ihr\w*)\s|"
    r"(?:écrit|écrivit|composa)\s+(?:l['’]|(?:le|la|les|une?|son|sa|ses)\s)|"
    r"(?:escribió|scrisse|scritto)\s+(?:l['’]|(?:el|la|los|las|una?|il|lo|i|gli)\s)|"
    r"(?:на)?писал\w*\s+(?!(?:об?|про|что|из|[кквсу]|во|со|ко|на|от|для|по|[ей]му|ей|им|мне|нам|"
    r"это|его|её|ее|их|кому)\b)\w)", re.IGNORECASE,
)  # fmt: skip
_KEPT: Final = compile_on_use(
    r"\b(?:kept|original|archive|manuscript|file number)\b|архив|хран|\b(?:archiv|signatur|"
    r"aktenzeichen|cote|original|archivo|signatura|archivio|segnatura)", re.IGNORECASE,
)  # fmt: skip

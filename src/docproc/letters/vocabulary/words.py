"""The words by which the parts of a document are known, in several languages."""

from __future__ import annotations

import re

from docproc.text.patterns import compile_on_use
from docproc.text.words import word_set

NOTES_HEADING = compile_on_use(
    r"""\W*(?: (?:foot|end)?notes? | editor(?:'s|ial|s')?\s+notes? | remarks | comments
      | примечани[ея](?:\s+к\s+документу|\s+редакции)? | сноски | комментари[ий]
      | anmerkung(?:en)? | fußnoten | remarques | notes\s+de\s+bas\s+de\s+page | note | notas
      | ⟦notes⟧
    )\W*""",
    re.VERBOSE | re.IGNORECASE,
)
"""A line that does nothing but announce the notes."""

ENCLOSURE_HEADING = compile_on_use(
    r"""\W*(?: enclosures? | attachments? | annex(?:e|ure)? | appendix | sub-enclosure
      | приложени[ея] | anlagen? | beilage | anhang | allegato | anexo | ⟦enclosures⟧
    )(?:\s+(?:№\s*)?[\dIVXА-ЯA-Z]{1,4})?(?:\s+to\s+\w+(?:\s+\w+)?)?\W*""",
    re.VERBOSE | re.IGNORECASE,
)
"""A line that opens an enclosure: from there a document begins again."""

_BRIEF = (
    r"(?<!\ba\s)(?<!\bthe\s)(?<!\bin\s)(?<!\bvery\s)brief(?:e|es|en|wechsel)?(?!\s(?:account|biograph"
    r"|descripti|discours|encounter|guide|hist|introduct|li[fv]e|memoir|note|outline|relation|remark"
    r"|report|review|sketch|statement|stud|summar|survey|view))"
)
"""German letters, and nothing that English calls brief."""
_OWN_KINDS: tuple[tuple[str, str], ...] = (
    (r"telegrams?|telegraphic|телеграмм\w*|telegramme?n?|télégrammes?|telegramm[ai]|telegramas?|шифротелеграмм\w*|"
     r"шифровк\w+", "telegram"),
    (r"cablegrams?|cables?|каблограмм\w*", "cablegram"),
    (r"savingrams?", "savingram"),
    (r"airgrams?", "airgram"),
    (r"memorand(?:um|a)|меморандум\w*|докладн\w+ записк\w+|denkschrift(?:en)?|mémoire",
     "memorandum"),
    (r"minutes|протокол\w*|protocol|protokoll|стенограмм\w*|procès-verbal|verbale", "minutes"),
    (r"minute", "minute"),
    (r"decrees?|декрет\w*|указ\w*|постановлени\w*|erlass|décret|decreto", "decree"),
    (r"resolutions?|резолюци\w*|beschluss|cabinet decision|решени[ея]", "resolution"),
    (r"orders?|приказ\w*|распоряжени\w*|befehl", "order"),
    (r"reports?|raport\w*|доклад\w*|отч[её]т\w*|рапорт\w*|донесени\w*|berichte?n?|rapports?|relazion[ei]|"
     r"informes?", "report"),
    (r"submissions?", "submission"),
    (r"d[ei]spatch(?:es)?|депеш\w*|depeschen?|dépêches?|"
     r"depesz\w+|dispaccio?|despachos?", "despatch"),
    (r"circulars?|циркуляр\w*|rundschreiben|circulaire", "circular"),
    (r"notes?|записк\w*|нот[аыуе]|notiz|aufzeichnung", "note"),
    (r"(?:picture\s+)?post-?cards?|\w*postkarten?|ansichtskarten?|cartes?\s+postales?|cartolin[ae]"
     r"|tarjetas?\s+postal(?:es)?|brevkort|briefkaart|открытк\w*", "postcard"),
    (rf"letters?|письм\w*|{_BRIEF}|schreiben|lettres?|letter[ae]|cartas?"
     r"|brev(?:et)?(?!\.)|dopis|epistol\w*|oficio|list(?=\s[^\n]{2,60}?\sdo\s)", "letter"),
    (r"speech(?:es)?|речь|речи|rede|discours", "speech"),
    (r"statements?|заявлени\w*|erklärung|déclaration", "statement"),
    (r"(?:press|news)\s+(?:releases?|statements?)|пресс-релиз\w*", "press release"),
    (r"records?(?=\s+(?:by|of)(?!\w))|запис[ьи]\s+бесед\w*", "record"),
    (r"aides?[- ]m[eé]moires?|памятн\w+ записк\w+", "aide-memoire"),
    (r"papers?(?=\s+(?:by|prepared|for|on)(?!\w))", "paper"),
    (r"messages?(?=\s+(?:of|from|by|to)(?!\w))|mensaje(?=\s+(?:de|del|a|al)(?!\w))|послани\w+",
     "message"),
    (r"petitions?|pétition|eingaben?|bittschrift(?:en)?|gesuche?|"
     r"suppli(?:k|ques?|ca|che)|прошени\w*|челобитн\w*", "petition"),
    (r"agreements?|treat(?:y|ies)|contracts?|contrats?|contratt[oi]|contratos?|договор\w*|"
     r"соглашени\w*|контракт\w*|vertrag|traité", "agreement"),
    (r"extracts?|excerpts?|выписк\w*|auszug", "extract"),
)  # fmt: skip
KINDS = tuple((f"{words}|⟦kind {kind}⟧", kind) for words, kind in _OWN_KINDS)
"""Words for documents, as parts of patterns for ``compile_on_use``, and the kind that each is."""
_MODIFIERS = ("circular", "extract")
"""Kinds that give way to another: a circular cablegram is a cablegram."""

SENT = word_set(
    "telegram cablegram savingram airgram memorandum minute letter postcard despatch circular note "
    "order submission report extract petition message"
)
"""Kinds that go from somebody to somebody."""

_KIND = [
    (compile_on_use(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE), kind) for words, kind in KINDS
]
_ANY_KIND = compile_on_use(
    rf"(?<!\w)(?=\w)(?:{'|'.join(words for words, _ in KINDS)})(?!\w)", re.IGNORECASE
)
_KIND_WORDS = "|".join(words for words, _ in KINDS)

MARKINGS = (
    r"(?:top|most|strictly|very)?\s*secret|(?:strictly|highly|most)?\s*confidential|restricted|"
    r"unclassified|personal|private|immediate|emergency|priority|important|most immediate|urgent|"
    r"routine|guard|draft|copy|copies|extract|for the record|"
    r"совершенно секретно|строго секретно|секретно|сов\.\s?секретно|не подлежит оглашению|"
    r"весьма срочно|срочно|вне очереди|лично|только лично|копия|черновик|выписка|"
    r"streng geheim|geheim|vertraulich|streng vertraulich|persönlich|abschrift|kopie|durchschlag|"
    r"entwurf|très secret|secret|confidentiel|strictement confidentiel|personnel|copie|duplicata|"
    r"brouillon|copia|⟦markings⟧"
)
_MARKING = compile_on_use(
    rf"\W*(?:[\w./-]*\d[\w./-]*[\s.]+)?(?:{MARKINGS})"
    rf"(?:[\s,.;:/–-]+(?:(?:and|und|et|и|&)\s+)?(?:{MARKINGS}|[A-Z][\w-]+)){{0,4}}\W*",
    re.IGNORECASE,
)

GREETING = (
    r"(?:my\s+)?(?:very\s+)?dear(?:est)?|sirs?|madam|gentlemen|comrades?|your\s+(?:excellency|"
    r"majesty|grace|lordship)|honou?red|esteemed|respected|excellency|"
    r"t\.t\.|tt\.|t\.|tov\.|com\.|"
    r"тов\.|т\.т\.|тт\.|т\.|товарищ[иу]?|дорог(?:ой|ая|ие)|милый|милая|уважаем(?:ый|ая|ые)|"
    r"глубокоуважаем(?:ый|ая|ые)|многоуважаем(?:ый|ая|ые)|любезн(?:ый|ая|ые|ейший)|"
    r"милостив(?:ый|ая|ые)(?:\s+государ(?:ь|ыня|и))?|дорогіе|уважаемые|ваше|"
    r"господин|госпожа|гражданин|"
    r"(?:sehr\s+)?(?:hoch)?(?:geehrte|verehrte|geschätzte)(?:ste)?[rsn]?|exzellenz|"
    r"(?:(?:mein|meine)\s+)?(?:innigst\s?)?(?:ge)?(?:lieb|t[h]?eur|wert[h]?)(?:e|ste)[rsn]?|"
    r"(?:mon\s+|ma\s+)?ch[eè]re?s?|monsieur|madame|messieurs|"
    r"(?:mi[oa]\s+)?car[oaie]|adorat[oaie]|muy\s+(?:señor|sr\.?)\s+(?:mío|nuestro)|"
    r"gentil[ei]|egregi[oa]?|[^\W\d_]{3,12}issim[oaie]|queridísim[oa]s?|"
    r"(?:mi\s+)?(?:muy\s+)?(?:querid|estimad|distinguid|apreciad|amad)[oa]s?|"
    r"prezad[oa]s?|lieve|waarde|geachte|k(?:j)?ære|kär[ea]|"
    r"drog[ia]|kochan[yai]|szanown[yai]|mil[ýá]|drah[ýá]|vážen[ýáí]|"
    r"to\s+whom(?:soever)?\s+it\s+may\s+concern|ladies\s+and\s+gentlemen|"
    r"(?:hello|hi|hallo)(?:\s+(?:all|everyone|everybody|there|again|alle|zusammen))?|"
    r"good\s+(?:morning|afternoon|day)|guten\s+(?:tag|morgen)|bonjour|buongiorno|"
    r"здравствуй(?:те)?|добрый\s+день|⟦greetings⟧"
)
GREETING_START = compile_on_use(rf"\W*(?:{GREETING})(?!\w)", re.IGNORECASE)

_FOND = (
    r"ganz|sehr|stets|immer|treu\w*|getreu\w*|lieb\w*|ergeben\w*|gehorsam\w*|dankbar\w*|alt\w{0,2}"
    r"|aufrichtig\w*|einzig\w*|dich|sie|liebend\w*|très|tout|toute|bien|dévouée?|affectionnée?|fidèle"
    r"|humble|obéissante?|reconnaissante?|vieux|vieil|affezionat\w+|aff\.?m[oa]\.?|devot\w+"
    r"|obbligat\w+|umil\w+|любящ\w+|преданн\w+|верн\w+|искренн\w+|покорн\w+|hengivne|tilgivne"
    r"|tillgifn[ae]|tillgivn[ae]|trofaste?|ærbødigste|forbundne|älskande|toegenegen|liefhebbende"
    r"|og|och|en|et|und|e|и"
)
"""What those who sign call themselves between "Ihr" and their names."""
CLOSING = compile_on_use(
    r"""\W*(?: (?:and\s+)?with
        \s+(?:(?:my|our|the|all|every|very|good|kind(?:est)?|best|warm(?:est)?|many)\s+){0,4}
        (?:wishes|regards|greetings|compliments|respect|thanks)
      | i\s+(?:am|remain|have\s+the\s+honou?r\s+to\s+be)
        (?!\s+(?:an?|the|not|now|so|here|going|afraid|sure|glad|sorry|told|writing)\s)
      | believe\s+me
      | (?:(?:very|most|ever|as\s+ever)[\s,]+)?
        (?:(?:truly|sincerely|respectfully|faithfully|cordially|affectionately|gratefully)\s+)?
        (?:yours|your\s+(?:obedient|humble|devoted|affectionate|sincere))
      | (?:sincerely|faithfully|respectfully|cordially|fraternally|regards|greetings)
      | best\s+wishes | kind\s+regards
      | (?:(?:much|all\s+(?:my|our)|lots\s+of)\s+)?love
        (?=,?(?:\s+(?-i:[^\W\d_a-zа-яё])[\w.'’-]*){1,3}[\s.]*\Z)
      | je\s+(?:vous|t['’])\s?embrasse
      | (?:(?:in\s+(?:alter\s+)?(?:liebe|treue|freundschaft)|herzlich\w*|affectionately|stets
        |любящ\w+\s+(?:вас|тебя)
        |(?:es\s+)?gr(?:ü|u)(?:ß|ss|e)\w*(?:\s+\w+){0,4}?),?\s+)?
        (?P<kin>(?:your|euer|eure|dein|deine|ton|ta|votre|tuo|tua|vostr[oa]|твой|твоя|ihre?|su[oa]|ваш[аъ]?
          |tu|su|din|deres)
        \s+(?:\w+\s+){0,4}?
        (?:brother|sister|son|daughter|father|mother|friend|servant|cousin|uncle|aunt|nephew|niece
        |husband|wife|comrade|pupil|child
        |bruder|schwester|sohn|tochter|vater|mutter|freund(?:in)?
        |diener(?:in)?|fr[eè]re|s(?:œ|oe)ur|serviteur|servante|fils|fille|p[eè]re|m[eè]re|amie?
        |fratello|sorella|figlio|figlia|padre|madre|amic[oa]|servo|servitore|serva
        |hij[oa]|herman[oa]|amig[oa]|ven|veninde|vän|son|søn
        |братъ?|сестра|сынъ?|дочь|отец|мать|друг|товарищ|слуга)(?:\s+que\s+\w+\s+\w+)?
        (?=(?:,?\s+(?:(?:von|van|de|du|di|фон)\s+)?(?-i:[^\W\d_a-zа-яё])[\w.'’-]*){0,4}
          \s*(?:[,.;\n]|\Z))
        |(?:dein|deine|ihr|ihre|euer|eure|ton|votre|tuo|tua|suo|sua|vostr[oa]|твой|твоя
          |ваш[аъ]?|din|deres|jeres|eders|uw|jouw)
          (?!\s+(?:maj|maes|ecc|exc|exz|hoh|durchl|gnad|велич|превосх|высоч))
          (?:\s+(?:""" + _FOND + r"""))*
          (?=(?:\s+(?-i:[^\W\d_a-zа-яё])[\w.'’-]*){1,4}[\s.]*\Z))
      | (?:съ?|со)\s+(?:\w+\s+){0,3}(?:приветомъ?|(?:уважен|почтен|рукопожат)[иі]емъ?)
      | (?:искренне|душевно|преданный|весь)\s+вашъ? | ваш(?:а|ъ)? (?=[\s,]) | твой(?=[\s,])
      | (?:крепко\s+)?(?:жму|обнимаю|целую)(?:\s+(?:вашу|твою|вас|тебя))?(?:\s+(?:руку|крепко))?
      | (?:mit\s+(?:\w+\s+){0,3}(?:gr(?:u|ü)(?:ß|ss)(?:en)?|hochachtung)) | hochachtungsvoll
      | ihr\s+(?:ergebener|sehr) | (?:ganz\s+)?(?:ergebenst|gehorsamst|achtungsvoll)
      | (?:b\.?\s?l\.?\s?m\.?[^\n]{0,20}\s)?su\s+(?:\w+\s+){0,3}servidor | q\.\s?b\.\s?s\.\s?m
      | (?:veuillez|agréez|je\s+vous\s+prie|recevez) | (?:cordialement|respectueusement)
      | ⟦closings⟧
    )(?!\w)""",
    re.VERBOSE | re.IGNORECASE,
)  # fmt: skip
"""How the closing of a letter begins."""

POSTSCRIPT = compile_on_use(
    r"\W*(?:p\.?\s?p?\.?\s?s\.?|з\.?\s?ы\.|postscript)(?!\w)", re.IGNORECASE
)

DATELINE_WORDS = compile_on_use(
    rf"""(?: {_KIND_WORDS} | {MARKINGS} | paraphrase | n\.?d\.? | undated | unnumbered | air | mail
      | meeting | received | sent | despatched | dated | date | noon | midnight
      | a\.?m\.? | p\.?m\.? | hours?
      | from | to | at | of | the | on | in | by | or | before | after | about | between | and
      | not | earlier | later | than | circa
      | st | nd | rd | th | no
      | г | гор | город | д | дер | с | сел | пос | ст | х
      | года | час | ч | мин | от | на | в | из | и | не | ранее | позднее
      | около | до | после | без | даты | утра | вечера | дня | ночи
      | den | der | am | um | im | uhr | vom | bei | d | dd
      | le | la | ce | du | de | à | ao | di | il | li | del | da | a | addì | fait | fatto | given
      | board | aboard | off | near | sea | camp | field | bord | bordo | ombord | borda | auf | aan
      | mer | mare | près | vor | борту | борта | море
      | this | edition | auflage | ausgabe | fassung | version | stand | édition | издание
      | monday|tuesday|wednesday|thursday|friday|saturday|sunday
      | понедельник|вторник|среда|четверг|пятница|суббота|воскресенье
      | montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag
      | lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche
      | mon|tues?|weds?|thu|thurs?|fri|sat|sun|lun|jeu|ven|dim
      | пн|вт|ср|чт|пт|сб|вс
      | lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica
      | morning|evening|night|afternoon|morgens?|abends?|nachts?|mittags?|früh|nachmittags?
      | vormittags?|matin|soir|midi|minuit|mattina|sera|mezzogiorno|утром|вечером|ночью|днём
      | ⟦dateline⟧ | ⟦year⟧
    )""",
    re.VERBOSE | re.IGNORECASE,
)  # fmt: skip
"""Small words that a dateline may hold beside its date and its place."""


NO_SIGNERS = word_set(
    """
    never ever always enough tomorrow today yesterday tonight now then later soon perhaps silence
    applause laughter amen finis selah pause exit exeunt curtain adieu farewell goodbye vale
    nothing everything nobody evening thanks
    monday tuesday wednesday thursday friday saturday sunday
    danach später heute gestern niemals nie immer genug vielleicht stille beifall lebewohl
    montag dienstag mittwoch donnerstag samstag sonnabend
    jamais toujours demain hier aujourd’hui aujourd'hui assez applaudissements
    lundi mardi mercredi jeudi vendredi samedi dimanche
    sempre domani ieri oggi basta silenzio addio applausi
    lunedì martedì mercoledì giovedì venerdì
    потом никогда всегда завтра вчера сегодня довольно тишина аплодисменты прощай прощайте аминь
    понедельник вторник среда четверг пятница суббота воскресенье
    """
)
"""Words that can end a text by themselves, and sign none: none that is a name as well."""


def kind_of(text: str) -> str | None:
    """The kind of document that *text*, a heading or a dateline, names first; or ``None``."""
    first = _ANY_KIND.search(text)
    if first is None:
        return None
    at = first.start()
    there = [kind for regex, kind in _KIND if kind not in _MODIFIERS and regex.match(text, at)]
    if there:
        return min(there)
    found = [
        (kind in _MODIFIERS, match.start(), kind)
        for regex, kind in _KIND
        if (match := regex.search(text, at))
    ]
    return min(found)[2]


def is_marking(text: str) -> bool:
    """Whether *text* is a mark of secrecy, urgency or transmission and nothing else."""
    return len(text) < 120 and _MARKING.fullmatch(text) is not None

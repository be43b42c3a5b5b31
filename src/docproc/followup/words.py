"""The small words by which a question leans on what was said before, by language.

They are closed classes, all in lower case: what a question can be *about* is in no list.
Languages other than these have none, and their questions never lean.
"""

from __future__ import annotations

from typing import Final

from docproc.dataclass_on_use import dataclass


@dataclass(frozen=True, slots=True)
class LanguageWords:
    """The small words of one language; each field is words, or phrases parted by commas."""

    openings: str
    """Phrases: how a question goes on from the last one."""
    asking: str
    """Phrases: question words, with what belongs to them before the thing that is asked for."""
    auxiliaries: str
    """Verbs that stand between what is asked for and what is asked about it."""
    he: str
    """Pronouns for one person."""
    his: str
    """Possessives of one person or thing."""
    it: str
    """Pronouns for things, groups and events, theirs among them."""
    theirs: str
    """Possessives of things and groups."""
    this: str
    """Demonstratives that stand before a noun or alone."""
    there: str
    the: str
    """Articles."""
    same: str
    clauses: str
    """What begins a clause: a pronoun behind it may mean a thing that was named before it."""
    prepositions: str
    places: str
    """Those of the prepositions that a place follows rather than a person."""
    light: str
    """Words that a question may hold and still be about nothing by itself."""
    written: str
    """What is done to documents: with these, "it" is the document."""
    documents: str
    generic: str
    """Words for a document of any kind."""
    notes: str
    before: str
    after: str
    times: str
    """What ``before that …`` may end with."""
    replies: str
    replied: str
    levels: str
    """``word:level``: what can be *the same*."""
    when: str
    """Phrases that ask for a date."""
    who: str
    """Phrases that ask for a person."""


ENGLISH: Final = LanguageWords(
    openings="and what about, and how about, what about, how about, and, but, also, or, so",
    asking=(
        "how many, how much, how long, how often, how far, how old, how large, how big, how high,"
        "how soon, how late, how, whose, whom, what, who, which, when, where, why"
    ),
    auxiliaries=(
        "am are be been being can could did do does had has have is might must shall should"
        " was were will would"
    ),
    he="he she him",
    his="his hers her",
    it="it they them itself themselves",
    theirs="its their theirs",
    this="this that these those",
    there="there here then",
    the="the",
    same="same",
    clauses="when while because if although that which who whom whose before after since until as",
    prepositions=(
        "about after against among at before between by during for from in into near of on over"
        " since through to towards under until with within without"
    ),
    places="at in near into through within from",
    light=(
        "else exactly precisely too again really please happen happened happens mean means meant"
        " say says said write writes wrote written tell tells told go goes went come came get got"
        " thing things something anything anyone anybody someone more next later earlier last day"
        " date time place person people name names reason reply replied answer answered much many"
        " one ones"
    ),
    written=(
        "written write wrote signed sign signs sent send sends addressed dated typed typewritten"
        " handwritten kept printed published composed drafted copied stored preserved found"
    ),
    documents=(
        "letter telegram cablegram despatch dispatch document minutes decree resolution report"
        " memorandum order circular statement protocol agreement"
    ),
    generic="document text paper source",
    notes="note notes footnote footnotes endnote endnotes",
    before="before, earlier than, prior to, until",
    after="after, later than, following, since",
    times="date day time year month letter telegram document meeting",
    replies="reply replies answer response",
    replied="reply replied answer answered respond responded",
    levels=(
        "fond:fond fonds:fond opis:opis inventory:opis delo:delo file:delo archive:archive"
        " sender:sender author:sender writer:sender recipient:recipient addressee:recipient"
        " year:year month:month day:day date:day document:document letter:document"
    ),
    when="when, what date, which date, what day, which day, what year, which year",
    who="who, whom, whose",
)

RUSSIAN: Final = LanguageWords(
    openings="а что насчёт, а что насчет, а как насчёт, а как насчет, и, а, но, или, ну а",
    asking=(
        "сколько, кто, кого, кому, кем, о ком, что, чего, чему, чем, о чём, о чем, когда, где,"
        "куда, откуда, почему, зачем, как, какой, какая, какое, какие, какого, каких, в каком,"
        "чей, чья, чьё, чье, чьи"
    ),
    auxiliaries="был была было были есть будет будут надо нужно можно",
    he="он она него неё нее ним ней нему ему ей",
    his="его её ее",
    it="оно они ими им них это",
    theirs="их",
    this="этот эта это эти этого этой этому этом этим этих тот та то те того той том тем",
    there="там тут здесь тогда туда",
    the="",
    same="же самый самая самое самом",
    clauses="когда если потому чтобы который которая которые которое хотя пока",
    prepositions="в во на о об от до из к ко по под при про с со у за для между без над через",
    places="в во на из",
    light=(
        "ещё еще именно точно тоже также говорит говорится сказал сказано написал написано пишет"
        " произошло случилось значит дальше потом раньше позже ответил ответ дата год лет стоит"
    ),
    written="написано написан подписано подписал отправлено послано датировано хранится напечатано",
    documents="письмо письме письма телеграмма телеграмме протокол протоколе документ документе",
    generic="документ документе документа текст тексте",
    notes="примечание примечании примечания примечаниях сноска сноске сноски",
    before="до, раньше, перед",
    after="после, позже",
    times="даты дня времени письма того этого",
    replies="ответ",
    replied="ответил ответила ответили",
    levels=(
        "фонд:fond фонде:fond описи:opis опись:opis деле:delo дело:delo архиве:archive"
        " автор:sender автора:sender адресат:recipient году:year год:year месяце:month день:day"
        " документе:document письме:document"
    ),
    when="когда, в каком году, какого числа",
    who="кто, кого, кому, кем, о ком",
)

GERMAN: Final = LanguageWords(
    openings="und was ist mit, was ist mit, und wie steht es mit, wie steht es mit, und, aber",
    asking=(
        "wie viele, wieviele, wie viel, wieviel, wie lange, wie oft, wie weit, wer, wen, wem,"
        "wessen, was, wann, wohin, woher, wo, warum, weshalb, wieso, wozu, wie, welche, welcher,"
        "welches, welchen, welchem"
    ),
    auxiliaries=(
        "ist sind war waren wird werden wurde wurden hat haben hatte hatten kann konnte konnten"
        " soll sollte sollten muss musste darf durfte will wollte wollten"
    ),
    he="er ihn ihm sie",
    his="sein seine seinen seinem seiner ihr ihre ihren ihrem ihrer",
    it="es ihnen das",
    theirs="deren",
    this="dies diese dieser dieses diesem diesen jene jener jenes jenem",
    there="dort da hier dann damals",
    the="der die das den dem des",
    same="selbe selben gleichen derselben demselben denselben dieselbe dasselbe",
    clauses="als wenn weil dass daß ob obwohl während nachdem bevor",
    prepositions=(
        "an auf aus bei bis durch für gegen im in mit nach ohne seit über um unter vom von vor zu"
        " zum zur am"
    ),
    places="in im bei aus",
    light="noch genau auch sagt sagte schrieb schreibt steht geschah bedeutet antwort datum alt",
    written="geschrieben unterschrieben unterzeichnet gesandt geschickt datiert gedruckt",
    documents="brief briefes telegramm dokument protokoll bericht schreiben",
    generic="dokument text",
    notes="anmerkung anmerkungen fußnote fußnoten",
    before="vor",
    after="nach, seit",
    times="datum tag zeit brief",
    replies="antwort",
    replied="antwortete geantwortet",
    levels=(
        "fonds:fond bestand:fond akte:delo archiv:archive absender:sender verfasser:sender"
        " empfänger:recipient jahr:year monat:month tag:day brief:document"
    ),
    when="wann, welches datum, in welchem jahr",
    who="wer, wen, wem, wessen",
)

FRENCH: Final = LanguageWords(
    openings="et qu'en est-il de, qu'en est-il de, et, mais, ou",
    asking=(
        "combien de, combien d, combien, qui, que, qu, quoi, quand, où, pourquoi, comment, quel,"
        "quelle, quels, quelles"
    ),
    auxiliaries=(
        "est sont était étaient fut furent a ont avait avaient sera seront peut pouvait doit devait"
    ),
    he="il elle lui",
    his="son sa ses leur leurs",
    it="ils elles eux ce cela ça ceci c est-ce était-ce",
    theirs="",
    this="ce cet cette ces",
    there="là y ici alors",
    the="le la les l",
    same="même mêmes",
    clauses="quand si parce lorsque puisque dont que qui",
    prepositions="à au aux avec chez contre dans de des du en entre par pour sans sous sur vers",
    places="à au dans en chez",
    light="autre d encore exactement aussi dit écrit passé arrivé réponse date jour âge",
    written="écrit écrite signé signée envoyé envoyée daté datée adressé adressée conservé",
    documents="lettre télégramme document procès-verbal décret rapport",
    generic="document texte",
    notes="note notes",
    before="avant",
    after="après, depuis",
    times="date jour lettre",
    replies="réponse",
    replied="répondu répondit",
    levels=(
        "fonds:fond dossier:delo archive:archive archives:archive expéditeur:sender auteur:sender"
        " destinataire:recipient année:year mois:month jour:day lettre:document"
    ),
    when="quand, quelle date",
    who="qui",
)

SPANISH: Final = LanguageWords(
    openings="y qué pasa con, y en cuanto a, qué pasa con, y qué hay de, y, e, pero, o",
    asking=(
        "cuántos, cuántas, cuánto, cuánta, cuándo, quién, quiénes, a quién, de quién, con quién,"
        "qué, por qué, para qué, dónde, adónde, de dónde, desde dónde, cómo, cuál, cuáles, que,"
        "quien, cuando, donde, como, cual, por que"
    ),
    auxiliaries=(
        "es son era eran fue fueron está estaba están estaban ha han había habían hubo será serán"
        " puede podía debe debía hay"
    ),
    he="él ella lo le",
    his="su sus",
    it="ello ellos ellas esto eso aquello",
    theirs="",
    this="este esta estos estas ese esa esos esas aquel aquella",
    there="allí allá ahí aquí entonces",
    the="el la los las",
    same="mismo misma mismos mismas",
    clauses="cuando si porque aunque mientras que quien cuyo cuya",
    prepositions=(
        "a al ante bajo con contra de del desde durante en entre hacia hasta para por según sin"
        " sobre tras"
    ),
    places="a en desde de",
    light=(
        "más qué quién cuándo dónde cómo también exactamente dice dijo escribió escrito escrita"
        " escribe pasó ocurrió fecha día año lugar carta respuesta tiene tenía años"
    ),
    written="escrito escrita escribió firmado firmada firmó enviado enviada fechado recibió",
    documents="carta telegrama documento decreto informe acta",
    generic="documento texto",
    notes="nota notas",
    before="antes de",
    after="después de, desde",
    times="fecha día carta entonces",
    replies="respuesta",
    replied="respondió contestó respondido contestado",
    levels=(
        "fondo:fond expediente:delo archivo:archive remitente:sender autor:sender"
        " destinatario:recipient año:year mes:month día:day carta:document"
    ),
    when="cuándo, en qué año, en qué fecha, qué día",
    who="quién, quiénes, a quién",
)

ITALIAN: Final = LanguageWords(
    openings="e che ne è di, e per quanto riguarda, che ne è di, e, ed, ma, o",
    asking=(
        "quanti, quante, quanto, quanta, quando, a chi, di chi, da chi, con chi, chi, che cosa,"
        "che, cosa, perché, dove, da dove, di dove, come, quale, quali, qual"
    ),
    auxiliaries=(
        "è sono era erano fu furono ha hanno aveva avevano ebbe sarà saranno può poteva deve doveva"
        " c'è c'era"
    ),
    he="egli lui lei gli",
    his="suo sua suoi sue",
    it="esso essa essi esse ciò",
    theirs="loro",
    this="questo questa questi queste quello quella quelli quelle",
    there="là lì qui allora",
    the="il lo la i gli le l",
    same="stesso stessa stessi stesse",
    clauses="quando se perché mentre che chi cui",
    prepositions=(
        "a ad al allo alla all ai agli alle con col coi contro da dal dallo dalla dall dai dagli"
        " dalle di del dello della dell dei degli delle in nel nello nella nell nei negli nelle per"
        " prima senza su sul sullo sulla sull sui sugli sulle tra fra verso"
    ),
    places="a in da nel nella",
    light=(
        "ancora anche esattamente dice disse scrisse scritto scritta scrive successe accadde data"
        " giorno anno luogo lettera risposta anni"
    ),
    written="scritto scritta scrisse firmato firmata firmò inviato inviata datato datata ricevette",
    documents="lettera telegramma documento decreto rapporto verbale",
    generic="documento testo",
    notes="nota note",
    before="prima di, prima del",
    after="dopo, dopo il, da",
    times="data giorno lettera allora",
    replies="risposta",
    replied="rispose risposto",
    levels=(
        "fondo:fond fascicolo:delo archivio:archive mittente:sender autore:sender"
        " destinatario:recipient anno:year mese:month giorno:day lettera:document"
    ),
    when="quando, in che anno, in quale anno, che giorno",
    who="chi, a chi",
)

LANGUAGES: Final = {
    "en": ENGLISH, "ru": RUSSIAN, "de": GERMAN, "fr": FRENCH, "es": SPANISH, "it": ITALIAN,
}  # fmt: skip
"""By ISO 639-1 code."""

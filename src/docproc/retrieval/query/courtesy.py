"""What a question asks, without the courtesy and the introduction around it.

"I am writing a thesis and would be grateful for any help.  Could you tell me who signed the
treaty?" asks who signed the treaty.  Greetings, thanks, the asker's purpose and the polite forms in
front of the question say nothing that a passage could answer: left in, each of their words is one
that no passage holds.  A sentence that names a subject is kept: what comes before "When did it
leave?" says what left.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from docproc.questions.cleaning import asks_at_once
from docproc.retrieval.weights import WEIGHTS
from docproc.text.language.sentences import sentences
from docproc.text.patterns import compile_on_use

_POLITE: Final = (
    # English
    r"(?:(?:could|can|would|will) you (?:please |kindly |perhaps |possibly )*(?:(?:be so kind as to"
    r"|help me (?:to )?|please) ?)?(?:tell|inform|let|show|explain(?: to)?|advise|say|find out|find"
    r"|describe(?: to)?|look up|check|answer|clarify)(?: (?:me|us))?(?: know)?(?: about| of)?"
    r"|(?:please|kindly|pls),? (?:(?:can|could|would) you )?(?:tell|inform|let|show|explain(?: to)?"
    r"|find out|look up|say|answer)(?: (?:me|us))?(?: know)?(?: about)?"
    r"|(?:tell|inform) (?:me|us)(?: please)?(?: about)?|let me know"
    r"|i(?:'d| would| should)? (?:very much |really |just |also )*(?:(?:like|love|want|wish|need|be"
    r" (?:very )?(?:grateful|glad|happy|interested)(?: if (?:you|i|someone) could)?)"
    r" (?:to (?:know|learn|find out|ask(?: you)?|understand|hear)|tell me)(?: about| more about)?)"
    r"|i(?:'m| am| was|'ve been| have been) (?:just )?(?:wondering|curious|trying to (?:find out"
    r"|learn|understand|establish)|interested (?:in|to know)|asking(?: myself)?"
    r"|looking (?:for information (?:about|on)|to find out))(?: about)?"
    r"|i wonder(?: (?:if|whether) (?:you|any(?:one|body)|some(?:one|body)) (?:knows?|can tell me))?"
    r"|i have a question(?: for you)?(?: about)?|my question is(?: this)?"
    r"|(?:do|does|would) (?:you|anyone|anybody|someone|somebody)(?: here)?(?: happen to)? (?:know|"
    r"have any idea)(?: about)?"
    r"|is it (?:known|possible to (?:say|tell|know|find out))|what i(?:'d| would) like to know is"
    r"|(?:excuse|pardon|forgive) me(?:,? but)?|sorry(?: to (?:bother|trouble) you)?(?:,? but)?"
    r"|quick question|one more question|if (?:you do not|you don't) mind(?: me asking)?"
    r"|if (?:it is |it's )?(?:possible|you (?:can|could|please))"
    r"|(?:hello|hi|hey|good (?:morning|day|afternoon|evening)|greetings|dear [^,.!?]{1,40}(?=[,!])"
    r"|thank you(?: very much| so much)?(?: in advance)?|thanks(?: a lot| in advance)*|please)"
    # German
    r"|(?:können|könnten|würden|kannst|könntest) (?:sie|du) (?:mir |uns )?(?:bitte |vielleicht |"
    r"freundlicherweise )*(?:(?:mir |uns )?(?:sagen|mitteilen|erklären|verraten|helfen))"
    r"|(?:bitte )?(?:sagen|sag|erklären|teilen) (?:sie )?(?:mir|uns)(?: bitte)?(?: mit)?"
    r"|ich (?:möchte|würde|wollte|wüsste)(?: gerne?)?(?: (?:mal|bitte))?(?: (?:wissen|erfahren|"
    r"fragen))?|ich frage mich|wissen sie|weißt du|(?:guten (?:tag|morgen|abend)|hallo|"
    r"sehr geehrte[^,.!?]{0,40}(?=[,!])|liebe[rs]? [^,.!?]{1,30}(?=[,!])"
    r"|entschuldigung|entschuldigen sie(?: bitte)?"
    r"|bitte|danke(?: schön)?|vielen dank(?: im voraus)?)"
    # French
    r"|(?:pourriez|pouvez)[- ]vous(?: s'il vous plaît)? (?:me|nous) (?:dire|indiquer|expliquer|"
    r"préciser|renseigner sur)|(?:peux|pourrais)[- ]tu (?:me|nous) (?:dire|expliquer)"
    r"|(?:dites|dis|indiquez|expliquez)[- ]moi(?: s'il (?:vous|te) plaît)?"
    r"|j'aimerais(?: bien)? (?:savoir|apprendre|connaître)|je (?:voudrais"
    r"|souhaite(?:rais)?)(?: bien)?"
    r" (?:savoir|connaître|apprendre)|je me demande|savez[- ]vous|sais[- ]tu"
    r"|(?:bonjour|bonsoir|salut|chers? [^,.!?]{1,30}(?=[,!])|excusez[- ]moi"
    r"|pardon|s'il (?:vous|te) plaît"
    r"|merci(?: beaucoup)?(?: d'avance| par avance)?)"
    # Russian
    r"|не могли бы вы(?: мне)?(?: пожалуйста)?,? (?:мне )?(?:сказать|подсказать|сообщить|объяснить"
    r"|рассказать)|(?:скажите|подскажите|сообщите|объясните|расскажите"
    r"|скажи|подскажи)(?: мне| нам)?"
    r"(?:,? пожалуйста)?|(?:я )?(?:хотел|хотела|хотелось) бы (?:узнать|знать|спросить|понять)"
    r"|мне (?:интересно|хотелось бы узнать)|(?:не )?знаете ли вы|(?:вы )?не знаете(?: ли)?"
    r"|(?:здравствуйте|добрый (?:день|вечер)|доброе утро|привет"
    r"|уважаем\w+ [^,.!?]{1,40}(?=[,!])|извините"
    r"|простите|пожалуйста|спасибо(?: большое)?(?: заранее)?|заранее (?:большое )?спасибо"
    r"|благодарю(?: вас)?(?: заранее)?)"
    # Spanish, Italian
    r"|(?:podría|puede|podrías|puedes)(?: usted)? (?:decirme|explicarme|indicarme)"
    r"|(?:dígame|dime)|(?:me gustaría|quisiera|quiero) (?:saber|preguntar|conocer)|me pregunto"
    r"|¿?sabe(?:s)?(?: usted)?|(?:hola|buenos días|buenas (?:tardes|noches)|por favor|"
    r"(?:muchas )?gracias(?: de antemano)?|estimad\w+ [^,.!?]{1,30}(?=[,!])|perdone|disculpe)"
    r"|(?:potrebbe|può|potresti|puoi) (?:dirmi|spiegarmi|indicarmi)|(?:mi dica|dimmi)"
    r"|(?:vorrei|mi piacerebbe) (?:sapere|chiedere|conoscere)|mi chiedo|(?:sa|sai) dirmi"
    r"|(?:buongiorno|buonasera|salve|ciao|per favore|per piacere|(?:molte )?grazie(?: in anticipo)?"
    r"|scusi|mi scusi|gentil\w+ [^,.!?]{1,30}(?=[,!])))"
)
_BEFORE: Final = compile_on_use(
    rf"^[\s¿¡\"“„«(]*{_POLITE}(?=[\s,.:;!?—–-]|$)"
    r"(?:[\s,.:;!—–-]*(?:(?:if|whether|ob|si|se|ли)\b(?=\s))?)[\s,.:;!—–-]*",
    re.IGNORECASE,
)
_AFTER: Final = compile_on_use(
    r"[,;—–-]\s*(?:please|pls|bitte|s'il (?:vous|te) plaît|пожалуйста|por favor|per favore"
    r"|thank you(?: very much)?(?: in advance)?|thanks(?: in advance)?|danke|merci|спасибо|gracias"
    r"|grazie|if (?:it is |it's )?possible|if you (?:can|know|please)|do you know|can you tell me"
    r"|wenn möglich|si possible|если можно|si es posible)\s*(?=[?.!]*\s*$)",
    re.IGNORECASE,
)
_SIGNED: Final = compile_on_use(
    r"[,;.!?–—-]\s*(?:(?:many|kind|best|warm|with)\s)*(?:thanks|thank you|regards|wishes|sincerely|"
    r"yours (?:sincerely|faithfully|truly)|mit freundlichen grüßen|vielen dank|merci|cordialement|"
    r"(?:заранее )?спасибо|с уважением|gracias|saludos|grazie|cordiali saluti)"
    r"(?: (?:a lot|so much|very much|in advance|d'avance|im voraus|заранее|de antemano"
    r"|in anticipo))*"
    r"[,.!]*\s+(?P<name>[^?]{2,120})$",
    re.IGNORECASE,
)
"""How a mail ends: thanks, and who wrote it."""
_PARTICLES_WORDS: Final = "of the at for and de la du von der und di della y"
_PARTICLES: Final = frozenset(_PARTICLES_WORDS.split())
_MAY_END: Final = compile_on_use("[,;—–-]")
_OF_THE_ASKER: Final = (
    # English
    "i i'm i'd i've i'll am me my mine myself we our us you your yours he she it they is "
    "are was be been have had has do does did will would could should can may might must "
    "shall the a an this that these those any some all very so such much more most for of "
    "on in at to from with by about as and or but if not no also just quite really here "
    "there which who what how when where writing write wrote thesis dissertation essay "
    "paper article book chapter phd master's masters doctoral research researching "
    "researcher study studying studies student students school university college class "
    "homework assignment project work working works teacher professor historian genealogist "
    "genealogy hobby interested interest subject topic theme matter question questions ask "
    "asking help helpful assist assistance grateful thankful thank thanks appreciate "
    "appreciated appreciation kind kindly please hope hoping forward hearing hear reply "
    "answer answers advance archive archives library collection collections institution "
    "staff give gives given provide information info anything something everything know "
    "like want need wish glad happy pleased sorry trouble bother hello hi dear sir madam "
    "sirs good morning afternoon evening day greetings regards sincerely faithfully best "
    "look looking find finding out try trying new first time long short following currently "
    "present moment here's one little bit lot "
    # German
    "ich bin mich mir mein meine meiner meinem meinen wir uns unser sie ihr ihre ihnen "
    "ihrer es ist sind war wäre wären habe haben hätte würde könnte können und oder aber "
    "für von zu zum zur im in an am auf mit bei über ein eine einen einem einer der die das "
    "den dem des diesem dieses dieser sehr schreibe schreiben arbeit doktorarbeit "
    "masterarbeit bachelorarbeit dissertation aufsatz buch thema themen forsche forschung "
    "studium studiere student studentin frage fragen hilfe helfen dankbar danke dank "
    "freundlich freundlichen grüße grüßen geehrte damen herren archiv jede jeder gerne "
    "bitte sagen auskunft informationen voraus vielen hallo guten tag "
    # French
    "je suis j'ai j'écris j'aimerais mon ma mes nous vous votre vos notre le la les l un "
    "une des de du d et ou pour sur dans avec par ce cette cet ces très serais serait "
    "reconnaissant reconnaissante toute tout aide aider écris thèse mémoire article livre "
    "sujet thème recherche recherches étudiant étudiante étude question questions merci "
    "bonjour monsieur madame archive archives pourrait peut avance cordialement salutations "
    # Russian
    "я мы мне нам мой моя мою моей мои наш вы вам вас ваш ваша вашу вашей на в о об по для "
    "и или но с к из за от это эту этой этот этому тему теме тема темы пишу работаю работу "
    "работы работа диссертацию диссертации диссертация диплом курсовую статью статья книгу "
    "исследование исследованием занимаюсь изучаю студент студентка историк вопрос вопросы "
    "помощь помощи помогите помочь буду был была бы очень благодарен благодарна признателен "
    "признательна рад рада любую любой архив архива может могли спасибо заранее "
    "здравствуйте уважаемые добрый день пожалуйста интересуюсь интересует "
    # Spanish, Italian
    "estoy escribiendo tesis trabajo sobre este esta tema agradecería mucho cualquier ayuda "
    "que pueda dar archivo yo soy mi me gracias hola estudiante investigación el los las un "
    "una y o para con muy sto scrivendo tesi su questo argomento sarei molto grato grata "
    "per qualsiasi aiuto che l'archivio possa dare io sono mio mia grazie salve studente "
    "studentessa ricerca il lo gli e "
)
_ABOUT_THE_ASKER: Final = frozenset(_OF_THE_ASKER.split())
"""Words of sentences that speak of the asker, and of nothing that an archive could hold."""
_WORD: Final = compile_on_use(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+")
_ASKING: Final = compile_on_use(
    r"\?|？|^\W*(?:who|whom|whose|what|which|when|where|why|how|list|name|describe|explain|find|show"
    r"|wer|wen|wem|was|welche\w*|wann|wo|warum|wie|qui|que|quel\w*|quand|où"
    r"|pourquoi|comment|combien"
    r"|кто|что|какой|какая|какие|когда|где|почему|как|сколько|quién|qué"
    r"|cuándo|dónde|cómo|chi|quando"
    r"|dove|perché|come)\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=256)
def without_courtesy(question: str) -> str:
    """*question* without greetings, thanks, the asker's purpose, and polite forms around it.

    It is returned as it is where nothing else would be left of it.
    """
    question = _cut_signature(question)
    spans = sentences(question)
    parts = [span.of(question).strip() for span in spans] or [question.strip()]
    kept = [part for part in (_bare(part) for part in parts) if part]
    if len(kept) > 1 and any(_ASKING.search(part) for part in kept):
        kept = [part for part in kept if _ASKING.search(part) or not _speaks_of_the_asker(part)]
    return " ".join(kept) or question


def _cut_signature(question: str) -> str:
    """*question* without the thanks at its end, and the name and address of the asker."""
    found = _SIGNED.search(question) if _MAY_END.search(question) else None
    if found is None:
        return question
    asked = question[: found.start() + 1].rstrip(",;–—-")
    words = _WORD.findall(found["name"])
    signed = all(word[0].isupper() or word in _PARTICLES for word in words if word[0].isalpha())
    return asked if signed and _WORD.search(asked) else question


def _bare(sentence: str) -> str:
    """One sentence without the polite forms at its beginning and its end; ``""`` if it was one."""
    for _ in range(WEIGHTS.polite_forms):
        # most questions have none, and the two patterns take a while to compile
        rest = sentence if asks_at_once(sentence) else _BEFORE.sub("", sentence, count=1)
        rest = _AFTER.sub("", rest) if _MAY_END.search(rest) else rest
        if rest == sentence:
            break
        if not _WORD.search(rest):
            return ""
        sentence = rest
    return sentence


def _speaks_of_the_asker(sentence: str) -> bool:
    """Whether each word of *sentence* is one that only tells who asks, why, and how gratefully."""
    words = [word.casefold().replace("’", "'") for word in _WORD.findall(sentence)]
    return all(word in _ABOUT_THE_ASKER for word in words)

"""The language of a text, by its script and its small words; or ``None`` when unsure.

The languages told are those that the text index can stem.  Others that share their words
are known only so as not to be taken for them.  Measured on the first 100 characters (and
300) of 240 English and 240 Russian encyclopaedia paragraphs: 96 % (99 %) and 98 % (100 %)
right and none wrong, at 10 to 50 microseconds a text.  py3langid 0.4.0 gave 99 % (100 %)
and 100 % (100 %), at 150 to 600 microseconds, and never says that it does not know.
"""

from __future__ import annotations

import re

from docproc.text.wordlist import word_set

_WORDS = {
    "en": """
        the of and to in a is that was for it with as his on be at by i this had not are but
        from or have an they which one you were her all she there would their we him been has
        when who will no more if out so what up said its about than into them can only other
        could our my upon shall should may your these those during while between also after
        before where among through being both under since because against although however
        within without each many most several such two
    """,
    "de": """
        der die das und in den von zu mit sich des auf für ist im dem nicht ein eine als auch es
        an werden aus er hat dass daß sie nach wird bei einer um am sind noch wie einem über
        einen so zum war haben nur oder aber vor zur bis mehr durch man sein wurde sei ich wir
        ihr uns
    """,
    "fr": """
        de la le et les des en un une du dans est que qui par pour au il sur pas plus ne se ce
        avec sont son aux cette ou mais comme nous vous leur ont été être sa ses elle je qu ces
        fait même tout deux si leurs était à
    """,
    "it": """
        di e il la che in un per una non del con della i da le si al dei a come lo più gli alla
        sono nel ha delle ma anche dal ed se su questo o sua dell nella all suo ai mi questa
        quella essere stato era hanno sia ho molto ogni
    """,
    "es": """
        de la que el en y a los del se las por un para con no una su al lo como más pero sus le
        ya o este sí porque esta entre cuando muy sin sobre también me hasta hay donde quien
        desde todo nos durante fue era son está han
    """,
    "pt": """
        de a o que e do da em um para é com não uma os no se na por mais as dos como mas foi ao
        ele das tem à seu sua ou ser quando muito há nos já está eu também só pelo pela até isso
        são
    """,
    "nl": """
        de het een en van in is dat op te zijn met voor niet aan er om ook als dan maar bij uit
        nog naar heeft hij worden deze wordt door wat over ze zich haar hebben tot
    """,
    "la": """
        et in est non ut ad cum quod qui sed si per ex ab esse quae a aut de eius hoc atque enim
        nec etiam quam sunt autem sua eo quo
    """,
    "pl": """
        i w na z do się nie że jest o to po od przez za jak dla co przy są tym był jego ale oraz
        lub
    """,
    "cs": """
        a v na se je že z do o i to jako za pro po ve od by které byl jeho nebo však jsou
    """,
    "sv": """
        och i att det som en på är av för med den till inte om ett han de var har från vi så
    """,
}
_TOLD = frozenset(("en", "de", "fr", "it", "es"))

_LANGUAGES_OF: dict[str, tuple[str, ...]] = {}
for _language, _list in _WORDS.items():
    for _word in _list.split():
        _LANGUAGES_OF[_word] = (*_LANGUAGES_OF.get(_word, ()), _language)

_TOKEN = re.compile(r"[^\W\d_]+")
_CYRILLIC = re.compile(r"[а-яёѣѳѵіїєґўљњђћџјѓќѕ]")
_RUSSIAN = re.compile(r"[ыэёѣѳѵ]")
_NOT_RUSSIAN = re.compile(r"[їєґўљњђћџјѓќѕ]")
_BULGARIAN = re.compile(r"ъ[бвгджзклмнпрстфхцчшщ]")
_RUSSIAN_WORDS = word_set(
    """
    и в во не что он на я с со как а то все она так его но да ты к у же вы за бы по только ее
    мне было вот от меня еще нет о из ему теперь когда даже ну ли если уже или ни быть был него
    до вас нибудь опять уж вам ведь там потом себя ничего ей может они тут где есть надо ней для
    мы тебя их чем была сам чтоб без будто чего раз тоже себе под будет тогда кто этот того
    потому этого какой этом при которые который которая также это были после между
    """
)

_LOOKED_AT = 600
"""Characters; a language that does not show itself in so many is left open."""


def language_of(text: str) -> str | None:
    """The ISO 639-1 code of English, Russian, German, French, Italian or Spanish, or ``None``."""
    sample = text[:_LOOKED_AT].lower()
    tokens = _TOKEN.findall(sample)
    if not tokens:
        return None
    cyrillic = len(_CYRILLIC.findall(sample))
    if 2 * cyrillic > sum(map(len, tokens)):
        return _cyrillic(sample, tokens)
    scores: dict[str, float] = {}
    for token in set(tokens):  # "Los Angeles" ten times over is still one Spanish word
        known = _LANGUAGES_OF.get(token)
        if known:
            for language in known:
                scores[language] = scores.get(language, 0.0) + 1.0 / len(known)
    if not scores:
        return None
    best = max(scores, key=lambda language: scores[language])
    second = max((score for language, score in scores.items() if language != best), default=0.0)
    sure = scores[best] >= max(2.0, 0.1 * len(set(tokens))) and scores[best] >= 1.4 * second
    return best if sure and best in _TOLD else None


def _cyrillic(sample: str, tokens: list[str]) -> str | None:
    """Russian, if its own letters or small words say so and no neighbour's letters do."""
    russian = len(_RUSSIAN.findall(sample))
    if len(_NOT_RUSSIAN.findall(sample)) > russian // 4:
        return None
    words = sum(token in _RUSSIAN_WORDS for token in tokens)
    sure = russian + words > 1 and not _BULGARIAN.search(sample)
    return "ru" if sure else None

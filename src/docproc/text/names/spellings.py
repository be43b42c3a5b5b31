"""How the letters of names are read, orthography by orthography: data for ``names``.

Readings are written in single signs: ``a e i o u`` for vowels, ``y`` for a glide, ``C`` for
the sound of *ch* in *church*, ``J`` for that of *j* in *judge*, ``S`` for *sh* and *zh*
together, ``s`` for *s* and *z*, ``v`` for *v* and *w*, ``h`` for *h* and *kh*; other
consonants stand for themselves.

Sources: ISO 9:1995 and its national variants; the ALA-LC romanization tables (2012) for
Russian and Ukrainian; BGN/PCGN 1947; Duden's transcription of Russian; the French
transcription of the *Imprimerie nationale*; the Polish one of PWN; the spelling rules of
Turkish, Czech, Italian, Spanish, Dutch and Swedish.  That one spelling is read by each
orthography in turn is the idea of Beider and Morse, "Beider-Morse Phonetic Matching: An
Alternative to Soundex with Fewer False Hits" (Avotaynu, 2008); sequences of letters as the
units that are read are Daitch and Mokotoff's (Mokotoff, "Soundexing and Genealogy", 1985).
"""

from __future__ import annotations

from typing import Final

ANY: Final = {
    "a": "a", "b": "b", "c": "k", "d": "d", "e": "e", "f": "f", "g": "g", "h": "h", "i": "i",
    "j": "J", "k": "k", "l": "l", "m": "m", "n": "n", "o": "o", "p": "p", "q": "k", "r": "r",
    "s": "s", "t": "t", "u": "u", "v": "v", "w": "v", "x": "ks", "y": "y", "z": "s",
    "ce": "se", "ci": "si", "cy": "si", "ch": "C", "ck": "k", "cz": "C", "č": "C", "ć": "C",
    "ç": "s", "dh": "d", "dj": "J", "dsch": "J", "dzh": "J", "dž": "J", "dż": "J", "đ": "J",
    "ee": "i", "gh": "g", "ı": "i", "kh": "h", "ł": "l", "oo": "u", "ou": "u", "ó": "u",
    "ph": "f", "qu": "k", "rh": "r", "rzh": "rS", "sch": "S", "sh": "S", "ś": "s", "š": "S",
    "ş": "S", "ß": "s", "sz": "s", "tch": "C", "th": "t", "tsch": "C", "tsh": "C", "tš": "C",
    "tz": "ts", "zh": "S", "zs": "S", "dzs": "J", "ž": "S", "ź": "s", "ż": "S", "æ": "e", "ø": "o",
    "ð": "d", "þ": "t", "œ": "e", "ij": "iy", "ğ": "", "ə": "e",
}  # fmt: skip
"""Latin letters as most orthographies read them, English where they differ."""

LATIN: Final[dict[str, dict[str, str]]] = {
    "en": {},
    "fr": {"ch": "S", "j": "S", "ge": "Se", "gi": "Si", "gue": "ge", "gui": "gi"},
    "de": {
        "ch": "h", "j": "y", "z": "ts", "ce": "tse", "ci": "tsi", "cy": "tsi", "ah": "a",
        "eh": "e", "ih": "i", "oh": "o", "uh": "u", "ie": "i",
    },
    "pl": {
        "c": "ts", "ce": "tse", "ci": "tsi", "cy": "tsi", "ch": "h", "j": "y", "rz": "S",
        "sz": "S", "dj": "dy", "dź": "ds",
    },
    "iso": {
        "c": "ts", "ce": "tse", "ci": "tsi", "cy": "tsi", "ch": "h", "ck": "tsk", "j": "y",
        "dj": "dy", "dzs": "ds",
    },
    "tr": {"c": "J", "ce": "Je", "ci": "Ji", "cy": "Ji", "ç": "C", "j": "S"},
    "it": {
        "ce": "Ce", "ci": "Ci", "ch": "k", "ge": "Je", "gi": "Ji", "gh": "g", "j": "y",
        "sce": "Se", "sci": "Si", "z": "ts",
    },
    "es": {"j": "h", "ge": "he", "gi": "hi", "sch": "SC"},
    "nl": {"oe": "u", "sj": "S", "tj": "C", "tsj": "C", "zj": "S", "dzj": "J", "j": "y", "ch": "h"},
    "ar": {"q": "g", "dj": "J", "ch": "S"},
}  # fmt: skip
"""What each orthography reads otherwise.  ``iso`` is the scholarly way, with Czech and Croatian."""

CYRILLIC_ANY: Final = {
    "а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "д": "d", "е": "ye", "ё": "yo", "є": "ye",
    "ж": "S", "з": "s", "и": "i", "і": "i", "ї": "yi", "й": "y", "ј": "y", "к": "k", "л": "l",
    "љ": "l", "м": "m", "н": "n", "њ": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t",
    "у": "u", "ў": "v", "ф": "f", "х": "h", "ц": "ts", "ч": "C", "ш": "S", "щ": "SC", "ъ": "",
    "ы": "i", "ь": "", "ѣ": "ye", "э": "e", "ю": "yu", "я": "ya", "ѳ": "f", "ѵ": "i", "џ": "J",
    "ђ": "J", "ћ": "C", "дж": "J", "кс": "ks", "ә": "a", "ғ": "g", "қ": "k", "ң": "n", "ө": "o",
    "ұ": "u", "ү": "u", "һ": "h",
}  # fmt: skip

CYRILLIC: Final[dict[str, dict[str, str]]] = {
    "ru": {},
    "ё without its dots": {"ё": "ye"},
    "г for h": {"г": "h", "ґ": "g"},
}
"""Ways in which Cyrillic letters are read: г also stands for the *h* of other languages."""

CYRILLIC_ENDINGS: Final = (
    "ого", "его", "ому", "ему", "ыми", "ими", "ами", "ями",
    "ым", "им", "ом", "ем", "ах", "ях", "у", "ю",
)  # fmt: skip
"""Endings of Russian cases that are not vowels alone, or are vowels that names may end in."""

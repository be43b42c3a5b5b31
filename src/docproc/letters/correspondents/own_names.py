"""What a letter itself calls those whom its edition names: ``Bill`` for ``Holm, William``.

Questions use either name, and a reader of one may not know the other.
"""

from __future__ import annotations

from dataclasses import replace

from docproc.letters.correspondents.title_outlines import KIN_WORDS
from docproc.letters.vocabulary.offices import is_office
from docproc.letters.vocabulary.words import NO_SIGNERS
from docproc.persons.names import natural_order
from docproc.records import Mention
from docproc.text.names.matching import name_matcher
from docproc.text.patterns import compile_on_use
from docproc.text.words import word_set

_NAME = compile_on_use(
    r"(?:[^\W\d_a-zà-öø-ÿа-яё]\.\s?)*[^\W\d_a-zà-öø-ÿа-яё][^\W\d_]+(?:['’-][^\W\d_]+)*"
    r"(?:\s(?:[^\W\d_a-zà-öø-ÿа-яё]\.?\s)*[^\W\d_a-zà-öø-ÿа-яё][^\W\d_]+(?:['’-][^\W\d_]+)*){0,2}"
)
_CALLED = word_set(
    "sir sirs madam gentlemen gentleman lady ladies friend friends comrade comrades colleague pal "
    "darling dear dearest sweetheart love wife husband mama mamma papa mom mum dad daddy granny "
    "grandma grandpa boy girl child children all everybody honey old your yours unknown anonymous "
    "herr herren frau freund freunde freundin schatz liebster liebste mutti vati oma opa "
    "monsieur messieurs madame mesdames mademoiselle ami amie amis maman chéri chérie "
    "señor señora señores amigo amiga amigos mamá papá querida querido hija hijo hermana hermano "
    "signore signora signori amico amica "
    "sincerely thanks regards sinceramente atentamente afectuosamente cariñosamente gracias "
    "saludos estimado estimada merci cordialement sincèrement danke hochachtungsvoll herzlichst "
    "grazie cordialmente спасибо привет "
    "друг друзья товарищ товарищи господин господа мама папа милый милая дорогой дорогая"
)
"""How anybody is addressed, which is no name."""


def add_own_name(known: Mention | None, said: Mention | None) -> Mention | None:
    """*known*, and the name in *said*, the letter's signature or salutation, if it is another."""
    if known is None or said is None or known == said or ";" in known.text or is_office(known.text):
        return known
    name = " ".join(said.text.split()).strip(" .,!–—-")
    same = name_matcher(name, partly=False)
    if not _NAME.fullmatch(name) or any(map(same, (natural_order(known.person), *known.own_names))):
        return known
    words = name.casefold().split()
    if any(word in _CALLED or word in NO_SIGNERS or KIN_WORDS.fullmatch(word) for word in words):
        return known
    return replace(known, own_names=(*known.own_names, name))

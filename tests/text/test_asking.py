"""What of a question only asks."""

from __future__ import annotations

import pytest

from docproc.text.terms import question_words


@pytest.mark.parametrize(
    ("question", "language", "words"),
    [
        ("Combien de lits a-t-on trouvés ?", "fr", ["lits", "trouves"]),
        ("Où l'avion s'est-il posé ?", "fr", ["avion", "pose"]),
        ("Comment s'appelle le pilote ?", "fr", ["pilote"]),
        ("¿Cómo se llamaba el boticario?", "es", ["boticario"]),
        ("¿Quién tenía que pagar la cuenta?", "es", ["pagar", "cuenta"]),
        ("Где велено взять лопаты?", "ru", ["взять", "лопаты"]),
        ("Как звали пасечника?", "ru", ["пасечника"]),
        ("Wie hieß der Müller?", "de", ["muller"]),
        ("Où est le rendez-vous ?", "fr", ["rendezvous", "rendez"]),
    ],
)
def test_what_only_asks_is_not_looked_for(question, language, words):
    assert [word for word, _ in question_words(question, [language])] == words

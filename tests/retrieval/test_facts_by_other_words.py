"""Births, deaths, prices, chairs: asked for in one word, told in another, or not told at all;
and what stands at the edges of a letter.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from docproc.operations.application import Application
from docproc.operations.reading.reading_room import open_reading_room
from docproc.operations.writing.runs import prepare_index
from docproc.pipeline.monitoring.progress import Silent
from docproc.records import Verdict
from docproc.retrieval import ReadingRoom
from docproc.text.language.related_words import needs_related_word, related_words
from docproc.workspace import find_workspace

TEXTS = {
    "en": """Minutes of the Harbour Trust of Kilrane, 4 March 1902

In the chair: Mr. Sloane. Present: Messrs. Doyle and Furlong.

The dredger. Proposed by Mr. Doyle that the dredger be laid up till May. Carried.

The storm of the 12th did great damage to the slip; the loss was put at 340 pounds by the surveyor.

Surveyor Power left for Carne on the 9th instant. Typhus carried off Mrs. Hore and her two sons.
""",
    "en2": """Ned Doyle to his sister Kate

Kilrane, 9 March 1902

Dear Kate,

Old Furlong fell from the slip and was drowned on Sunday. The bridge at Carne is open again.

Your brother Ned
""",
    "en3": """Petition of Mary Lorne

Kilrane, 5 May 1862

Peter Beale is a good driver, five feet high, and is of the value of ninety pounds.

The petitioner had him from Dr. Nash, late of Wexford, deceased.
""",
    "en4": """Petition of Anna Rowe

Kilrane, 6 May 1862

The petitioner held a claim to the labour of the said Lewis Hart, and was his owner.

Lewis Hart is of a dark copper colour, of five feet four inches, with gray and bushy hair, a house
servant and coachman.

How tall the said Lewis Hart stood was told of the said Lewis Hart before.
""",
    "en5": """Report of the surveyor of Kilrane

Kilrane, 9 March 1902

Mr. Ambrose Kehoe, mate of the dredger, was admitted to the infirmary on Tuesday with a fever and
was discharged on Friday. The same fever was the death of Michael Quirke, the cook of the dredger.
""",
    "fr": """Le maire de Vernet au préfet du Nord

Vernet, le 3 mai 1833

Monsieur le Préfet,

Le pont de Vernet a été rouvert. L'hectolitre de seigle se vend 14 francs. Le curé, M. Rouaix,
s'est retiré à Tarbes.

Le maire, Paul Fabre
""",
    "u1": """Le préfet du Nord à l'évêque de Vannes

Lille, le 2 juin 1835

Je vous prie de me nommer le curé de Bray.

Baron Mercier
Archives du Nord, 5 V 2, pièce 3.
""",
    "u2": """The Minister in Lund (Ames) to the Secretary of State

841.51/7 : Telegram

Lund, June 2, 1926.

The loan of the harbour board is refused.

Ames
""",
    "u3": """The Minister in Lund (Ames) to the Secretary of State

841.51/9

Lund, June 9, 1926.

The harbour board asks again.

Ames
""",
    "ru": """Антонов — Левиной

Самара, 3 мая 1921 г.

Товарищ Левина! Мост у Кинели закрыт для подвод. Учительница Зимина переведена в Бугульму.

Антонов
""",
}


@pytest.fixture(scope="module")
def room(letter_workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> ReadingRoom:
    root = tmp_path_factory.mktemp("facts")
    (root / "config.toml").write_text("", "utf-8")
    (root / "seeds").mkdir()
    for name, text in TEXTS.items():
        (root / "seeds" / f"{name}.txt").write_text(text, "utf-8")
    shutil.copytree(letter_workspace / "embeddings" / "encoders", root / "embeddings" / "encoders")
    prepare_index(Application(find_workspace(root)), Silent()).run()
    return open_reading_room(Application(find_workspace(root)))


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("When did Furlong die?", "drowned on Sunday"),
        ("What was Peter Beale worth?", "ninety pounds"),
        ("How tall was Lewis Hart?", "five feet four"),  # and every paragraph has his name
        ("How large was the loss?", "340 pounds"),
        ("When did the surveyor leave for Carne?", "on the 9th instant"),
        ("Who died of typhus?", "carried off"),
        ("What was decided about the dredger?", "laid up till May"),
        ("Quel était le prix du seigle ?", "14 francs"),
    ],
)
def test_a_fact_is_told_in_other_words(room, question, told):
    answer = room.answering.ask(question, limit=3)
    assert answer.verdict is Verdict.ANSWERED
    assert told in " ".join(answer.citations[0].quote.split())


@pytest.mark.parametrize(
    "question",
    [
        "Who built the bridge at Carne?",
        "How old was Furlong?",
        "When did Peter Beale die?",  # the next paragraph tells of another's death
        "What did Peter Beale die of?",
        "How many children had Peter Beale?",
        "What did Ambrose Kehoe die of?",  # his letter tells of another's death
        "Where was Ambrose Kehoe wounded?",
        "Who treated Ambrose Kehoe in the infirmary?",
        "Qui a construit le pont de Vernet ?",
        "Quel âge avait le curé Rouaix ?",
        "Quand est mort le curé Rouaix ?",
        "Кто построил мост у Кинели?",
        "Когда родилась Зимина?",
        "Сколько лет было Зиминой?",
    ],
)
def test_a_fact_that_no_word_tells_is_not_answered(room, question):
    assert room.answering.ask(question, limit=3).verdict is not Verdict.ANSWERED


@pytest.mark.parametrize(
    ("question", "name", "holds"),
    [
        ("Quelle est la cote de la lettre du préfet du Nord à l'évêque ?", "u1", "5 V 2"),
        ("Qu'a écrit le préfet du Nord à l'évêque ?", "u1", "curé de Bray"),
        ("What is the file number of the telegram of June 2, 1926?", "u2", "841.51/7"),
        ("How many telegrams did Ames send?", "u2", "loan"),
        ('List all letters that hold "loan of the harbour board"', "u2", "loan"),
        ('How many letters contain the words "asks again"?', "u3", "again"),
    ],
)
def test_what_a_letter_is_kept_under_is_read_from_its_edges(room, question, name, holds):
    answer = room.answering.ask(question, limit=3)
    assert {Path(each.source.path).stem for each in answer.citations} == {name}
    assert holds in answer.citations[0].quote


def test_letters_that_hold_a_phrase_are_counted_and_none_is_from_whom_it_names(room):
    answer = room.answering.ask('List the letters that hold "harbour board"', limit=3)
    assert answer.remarks == ("2 documents that hold “harbour board”.",)
    named = room.answering.ask('Which letters hold "Old Furlong"?', limit=3)
    assert named.remarks == ("1 document that holds “Old Furlong”.",)


@pytest.mark.parametrize(
    ("asked", "unit"),
    [("precio", "reales"), ("prix", "francs"), ("почем", "руб"), ("preis", "taler")],
)
def test_a_price_is_told_by_its_coin(asked, unit):
    assert unit in related_words(asked)


def test_what_no_text_tells_otherwise_is_told_from_what_it_may():
    assert "drowned" in related_words("die")
    assert needs_related_word("die")
    assert "price" in related_words("cost")
    assert not needs_related_word("cost")
    assert "automobile" in related_words("car")
    assert not needs_related_word("car")
    assert all(map(needs_related_word, ("verletzt", "украли", "blessé")))
    assert related_words("herring") == ()

"""Who writes to whom in titles that say it by cases, articles and small words."""

import pytest

from docproc.letters.correspondents.sender_recipient import heading_correspondents
from docproc.records import Mention


def read(title, *, letter=False):
    found = heading_correspondents(Mention(title), letter=letter)
    return found.sender and found.sender.text, found.recipient and found.recipient.text


@pytest.mark.parametrize(
    ("title", "sender", "recipient"),
    [
        ("Письмо Орлова Бергу", "Орлова", "Бергу"),
        ("Телеграмма консула в Либаве А. Б. Орлова министру Н. И. Бергу, 3 мая 1911 г.",
         "консула в Либаве А. Б. Орлова", "министру Н. И. Бергу"),
        ("Письмо рыбаков посёлка Устье М. И. Бергу", "рыбаков посёлка Устье", "М. И. Бергу"),
        ("Прошение вдовы Орловой в городскую управу", "вдовы Орловой", "городскую управу"),
        ("Докладная записка А. Б. Орлова Н. И. Бергу о положении в порту",
         "А. Б. Орлова", "Н. И. Бергу"),
        ("Письмо к Н. И. Бергу", None, "Н. И. Бергу"),
        ("Letter from the Town Council of Libau to the fishermen",
         "the Town Council of Libau", "the fishermen"),
        ("The Inhabitants of Libau to the General Court", "The Inhabitants of Libau",
         "the General Court"),
        ("Sir Ivor Dunn to Lord Ross, No. 12", "Sir Ivor Dunn", "Lord Ross"),
        ("Sir I. Dunn to Lord Ross.—(Received July 24.)", "Sir I. Dunn", "Lord Ross"),
        ("Ross, John A., letter to Mary Dunn, 1863 May 4", "Ross, John A.", "Mary Dunn"),
        ("Lettre du duc de Brior à M. de Cluny", "duc de Brior", "M. de Cluny"),
        ("Pétition des habitants de Brior au roi", "habitants de Brior", "roi"),
        ("Lettre adressée par Jean Clou à sa sœur", "Jean Clou", "sa sœur"),
        ("Relazione del console a Libau al ministro degli esteri", "console a Libau",
         "ministro degli esteri"),
        ("Supplica dei pescatori di Brione al doge", "pescatori di Brione", "doge"),
        ("Carta del virrey don Juan de Luz al rey", "virrey don Juan de Luz", "rey"),
        ("Oficio del gobernador de Luz al presidente de la Audiencia", "gobernador de Luz",
         "presidente de la Audiencia"),
        ("List Jana Kota do Marii Lis", "Jana Kota", "Marii Lis"),
        ("Depesza posła w Libawie do ministra spraw zagranicznych", "posła w Libawie",
         "ministra spraw zagranicznych"),
        ("Epistola Petri Lupi ad Henricum Ursum", "Petri Lupi", "Henricum Ursum"),
        ("Der Rat der Stadt Libau an den Rat der Stadt Riga", "Der Rat der Stadt Libau",
         "den Rat der Stadt Riga"),
        ("Gesuch des Schneiders Jakob Ek an den Stadtrat", "Schneiders Jakob Ek", "den Stadtrat"),
    ],
)  # fmt: skip
def test_a_title_of_a_paper_names_both(title, sender, recipient):
    assert read(title) == (sender, recipient)


@pytest.mark.parametrize(
    ("title", "sender", "recipient"),
    [
        ("Anna d'Ek a Francesco Lupi", "Anna d'Ek", "Francesco Lupi"),
        ("Pietro Lupi alla madre", "Pietro Lupi", "madre"),
        ("De Juan de Luz a Ana Ruiz", "Juan de Luz", "Ana Ruiz"),
        ("Jan Kot do Marii Lis", "Jan Kot", "Marii Lis"),
        ("Lupus Ursinus Petro Corvo s. d.", "Lupus Ursinus", "Petro Corvo"),
        ("M. Lupus Corvo salutem", "M. Lupus", "Corvo"),
        ("Lettre aux Seigneurs de Brior", None, "Seigneurs de Brior"),
        ("Л. Б. ОРЛОВУ", None, "Л. Б. ОРЛОВУ"),
        ("An Karin von Ek", None, "Karin von Ek"),
        ("Ad Corvum", None, "Corvum"),
    ],
)
def test_a_head_over_a_letter_names_both(title, sender, recipient):
    assert read(title, letter=True) == (sender, recipient)


@pytest.mark.parametrize(
    "title",
    [
        "Письма читателей", "Путь к победе", "Письма из деревни", "Lettres du front",
        "Le voyage à Rome", "Viaje al Norte", "Cartas desde el frente", "Droga do wolności",
        "Return of the King to the people", "Resolution of the Council to support the strike",
        "A Celtic Winter", "Ad Hoc Committee on Ports", "Committee for a New Libau",
    ],
)  # fmt: skip
@pytest.mark.parametrize("letter", [False, True])
def test_works_and_folders_name_nobody(title, letter):
    assert read(title, letter=letter) == (None, None)

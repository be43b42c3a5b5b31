"""Who wrote to whom, from headings in several languages."""

from __future__ import annotations

import pytest
from documents import FRENCH, GERMAN, RUSSIAN, normalized
from linear import grows_by_length

from docproc.letters.correspondents.sender_recipient import (
    Correspondents,
    heading_correspondents,
    split_sides,
)
from docproc.records import Mention, Span

FORMS = [
    ("J. V. River to L. D. Lake", "J. V. River", "L. D. Lake"),
    ("Sir George Pearse, Minister for External Affairs, to Mr J. A. Lyle, Prime Minister",
     "Sir George Pearse, Minister for External Affairs", "Mr J. A. Lyle, Prime Minister"),
    ("Telegram from River to Lake", "River", "Lake"),
    ("Cablegram from Department of External Affairs to Embassy in Washington",
     "Department of External Affairs", "Embassy in Washington"),
    ("LETTER FROM RIVER TO LAKE", "RIVER", "LAKE"),
    ("## 62 Minute from Griffin[1] to Bunton[2]", "Griffin", "Bunton"),
    ("CABLEGRAM TO LONDON", None, "LONDON"),
    ("Letter from Mission to the League of Nations to Renard",
     "Mission to the League of Nations", "Renard"),
    ("Letter from Lake, Ambassador to France, to River", "Lake, Ambassador to France", "River"),
    ("Letter from Mission to Renard", "Mission", "Renard"),
    ("Speech by Mr J. A. Lyle, Prime Minister, to the Conference",
     "Mr J. A. Lyle, Prime Minister", None),
    ("Record by McIntosh of Conversation with the Ambassador", "McIntosh", None),
    ("Press Release by Department of External Affairs", "Department of External Affairs", None),
    ("Paper by Department of External Affairs on the Pact",
     "Department of External Affairs", None),
    ("Minute by Shedd", "Shedd", None),
    ("И. В. Павлов — Л. Д. Орлову", "И. В. Павлов", "Л. Д. Орлову"),
    ("Ministry of Trade to the Governor of Riga", "Ministry of Trade", "the Governor of Riga"),
    ("Foreign Office to the Embassy in Riga", "Foreign Office", "the Embassy in Riga"),
    ("Гуськов — Антонову", "Гуськов", "Антонову"),
    ("Левина – Гуськовой", "Левина", "Гуськовой"),
    ("Le préfet du Nord à Monsieur le ministre", "préfet du Nord", "Monsieur le ministre"),
    ("El alcalde de Lés al prefecto del Norte", "alcalde de Lés", "prefecto del Norte"),
    ("Marie Faure, veuve Blanc, au maire d'Auray", "Marie Faure, veuve Blanc", "maire d'Auray"),
    ("Le sous-préfet de Redon au préfet du Nord", "sous-préfet de Redon", "préfet du Nord"),
    ("L'évêque de Vannes au maire d'Auray", "évêque de Vannes", "maire d'Auray"),
    ("Il console a Riga al ministro degli Esteri", "console a Riga", "ministro degli Esteri"),
    ("Письмо И. В. Павлова Л. Д. Орлову", "И. В. Павлова", "Л. Д. Орлову"),
    ("Телеграмма В. И. Павлова И. В. Орлову", "В. И. Павлова", "И. В. Орлову"),
    ("Записка Л. Д. Орлова", "Л. Д. Орлова", None),
    ("Schreiben von Rheinfels an Stresewitz", "Rheinfels", "Stresewitz"),
    ("Lettre de M. Briard à M. Duval", "M. Briard", "M. Duval"),
    ("Lettre d’Odile Ferrand à Lucien Barrois", "Odile Ferrand", "Lucien Barrois"),
    ("Lettre du Dr. Mareuil à M. Duval", "Dr. Mareuil", "M. Duval"),
    ("The Minister in Norway (Hill) to the Secretary of State", "The Minister in Norway (Hill)",
     "the Secretary of State"),
    ("Letter from Ida Holm to Per Ek, July 1, 1862: a machine readable transcription", "Ida Holm",
     "Per Ek"),
    ("Ida Holm to Per Ek, 3 May 1901 [electronic edition]", "Ida Holm", "Per Ek"),
    ("Autograph Letter Signed Ida Holm to Per Ek 1969-05-21", "Ida Holm", "Per Ek"),
    ("Copy Typed Letter Ida Holm to Per Ek", "Ida Holm", "Per Ek"),
    ("192.28 Brief Verlag Holm an Verlag Ek", "Verlag Holm", "Verlag Ek"),
    ("Ida Holm an Per Ek, [18. 2. 1893?]", "Ida Holm", "Per Ek"),
    ("Aufzeichnung von Ida Holm, 19. 8. 1904", "Ida Holm", None),
    ("Lettre de Georges Petit (Lund, 12 janvier 1867)", "Georges Petit", None),
    ("Envelope from Ida Holm to Per Ek, May 7, 1906", "Ida Holm", "Per Ek"),
    ("Picture postcard from Ida Holm to Per Ek", "Ida Holm", "Per Ek"),
    ("Ansichtskarte von Ida Holm an Per Ek", "Ida Holm", "Per Ek"),
    ("Carte postale de Jean Petit à Marie Petit", "Jean Petit", "Marie Petit"),
    ("Cartolina postale di Anna Rossi a Paolo Bianchi", "Anna Rossi", "Paolo Bianchi"),
    ("Открытка М. П. Орловой А. П. Орлову", "М. П. Орловой", "А. П. Орлову"),
    ("Brev fra Ida Holm til Per Ek, 12. mai 1884", "Ida Holm", "Per Ek"),
    ("Brev från Ida Holm till Per Ek", "Ida Holm", "Per Ek"),
    ("Brief van Ida Holm aan Theo van Dam, 3 mei 1888", "Ida Holm", "Theo van Dam"),
    ("Letter number 9 from Ida Holm to Per Ek (November 13, 1914)", "Ida Holm", "Per Ek"),
    ("Letter 12: Ida Holm to Per Ek", "Ida Holm", "Per Ek"),
    ("Letter, Ida Holm to Per Ek", "Ida Holm", "Per Ek"),
    ("Copy of a letter from Ida Holm to the Mayor of Lund", "Ida Holm", "the Mayor of Lund"),
    ("Abschrift des Briefes von Ida Holm an Per Ek (Lund, 5. April 1826)", "Ida Holm", "Per Ek"),
    ("Brief(entwurf) von Ida Holm an Per Ek", "Ida Holm", "Per Ek"),
    ("Ida Holm: Letter to Per Ek, 3 May 1901", "Ida Holm", "Per Ek"),
    ("Per Ek, letter to Ida Holm, 3 May 1901", "Per Ek", "Ida Holm"),
    ("Ida Holm's letter to Per Ek", "Ida Holm", "Per Ek"),
    ("Ida Holm: An Per Ek, 3. 5. 1901", "Ida Holm", "Per Ek"),
    ("To Per Ek from Ida Holm, 24 October 1787", "Ida Holm", "Per Ek"),
    ("To Per Ek, 3 May 1901", None, "Per Ek"),
    ("Lettre de Ida Holm au ministre de la Guerre", "Ida Holm", "ministre de la Guerre"),
    ("Holm, Ida an Ek, Per, 3.5.1901", "Holm, Ida", "Ek, Per"),
    ("Letter from Ida Holm to Per Ek and William F. Holm, May 14, 1902",
     "Ida Holm", "Per Ek and William F. Holm"),
    ("Ida Holm to Per Ek (Dresden, 21 January 1835)", "Ida Holm", "Per Ek"),
    ("Erlass von Ida Holm an das Gericht von Lund, 26. Mai 1857", "Ida Holm", None),
    ("Briefe an Per Ek (Abschriften), 3. Mai 1901 - 1902", None, "Per Ek"),
    ("Letters from Ida Holm to Per Ek (photocopies), Nov. 1938 - 1941", "Ida Holm", "Per Ek"),
    ("Ida Holm to the President, No. 66, 14 May 1780", "Ida Holm", "the President"),
    ("Ida Holm to Per Ek, 1 August [1873]", "Ida Holm", "Per Ek"),
    ("LETTERS OF A TRAVELLER", None, None),
    ("1 TLS, Holm, Ida Berit to Ek, Per K", "Holm, Ida Berit", "Ek, Per K"),
    ("2 ALsS to Ek, Per [1915]", None, "Ek, Per"),
    ("3 TLs (carbons), Holm, Ida to Ek, Per", "Holm, Ida", "Ek, Per"),
    ("1 TLS by Holm, Ida G., to Ek", "Holm, Ida G.", "Ek"),
    ("Holm, Ida Elsa to Per Ek, TL (copy), [1920] September 27", "Holm, Ida Elsa", "Per Ek"),
    ("Memorandum of Understanding", None, None),
    ("Letter of Introduction", None, None),
    ("Message of the President to Congress, 3 December 1861", "the President", "Congress"),
    ("No. 72. — Dépêche du Consul à Libau (Ames) au Ministre du Commerce",
     "Consul à Libau (Ames)", "Ministre du Commerce"),
    ("Lettre du Consul à Libau au Ministre du Commerce", "Consul à Libau", "Ministre du Commerce"),
    ("Lettre du ministre des Affaires (Petit) à l’ambassadeur à Londres (Roux)",
     "ministre des Affaires (Petit)", "l’ambassadeur à Londres (Roux)"),
    ("Carta del cónsul en Libau (Ames) al ministro de Comercio", "cónsul en Libau (Ames)",
     "ministro de Comercio"),
    ("Dispaccio del console al ministro", "console", "ministro"),
    ("Telegramm des Konsuls in Libau (Ames) an den Sekretär des Amtes",
     "Konsuls in Libau (Ames)", "den Sekretär des Amtes"),
    ("Schreiben der Gräfin Holm an den König", "Gräfin Holm", "den König"),
    ("Memorandum by the Consul (Ames) for the Record", "the Consul (Ames)", None),
    ("Memorandum by the Consul (Ames) of a Conversation", "the Consul (Ames)", None),
    ("Memorandum by the Deputy for Baltic Affairs (Ames)", "the Deputy for Baltic Affairs (Ames)",
     None),
    ("Letter No. 76\nAnna Reiss to her sister Maria, [after 3 July 1951]", "Anna Reiss",
     "her sister Maria"),
    ("Ida Holm an ihre Schwester Ada, 3. Mai 1871", "Ida Holm", "ihre Schwester Ada"),
    ("Lettre de Jean Petit à sa mère", "Jean Petit", "sa mère"),
    ("Ida Holm an Per Ek, o. O., o. D. (Dezember 1684)", "Ida Holm", "Per Ek"),
    ("Letter from Ida Holm to Per Ek, n.d.", "Ida Holm", "Per Ek"),
    ("Petition of Ida Holm, 13 May 1862", "Ida Holm", None),
    ("Briefe einer Reisenden", None, None),
    ("Ida Holm to Per Ek, 17 February [188]9", "Ida Holm", "Per Ek"),
    ("Postcard from Ida Holm to Per Ek, 18 May [1874 or 1875]", "Ida Holm", "Per Ek"),
]  # fmt: skip


@pytest.mark.parametrize(("title", "sender", "recipient"), FORMS)
def test_a_heading_names_sender_and_recipient(title, sender, recipient):
    found = heading_correspondents(Mention(title, Span(7, 7 + len(title))), letter=False)
    assert (found.sender and found.sender.text) == sender
    assert (found.recipient and found.recipient.text) == recipient
    for mention in (found.sender, found.recipient):
        if mention and "[" not in title:
            assert mention.span is not None
            assert mention.span.shift(-7).of(title) == mention.text


@pytest.mark.parametrize(
    "title",
    [
        "La vie du préfet au théâtre",
        "Le maire de Rennes à la guerre",
        "Москва — городу",
        "Introduction to Archives",
        "A Poem to his Mistress",
        "How to Read a Letter",
        "Minutes of Fourth Meeting of Principal Delegates to Imperial Conference",
        "The Road to Kabul",
        "Decision to postpone the matter",
        "x" * 500 + " to Y",
    ],
)
def test_a_heading_of_another_kind_names_nobody(title):
    found = heading_correspondents(Mention(title), letter=True)
    assert (found.sender, found.recipient) == (None, None)


@pytest.mark.parametrize(
    "title",
    [
        "Committee to Re-elect the President",
        "Council of Europe to the Present",
        "An Introduction to the Ministry of Trade",
        "The Debates of the Second Synod, March 2 to December 4, 1871 / Anna Reed",
        "Poets in Brief: Five Lives from Sappho to Blake / John Ash",
        "The Mind of Love: An Essay on Solitude",
        "The 'Grandeur' of Verse: An Opinion",
        "Pastorals of the Bishops - Volume II: 1801-1840",
        "Sappho, Odes and Ash, Riders to the Hills, September 1901",
        "A Journey to the Northern Islands, 1775",
        "Letters from Visby: The First Session / Anna Reed",
        "Holm, Dr. Ida B. - Financial Statements",
        "Holm, Dr. Ida B. - Trip to Lund",
        "Holm, Ida B. - Holm, Per K.",
        "H.A.R.B.O.U.R. Center - Advanced Studies, Medicine",
        "Holm, Elsa (Mrs. Per K. - Mother)",
        "Mrs. Holm's Romance (If I Had Money, Getting a Polish)",
        "Deed to Thomas P. Ek",
        "FG49: An Earthshaking Announcement Q227",
        "The Joy of Piers, A Gourmet Guide to Harbour Building by Ida Holm, 1980",
        "Announcement of Holm's lecture to Lund Library Associates, 3 December 1987",
        "Subseries 3B: To Holm",
    ],
)
def test_the_title_of_a_work_names_nobody(title):
    assert heading_correspondents(Mention(title), letter=False) == Correspondents()


@pytest.mark.parametrize(
    ("title", "sender", "recipient"),
    [
        ("Hector Ross, factor, to Sir Ivor Dunn", "Hector Ross, factor", "Sir Ivor Dunn"),
        ("Sir Ivor Dunn to Hector Ross, land agent", "Sir Ivor Dunn", "Hector Ross, land agent"),
        (
            "Ian Bain, crofter, to the factor of Balloch",
            "Ian Bain, crofter",
            "the factor of Balloch",
        ),
        ("А. В. Морозова — в земскую управу", "А. В. Морозова", "в земскую управу"),
        ("Марья Орлова — мужу", "Марья Орлова", "мужу"),
        ("Учительница Морозова — земской управе", "Учительница Морозова", "земской управе"),
    ],
)
def test_what_somebody_is_stands_behind_the_name_over_a_letter(title, sender, recipient):
    found = heading_correspondents(Mention(title), letter=True)
    assert (found.sender, found.recipient) == (Mention(sender), Mention(recipient))
    assert heading_correspondents(Mention(title), letter=False) == Correspondents()


def test_a_plain_to_counts_only_in_a_letter():
    assert heading_correspondents(Mention("River to Lake"), letter=False).sender is None
    assert heading_correspondents(Mention("River to Lake"), letter=True).sender == Mention("River")


@pytest.mark.parametrize(
    ("text", "sender", "recipient"),
    [
        (FRENCH, "A. Briard", "Ministre"),
        (GERMAN, "Botschafters Graf Rheinfels", "den Reichskanzler"),
        (RUSSIAN, "И. В. Павлов", "Л. Д. Орлову"),
        ("T. Lake!\n\nCome at once.\n\nI. River 3 .", "I. River", "Lake"),
        ("Dear Sir,\n\nCome at once.\n\nI am, Yours sincerely, R. G. CASE", "R. G. CASE", None),
        ("To Per K. Ek Esq\n\nDear Sir,\n\nCome.\n\nI. River", "I. River", None),
        ("My dear P.M.,\n\nCome.\n\nKeith Wall\n\nSecretary", "Keith Wall", "P.M."),
    ],
)
def test_without_a_heading_signature_and_salutation_speak(text, sender, recipient):
    metadata = normalized(text).metadata
    assert (metadata.sender and metadata.sender.text) == sender
    if recipient:
        assert metadata.recipient is not None
        assert metadata.recipient.text == recipient
    for mention in (metadata.sender, metadata.recipient):
        if mention:
            assert mention.span is not None
            assert mention.span.of(text) == mention.text


@pytest.mark.parametrize(
    ("close", "sender"),
    [
        ("Your brother Ivan, Kazan, 4 June 1890", "Ivan"),
        ("Your loving son,\nJohn Orr", "John Orr"),
        ("Dein Bruder Karl", "Karl"),
        ("Dein Karl", "Karl"),
        ("Es grüßt Dich Dein treuer Karl", "Karl"),
        ("Ihr ganz ergebener Diener Max Müller", "Max Müller"),
        ("Herzlichst Ihr\nMax Müller", "Max Müller"),
        ("Deine Mutter", None),
        ("I am, Sir, your obedient servant,\n\nH. Ross", "H. Ross"),
        ("I remain, Madam, your humble servant", None),
        ("Ihre Majestät", "Ihre Majestät"),
        ("Votre dévoué Jean Dupont", "Jean Dupont"),
        ("Je vous embrasse, Marie", "Marie"),
        ("Tuo affezionatissimo Giacomo", "Giacomo"),
        ("Tu hijo que te quiere, Pedro", "Pedro"),
        ("Din tillgifna Anna Ek", "Anna Ek"),
        ("Любящий Вас Ваш Иван Орлов", "Иван Орлов"),
        ("Твой Иван", "Иван"),
        ("All my love,\nMary Orr", "Mary Orr"),
        ("Love is the whole of it.", None),
        ("Ihr seid Narren", None),
        ("Твой друг, Иван Орлов", "Иван Орлов"),
        ("Your brother came home.", None),
        ("Your friend the Governor has written of it.", None),
    ],
)
def test_a_letter_is_signed_by_kin_and_friends(close, sender):
    document = normalized(f"Dear Ann,\n\nThe house burned on Monday and all is lost.\n\n{close}")
    found = document.metadata.sender
    assert (found.text if found else None) == sender


@pytest.mark.parametrize(
    ("title", "sender", "recipient"),
    [
        ("Mr. Adams to Mr. Seward. [Extracts.]", "Mr. Adams", "Mr. Seward"),
        ("Airgram From the Consul in Riga to the Board, 8 p.m.", "the Consul in Riga", "the Board"),
        ("Telegram 12 From Riga to the Board, May 6, 1971, 1530Z", "Riga", "the Board"),
        ("Telegram From Riga to the Board, May 6, 1971, 0930 GMT", "Riga", "the Board"),
        ("The Consul at Riga (Ames) to the Secretary, temporarily at Paris",
         "The Consul at Riga (Ames)", "the Secretary"),
        ("Brief von Ida Holm an Per Ek vermutlich von Mai 1912", "Ida Holm", "Per Ek"),
        ("Ida Holm an Per Ek, Visby, Dienstag, 27. März 1838", "Ida Holm", "Per Ek"),
        ("From Ida Holm to Per Ek. Visby, 12 May 1790", "Ida Holm", "Per Ek"),
        ("Letter from the President to the President of the Council (Ek)",
         "the President", "the President of the Council (Ek)"),
        ("Memorandum of a Conversation, Board of Trade, Riga, January 7, 1955", None, None),
        ("Memorandum of Discussion at the 267th Meeting of the Board, May 1955", None, None),
        ("Minutes of a Meeting, Riga, 3 May 1921", None, None),
    ],
)  # fmt: skip
def test_what_stands_behind_a_name_in_a_heading_is_no_part_of_it(title, sender, recipient):
    found = heading_correspondents(Mention(title), letter=True)
    assert (found.sender and found.sender.text) == sender
    assert (found.recipient and found.recipient.text) == recipient


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("The Chargé in Courland (Ames) to the Board", "Ames"),
        ("The Consul at Riga (Ames) to the Board", "Ames"),
        ("The Department of Trade (DOT) to the Board", None),
        ("Ida Holm (Visby) to the Board", None),
    ],
)
def test_the_holder_of_an_office_is_named_in_brackets(title, name):
    assert heading_correspondents(Mention(title), letter=True).sender.name == name


def test_those_who_talk_are_no_correspondents():
    found = heading_correspondents(
        Mention("Memorandum of Conversation Between A. Ek and B. Holm"), letter=True
    )
    assert found.sender is None
    assert found.participants.text == "A. Ek and B. Holm"


@pytest.mark.parametrize(
    ("title", "who"),
    [
        ("Conversación entre el cónsul y el alcalde", "el cónsul y el alcalde"),
        ("Compte-rendu d’un entretien entre A. Ek et B. Holm", "A. Ek et B. Holm"),
        ("Gespräch zwischen dem Konsul und dem Bürgermeister, 3. Mai 1901",
         "dem Konsul und dem Bürgermeister"),
        ("Aufzeichnung über ein Gespräch zwischen A. Ek und B. Holm", "A. Ek und B. Holm"),
        ("Colloquio tra il console e il sindaco", "il console e il sindaco"),
        ("Запись беседы между А. Эком и Б. Хольмом", "А. Эком и Б. Хольмом"),
    ],
)  # fmt: skip
def test_talks_of_other_languages_name_who_talked(title, who):
    found = heading_correspondents(Mention(title), letter=True)
    assert (found.sender, found.participants.text) == (None, who)


@pytest.mark.parametrize("unit", ["1", "1.", "a1/", "1920-05-", "No 1", "№ ", "letter ", "A. "])
def test_a_title_takes_time_by_its_length(unit):
    def split(title):
        split_sides(f"{title}! to Y", len(title) + 1, len(title) + 5)

    assert grows_by_length(split, (unit * 20_000)[:20_000])


@pytest.mark.parametrize(
    ("text", "sender", "recipient"),
    [
        ("Кашин, 3 мая 1887 г.\n\nМилостивый Государь Петръ Ильичъ!\n\nМостъ снесло.\n\n"
         "Вашъ А. Лучинъ", "А. Лучинъ", "Петръ Ильичъ"),
        ("Lindau, den 2. Dezember 1862\n\nMeine liebe Clara!\n\nDas Dach ist neu.\n\n"
         "Deine Schwester Berta von Stein", "Berta von Stein", "Clara"),
        ("Lindau, den 9. Mai 1849\n\nGeehrter Herr Diehl!\n\nIch nehme achtzig.\n\n"
         "Ergebenst\nS. Warner", "S. Warner", "Herr Diehl"),
        ("Pisa, 3 maggio 1887\n\nCarissimo Berto,\n\nIl tetto è nuovo.\n\n"
         "Tua sorella Ada Conti", "Ada Conti", "Berto"),
        ("Soria, 3 de mayo de 1887\n\nMi querida Inés:\n\nEl tejado es nuevo.\n\n"
         "B. L. M. su seguro servidor\nLuis Bravo", "Luis Bravo", "Inés"),
    ],
)  # fmt: skip
def test_greetings_and_closings_are_no_part_of_the_names(text, sender, recipient):
    found = normalized(text).metadata
    assert (found.sender.text, found.recipient.text) == (sender, recipient)

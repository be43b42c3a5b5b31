"""What a question is understood to say: parties, fields, quantities, phrases, corrections."""

from __future__ import annotations

from dataclasses import replace

import pytest

from docproc.questions import Field, Quantity, parse_question
from docproc.questions.cleaning import asking_sentence, without_controls
from docproc.questions.fields import find_field
from docproc.questions.parse import Corpus
from docproc.questions.parties import KnownNames
from docproc.questions.quantity import find_quantity
from docproc.questions.quoted import find_phrase, phrases_in
from docproc.records import Scope

NAMES = {
    "sender": ["Е. Колосова", "I. Petrov", "N. Lukin", "Emma Weiß", "Claire Dubois", "Г. Соколов",
               "The Secretary of State", "The Consul at Riga (Holm)", "L'évêque de Vannes"],
    "recipient": ["N. Lukin", "I. Petrov", "Jörg Böhme", "П. Лебедев", "P. O’Neill",
                  "The Bishop and Chapter of Kazan"],
    "place": ["Kazan", "Bonn", "Самара"],
}  # fmt: skip
WORDS = {"vtsik", "ferryman", "ferri", "ferryboat", "villag", "village", "cholera"}
CORPUS = Corpus(
    lambda term: int(term in WORDS),
    ("en",),
    KnownNames(NAMES.__getitem__),
    spelled=lambda word: [(word, "en")] if word in ("ferryman", "village") else [],
    is_word=lambda word: word == "bought",
)

PARTIES = [
    ("What did Petrov write to Lukin?", "Petrov", "Lukin", None, ""),
    ("What did Lukin write to I. Petrov on 3 May 1920?", "Lukin", "I. Petrov", None, ""),
    ("Petrov to Lukin, 3 May 1920", "Petrov", "Lukin", None, ""),
    ("letters from Weiss to Boehme", "Weiss", "Boehme", None, ""),
    ("Was schrieb Emma Weiß an Böhme?", "Emma Weiß", "Böhme", None, ""),
    ("Qu'a écrit Claire Dubois ?", "Claire Dubois", None, None, ""),
    ("Что написал Соколов Лебедеву?", "Соколов", "Лебедеву", None, ""),
    ("Petrov’s letter to Lukin about cholera", "Petrov", "Lukin", None, "cholera"),
    ("What did the Secretary of State write?", "Secretary of State", None, None, ""),
    ("What did Holm tell O'Neill?", "Holm", "O'Neill", None, ""),
    ("Письмо Колосовой", "Колосовой", None, None, ""),
    ("Письмо Соколова Колосовой", "Соколова", "Колосовой", None, ""),
    ("All letters from Kazan", None, None, "Kazan", ""),
    ("Кто писал из Самары?", None, None, "Самары", ""),
    ("letters to the Bishop of Kazan", None, "Bishop of Kazan", None, ""),
    ("letters to the Bishop di Casano", None, "Bishop", None, ""),
    ("What did Emmet Lamb write to Lukin?", "Emmet Lamb", "Lukin", None, ""),
    ("What did Petrov write to Abraham Lamb?", "Petrov", "Abraham Lamb", None, ""),
    ("How many letters did Petrov write of cholera?", "Petrov", None, None, "cholera"),
    ("letter to O Neill", None, "O Neill", None, ""),
    ("What does Petrov say?", "Petrov", None, None, ""),
    ("Was sagt Petrov?", "Petrov", None, None, ""),
    ("Что говорит Соколов?", "Соколов", None, None, ""),
    (
        "What is in box 1 of the Petrov papers?",
        None,
        None,
        None,
        "What is in box 1 of the Petrov papers?",
    ),
    ("papers by Petrov", "Petrov", None, None, ""),
    ("Which letters mention Petrov?", None, None, None, "Petrov"),
    ("Welche Briefe erwähnen Emma Weiß?", None, None, None, "Emma Weiß"),
    ("In welchen Briefen wird Böhme erwähnt?", None, None, None, "Böhme"),
    ("Quelles lettres parlent de Claire Dubois ?", None, None, None, "Claire Dubois"),
    ("Какие письма упоминают Соколова?", None, None, None, "Соколова"),
    ("Which letters from Lukin mention Petrov?", "Lukin", None, None, "Petrov"),
    ("Что просил Соколов?", "Соколов", None, None, ""),
    ("la lettre de l'évêque à Lukin", "évêque", "Lukin", None, ""),
    ("Que demande Claire Dubois ?", "Claire Dubois", None, None, ""),
    ("Who bought the ferry of Petrov?", None, None, None, "Who bought the ferry of Petrov?"),
]


@pytest.mark.parametrize(("question", "sender", "recipient", "place", "topic"), PARTIES)
def test_who_wrote_to_whom_and_from_where_is_read(question, sender, recipient, place, topic):
    parsed = parse_question(question, CORPUS)
    found = [party and party.name for party in (parsed.sender, parsed.recipient, parsed.place)]
    assert found == [sender, recipient, place]
    assert parsed.topic == topic


@pytest.mark.parametrize(
    ("question", "field"),
    [
        ("Who wrote to his wife from Kazan?", Field.SENDER),
        ("To whom did Petrov write?", Field.RECIPIENT),
        ("From where did Petrov write?", Field.PLACE),
        ("When did Petrov write to Lukin?", Field.DATE),
        ("Where is the letter kept?", Field.REFERENCE),
        ("Which file number has the telegram?", Field.REFERENCE),
        ("Was the letter written by hand?", Field.WITNESS),
        ("В каком архиве хранится письмо?", Field.REFERENCE),
        ("Wer schrieb aus Bonn?", Field.SENDER),
        ("D'où Claire Dubois a-t-elle écrit ?", Field.PLACE),
        ("Who bought the ferry?", None),
        ("When was the ferry sold?", None),
    ],
)
def test_the_field_that_is_asked_for_is_read(question, field):
    assert parse_question(question, CORPUS).field is field


@pytest.mark.parametrize(
    ("question", "quantity", "topic"),
    [
        ("How many letters did Petrov write to Lukin?", Quantity.COUNT, ""),
        ("List the letters that mention cholera", Quantity.ALL, "cholera"),
        ("Which documents of 1921 speak of Kabul?", Quantity.ALL, "Kabul"),
        ("Which letters mention paper?", Quantity.ALL, "paper"),
        ("letters of Petrov after May 1922", Quantity.ALL, ""),
        ("Письма Соколова", Quantity.ALL, ""),
        ("letter of Petrov", None, ""),
        ("Welche Briefe erhielt Böhme?", Quantity.ALL, ""),
        ("Сколько писем написал Соколов?", Quantity.COUNT, ""),
        ("Wie viele Briefe schrieb Emma Weiß?", Quantity.COUNT, ""),
        ("Combien de lettres Claire Dubois a-t-elle écrites ?", Quantity.COUNT, ""),
        ("What is the file number of the telegram of Petrov?", None, ""),
        ("How many rifles were sent?", None, "How many rifles were sent?"),
    ],
)
def test_all_and_how_many_are_read(question, quantity, topic):
    parsed = parse_question(question, CORPUS)
    assert parsed.quantity is quantity
    assert parsed.topic == topic


@pytest.mark.parametrize(
    "question",
    [
        "How many sacks did Petrov want to send?",
        "What boats did Petrov send to the mill?",
        "Сколько мешков отправил Соколов?",
        "Wie viele Säcke schickte Emma Weiß?",
    ],
)
def test_what_is_sent_that_is_no_letter_says_nothing_of_the_writer(question):
    parsed = parse_question(question, CORPUS)
    assert (parsed.sender, parsed.recipient) == (None, None)


def test_a_word_that_no_text_has_is_corrected_to_one_that_is_a_slip_away():
    parsed = parse_question("Who was the feryman of the vilage?", CORPUS)
    assert [str(each) for each in parsed.corrections] == ["feryman: ferryman", "vilage: village"]
    assert parsed.text == "Who was the ferryman of the village?"


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Wer verkaufte den Feryman?", "Wer verkaufte den Feryman?"),
        ("Qui était feryman du village ?", "Qui était feryman du village ?"),
        ("Wer war Feryman?", "Wer war Ferryman?"),
        ("Who was the feryman?", "Who was the ferryman?"),
    ],
)
def test_a_word_of_another_language_is_no_slip_unless_it_is_a_name(question, text):
    """The texts have "Ferryman" only where it is asked for as a name, in English."""
    printed = "Ferryman" if question.startswith("Wer war") else "ferryman"
    corpus = replace(CORPUS, spelled=lambda word: [(printed, "en")] if word == "ferryman" else [])
    assert parse_question(question, corpus).text == text


@pytest.mark.parametrize(
    ("question", "sender", "recipient"),
    [
        ("Which letters did Lukin receive?", None, "Lukin"),
        ("How many letters did Lukin receive from Petrov?", "Petrov", "Lukin"),
        ("Welche Briefe hat Böhme von Emma Weiß erhalten?", "Emma Weiß", "Böhme"),
        ("Сколько писем получил Лебедев?", None, "Лебедев"),
        ("What did Lukin receive?", None, None),
        ("What was Lukin told?", None, "Lukin"),
        ("Was wurde Jörg Böhme geschrieben?", None, "Jörg Böhme"),
    ],
)
def test_who_received_letters_is_whom_they_are_to(question, sender, recipient):
    parsed = parse_question(question, CORPUS)
    assert [p and p.name for p in (parsed.sender, parsed.recipient)] == [sender, recipient]
    assert parsed.topic == ("" if recipient else question)


@pytest.mark.parametrize(
    ("question", "sender", "recipient"),
    [
        ("letters between Petrov and Lukin", "Petrov", "Lukin"),
        ("Briefwechsel von Emma Weiß mit Jörg Böhme", "Emma Weiß", "Jörg Böhme"),
        ("What did Petrov and Lukin write to each other?", "Petrov", "Lukin"),
        ("Переписка между Соколовым и Лебедевым", "Соколовым", "Лебедевым"),
        ("How many letters passed between Petrov and Lukin?", "Petrov", "Lukin"),
    ],
)
def test_what_went_between_two_is_of_both(question, sender, recipient):
    parsed = parse_question(question, CORPUS)
    assert [p and p.name for p in (parsed.sender, parsed.recipient)] == [sender, recipient]
    assert (parsed.mutual, parsed.topic) == (True, "")


def test_a_name_after_between_that_nobody_has_is_of_no_correspondent():
    assert not parse_question("letters between Petrov and Karlsson", CORPUS).mutual


def test_a_word_with_another_letter_doubled_is_corrected():
    parsed = parse_question("Who was the ferymann of the vilagge?", CORPUS)
    assert parsed.text == "Who was the ferryman of the village?"


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("What happened in May 1920?", ""),
        ("Che cosa accadde nel maggio 1920?", ""),
        ("Was Will there in May 1920?", "Was Will there ?"),
        ("What happened to the ferry in May 1920?", "What happened to the ferry ?"),
        ("What happened in Kazan in May 1920?", ""),
        ("Was geschah in Bonn im Mai 1920?", ""),
        ("What happened in Rome in May 1920?", "What happened in Rome ?"),
    ],
)
def test_what_happened_at_a_time_is_about_nothing_else(question, topic):
    assert parse_question(question, CORPUS).topic == topic


def test_a_common_word_is_not_corrected_though_no_text_has_it():
    assert parse_question("Who bought letters?", CORPUS).corrections == ()


@pytest.mark.parametrize(
    "question",
    [
        "In welcher Akte liegt der Brief von Petrov?",
        "В каком деле лежит письмо от 8 мая 1921 года?",
        "An wen ging der Brief vom 21. Mai 1871?",
        "Кому адресовано письмо от 21 мая 1871 года?",
        "Dans quel dossier se trouve la lettre du 8 mai 1921 ?",
    ],
)
def test_the_words_that_ask_for_a_field_are_no_topic(question):
    assert parse_question(question, CORPUS).topic == ""


def test_control_sequences_and_courtesy_are_no_words_of_a_question():
    assert without_controls("How many \x1b[31msacks\x1b[0m?\x07") == "How many sacks?"
    asked = "I write a thesis, and any help is welcome. " * 40 + "Who sold the old ferry?"
    assert asking_sentence(asked) == "Who sold the old ferry?"
    assert asking_sentence("Could you please tell me who sold it?") == "Who sold it?"
    assert asking_sentence("Who met J. R. R. Kessel?") == "Who met J. R. R. Kessel?"


@pytest.mark.parametrize(
    ("text", "phrase", "holds"),
    [
        ("The Timber of  Finland was", "timber of finland", True),
        ("the tim-\nber of Finland", "timber of Finland", True),
        ("timber, of Finland", "timber of Finland", True),
        ("O’Neill’s ferry", "O'Neill's ferry", True),
        ("Finland of timber", "timber of Finland", False),
        ("timber of Finlandia", "timber of Finland", False),
        ("на крейсере «Авроре»", "Аврора", True),
        ("des Adlers", "Adler", True),
        ("Norwegian", "Norway", False),
    ],
)
def test_a_phrase_is_held_word_for_word(text, phrase, holds):
    found = find_phrase(text, phrase)
    assert (found is not None) is holds


def test_one_word_between_marks_is_a_phrase_unless_it_names_a_party_or_a_list():
    assert parse_question('Was there rye in "Norway"?', CORPUS).phrases == ("Norway",)
    assert parse_question('What did "Petrov" write?', CORPUS).phrases == ()
    assert parse_question('List the letters that mention "cholera"', CORPUS).phrases == ()
    assert parse_question('List the letters that mention "Alt-Kaster"', CORPUS).phrases == ()


def test_phrases_stand_between_the_marks_of_any_language():
    asked = "\"a b\" “c d” „e f“ «g h» ‘i j’ 'k l' ‹m n› 「あい」 and the boys' boat of O’Neill’s"
    assert phrases_in(asked) == ("a b", "c d", "e f", "g h", "i j", "k l", "m n", "あい")


@pytest.mark.parametrize(
    ("question", "phrases"),
    [
        ("Who said 'don’t go home' there?", ("don’t go home",)),
        ("Who wrote 'Captain O'Shea's letter'?", ("Captain O'Shea's letter",)),
        ("the soldiers' and the sailors' wives", ()),
        ("'Tis the soldiers' turn", ()),
        ("Kazan' and Tver' were taken", ()),
    ],
)
def test_an_apostrophe_is_no_quotation_mark(question, phrases):
    assert phrases_in(question) == phrases


def test_an_acronym_is_found_in_the_letters_of_the_other_script():
    assert parse_question("Что решил ВЦИК?", CORPUS).text == "Что решил VTsIK?"
    assert parse_question("What did VTsIK agree?", CORPUS).corrections == ()


def test_one_of_two_phrases_is_enough_where_the_question_says_or():
    assert parse_question('"old salt" or "new salt"', CORPUS).either
    assert not parse_question('"old salt" and "new salt"', CORPUS).either


@pytest.mark.parametrize(
    ("question", "field"),
    [
        ("Who penned the letter of 3 May 1920?", Field.SENDER),
        ("Wer ist der Absender des Briefes vom 3. Mai 1920?", Field.SENDER),
        ("To which person did Rand write?", Field.RECIPIENT),
        ("In which town was the letter of 3 May 1920 written?", Field.PLACE),
        ("On what day did Rand write to Marn?", Field.DATE),
        ("Каким числом датировано письмо Ранда?", Field.DATE),
        ("Where can I find the original of Rand's letter?", Field.REFERENCE),
        ("¿A quién se escribió la carta?", Field.RECIPIENT),
        ("¿Quién escribió desde Riga?", Field.SENDER),
        ("¿Dónde se escribió la carta de Rand?", Field.PLACE),
        ("¿Cuándo se escribió la carta?", Field.DATE),
        ("¿Qué archivo conserva la carta de Rand?", Field.REFERENCE),
        ("A chi scrisse Rand?", Field.RECIPIENT),
        ("Chi scrisse la lettera del 3 maggio?", Field.SENDER),
        ("Da dove scrisse Rand?", Field.PLACE),
        ("Quando fu scritta la lettera?", Field.DATE),
    ],
)
def test_a_field_is_asked_for_in_many_words(question, field):
    assert find_field(question) is field


@pytest.mark.parametrize(
    ("question", "quantity"),
    [
        ("How often did Rand write to Marn?", Quantity.COUNT),
        ("Сколько раз Ранд писал Марну?", Quantity.COUNT),
        ("Which letters did Rand write to Marn?", Quantity.ALL),
        ("Welche Briefe schrieb Rand?", Quantity.ALL),
        ("In welchen Briefen wird Cholera erwähnt?", Quantity.ALL),
        ("¿Cuántas veces escribió Rand?", Quantity.COUNT),
        ("¿En qué cartas se menciona el cólera?", Quantity.ALL),
        ("Quali lettere menzionano il colera?", Quantity.ALL),
        ("Quante volte scrisse Rand?", Quantity.COUNT),
        ("What did Rand write?", None),
        ("Which letter came from Riga?", None),
    ],
)
def test_all_letters_are_asked_for_in_many_words(question, quantity):
    assert find_quantity(question) is quantity


def test_the_stop_of_a_german_day_ends_no_sentence():
    asked = "Was schrieb Rand am 20. Dezember 1917 an Marn?"
    assert asking_sentence(asked) == asked


@pytest.mark.parametrize(
    ("in_force", "asked", "sender"),
    [
        (None, "What does Petrov write?", "Petrov"),
        ("I. Petrov", "What does Petrov write?", "I. Petrov"),
        ("Lukin", "What does Petrov write?", "Lukin Petrov"),  # nobody is called both
    ],
)
def test_a_sender_that_is_asked_for_is_no_other_than_that_of_the_scope(in_force, asked, sender):
    place = parse_question(asked, CORPUS).within(Scope(sender=in_force))
    assert place.sender == sender

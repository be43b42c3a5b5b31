"""Conversations about one letter after another, over correspondences in four languages.

Each follow-up is right where the passage that answers it comes first.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from docproc.chat.session import Session

CONVERSATIONS = """
What happened to the slate barge Heron? | h1
Who was aboard? | h1 Quill
How old was he? | h1 sixty-one
And his wife? | h1 Martha
What does the repair cost? | h1 forty
And the timber? | h1 eleven

What happened to the slate barge Heron? | h1
Who was aboard? | h1 Quill
Is he alive? | h6 dead

What do Marrack and Flint offer for the Heron? | h3
Who bought it in the end? | h5 Marrack

What did Harrop write to Clara Voss on 3 April 1887? | h1
And the next letter? | h3
What does it say of the chandler? | h3 Flint
And the one after that? | h6
And the one before? | h3

What did Harrop write to Clara Voss on 3 April 1887? | h1
What did she reply? | h2
Did he write again? | h3

Who has the ague? | h2 Julius
What does the letter before say? | h1
And the next one? | h2

List the letters of Harrop to Clara Voss | h1
When was the second one written? | h3 21 April
And the third? | h6
Where was the first one written? | h1 Penmoor
What does the last say about the coroner? | h6

List the letters of Harrop to Clara Voss | h1
Which of them are from Truro? | h6

List the letters of Harrop to Clara Voss | h1
How many of these speak of cholera? | h6

Who has the ague? | h2 Julius
What does she say of the timber? | h2 timber

How many witnesses did Pascoe hear? | h6 eleven
Where was that? | h6 Truro
And when? | h6 8 June

Who wrote to Julius Voss? | h4
What does the second letter say? | h5 Heron
And the other one? | h4
When were both written? | h4 2 May

Why is the school shut? | h4 Cholera
Where? | h4 Aldgate
Who says so? | h4 Clara

Which letter mentions cholera first? | h4
And the next one? | h5
And the last? | h6
Who wrote it? | h6 Edwin
Where from? | h6 Truro

What was Harrop's last letter to Clara Voss? | h6
And the first? | h1
And the next one? | h3

Which letters mention the Heron? | h1
And cholera? | h4

What do Marrack and Flint offer for the Heron? | h3
What are both? | h3

What did Clara Voss answer Harrop on 9 April 1887? | h2
And the next letter? | h3
And what was Clara Voss told? | h1

Who offers ninety pounds? | h2 Marrack
Does he get the Heron? | h2 Sell

Why is the school shut? | h4 Cholera
Are you sure? | h4 Cholera
Who is the author? | h4 Clara
What else? | -
Only those from Truro | h6

Where was Harrop in June 1887? | h6
What did he hear there? | h6 rope walk
Who is dead? | h6 Quill
Of what? | h6 cholera

Who wrote to Edwin Harrop? | h2
What did he write to her? | h1
What did she write to him? | h2

Who wrote to Clara Voss in April 1887? | h1
And in June? | h6
And from where? | h6 Truro
Who is it from? | h6 Edwin

Who is the boatman? | h1 Quill
Is he married? | h1 Martha
How old is he? | h1 sixty-one

What did Flint offer? | h3 seventy
And Marrack? | h3 eighty-five

What did Clara Voss write on 9 April 1887? | h2
And the ague? | h2 ague
And the timber? | h2 timber

What happened to the slate barge Heron? | h1
What happened to Quill then? | h6 dead

Who struck the Heron? | h1
What happened to it then? | h2 Marrack

What did Harrop write to Clara Voss on 8 June 1887? | h6
How many witnesses? | h6 eleven
Where was Harrop then? | h6 Truro

What did Marrack offer? | h3
No, I mean Flint | h3 seventy

How many pounds does Marrack offer? | h3 eighty-five
And in May? | h5 ninety
And the elephants? | -

List the letters of Harrop to Clara Voss | h1
Only those of June | h6

Where was Harrop in June 1887? | h6 Truro
And before? | h5 Penmoor

What did Harrop write to Clara Voss on 21 April 1887? | h3
What did he write in June? | h6
Who reported it? | h6 Edwin

Was kostet der Neubau? | g1 neunhundert
Wie alt ist der Brückenwärter? | g1 vierundfünfzig
Und seine Frau? | g1 Lene
Wer schrieb das? | g1
Was antwortete sie? | g2

Was schrieb Mattis an Kranz im Februar 1893? | g1
Und der nächste Brief? | g3
Und der davor? | g1
Was antwortete sie? | g2
Wer sagt das? | g2 Elsbeth
Schrieb er noch einmal? | g3

Wie viele Briefe schrieb Mattis? | g1
Und Kranz? | g2
Und wann? | g2 Februar
Von wem ist das? | g2 Kranz

Was sagt Kranz über die Brücke? | g2
Und Mattis? | g1

Wer ist Franz Doll? | g1
Wie heißt seine Frau? | g1 Lene
Wurden sie gerettet? | g1 gerettet

Wie alt ist Franz Doll? | g1 vierundfünfzig
Und wer ist seine Frau? | g1 Lene

Wer schrieb an Kranz? | g1
Wann wurden beide geschrieben? | g1 Februar
Und der andere? | g3

Was schrieb Mattis an Kranz im Februar 1893? | g1
Was schrieb sie ihm? | g2
Und Otto? | g2 Otto
Und die Brücke? | g2 Brücke

Liste alle Briefe von Mattis | g1
Was steht im zweiten? | g3
Und der erste? | g1

Welcher Brief von Mattis ist der erste? | g1
Und der letzte? | g3

Сколько лет сторожу? | r1 шестьдесят
Что с ним стало потом? | r3 прибавки

Сколько лет сторожу? | r1 шестьдесят
О чём он просит? | r3 прибавки

Сколько лет сторожу? | r1 шестьдесят
А его жена? | r1 Дарья
Какой убыток? | r1 две тысячи
Что она ответила? | r2
А письмо Колосовой? | r2
А когда? | r2 12 марта

Что писал Старцев Колосовой в марте 1912 года? | r1
А следующее письмо? | r3
А предыдущее? | r1

Что писал Старцев Колосовой в марте 1912 года? | r1
Что она ему написала? | r2
А школа? | r2 Школа

Сколько писем написал Старцев Колосовой? | r1
А она ему? | r2
Что она послала? | r2 триста

Когда сгорела лесопилка? | r1
Кто успел выбежать? | r1 Никифору
Сколько ему лет? | r1 шестьдесят

Перечисли письма Старцева | r1
А второе? | r3
А первое? | r1

Почему закрыта школа? | r2 тифа
Кто это говорит? | r2 Колосовой
Откуда? | r2 Тотьма

Qui est le gardien ? | f1 Mathurin
Quel âge a-t-il ? | f1 soixante-huit
Et sa femme ? | f1 Jeanne
Combien coûte la lampe ? | f1 cent
Qu'a-t-elle répondu ? | f2
Et la lettre suivante ? | f3
Et la précédente ? | f2

Qu'a écrit Barrois à Odile Ferrand en juin 1898 ? | f1
Que lui a-t-elle écrit ? | f2
Et Armand ? | f2 Armand

Qui est malade ? | f1 Jeanne
Quand quitte-t-il le phare ? | f3 août
Qui lui succède ? | f3 Corentin
Qui a écrit cela ? | f3 Barrois

Combien coûte la lampe ? | f1 cent
Et que donne Odile Ferrand ? | f2 cinquante

Какой убыток? | r1 две тысячи
А что посылает Колосова? | r2 триста

Combien de lettres Barrois a-t-il écrites ? | f1
Et Odile Ferrand ? | f2
Que dit-elle d'Armand ? | f2 Armand

Combien coûte la lampe ? | f1 cent
Qu'a répondu Odile Ferrand ? | f2
Et ensuite ? | f3

Liste des lettres de Barrois | f1
Et la deuxième ? | f3
Et la première ? | f1
Que dit la deuxième lettre ? | f3
"""


@pytest.mark.parametrize("conversation", CONVERSATIONS.strip().split("\n\n"))
def test_each_follow_up_finds_its_passage(correspondences_room, conversation):
    session = Session(correspondences_room)
    wrong = []
    for line in conversation.split("\n"):
        question, _, wanted = line.partition(" | ")
        name, _, holds = wanted.partition(" ")
        answer = session.ask(question)
        first = answer.citations[0] if answer.citations else None
        found = Path(first.source.path).stem if first else "-"
        if found != name or (first and holds not in " ".join(first.quote.split())):
            wrong.append((question, found, session.turns[-1].said))
    assert wrong == []


@pytest.mark.parametrize("bare", ["When?", "And why?", "Wann?", "Où ?", "Когда?"])
def test_a_question_word_alone_is_never_asked_by_itself(correspondences_room, bare):
    session = Session(correspondences_room)
    assert not session.ask(bare).citations
    assert session.turns[-1].answer.remarks
    session.ask("Who is the melter of tungsten?")
    session.ask(bare)
    assert session.turns[-1].full == "Who is the melter of tungsten?"


def test_nothing_is_next_where_nothing_is_in_view(correspondences_room):
    session = Session(correspondences_room)
    session.ask("And the next letter?")
    assert session.turns[-1].understood == ""


def test_a_year_after_is_refused_where_nothing_in_view_has_a_date(correspondences_room):
    session = Session(correspondences_room)
    session.ask("Who has the ague?")
    (turn,) = session.turns
    (first, *_) = turn.answer.citations
    bare = replace(first, metadata=replace(first.metadata, dates=()))
    session.turns = [replace(turn, answer=replace(turn.answer, citations=(bare,)))]
    assert not session.ask("And the year after?").citations
    assert "no date" in session.turns[-1].answer.remarks[0]


def test_a_date_is_stated_though_the_text_does_not_hold_it(correspondences_room):
    (citation, *_) = correspondences_room.answering.ask("Who is dead?", limit=1).citations
    stated = replace(citation.metadata.dates[0], span=None)
    headed = replace(citation, metadata=replace(citation.metadata, dates=(stated,)))
    found = correspondences_room.answering.find_date("When?", headed)
    assert found is not None
    assert found.document_id == citation.document_id

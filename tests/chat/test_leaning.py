"""Whether a question leans on the conversation, told by its small words alone."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docproc.followup.anaphora import Cue
from docproc.followup.dependence import Dependence, QuestionParts, take_apart


def taken(question: str) -> QuestionParts:
    found = take_apart(question)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("question", "cue", "words"),
    [
        ("Who else was there?", Cue.IT, "there"),
        ("When was that?", Cue.IT, "that"),
        ("How much would it cost?", Cue.IT, "it"),
        ("What were they owed?", Cue.IT, "they"),
        ("What did he want?", Cue.HE, "he"),
        ("Did he write to Chicherin?", Cue.HE, "he"),
        ("What was his motive?", Cue.HIS, "his"),
        ("What does the note say?", Cue.NOTE, "the note"),
        ("What is in note 2?", Cue.NOTE, "note 2"),
        ("When was the letter written?", Cue.DOCUMENT, "the letter"),
        ("Who signed this document?", Cue.DOCUMENT, "this document"),
        ("Who is named in the same letter?", Cue.DOCUMENT, "in the same letter"),
        ("and in the same fond?", Cue.SAME, "in the same fond"),
        ("What else by the same author?", Cue.SAME, "by the same author"),
        ("and in that year?", Cue.SAME, "in that year"),
        ("before that date", Cue.BEFORE, "before that date"),
        ("Who wrote after that?", Cue.AFTER, "after that"),
        ("his reply?", Cue.REPLY, "his reply"),
        ("What did he answer?", Cue.REPLY, "he answer"),
        ("Когда это было?", Cue.IT, "это"),
        ("Кто ещё там был?", Cue.IT, "там"),
        ("Что он ответил?", Cue.REPLY, "он ответил"),
        ("Что сказано в примечании?", Cue.NOTE, "примечании"),
        ("и в том же фонде?", Cue.SAME, "в том же фонде"),
        ("до этой даты?", Cue.BEFORE, "до этой даты"),
        ("его ответ?", Cue.REPLY, "его ответ"),
        ("Wann war das?", Cue.IT, "das"),
        ("Was steht in der Anmerkung?", Cue.NOTE, "der Anmerkung"),
        ("seine Antwort?", Cue.REPLY, "seine Antwort"),
        ("im selben Bestand?", Cue.SAME, "im selben Bestand"),
        ("Que dit la note?", Cue.NOTE, "la note"),
        ("dans le même fonds?", Cue.SAME, "dans le même fonds"),
    ],
)
def test_what_points_back_is_found_and_the_question_leans(question: str, cue: Cue, words: str):
    found = taken(question)
    assert [(each.cue, each.span.of(found.text)) for each in found.cues] == [(cue, words)]
    assert found.leaning is Dependence.SURELY


@pytest.mark.parametrize(
    "question",
    [
        "And how many machine guns?",
        "What about the rebels?",
        "But Trotsky?",
        "Why?",
        "And when?",
        "What else?",
        "А сколько пулемётов?",
        "Und wie viele Maschinengewehre?",
        "Et combien de fusils?",
    ],
)
def test_a_question_that_goes_on_or_says_nothing_by_itself_leans(question: str):
    assert taken(question).cues == ()
    assert taken(question).leaning is Dependence.SURELY


@pytest.mark.parametrize("question", ["How many machine guns?", "rifles", "Who asked?"])
def test_a_short_question_may_lean(question: str):
    assert taken(question).leaning is Dependence.PERHAPS


@pytest.mark.parametrize(
    "question",
    [
        "And what did Lenin say about the New Economic Policy?",
        "What did Lenin say about the New Economic Policy?",
        "How do I bake sourdough bread?",
        "Where is Kabul?",
        "How much money goes to the rebels?",
        # an antecedent of its own
        "Did Orlova get her winch?",
        "How many families lost their homes?",
        "What did the harbour do when it froze?",
        "Did Stalin say that he would send rifles?",
        # words of two meanings
        "Were there any barges at Kanavino?",
        "How many wounded were there in the hospital?",
        "Who was the man that drowned?",
        "What time was it when Trotsky arrived?",
        # a document that is told by what follows
        "Who signed the letter to Lindqvist?",
        "What does the note of Chicherin to Curzon demand?",
        "Who wrote the letter that was found in the archive?",
        "Кто подписал письмо к Чичерину?",
        "Wer schrieb den Brief an Lenin?",
        "Сколько винтовок хотел послать Сталин?",
    ],
)
def test_a_complete_question_does_not_lean(question: str):
    assert taken(question).leaning is Dependence.NOT


@pytest.mark.parametrize(
    ("question", "leaning"),
    [
        ("¿Qué respondió?", Dependence.SURELY),
        ("¿Qué contestó Rueda?", Dependence.SURELY),
        ("Che cosa ha risposto?", Dependence.SURELY),
        ("Che cosa rispose Bassi?", Dependence.SURELY),
        ("¿Y en agosto?", Dependence.SURELY),
        ("¿Cuándo?", Dependence.SURELY),
        ("E il vescovo?", Dependence.SURELY),
        ("¿Cuánto durará la cuarentena de los enfermos de La Habana?", Dependence.NOT),
        ("A quanto è stato venduto il frantoio di Lecce?", Dependence.NOT),
    ],
)
def test_spanish_and_italian_questions_lean_as_others_do(question: str, leaning: Dependence):
    assert taken(question).leaning is leaning


@given(st.text(max_size=80))
def test_any_text_can_be_taken_apart(text: str):
    found = take_apart(text)
    if found is None:
        return
    assert found.opening.end <= found.asking.end <= len(found.text)
    spans = [cue.span for cue in found.cues]
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert found.leaning in Dependence


QUESTIONS = st.sampled_from(["Who else was there", "What did Lenin say of bread", "and the note"])


@given(QUESTIONS, st.sampled_from(["", "?", " ?", "."]), st.sampled_from([" ", "  ", "\n"]))
def test_marks_and_spaces_change_nothing(question: str, mark: str, space: str):
    other = take_apart(space.join(question.split()) + mark)
    assert other is not None
    assert other.leaning is taken(question).leaning

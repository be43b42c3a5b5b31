"""Likeness of words: what is skipped for speed would have counted nothing."""

from hypothesis import given
from hypothesis import strategies as st

from docproc.retrieval.coverage import ALIKE, QuestionWords, _kin, grams

letters = st.text("abcaдж", min_size=1, max_size=9)
words = st.dictionaries(letters, letters, max_size=12)


def likeness(asked, terms, word, term):
    """As the module's first lines say it."""
    if term in terms:
        return 1.0
    dice = 2 * len(grams(asked) & grams(word)) / (len(grams(asked)) + len(grams(word)))
    alike = max(dice, _kin(asked, word))
    return alike * alike if alike >= ALIKE else 0.0


@given(words, st.lists(words, max_size=4))
def test_the_best_match_of_every_word_is_that_of_comparing_all_with_all(asked, texts):
    question = QuestionWords([(word, (term,)) for word, term in asked.items()])
    found = question.matches(texts)
    assert found.shape == (len(asked), len(texts))
    for row, (word, term) in enumerate(asked.items()):
        for column, text in enumerate(texts):
            best = max((likeness(word, (term,), w, t) for w, t in text.items()), default=0.0)
            assert abs(found[row, column] - best) < 1e-6
            assert question.matches([text])[row, 0] == found[row, column]

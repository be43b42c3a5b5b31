"""Likeness of words: what is skipped for speed would have counted nothing."""

from hypothesis import given
from hypothesis import strategies as st

from docproc.retrieval.weights import WEIGHTS
from docproc.retrieval.words.coverage import QuestionWords, _kin, grams
from docproc.text.names.keys import asked_names, keys_in
from docproc.text.terms import content_words, question_words

letters = st.text("abcaдж", min_size=1, max_size=9)
words = st.dictionaries(letters, letters, max_size=12)


def likeness(asked, terms, word, term):
    """As the module's first lines say it."""
    if term in terms:
        return 1.0
    dice = 2 * len(grams(asked) & grams(word)) / (len(grams(asked)) + len(grams(word)))
    alike = max(dice, _kin(asked, word))
    return alike * alike if alike >= WEIGHTS.alike else 0.0


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


TEXT = """Jemal Dzhemal, Kemal rifles rifle's Rifle 6 000 6,000 guns the of машинка Джемаль côté
cote decide decision x-ray Moscow's (1921) F."""
texts = st.lists(st.sampled_from(TEXT.split()), max_size=12).map(" ".join)
languages = st.sampled_from(["en", "ru", "fr", None])


@given(texts.filter(str.strip), st.lists(st.tuples(texts, languages), max_size=4), st.booleans())
def test_texts_as_they_stand_match_as_their_words_and_names_do(asked, texts, named):
    words = question_words(asked, ["en", "ru", "fr", None])
    names = {w: name.keys for w, name in asked_names(asked).items()} if named else {}
    cut = [content_words(text, language) for text, language in texts]
    found = QuestionWords(words, names).matches_in(texts)
    expected = QuestionWords(words, names).matches(cut, [keys_in(text) for text, _ in texts])
    assert found.tolist() == expected.tolist()

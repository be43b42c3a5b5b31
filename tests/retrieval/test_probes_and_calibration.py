"""The calibration measures what it says: a model that cannot read gets no weight."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from docproc.errors import StoreError
from docproc.retrieval.calibration import (
    EVEN_WEIGHT,
    MOST_ADVANTAGE,
    ONE_LETTER,
    PRIOR_FLOOR,
    Calibration,
    advantage,
    floor_of,
    legibility,
    prior_floor,
    vector_weight,
    writing_weight,
)
from docproc.retrieval.measure import LEAST_POOL, _Cloze, _sample, _weights_by_writing
from docproc.retrieval.probes import (
    cloze_vectors,
    cloze_words,
    phrases,
    reciprocal_ranks,
    splice,
)


def unit(rows):
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def corpus(noise, passages=30, seed=1):
    """Three sentence vectors a passage, near one another up to *noise*."""
    rng = np.random.default_rng(seed)
    centres = unit(rng.normal(size=(passages, 32)))
    sentences = unit(np.repeat(centres, 3, axis=0) + noise * rng.normal(size=(passages * 3, 32)))
    offsets = np.arange(0, passages * 3, 3)
    return sentences, offsets, offsets + 1, np.arange(passages)


def test_vectors_that_know_their_passage_rank_it_first_and_noise_does_not():
    good = reciprocal_ranks(cloze_vectors(*corpus(0.05)), np.arange(30)).mean()
    bad = reciprocal_ranks(cloze_vectors(*corpus(50.0)), np.arange(30)).mean()
    assert good == 1.0
    assert bad < 0.4
    assert advantage(1.0, good) == 1.0
    assert advantage(1.0, bad) < 0.2


def test_the_asking_sentence_does_not_find_its_passage_by_itself():
    """The two sentences of a passage have nothing in common: ranks are no better than chance."""
    rng = np.random.default_rng(2)
    sentences = unit(rng.normal(size=(60, 16)))
    offsets = np.arange(0, 60, 2)
    scores = cloze_vectors(sentences, offsets, offsets, np.arange(30))
    assert reciprocal_ranks(scores, np.arange(30)).mean() < 0.4


def test_words_find_the_passage_whose_other_words_they_share():
    passages = [["harvest", "failed", "district", "harvest"], ["rifles", "sent", "kabul"]]
    scores = cloze_words(passages, [["harvest"], ["rifles"]], [0, 1])
    assert scores[0, 0] > scores[0, 1] == 0.0
    assert scores[1, 1] == 0.0  # taken out of its own passage, the word is nowhere


@given(st.floats(0, 1), st.floats(0, 1))
def test_the_weight_of_the_vectors_is_bounded_and_grows_with_what_they_find(words, vectors):
    beyond = advantage(words, vectors)
    assert 0.0 <= beyond <= MOST_ADVANTAGE + 1e-9
    assert beyond <= advantage(words, vectors + 0.1)
    assert advantage(0.5, 0.5) == 1.0
    assert vector_weight(1.0) == EVEN_WEIGHT
    assert 0.0 <= writing_weight(beyond) <= vector_weight(beyond)


def test_a_language_shattered_into_letters_is_hardly_legible():
    assert legibility(1.3) == 1.0
    assert legibility(4.6) < 0.2


def test_without_probes_the_floor_is_the_prior_and_with_many_documents_the_measure():
    assert floor_of(np.zeros(0, np.float32), 1, 0.3, 1.0) == (0.3, None)
    scores = np.full(100, 0.6, np.float32)
    few, _ = floor_of(scores, 2, 0.4, 1.0)
    many, measured = floor_of(scores, 100_000, 0.4, 1.0)
    assert 0.4 < few < 0.45
    assert few < many <= measured == pytest.approx(0.6)


def test_probes_that_come_near_to_nothing_lower_the_floor_of_few_documents_hardly():
    """Documents on unlike matters: what is spliced of two is far from all others."""
    low, high = np.full(100, 0.2, np.float32), np.full(100, 0.6, np.float32)
    lowered, raised = (floor_of(scores, 50, 0.4, 1.0)[0] for scores in (low, high))
    assert 0.35 < lowered < 0.4
    assert raised - 0.4 > 2 * (0.4 - lowered)
    assert floor_of(low, 100_000, 0.4, 1.0)[0] < 0.21


@given(st.integers(1, 10**6), st.integers(1, 100), st.floats(0, 1), st.floats(0, 1))
def test_the_prior_floor_grows_with_the_corpus_and_with_what_the_model_reads(n, each, one, other):
    less, more = sorted((one, other))
    assert prior_floor(n, each * n, less) <= prior_floor(n, each * n, more)
    assert prior_floor(n, each * n, more) <= prior_floor(n + 1, each * (n + 1), more)
    assert prior_floor(n, each * n, more) <= prior_floor(n, each * n + 1, more)
    low, high = PRIOR_FLOOR
    assert (1 - ONE_LETTER) * low <= prior_floor(n, each * n, more) <= high


def sets(*documents):
    return [frozenset({document}) for document in documents]


def test_phrases_and_splices_are_the_same_every_time_and_join_two_documents():
    sentences = [
        f"The {word} committee met on Monday about grain and rail transport"
        for word in ("first", "second", "third", "fourth")
    ]
    found = phrases(sentences, lambda text: len(text.split()))
    assert found == phrases(sentences, lambda text: len(text.split()))
    assert all(3 <= len(phrase.split()) <= 7 for _, phrase in found)
    probes = splice(found, sets(0, 0, 1, 1), most=10)
    assert len(probes) == 8  # every two in either order, but for those of one document
    assert all(holding == {0, 1} for _, holding in probes)
    assert splice(found, sets(0, 0, 0, 0)) == []


def test_what_stands_in_two_files_is_spliced_with_neither_and_left_out_with_both():
    found = [(0, "the mill at Sloka"), (1, "the bridge over the Oskol"), (2, "rye for Riga")]
    holders = [frozenset({0, 5}), frozenset({5}), frozenset({2})]
    probes = splice(found, holders, most=10)
    assert {holding for _, holding in probes} == {frozenset({0, 2, 5}), frozenset({2, 5})}
    assert len(probes) == 4


def test_a_sentence_more_changes_only_the_probes_that_it_is_in():
    sentences = [f"Committee {n} met about grain, rye and rail transport" for n in range(50)]
    owners = sets(*range(50))
    more = [*sentences[:20], "A stranger sentence speaks of caravans and salt", *sentences[20:]]
    before = splice(phrases(sentences, lambda text: len(text.split())), owners, most=50)
    found = phrases(more, lambda text: len(text.split()))
    after = splice(found, [*owners[:20], frozenset({99}), *owners[20:]], most=50)
    assert len({text for text, _ in before} - {text for text, _ in after}) <= 2


def test_a_passage_more_changes_the_sample_by_one():
    keys = np.random.default_rng(3).integers(0, 256, (200, 32), np.uint8)
    chosen = _sample(keys, 50)
    assert len(set(chosen)) == 50
    fewer = _sample(np.delete(keys, chosen[10], axis=0), 50)
    shifted = {row + (row >= chosen[10]) for row in fewer}
    assert len(set(chosen) - shifted) == 1


class Letters:
    """OpenGeneration whose model knows Latin words, and single letters of any other script."""

    encoder: "Letters"

    def __init__(self):
        self.encoder = self

    def encode_tokens(self, text):
        tokens = [w for run in text.split() for w in ([run] if run.isascii() else run)]
        return ["[CLS]", *tokens, "[SEP]"], None


def cloze(*groups):
    """Probes: (sentence, how many, reciprocal rank by words, by vectors) a group."""
    sentences, words, vectors = (
        [value for group in groups for value in [group[n]] * group[1]] for n in (0, 2, 3)
    )
    return _Cloze(sentences, np.array(words), np.array(vectors))


ENGLISH = ("the harvest of the year had failed", LEAST_POOL, 0.6, 0.6)
ITALIAN = ("il raccolto della stagione non era buono", LEAST_POOL, 0.6, 0.3)
GREEK = ("η συγκομιδή απέτυχε", LEAST_POOL, 0.6, 0.1)
FEW_RUSSIAN = ("урожай погиб", 2, 0.6, 0.6)


def test_a_script_that_the_model_cannot_read_gets_no_weight_from_one_that_it_can():
    weights = _weights_by_writing(Letters(), cloze(ENGLISH, GREEK))
    assert weights["Latin"] == weights["Latin en"] == pytest.approx(EVEN_WEIGHT)
    assert weights["Greek"] < 0.02


def test_of_a_script_with_few_probes_the_weight_comes_of_how_far_it_is_shattered():
    weights = _weights_by_writing(Letters(), cloze(ENGLISH, FEW_RUSSIAN))
    assert weights["Cyrillic"] < 0.3


def test_two_languages_of_one_script_weigh_apart_and_one_alone_as_all():
    weights = _weights_by_writing(Letters(), cloze(ENGLISH, ITALIAN))
    assert weights["Latin it"] < 0.25 < weights["Latin"] < weights["Latin en"]
    alone = cloze(ENGLISH)
    assert _weights_by_writing(Letters(), alone) == {"Latin": vector_weight(alone.advantage())}


def test_a_question_is_weighed_by_what_it_is_written_in_and_another_by_all():
    made = Calibration(
        readability=0.5,
        read_by="cloze probes",
        vector_weight=0.7,
        floor=0.3,
        weights_by_writing={"Latin": 1.2, "Latin en": 1.9, "Greek": 0.04},
    )
    assert made.weight_of("Πώς ανοίγω το Orca;") == 0.04
    assert made.weight_of("How is the harvest?") == 1.9
    assert made.weight_of("harvest 1921") == made.weight_of("Come era il raccolto?") == 1.2
    assert made.weight_of("Как открыть Orca?") == made.weight_of("1921") == 0.7
    assert Calibration.from_json(made.as_json()) == made


def test_a_question_in_a_script_of_no_text_is_weighed_by_how_far_the_model_shatters_it():
    made = Calibration(
        readability=1.0,
        read_by="cloze probes",
        vector_weight=1.4,
        floor=0.3,
        weights_by_writing={"Latin": 1.4},
    )
    asked = "Сколько винтовок хотел послать Сталин?"
    assert made.weight_of(asked, lambda: 6.0) < 0.05
    assert made.weight_of(asked, lambda: 1.5) == made.weight_of(asked, lambda: None) == 1.4
    assert made.weight_of("How many rifles?", lambda: 6.0) == 1.4
    assert replace(made, weights_by_writing={}).weight_of(asked, lambda: 6.0) == 1.4


def test_a_calibration_comes_back_from_the_manifest_as_it_went():
    made = Calibration(readability=0.5, read_by="cloze probes", vector_weight=0.7, floor=0.3)
    assert Calibration.from_json(made.as_json()) == made
    with pytest.raises(StoreError, match="another version"):
        Calibration.from_json({"floor": "high"})

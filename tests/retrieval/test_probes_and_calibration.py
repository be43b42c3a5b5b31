"""The calibration measures what it says: a model that cannot read gets no weight."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from docproc.errors import StoreError
from docproc.operations.application import Application
from docproc.operations.reading.reading_room import open_reading_room
from docproc.retrieval.calibrating.measure import (
    STEPS,
    _Cloze,
    _sample,
    _weights_by_writing,
    calibrate,
)
from docproc.retrieval.evidence.calibration import (
    Calibration,
    floor_of,
    legibility,
    vector_advantage,
    vector_weight,
    writing_weight,
)
from docproc.retrieval.evidence.everyday import EVERYDAY
from docproc.retrieval.evidence.probes import (
    cloze_vectors,
    cloze_words,
    reciprocal_ranks,
)
from docproc.retrieval.weights import WEIGHTS
from docproc.workspace import find_workspace


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
    assert vector_advantage(1.0, good) == 1.0
    assert vector_advantage(1.0, bad) < 0.2


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
    beyond = vector_advantage(words, vectors)
    assert 0.0 <= beyond <= WEIGHTS.most_advantage + 1e-9
    assert beyond <= vector_advantage(words, vectors + 0.1)
    assert vector_advantage(0.5, 0.5) == 1.0
    assert vector_weight(1.0) == WEIGHTS.even_weight
    assert 0.0 <= writing_weight(beyond) <= vector_weight(beyond)


def test_a_language_shattered_into_letters_is_hardly_legible():
    assert legibility(1.3) == 1.0
    assert legibility(4.6) < 0.2


@given(
    st.integers(1, 10**6), st.integers(1, 100), st.floats(0, 1), st.floats(0, 1), st.floats(0, 0.5)
)
def test_the_floor_grows_with_the_corpus_what_the_model_reads_and_what_strangers_score(
    n, each, one, other, stranger
):
    less, more = sorted((one, other))
    own = floor_of(stranger, n, each * n, more)
    assert floor_of(stranger, n, each * n, less) <= own
    assert own <= floor_of(stranger, n + 1, each * (n + 1), more)
    assert own <= floor_of(stranger, n, each * n + 1, more)
    assert own <= floor_of(stranger + 0.1, n, each * n, more)
    low, high = WEIGHTS.floor
    assert (1 - WEIGHTS.one_letter) * low <= own <= high + WEIGHTS.stranger * stranger


def calibration(**values):
    given_values = {"readability": 1.0, "read_by": "cloze probes", "cloze_probes": 400}
    return Calibration(**(given_values | {"vector_weight": 1.4, "floor": 0.3} | values))


@given(st.floats(0, 0.9), st.lists(st.floats(-0.2, 1.0), min_size=1, max_size=9))
def test_a_model_with_a_share_common_to_all_texts_is_judged_as_one_without(base, cosines):
    plain = np.array(cosines, np.float32)
    shifted = (base + (1 - base) * plain).astype(np.float32)
    likeness = calibration(unrelated=base).likeness(shifted)
    assert likeness == pytest.approx(plain, abs=2e-5)


@given(st.floats(0, 0.9), st.floats(0.1, 0.9), st.integers(1, 40))
def test_so_are_its_documents_whose_vectors_are_means(base, kin, passages):
    """By the lengths of the means: the mean of n unit vectors, each two of which have *kin*."""
    many = np.array([passages], np.float32)
    length = 1 / passages + (1 - 1 / passages) * kin
    shifted_length = base + (1 - base) * length
    cosine = 0.4  # of the question with one without the share that is common
    shifted = (base + (1 - base) * cosine * length**0.5) / shifted_length**0.5
    made = calibration(unrelated=base, kin=base + (1 - base) * kin)
    found = made.document_likeness(np.array([shifted], np.float32), many)
    assert found[0] == pytest.approx(cosine, abs=1e-3)


def test_what_rests_on_little_is_said_so():
    assert calibration().warnings(1000) == ()
    (little,) = calibration(readability=0.06).warnings(1000)
    assert "reads little" in little
    assert "docproc reembed --model" in little
    (few,) = calibration(cloze_probes=32).warnings(1400)
    assert "32 probes" in few
    assert calibration(cloze_probes=0).warnings(3) == ()
    (assumed,) = calibration(read_by="assumed", cloze_probes=0).warnings(3)
    assert "assumed" in assumed


def test_everyday_questions_are_the_same_in_every_language():
    lengths = {language: len(asked) for language, asked in EVERYDAY.items()}
    assert set(lengths.values()) == {24}
    assert all(len(set(asked)) == 24 for asked in EVERYDAY.values())


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

    def encode_query(self, text):
        raise NotImplementedError

    def count_tokens(self, text):
        return sum(1 if word.isascii() else len(word) for word in text.split())


def cloze(*groups):
    """Probes: (sentence, how many, reciprocal rank by words, by vectors) a group."""
    sentences, words, vectors = (
        [value for group in groups for value in [group[n]] * group[1]] for n in (0, 2, 3)
    )
    return _Cloze(sentences, np.array(words), np.array(vectors))


ENGLISH = ("the harvest of the year had failed", WEIGHTS.least_pool, 0.6, 0.6)
ITALIAN = ("il raccolto della stagione non era buono", WEIGHTS.least_pool, 0.6, 0.3)
GREEK = ("η συγκομιδή απέτυχε", WEIGHTS.least_pool, 0.6, 0.1)
FEW_RUSSIAN = ("урожай погиб", 2, 0.6, 0.6)


def test_a_script_that_the_model_cannot_read_gets_no_weight_from_one_that_it_can():
    weights = _weights_by_writing(Letters(), cloze(ENGLISH, GREEK), 1.4)
    assert weights["Latin"] == weights["Latin en"] == pytest.approx(WEIGHTS.even_weight)
    assert weights["Greek"] < 0.02


def test_of_a_script_with_few_probes_the_weight_comes_of_how_far_it_is_shattered():
    weights = _weights_by_writing(Letters(), cloze(ENGLISH, FEW_RUSSIAN), 1.4)
    assert weights["Cyrillic"] < 0.3


def test_two_languages_of_one_script_weigh_apart_and_one_alone_as_all():
    weights = _weights_by_writing(Letters(), cloze(ENGLISH, ITALIAN), 1.4)
    assert weights["Latin it"] < 0.25 < weights["Latin"] < weights["Latin en"]
    alone = cloze(ENGLISH)
    assert _weights_by_writing(Letters(), alone, 0.7) == {"Latin": 0.7}


def test_few_probes_do_not_make_a_model_read_what_it_shatters():
    few = ("скончался сего утра", WEIGHTS.least_pool + 5, 0.2, 0.22)
    assert cloze(few).beyond(0.14) < 0.25 < 1 < cloze(few).advantage()
    many = ("the harvest of the year had failed", WEIGHTS.enough_probes, 0.6, 0.3)
    assert cloze(many).beyond(1.0) == pytest.approx(cloze(many).advantage())
    fewer = ("the harvest of the year had failed", 5, 0.6, 0.6)
    assert cloze(fewer).beyond(0.3) == 0.3


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


def test_a_calibration_is_told_step_by_step(letter_workspace):
    done = []
    room = open_reading_room(Application(find_workspace(letter_workspace)))
    calibrate(room.opened, lambda: done.append(1))
    assert len(done) == STEPS > 10


@pytest.mark.parametrize(
    ("everyday", "floor"),
    [
        ([], 0.3),
        ([0.1, 0.3], 0.3),  # no higher than in a language of the texts
        ([0.15, 0.25], 0.3),
        ([0.18, 0.22], 0.24),
        ([-0.1, 0.0, 0.1], WEIGHTS.floor[0]),  # nor so low that anything answers
    ],
)
def test_the_floor_across_languages_lies_above_what_nothing_answers(everyday, floor):
    scores = np.array(everyday, np.float32)
    read = [calibration(floor=0.3).floor_across(scores, bridge) for bridge in (1.0, 0.5, 0.0)]
    assert read == pytest.approx([floor, (floor + 0.3) / 2, 0.3], abs=1e-3)

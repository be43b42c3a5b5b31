"""What a re-ranker's numbers mean, and what they are worth, from its numbers alone."""

import numpy as np
import pytest

from docproc.retrieval.evidence.reranking import RerankedProbes, Reranking, measure_reranker

CHANCE = np.random.default_rng(1921)
BASE = np.sort(CHANCE.uniform(0.2, 0.5, (60, 12)).astype(np.float32), axis=1)[:, ::-1]
GOLD = CHANCE.integers(0, 12, 60)
STRANGERS = CHANCE.normal(0, 1, 200).astype(np.float32)


def numbers(apart):
    """Numbers in which the right passage is so much higher than others."""
    found = np.random.default_rng(3).normal(0, 1, BASE.shape)
    found[np.arange(len(GOLD)), GOLD] += apart
    return found.astype(np.float32)


def measured(given, strangers=STRANGERS):
    return measure_reranker(RerankedProbes(BASE, given, GOLD), strangers)


def test_one_that_knows_weighs_and_its_middle_lies_between():
    found = measured(numbers(6))
    assert found.weight > 0
    assert found.found_with > found.found_without
    assert 1.5 < found.center < 4.5


@pytest.mark.parametrize("given", [numbers(0), numbers(-6), np.zeros(BASE.shape, np.float32)])
def test_one_that_knows_nothing_or_the_contrary_weighs_nothing(given):
    found = measured(given)
    assert found.weight == 0
    assert found.found_with == found.found_without
    assert (found.share(given.ravel()) == 0).all()


@pytest.mark.parametrize(("times", "more"), [(1000, 0), (1e-4, 0), (1, 500), (-0.0, 0)])
def test_its_scale_does_not_matter(times, more):
    plain = measured(numbers(6))
    if times == 0:
        assert measured(numbers(6) * times, STRANGERS * times).weight == 0
        return
    other = measured(numbers(6) * times + more, STRANGERS * times + more)
    assert other.weight == plain.weight
    shares = other.share((numbers(6) * times + more).ravel().astype(np.float32))
    np.testing.assert_allclose(shares, plain.share(numbers(6).ravel()), atol=2e-3)


def test_what_it_adds_is_bounded_and_nothing_in_the_middle():
    found = Reranking(weight=0.1, center=2.0, spread=0.5)
    shares = found.share(np.array([-1e9, 2.0, 1e9], np.float32))
    np.testing.assert_allclose(shares, [-0.1, 0, 0.1], atol=1e-6)


def test_no_probes_are_no_measure():
    nothing = RerankedProbes(BASE[:0], BASE[:0], GOLD[:0])
    assert measure_reranker(nothing, STRANGERS) == Reranking()

"""Signals of plugins: after the verdict, bounded, and left out where they fail."""

from __future__ import annotations

import numpy as np
import pytest
from beyond import QUESTION, ask, beyond, configure, index
from hypothesis import given
from hypothesis import strategies as st

from docproc.errors import PluginError
from docproc.records import Verdict
from docproc.retrieval.search.signals import bound_bonus
from docproc.retrieval.weights import WEIGHTS

SIGNAL = """
from docproc.hooks import Registration, hookimpl

class Odd:
    def score(self, question, candidates):
        {does}

@hookimpl
def docproc_signals():
    return [Registration("odd", lambda settings: Odd(), version="7")]
"""
OLDER = '[ask]\nsignals = ["older-first"]\n'


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    root = beyond(tmp_path_factory.mktemp("signals") / "w", "older_first.py")
    index(root)
    return root


@pytest.fixture
def odd(root):
    """Put a signal that does something odd into the workspace; it is gone afterwards."""
    path = root / "plugins" / "odd.py"

    def write(does):
        path.write_text(SIGNAL.format(does=does), "utf-8")
        configure(root, '[ask]\nsignals = ["odd"]\n')

    yield write
    path.unlink(missing_ok=True)


def plain(root, **options):
    configure(root, "")
    return ask(root, **options)[2]


def test_the_signal_of_the_documentation_puts_the_older_letter_first(root):
    assert [c.source.path for c in plain(root).citations] == ["seeds/a.txt", "seeds/b.txt"]
    configure(root, OLDER + "[plugins.older-first]\nlatest = 1922\nearliest = 1920")
    _, _, after = ask(root)
    first, second = after.citations
    assert [c.source.path for c in (first, second)] == ["seeds/a.txt", "seeds/b.txt"]
    assert dict(first.why)["signal older-first"] == pytest.approx(0.5)
    assert dict(second.gave)["signal older-first"] == pytest.approx(WEIGHTS.signals, abs=1e-4)
    configure(root, OLDER + "[plugins.older-first]\nlatest = 1921\nearliest = 1920")
    _, _, after = ask(root)
    assert [c.source.path for c in after.citations] == ["seeds/b.txt", "seeds/a.txt"]
    for cited in after.citations:
        assert sum(given for _, given in cited.gave) == pytest.approx(cited.score, abs=0.002)


def test_a_signal_changes_the_order_of_what_answers_as_well(root, odd):
    odd("return [float('b.txt' in c.source) for c in candidates]")
    _, _, after = ask(root)
    assert after.citations[0].source.path == "seeds/b.txt"
    assert after.searched == plain(root).searched


def test_an_explanation_names_the_signal_with_its_plugin_and_version(root, odd):
    odd("return [1.0] * len(candidates)")
    _, room, _ = ask(root)
    assert dict(room.explanation.behind())["ordered by"] == "odd 7 (drop-in plugins/odd.py)"
    configure(root, "")
    assert "ordered by" not in dict(ask(root)[1].explanation.behind())


WRONG = {
    "1 / 0": "failed: ZeroDivisionError: division by zero",
    "import sys; sys.exit(1)": "failed: SystemExit: 1",
    "return [float('nan')] * len(candidates)": "nan does not lie in 0 to 1",
    "return [1.5] * len(candidates)": "1.5 does not lie in 0 to 1",
    "return [0.5]": "an array of the shape (1,)",
    "return 0.5": "an array of the shape ()",
    "return [[0.5]] * len(candidates)": "broke its contract: an array of the shape",
    "return None": "broke its contract: an array of the shape ()",
    "candidates.clear()": "failed: AttributeError",
    "raise GeneratorExit": "failed: GeneratorExit",
    "return ['much'] * len(candidates)": "failed: ValueError",
}


@pytest.mark.parametrize("does", WRONG)
def test_a_signal_that_fails_is_named_and_the_answer_is_that_without_it(root, odd, capsys, does):
    expected = plain(root)
    odd(does)
    _, room, found = ask(root)
    assert found == expected
    said = capsys.readouterr().err
    assert "plugins/odd.py: the signal 'odd' " in said
    assert WRONG[does] in said
    assert "it is left out" in said
    room.answering.ask(QUESTION, limit=3)
    assert capsys.readouterr().err == ""  # said once


def test_a_signal_that_cannot_be_loaded_is_said_and_a_misspelt_one_is_a_mistake(root, odd, capsys):
    expected = plain(root)
    odd("pass")
    (root / "plugins" / "odd.py").write_text("1 / 0", "utf-8")
    assert ask(root)[2] == expected
    assert "plugins/odd.py: ZeroDivisionError" in capsys.readouterr().err
    (root / "plugins" / "odd.py").unlink()
    configure(root, '[ask]\nsignals = ["older-frist"]')
    with pytest.raises(PluginError, match="did you mean 'older-first'"):
        ask(root)


def test_a_signal_neither_answers_a_question_nor_refuses_one(root, odd):
    for value in (0.0, 1.0):
        odd(f"return [{value}] * len(candidates)")
        _, _, refused = ask(root, "Which zeppelin crossed Antarctica yesterday?")
        assert refused.verdict is Verdict.NOT_FOUND
        _, _, answered = ask(root)
        assert answered.verdict is Verdict.ANSWERED
        assert {c.passage_id for c in answered.citations} == {
            c.passage_id for c in plain(root).citations
        }


def test_more_answers_begin_with_those_that_were_shown(root, odd):
    odd("return [float(c.passage.id[0] in '01234567') for c in candidates]")
    _, room, few = ask(root, limit=1)
    many = room.answering.ask(QUESTION, limit=9, every=True)
    assert many.citations[0] == few.citations[0]
    assert [c.rank for c in many.citations] == list(range(1, len(many.citations) + 1))


def test_an_evaluation_ranks_as_a_question_does(root, odd):
    odd("return [float('b.txt' in c.source) for c in candidates]")
    _, room, _ = ask(root)
    ranked, best, answered = room.answering.trial(QUESTION)
    assert ranked[0].source == "seeds/b.txt"
    configure(root, "")
    _, other, _ = ask(root)
    _, same, as_well = other.answering.trial(QUESTION)
    assert (best, answered) == (same, as_well)


shares = st.integers(0, 1000).map(lambda number: number / 1000)
candidates = st.lists(st.tuples(shares, shares, st.booleans()), min_size=1, max_size=12)


@given(candidates)
def test_no_signal_lifts_a_passage_over_a_better_one_with_every_word(given_):
    given_.sort(key=lambda each: -each[0])
    scores = np.array([score for score, _, _ in given_], np.float32)
    bonus = np.float32(WEIGHTS.signals) * np.array([value for _, value, _ in given_], np.float32)
    exact = np.array([whole for _, _, whole in given_])
    kept = bound_bonus(scores, bonus, exact)
    assert ((kept >= 0) & (kept <= bonus)).all()
    order = np.argsort(-(scores + kept), kind="stable").tolist()
    place = {number: at for at, number in enumerate(order)}
    for better, whole in enumerate(exact):
        for other in range(better + 1, len(given_)):
            if whole and not exact[other] and scores[other] < scores[better]:
                assert place[better] < place[other]

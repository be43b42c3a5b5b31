"""Times that contradict a passage."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from docproc.questions.times import find_times
from docproc.retrieval.doubts.contradicted_times import contradict_times, names_day
from docproc.retrieval.weights import WEIGHTS


@pytest.mark.parametrize(
    ("text", "date", "share"),
    [
        ("The dam broke in 1912.", None, 0.0),
        ("The dam broke.", None, 0.0),
        ("The dam was built in 1907 and repaired in 1910.", None, WEIGHTS.other_years),
        ("The dam broke.", "1912-05-03", 0.0),
        ("The dam broke.", "1913-02-01", WEIGHTS.untold_time),
        ("In May 1913 the dam broke.", "1913-06-01", WEIGHTS.other_years),
        ("The dam broke.", "1901", WEIGHTS.contradicted),
        ("The dam broke.", "1940-03-01", WEIGHTS.contradicted),
    ],
)
def test_a_year_counts_against_what_names_or_is_of_others(text, date, share):
    times = find_times("Why did the dam break in 1912?")
    (found,) = contradict_times(times, [SimpleNamespace(text=text)], [SimpleNamespace(date=date)])
    assert found == pytest.approx(share)


@pytest.mark.parametrize(
    ("question", "text", "named"),
    [
        ("memo of 23 September 1960", "Printed 1960.", False),
        ("memo of 23 September 1960", "The memo of September 23, 1960, is lost.", True),
        ("memo of September 1960", "Printed 1960.", True),
    ],
)
def test_a_day_is_named_by_itself_and_not_by_its_year(question, text, named):
    (time,) = find_times(question)
    assert names_day(time, text) is named

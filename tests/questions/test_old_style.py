"""Days of the Julian calendar."""

from __future__ import annotations

from docproc.questions import parse_question
from docproc.questions.old_style import in_old_style
from docproc.questions.parse import Corpus


def test_a_day_is_moved_once_and_a_month_never():
    parsed = parse_question("letter of 2 May 1917", Corpus(lambda _: 1))
    old = in_old_style(parsed)
    assert old is not None
    (time,) = old.times
    assert (str(time.earliest), time.printed) == ("1917-05-15", "of 2 May 1917 (Old Style)")
    assert in_old_style(old) is None
    assert in_old_style(parse_question("letters of May 1917", Corpus(lambda _: 1))) is None

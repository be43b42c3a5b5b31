"""Every number that ranking and conversation go by is in the one record of its room."""

import ast
from dataclasses import fields
from pathlib import Path

import pytest

from docproc.chat.thresholds import ChatThresholds
from docproc.followup.thresholds import FollowUpThresholds
from docproc.questions.bounds import QuestionBounds
from docproc.retrieval.weights import Weights

SRC = Path(__file__).parents[1] / "src" / "docproc"
RECORDS = {
    "retrieval/weights.py": Weights,
    "questions/bounds.py": QuestionBounds,
    "followup/thresholds.py": FollowUpThresholds,
    "chat/thresholds.py": ChatThresholds,
}
NO_THRESHOLDS = {
    "FORMAT",  # the version of a file's form
    "_ALWAYS", "_ENOUGH",  # entries of the table of known runs
}  # fmt: skip


def numbers_of(path):
    """Names of the module at *path* that are bound to a number, or to several."""
    for node in ast.parse(path.read_text("utf-8")).body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            try:
                value = ast.literal_eval(node.value)
            except ValueError:
                continue
            each = value if isinstance(value, tuple | list | set) else (value,)
            if each and all(type(one) in (int, float) for one in each):
                yield ast.unparse(target)


@pytest.mark.parametrize("room", sorted({name.partition("/")[0] for name in RECORDS}))
def test_no_module_of_a_room_keeps_a_number_of_its_own(room):
    found = {f"{p.name}: {n}" for p in (SRC / room).glob("*.py") for n in numbers_of(p)}
    assert {each for each in found if each.partition(": ")[2] not in NO_THRESHOLDS} == set()


def texts_below(path):
    """The fields of the record at *path*, each with the words below or above it."""
    source = path.read_text("utf-8")
    (record,) = (n for n in ast.parse(source).body if isinstance(n, ast.ClassDef))
    for each, after in zip(record.body, [*record.body[1:], None], strict=True):
        if isinstance(each, ast.AnnAssign):
            value = getattr(after, "value", None)
            told = isinstance(after, ast.Expr) and isinstance(value, ast.Constant)
            yield each.target.id, told


@pytest.mark.parametrize("name", RECORDS)
def test_each_number_says_what_it_is_and_none_is_without_a_use(name):
    told = dict(texts_below(SRC / name))
    assert set(told) == {field.name for field in fields(RECORDS[name])}
    code = "".join(path.read_text("utf-8") for path in SRC.rglob("*.py"))
    assert [each for each, words in told.items() if not words] == []
    assert [each for each in told if f"S.{each}" not in code] == []

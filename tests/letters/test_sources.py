"""What the head of a document says of its witness."""

from __future__ import annotations

import pytest
from documents import normalized

LETTER = "Ivanov to Petrov\n\n{}\n\nMy dear Petrov,\n\nI saw him go, and he saw me.\n\nA. Ivanov\n"


@pytest.mark.parametrize(
    ("head", "printed", "values"),
    [
        ("Letter (copy) BATAVIA, 2 September 1937", "copy", ("copy",)),
        ("2 September 1937\n\n[Handwritten]", "Handwritten", ("handwritten",)),
        ("Копия\n\n2 сентября 1937 г.", "Копия", ("copy",)),
        ("DRAFT\n\n2 September 1937", "DRAFT", ("draft",)),
    ],
)
def test_the_head_may_name_the_witness(head: str, printed: str, values: tuple[str, ...]):
    witness = normalized(LETTER.format(head)).witness
    assert witness is not None
    assert witness.span is not None
    assert witness.span.of(LETTER.format(head)) == witness.printed == printed
    assert witness.values == values


@pytest.mark.parametrize("head", ["2 September 1937", "Letter (copied later) 2 September 1937"])
def test_a_head_that_names_none_gives_none(head: str):
    assert normalized(LETTER.format(head)).witness is None


def test_a_copy_in_the_body_is_not_the_document():
    body = LETTER.format("2 September 1937").replace("I saw", "(copy) I saw")
    assert normalized(body).witness is None

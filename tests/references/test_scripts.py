"""Look-alikes: folding keeps every offset, and names compare as readers compare them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from docproc.references.lookalikes import name_key, to_cyrillic, to_digits, to_latin


@given(st.text())
def test_folding_keeps_every_offset(text: str) -> None:
    for fold in (to_latin, to_cyrillic, to_digits):
        assert len(fold(text)) == len(text)


def test_names_that_readers_take_for_one_are_one() -> None:
    assert name_key("PГACПИ") == name_key("РГАСПИ")  # Latin P, A, C
    assert name_key("А. П. Р. Ф.") == name_key("АПРФ")
    assert name_key("Arkhiv Oktiabr'skoi") == name_key("arkhiv oktiabrskoi")
    assert name_key("SÚA") == name_key("SUA")
    assert name_key("RGASPI") != name_key("RGANI")

"""Each grammar by itself: made-up references of its forms are read part by part, as printed.

Every strategy prints known parts in one of the ways of its archives; what is read must be those
parts.  Mangled and mixed with the letters of the other alphabet, none may fail.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docproc.references import find_references, parse_reference
from docproc.references.find import GRAMMARS

Made = tuple[str, dict[str, str]]
NUMBER = st.integers(1, 999).map(str)
ALIKE = str.maketrans("АВЕКМНОРСТХаеорсху", "ABEKMHOPCTXaeopcxy")


def forms(*made: Callable[..., Made]) -> st.SearchStrategy[Made]:
    """Any of *made*, each given as many numbers as it takes."""
    return st.one_of(
        st.tuples(*[NUMBER] * each.__code__.co_argcount).map(lambda n, each=each: each(*n))
        for each in made
    )


def _of(form: str, **levels: str) -> Made:
    return form, levels


STRATEGIES: dict[str, st.SearchStrategy[Made]] = {
    "fond": forms(
        lambda f, o, d, n: _of(f"F. {f}. Op. {o}. D. {d}. L. {n}.", fond=f, opis=o, delo=d,
                               leaves=n),
        lambda f, o, d, n: _of(f"ф. {f}, оп. {o}, д. {d}, л. {n}об.", fond=f, opis=o, delo=d,
                               leaves=f"{n} ob."),
        lambda f, o, d: _of(f"ГАРФ. Ф. А-{f}. Оп. {o}. Ед. хр. {d}", fond=f"A-{f}", opis=o,
                            storage_unit=d),
        lambda f, o, d: _of(f"Fund {f}, Inventory {o}, File {d}", fond=f, opis=o, delo=d),
    ),
    "australia": forms(
        lambda s, a, b: _of(f"NAA: A{s}, {a}/{b}", series=f"A{s}", control_symbol=f"{a}/{b}"),
        lambda s, a, b: _of(f"NAA: A{s}, {a}/{b} part 1", series=f"A{s}",
                            control_symbol=f"{a}/{b}", part="1"),
        lambda s, i: _of(f"AA: CP {s}/6, bundle 1, item {i}", series=f"CP {s}/6", bundle="1",
                         item=i),
    ),
    "class and piece": forms(
        lambda c, p: _of(f"TNA, FO {c}/{p}", **{"class": f"FO {c}", "piece": p}),
        lambda c, p, n: _of(f"PRO: CAB {c}/{p}, fol. {n}", **{"class": f"CAB {c}", "piece": p},
                            folio=n),
    ),
    "record group": forms(
        lambda g, e, b: _of(f"NARA, RG {g}, entry {e}, box {b}", record_group=g, entry=e, box=b),
        lambda g, b: _of(f"Record Group {g}, Box {b}, Folder 4", record_group=g, box=b, folder="4"),
    ),
    "holding": forms(
        lambda h, f: _of(f"BArch, R {h}/{f}, Bl. 7", holding=f"R {h}", file=f, leaves="7"),
        lambda h: _of(f"PA AA, R {h}", holding=f"R {h}"),
    ),
    "series and carton": forms(
        lambda c: _of(f"AN, F/7/{c}", carton=f"F/7/{c}"),
        lambda v, f: _of(f"AMAE, Correspondance politique, URSS, vol. {v}, fol. {f}", volume=v,
                         leaves=f),
    ),
    "filza": forms(
        lambda f, c: _of(f"ASVe, Senato, Dispacci, Filza {f}, cc. {c}r-{c}v", filza=f,
                         leaves=f"{c}r-{c}v"),
        lambda f: _of(f"ASFi, Mediceo del Principato, busta {f}, fasc. 4", busta=f, fascicle="4"),
    ),
    "box and folder": forms(
        lambda b, f: _of(f"Lansing Papers, Box {b}, Folder {f}, Library of Congress", box=b,
                         folder=f),
        lambda b, f: _of(f"Box {b}, Folder {f}", box=b, folder=f),
    ),
    "shelf mark": forms(
        lambda m, f: _of(f"BL Add. MS {m}, f. {f}v", shelf_mark=f"Add. MS {m}", folio=f"{f}v"),
        lambda m: _of(f"BnF, MS fr. {m}", shelf_mark=f"MS fr. {m}"),
    ),
}  # fmt: skip


def levels(found: Any) -> dict[str, str]:
    return {level.replace(" ", "_"): value for level, value in found.components}


@pytest.mark.parametrize("name", STRATEGIES)
@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_what_a_grammar_prints_it_reads(name: str, data: st.DataObject) -> None:
    printed, parts = data.draw(STRATEGIES[name])
    whole = parse_reference(printed)
    assert whole is not None, printed
    assert whole.scheme == name
    assert parts.items() <= levels(whole).items(), printed
    assert whole.printed.strip(". ") == printed.strip(". ")
    text = f"He wrote so ({printed}); nobody answered."
    (found,) = find_references(text)
    assert found.span is not None
    assert found.printed == text[found.span.start : found.span.end]
    assert parts.items() <= levels(found).items(), printed


def test_each_grammar_has_a_strategy() -> None:
    assert set(STRATEGIES) == {grammar.scheme for grammar in GRAMMARS.values()}


@settings(max_examples=100, deadline=None)
@given(st.one_of(list(STRATEGIES.values())), st.data())
def test_mangled_and_mixed_alphabets_never_fail(form: Made, data: st.DataObject) -> None:
    printed = form[0]
    at = data.draw(st.integers(0, len(printed)))
    noise = data.draw(st.text(alphabet="АОС.,/\n ()[]–-0оlI\u00ad\u202e", max_size=4))
    mangled = (printed[:at] + noise + printed[at + data.draw(st.integers(0, 3)) :]).translate(
        data.draw(st.sampled_from([ALIKE, {}]))
    )
    text = f"see {mangled}, and so on"
    for found in find_references(text):
        assert found.span is not None
        assert found.printed == text[found.span.start : found.span.end]
        assert all(value.strip() for _, value in found.components)
    parse_reference(mangled)

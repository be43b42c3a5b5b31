"""Long quotations: what is left out, and that the rest stands letter for letter."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from river_letter import PASSAGES, citation

from docproc.records import Span
from docproc.rendering.quotation import ELISION, LIMIT, choose_shown, cut_styles, quotation

sentence = st.text("abc é\n", min_size=1, max_size=200).map(lambda text: text + ". ")


@st.composite
def quotes(draw: st.DrawFn) -> tuple[str, list[Span]]:
    """A quote of sentences, and some of those in the order in which they were found best."""
    parts = draw(st.lists(sentence, min_size=1, max_size=12))
    starts = [sum(map(len, parts[:n])) for n in range(len(parts))]
    spans = [Span(at, at + len(part)) for at, part in zip(starts, parts, strict=True)]
    return "".join(parts), draw(st.lists(st.sampled_from(spans), unique=True, max_size=4))


@given(quotes())
def test_the_shown_pieces_are_in_order_and_apart(drawn: tuple[str, list[Span]]):
    quote, highlights = drawn
    spans = choose_shown(quote, highlights)
    assert all(a.end < b.start for a, b in pairwise(spans))
    assert all(span.end <= len(quote) for span in spans)


@given(quotes())
def test_the_best_highlight_is_shown_whole(drawn: tuple[str, list[Span]]):
    quote, highlights = drawn
    if highlights:
        best = set(range(highlights[0].start, highlights[0].end))
        kept = {
            at for span in choose_shown(quote, highlights) for at in range(span.start, span.end)
        }
        assert all(quote[at].isspace() for at in best - kept)


@given(quotes())
def test_a_long_quotation_is_cut_and_a_short_one_is_not(drawn: tuple[str, list[Span]]):
    quote, highlights = drawn
    kept = sum(map(len, choose_shown(quote, highlights)))
    if len(quote.strip()) <= LIMIT:
        assert kept == len(quote.strip())
    elif highlights:
        assert kept <= max(LIMIT, len(highlights[0])) + 60 * (len(highlights) + 2)
    else:
        assert kept <= LIMIT + 60


@given(quotes(), st.booleans())
def test_the_pieces_are_the_quote_itself(drawn: tuple[str, list[Span]], full: bool):
    quote, highlights = drawn
    pieces = quotation(quote, highlights, full=full)
    verbatim = "\0".join(p.text if p.style not in ("mark", "elision") else "" for p in pieces)
    at = 0
    for part in verbatim.split("\0"):
        at = quote.index(part, at) + len(part)
    if full:
        assert verbatim.replace("\0", "") == quote.strip()


def test_the_answering_sentence_is_highlighted_and_nothing_else():
    cited = citation(PASSAGES[2], 1, 0.9, "lanterns")
    pieces = quotation(cited.quote, cited.highlights)
    highlighted = [piece.text for piece in pieces if piece.style == "highlight"]
    assert highlighted == [
        "All this will cost us 17,500 rubles in gold, plus 600 lanterns (Swedish or German), "
        "plus one steam winch."
    ]
    assert pieces[1].text.strip() == ELISION


def test_a_long_quotation_with_nothing_to_highlight_shows_its_beginning():
    text = "".join(f"Sentence number {n} stands here. " for n in range(60))
    pieces = quotation(text, ())
    assert pieces[1].text.startswith("Sentence number 0 stands")
    assert pieces[-2].text.strip() == ELISION


def test_highlights_far_apart_are_shown_in_the_order_of_the_text_not_of_their_worth():
    text = "".join(f"Sentence number {n} stands here. " for n in range(60))
    first, last = text.index("Sentence number 5 "), text.index("Sentence number 50 ")
    best = [Span(last, last + 31), Span(first, first), Span(first, first + 30)]
    spans = choose_shown(text, best)
    assert len(spans) == 2
    assert "number 5 " in spans[0].of(text)
    assert "number 50 " in spans[1].of(text)


def test_an_empty_highlight_is_none_at_all():
    text = "".join(f"Sentence number {n} stands here. " for n in range(60))
    assert choose_shown(text, [Span(900, 900)]) == choose_shown(text, ())


def test_a_long_text_without_sentences_or_spaces_is_still_cut():
    assert [len(span) for span in choose_shown("x" * 5000, ())] == [LIMIT]


def test_a_later_style_wins_where_two_overlap():
    made = cut_styles("abcdef", Span(1, 5), [(Span(0, 5), "marked"), (Span(3, 9), "anchor")])
    assert made == [("bc", "marked"), ("de", "anchor")]

"""Guarded re-rankers and rewriters: held to their contract at every call, named when they fail."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

import numpy as np

from docproc.hooks.ranking import MOST_QUESTIONS, MOST_WORDS, Expansion, Rewriting
from docproc.plugins.guards.guarded_stages import broke_contract, guard_product, name_plugin
from docproc.plugins.registry import Offer
from docproc.text.calls import type_name


def guard_reranker(offer: Offer, reranker: Any) -> Any:
    """*reranker*, and what it opens, guarded: one finite number a passage, facts that are a dict.

    ``rerank`` gives float32 ``(n,)``, whatever sequence of numbers the plugin gave.
    """
    who = name_plugin(offer)

    def numbers(given: Any, _: str, passages: Sequence[Any]) -> Any:
        try:
            found = np.asarray(given, np.float32)
        except (TypeError, ValueError):
            raise broke_contract(who, f"rerank gave {type_name(given)}, not numbers") from None
        if found.shape != (len(passages),):
            raise broke_contract(
                who, f"rerank gave {_count(found)} for {len(passages)} passages, not one for each"
            )
        if not np.isfinite(found).all():
            raise broke_contract(who, "rerank gave numbers that are not finite")
        return found

    def facts(given: Any, *_: Any) -> Any:
        if not isinstance(given, dict):
            raise broke_contract(who, f"keep_passages gave {type_name(given)}, not a dict of facts")
        return given

    def opened(given: Any, *_: Any) -> Any:
        if not callable(getattr(given, "rerank", None)):
            raise broke_contract(who, f"open_reranker gave {type_name(given)}, which has no rerank")
        return guard_product(who, given, {"rerank": numbers})

    checks = {"rerank": numbers, "keep_passages": facts, "open_reranker": opened}
    return guard_product(who, reranker, checks)


def fingerprint_of(offer: Offer, reranker: Any) -> str:
    """The fingerprint of a guarded *reranker*.  Raises ``PluginError`` where it is no text."""
    found = reranker.fingerprint
    if not isinstance(found, str) or not found:
        raise broke_contract(name_plugin(offer), f"its fingerprint is {found!r}, not a text")
    return found


def guard_rewriter(offer: Offer, rewriter: Any) -> Any:
    """*rewriter*, guarded: a ``Rewriting`` of the question that it was given."""
    return guard_product(
        name_plugin(offer), rewriter, {"rewrite": partial(check_rewriting, name_plugin(offer))}
    )


def check_rewriting(who: str, given: Any, question: str) -> Rewriting:
    """*given*, if it is a ``Rewriting`` of *question*.  Raises ``PluginError``."""
    if not isinstance(given, Rewriting):
        raise broke_contract(who, f"rewrite gave {type_name(given)}, not a Rewriting")
    if given.question != question:
        raise broke_contract(who, f"rewrite gave another question back: {given.question!r:.80}")
    _check_words(who, "questions", given.questions, MOST_QUESTIONS)
    if not isinstance(given.expansions, tuple):
        raise broke_contract(
            who, f"the expansions are a {type_name(given.expansions)}, not a tuple"
        )
    for each in given.expansions:
        if not isinstance(each, Expansion):
            raise broke_contract(who, f"an expansion is {type_name(each)}, not an Expansion")
        if not isinstance(each.term, str) or not each.term.strip():
            raise broke_contract(who, f"the term of an expansion is {each.term!r:.80}")
        if each.term not in question:
            raise broke_contract(who, f"{each.term!r:.80} does not stand in the question")
        _check_words(who, f"equivalents of {each.term!r:.80}", each.words, MOST_WORDS)
    return given


def _check_words(who: str, what: str, given: Any, most: int) -> None:
    if not isinstance(given, tuple):
        raise broke_contract(who, f"the {what} are a {type_name(given)}, not a tuple")
    if wrong := [each for each in given if not isinstance(each, str) or not each.strip()]:
        raise broke_contract(who, f"among the {what} is {wrong[0]!r:.80}, which is not text")
    if len(given) > most:
        raise broke_contract(who, f"the {what} are {len(given)}, and {most} is the most")


def _count(found: Any) -> str:
    return f"{len(found)} numbers" if found.ndim == 1 else f"an array of shape {found.shape}"

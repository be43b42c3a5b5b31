"""What plugins beyond the stages are held to by ``docproc plugins check``."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from docproc.errors import PluginError
from docproc.hooks.extensions import Candidate
from docproc.hooks.specs import CHAT_COMMAND, COMMAND, OBSERVE, OUTPUT_FORMAT, SIGNAL, Stage
from docproc.plugins.declared_commands import read
from docproc.plugins.guarding import guarded, text_of
from docproc.plugins.registry import Offer
from docproc.plugins.selection import PluginSelection
from docproc.records import Answer, Passage, PassageKind, Searched, Span, Verdict


def _written_out(plugins: PluginSelection, offer: Offer) -> str | None:
    """A command's name must stand in the source, for ``--help`` runs no plugin."""
    hook = offer.stage.hook
    names = [name for name, _ in read(plugins.registry.code_of(offer), hook)]
    if offer.name in names:
        return None
    return (
        f"its name is not written out as a plain string in the function {hook} of "
        f"{offer.origin}, so docproc cannot list it without running it (docs/extending.md)"
    )


def _declares(plugins: PluginSelection, offer: Offer) -> str | None:
    """A command must be able to say its arguments."""
    parser = ArgumentParser(prog=f"docproc {offer.name}")
    parser.add_argument("--workspace", "-w")
    return _refused(
        lambda: guarded("declare", lambda: plugins.make(offer.stage, offer.name).declare(parser))
    )


def _writes(plugins: PluginSelection, offer: Offer) -> str | None:
    """A format must write a refusal, and the same answer in the same way."""
    product = plugins.make(offer.stage, offer.name)
    refused = Answer("Who?", Verdict.NOT_FOUND, (), Searched("none", 0, 0, 0.0))

    def write() -> str:
        return text_of("render", lambda: product.render(refused))

    refusal = _refused(write)
    if refusal is None and write() != write():
        refusal = "render gives another text for the same answer"
    return refusal


def _scores(plugins: PluginSelection, offer: Offer) -> str | None:
    """A signal must give one number from 0 to 1 for each passage, always the same."""
    from docproc.retrieval.signals import Plugged, asked

    plugged = Plugged(plugins.use(offer.stage, offer.name), plugins.make(offer.stage, offer.name))
    text = "The committee asked for 40 wagons."
    passage = Passage(
        "0" * 64, Span(0, len(text)), text, PassageKind.BODY, "paragraph 1", text, text
    )
    bare = Candidate(passage=passage, score=0.5, source="seeds/a.txt")
    dated = replace(bare, date="1921-05-03", sender="I. P. Petrov")

    def score() -> None:
        for candidates in ([bare], [bare, dated, dated]):
            first, again = (asked(plugged, "Who asked for wagons?", candidates) for _ in "12")
            if list(first) != list(again):
                raise PluginError("score gives other numbers for the same passages")

    return _refused(score)


def _refused(step: Callable[[], object]) -> str | None:
    """What a plugin's failure in *step* is, in words."""
    try:
        step()
    except PluginError as error:
        return str(error)
    return None


PROMISES: dict[Stage[Any], tuple[Callable[[PluginSelection, Offer], str | None], ...]] = {
    OBSERVE: (),
    SIGNAL: (_scores,),
    OUTPUT_FORMAT: (_writes,),
    COMMAND: (_written_out, _declares),
    CHAT_COMMAND: (_written_out,),
}
"""What is asked of the kinds that have no conformance class; that they can be made, of all."""

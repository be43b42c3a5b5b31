"""py3langid (Lui and Baldwin 2012, "langid.py") over its model as it is unpacked and mapped."""

from __future__ import annotations

from functools import cache
from typing import Any, cast

from docproc.text.unpacking_model import unpack


@cache
def identifier() -> Any:
    """The ``LanguageIdentifier`` that gives the language of a text, and its probability.

    The automaton's moves stay mapped; what is looked up for each byte is a list, or a view of what
    is mapped, since these give a number of Python's own.
    """
    from py3langid.langid import MODEL_DIR, MODEL_FILE, LanguageIdentifier

    model = unpack(MODEL_DIR / MODEL_FILE)
    return LanguageIdentifier(
        model["ptc"],
        model["pc"],
        model["classes"].tolist(),
        memoryview(cast("Any", model["nextmove"])),
        model["out_feat"].tolist(),
        norm_probs=True,
        tk_row=model["nextmove_row"].tolist(),
    )

"""The built-in plugins come through the door, and nothing heavy with them."""

from __future__ import annotations

import subprocess
import sys

import pytest
from letter_workspace import product, registry

from docproc.hooks import Normalizer, Parser, Segmenter


@pytest.mark.parametrize(
    ("stage", "name", "contract"),
    [
        ("parse", "text", Parser),
        ("normalize", "letter", Normalizer),
        ("normalize", "search-text", Normalizer),
        ("normalize", "bolshevik-leadership", Normalizer),
        ("segment", "structure", Segmenter),
    ],
)
def test_each_product_keeps_its_contract(stage, name, contract):
    assert isinstance(product(stage, name), contract)


def test_no_plugin_of_this_repository_is_at_fault():
    assert registry().faults == ()


def test_listing_them_imports_none_of_them():
    code = (
        "import sys, docproc.stages\n"
        "from docproc.plugins.registry import load\n"
        "load(['docproc.stages'])\n"
        "print([m for m in sys.modules if m.startswith(('docproc.stages.', 'docproc.letters', "
        "'docproc.references')) or m in ('chardet', 'numpy', 'torch')]"
        " == ['docproc.stages.parse', 'docproc.stages.parse.registrations'])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "True"

"""What the table of plugin faults is made of: a plugin of each kind, and a row."""

from __future__ import annotations

from dataclasses import dataclass

_TOP = """\
import contextlib, ctypes, os, signal
import numpy as np
from docproc.errors import SourceError, StoreError
from docproc.hooks import *
from docproc.records import *
from docproc.testing.examples.tiny_embedder import TinyEmbedder
"""


_PARSER = """
class P:
    isolated = {isolated}
    def confidence(self, source, head):
        return 0.9 if source.path.endswith(".x") and b"\\0" not in head else 0.0
    def parse(self, source, data):
        t = data.decode("utf-8")
        {body}

@hookimpl
def docproc_parsers():
    return [Registration("mine", lambda s: P())]
"""


_STAGE = """
class P{base}:
    {head}
        {body}

@hookimpl
def {hook}():
    return [Registration("mine", lambda s: P(){more})]
"""


_VECTORS = """
class Opened:
    def __init__(self, v): self.v = v
    def search(self, query, k, allowed):
        rows = np.arange(len(self.v)) if allowed is None else np.asarray(allowed)
        scores = self.v[rows] @ query
        best = np.argsort(-scores, kind="stable")[:max(k, 0)]
        {search}
        return VectorHits(scores[best].astype(np.float32), rows[best].astype(np.int64))

class V:
    def build(self, vectors, folder):
        {build}
        (folder / "n").write_text(str(vectors.shape)); return {{}}
    def open(self, folder, vectors):
        {open}
        return Opened(vectors)

@hookimpl
def docproc_vector_indexes():
    return [Registration("mine", lambda s: V())]
"""


@dataclass(frozen=True, slots=True)
class PluginFault:
    """One row: the ``kind`` of plugin and what it ``does``, what is ``said``, the exit ``code``.

    ``config`` goes into config.toml, ``code_of`` is the plugin, ``asks`` whether a question shows
    it, and not indexing.
    """

    kind: str
    does: str
    said: str
    code: int
    plugin: str
    config: str
    asks: bool = False
    command: tuple[str, ...] = ()


def broken_parser(does: str, said: str, body: str, *, isolated: bool = False) -> PluginFault:
    plugin = _TOP + _PARSER.format(body=body, isolated=isolated)
    config = '[pipeline]\nparsers = ["...", "mine"]\n'
    kind = "parser, in a worker" if isolated else "parser"
    return PluginFault(
        kind, does, f"the parser 'mine' {said}".replace("' ,", "',"), 5, plugin, config
    )


def broken_stage(
    kind: str, does: str, said: str, code: int, body: str, *, asks: bool = False, also: str = ""
) -> PluginFault:
    hook, head, config, base, more = _KINDS[kind]
    config += also
    plugin = _TOP + _STAGE.format(hook=hook, head=head, body=body, base=base, more=more)
    return PluginFault(kind, does, said, code, plugin, config, asks)


_KINDS = {
    "normalizer": (
        "docproc_normalizers", "def normalize(self, document):",
        '[pipeline]\nnormalizers = ["...", "mine"]\n', "", "",
    ),
    "segmenter": (
        "docproc_segmenters", "def segment(self, document):",
        '[pipeline]\nsegmenter = "mine"\n', "", "",
    ),
    "embedder": (
        "docproc_embedders", "def encode_passages(self, texts):",
        '[pipeline]\nembedder = "mine"\n', "(TinyEmbedder)", "",
    ),
    "signal": (
        "docproc_signals", "def score(self, question, candidates):",
        '[ask]\nsignals = ["mine"]\n', "", "",
    ),
    "output format": (
        "docproc_output_formats", "def render(self, answer):", "", "", "",
    ),
    "command": (
        "docproc_commands",
        "def declare(self, parser): pass\n    def run(self, arguments, library):",
        "", "", ', summary="Does it."',
    ),
    "writer": (
        "docproc_writers", "def write(self, question, sentences, /):",
        '[ask]\nwriter = "mine"\n', "", "",
    ),
    "rule of access": (
        "docproc_access", "def closed(self, document, today, /):",
        '[access]\nrules = ["mine"]\n', "", "",
    ),
    "veto": (
        "docproc_vetoes", "def objection(self, drafted):",
        '[gate]\nvetoes = ["mine"]\n', "", "",
    ),
}  # fmt: skip


def broken_index(does: str, said: str, *, asks: bool = False, **steps: str) -> PluginFault:
    parts = {"search": "pass", "build": "pass", "open": "pass"} | steps
    plugin = _TOP + _VECTORS.format(**parts)
    said = f"the vector index plugin 'mine' {said}"
    return PluginFault("vector index", does, said, 4, plugin, _INDEX, asks)


_INDEX = '[pipeline]\nvector_index = "mine"\n'

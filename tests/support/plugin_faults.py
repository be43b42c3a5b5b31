"""What plugins do wrong at run time, what docproc says of it, and its exit code.

``docs/exit-codes.md`` is made of this table, and a test does every row.
"""

from __future__ import annotations

from dataclasses import dataclass

_TOP = """\
import contextlib, ctypes, os, signal
import numpy as np
from docproc.errors import SourceError, StoreError
from docproc.hooks import *
from docproc.records import *
from docproc.testing.tiny import TinyEmbedder
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


def _parser(does: str, said: str, body: str, *, isolated: bool = False) -> PluginFault:
    plugin = _TOP + _PARSER.format(body=body, isolated=isolated)
    config = '[pipeline]\nparsers = ["...", "mine"]\n'
    kind = "parser, in a worker" if isolated else "parser"
    return PluginFault(
        kind, does, f"the parser 'mine' {said}".replace("' ,", "',"), 5, plugin, config
    )


def _stage(
    kind: str, does: str, said: str, code: int, body: str, *, asks: bool = False
) -> PluginFault:
    hook, head, config, base, more = _KINDS[kind]
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
        '[ask]\nwriter = "mine"\nwriting_seconds = 0.5\n', "", "",
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


def _index(does: str, said: str, *, asks: bool = False, **steps: str) -> PluginFault:
    parts = {"search": "pass", "build": "pass", "open": "pass"} | steps
    plugin = _TOP + _VECTORS.format(**parts)
    said = f"the vector index plugin 'mine' {said}"
    return PluginFault("vector index", does, said, 4, plugin, _INDEX, asks)


_INDEX = '[pipeline]\nvector_index = "mine"\n'
_M = "metadata=Metadata"
_AT = 'i = t.find("Weiss"); '
FAULTS: tuple[PluginFault, ...] = (
    # a process that is to end
    _parser("raises SystemExit(0)", "failed: SystemExit", "raise SystemExit(0)"),
    _parser("raises GeneratorExit", "failed: GeneratorExit", "raise GeneratorExit"),
    _parser("raises KeyboardInterrupt", "failed: KeyboardInterrupt", "raise KeyboardInterrupt"),
    _parser("raises BaseException", "failed: BaseException", 'raise BaseException("odd")'),
    _parser("gives None", "failed: TypeError: 'NoneType' object is not iterable", "return None"),
    _stage(
        "normalizer",
        "raises SystemExit(3)",
        "the normalizer 'mine' failed: SystemExit: 3",
        5,
        'if "Weiss" in document.text: raise SystemExit(3)\n        return document',
    ),
    _stage(
        "normalizer",
        "gives None",
        "the normalizer 'mine' broke its contract: it is no Document",
        5,
        'return None if document.source.path.endswith("b.txt") else document',
    ),
    _stage(
        "segmenter",
        "raises GeneratorExit",
        "the segmenter 'mine' failed: GeneratorExit",
        5,
        "raise GeneratorExit",
    ),
    # an embedder and an index
    _stage(
        "embedder",
        "raises ValueError",
        "the embed plugin 'mine' failed in encode_passages: ValueError: the model is tired",
        4,
        'raise ValueError("the model is tired")',
    ),
    _stage(
        "embedder",
        "raises SystemExit(0)",
        "the embed plugin 'mine' failed in encode_passages",
        4,
        "raise SystemExit(0)",
    ),
    _stage(
        "embedder",
        "gives a list",
        "the embed plugin 'mine' broke its contract: it gave list",
        4,
        "return [[1.0] * 256 for _ in texts]",
    ),
    _stage("embedder", "gives None", "it gave None, not a NumPy array", 4, "return None"),
    _stage(
        "embedder",
        "gives a row too few",
        "its vectors are of shape",
        4,
        "return TinyEmbedder.encode_passages(self, texts)[1:]",
    ),
    _stage(
        "embedder",
        "gives vectors of norm 3",
        "it gave a vector whose norm is 3, not 1",
        4,
        "return TinyEmbedder.encode_passages(self, texts) * np.float32(3)",
    ),
    _stage(
        "embedder",
        "gives what is no number",
        "it gave vectors that are not numbers",
        4,
        "return TinyEmbedder.encode_passages(self, texts) * np.float32('nan')",
    ),
    _index(
        "raises when it searches",
        "failed in search: ValueError: odd",
        asks=True,
        search='raise ValueError("odd")',
    ),
    _index(
        "gives None when it searches",
        "broke its contract: search gave None",
        asks=True,
        search="return None",
    ),
    _index(
        "gives a tuple when it searches",
        "broke its contract: search gave tuple",
        asks=True,
        search="return scores[best], rows[best]",
    ),
    _index(
        "finds a row that is not there",
        "broke its contract: search gave the row 1000000",
        asks=True,
        search="return VectorHits(np.ones(1, np.float32), np.array([10**6]))",
    ),
    _index(
        "needs a library that is gone",
        "failed in open: ModuleNotFoundError",
        asks=True,
        open="import nosuchlibrary",
    ),
    _index(
        "gives no facts",
        "broke its contract: build gave None, not a dict of facts",
        build="return None",
    ),
    _index("raises when it builds", "failed in build: OSError", build='raise OSError("odd")'),
    # records that are wrong
    _parser(
        "gives a kind that is a number",
        "broke its contract: metadata.kind: expected `str | null`, got `int`",
        f"yield Document(source, t, {_M}(kind=42))",
    ),
    _parser(
        "gives a sender that is a text",
        "broke its contract: metadata.sender: expected",
        f'yield Document(source, t, {_M}(sender="Weiss"))',
    ),
    _parser(
        "gives dates that are texts",
        "broke its contract: metadata.dates[0]: expected",
        f'yield Document(source, t, {_M}(dates=("1921",)))',
    ),
    _parser(
        "gives blocks that are spans",
        "broke its contract: blocks[0]: object missing",
        "yield Document(source, t, blocks=(Span(0, 3),))",
    ),
    _parser(
        "misplaces a name",
        "broke its contract: the sender 'Weiss' is not what stands at 19..24: 'eiss '",
        f'{_AT}yield Document(source, t, {_M}(sender=Mention("Weiss", Span(i + 1, i + 6))))',
    ),
    _parser(
        "misplaces a title",
        "broke its contract: the title 'The boats' is not what stands at 1..10",
        f'{_AT}yield Document(source, t, {_M}(title=Mention("The boats", Span(1, 10))))',
    ),
    _parser(
        "gives a page past the end",
        "broke its contract: page 1 at 0..58 lies outside the text of 49 characters",
        'yield Document(source, t, pages=(Page("1", Span(0, len(t) + 9)),))',
    ),
    _parser(
        "misplaces a reference",
        "broke its contract: the reference 'F. 17' is not what stands at 0..5",
        "yield Document(source, t, references=(ArchivalReference("
        '"F. 17", "russia", (("fond", "17"),), span=Span(0, 5)),))',
    ),
    # workers
    _parser(
        "aborts",
        ", or a library of it, crashed (SIGABRT)",
        "os.abort()\n        yield",
        isolated=True,
    ),
    _parser(
        "leaves the process",
        ", or a library of it, ended its process (exit code 3)",
        "os._exit(3)\n        yield",
        isolated=True,
    ),
    _parser(
        "is killed",
        ", or a library of it, was killed (SIGKILL)",
        "os.kill(os.getpid(), signal.SIGKILL)\n        yield",
        isolated=True,
    ),
    _parser(
        "raises SystemExit(0)",
        "failed: SystemExit: 0",
        "raise SystemExit(0)\n        yield",
        isolated=True,
    ),
    # what costs only itself
    _stage(
        "signal",
        "empties its argument",
        "the signal 'mine' failed: AttributeError",
        0,
        "candidates.clear(); return []",
        asks=True,
    ),
    _stage(
        "signal",
        "gives one number too few",
        "the signal 'mine' broke its contract",
        0,
        "return [0.5] * (len(candidates) - 1) if len(candidates) > 1 else []",
        asks=True,
    ),
    _stage(
        "signal",
        "gives 2",
        "2 does not lie in 0 to 1; it is left out",
        0,
        "return [2.0] * len(candidates)",
        asks=True,
    ),
    _stage(
        "signal",
        "raises SystemExit",
        "the signal 'mine' failed: SystemExit",
        0,
        "raise SystemExit(0)",
        asks=True,
    ),
    # what is asked for by name
    _stage(
        "output format",
        "raises",
        "the output format 'mine' failed: ZeroDivisionError",
        4,
        "1 / 0",
        asks=True,
    ),
    _stage(
        "output format",
        "gives a number",
        "the output format 'mine' broke its contract: 7",
        4,
        "return 7",
        asks=True,
    ),
    _stage(
        "command",
        "raises SystemExit(0)",
        "the command 'mine' failed: SystemExit: 0",
        4,
        "raise SystemExit(0)",
        asks=True,
    ),
    _stage(
        "command",
        "returns 300",
        "the command 'mine' broke its contract: 300 is not an exit code",
        4,
        "return 300",
        asks=True,
    ),
    _stage(
        "writer", "raises", "the writer 'mine' failed: ZeroDivisionError", 4, "1 / 0", asks=True
    ),
    _stage(
        "writer",
        "hangs",
        "the writer 'mine' did not finish within 0.5 seconds",
        4,
        "import time; time.sleep(20)",
        asks=True,
    ),
    _stage(
        "writer",
        "gives prose",
        "the writer 'mine' broke its contract: it gave str",
        4,
        'return "It is so."',
        asks=True,
    ),
    _stage(
        "rule of access",
        "raises",
        "the rule of access 'mine' failed: ZeroDivisionError",
        4,
        "1 / 0",
        asks=True,
    ),
    _stage("rule of access", "gives True", "True is no Closure", 4, "return True", asks=True),
    _stage("veto", "raises", "the veto 'mine' failed: ZeroDivisionError", 4, "1 / 0"),
    _stage("veto", "gives a number", "7 is not an objection in words", 4, "return 7"),
    _stage("veto", "objects", "the veto 'mine' objects: not today", 8, 'return "not today"'),
    # a segmenter that leaves nothing
    _stage(
        "segmenter",
        "leaves a text without passages",
        "the segmenter 'mine' made no passage of it",
        5,
        "return []",
    ),
)

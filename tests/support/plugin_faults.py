"""What plugins do wrong at run time, what docproc says of it, and its exit code.

``docs/exit-codes.md`` is made of this table, and a test does every row.
"""

from __future__ import annotations

from plugin_fault_forms import PluginFault, broken_index, broken_parser, broken_stage

_M = "metadata=Metadata"


_AT = 'i = t.find("Weiss"); '


FAULTS: tuple[PluginFault, ...] = (
    # a process that is to end
    broken_parser("raises SystemExit(0)", "failed: SystemExit", "raise SystemExit(0)"),
    broken_parser("raises GeneratorExit", "failed: GeneratorExit", "raise GeneratorExit"),
    broken_parser(
        "raises KeyboardInterrupt", "failed: KeyboardInterrupt", "raise KeyboardInterrupt"
    ),
    broken_parser("raises BaseException", "failed: BaseException", 'raise BaseException("odd")'),
    broken_parser(
        "gives None", "failed: TypeError: 'NoneType' object is not iterable", "return None"
    ),
    broken_stage(
        "normalizer",
        "raises SystemExit(3)",
        "the normalizer 'mine' failed: SystemExit: 3",
        5,
        'if "Weiss" in document.text: raise SystemExit(3)\n        return document',
    ),
    broken_stage(
        "normalizer",
        "gives None",
        "the normalizer 'mine' broke its contract: it is no Document",
        5,
        'return None if document.source.path.endswith("b.txt") else document',
    ),
    broken_stage(
        "segmenter",
        "raises GeneratorExit",
        "the segmenter 'mine' failed: GeneratorExit",
        5,
        "raise GeneratorExit",
    ),
    # an embedder and an index
    broken_stage(
        "embedder",
        "raises ValueError",
        "the embed plugin 'mine' failed in encode_passages: ValueError: the model is tired",
        4,
        'raise ValueError("the model is tired")',
    ),
    broken_stage(
        "embedder",
        "raises SystemExit(0)",
        "the embed plugin 'mine' failed in encode_passages",
        4,
        "raise SystemExit(0)",
    ),
    broken_stage(
        "embedder",
        "gives a list",
        "the embed plugin 'mine' broke its contract: it gave list",
        4,
        "return [[1.0] * 256 for _ in texts]",
    ),
    broken_stage("embedder", "gives None", "it gave None, not a NumPy array", 4, "return None"),
    broken_stage(
        "embedder",
        "gives a row too few",
        "its vectors are of shape",
        4,
        "return TinyEmbedder.encode_passages(self, texts)[1:]",
    ),
    broken_stage(
        "embedder",
        "gives vectors of norm 3",
        "it gave a vector whose norm is 3, not 1",
        4,
        "return TinyEmbedder.encode_passages(self, texts) * np.float32(3)",
    ),
    broken_stage(
        "embedder",
        "gives what is no number",
        "it gave vectors that are not numbers",
        4,
        "return TinyEmbedder.encode_passages(self, texts) * np.float32('nan')",
    ),
    broken_index(
        "raises when it searches",
        "failed in search: ValueError: odd",
        asks=True,
        search='raise ValueError("odd")',
    ),
    broken_index(
        "gives None when it searches",
        "broke its contract: search gave None",
        asks=True,
        search="return None",
    ),
    broken_index(
        "gives a tuple when it searches",
        "broke its contract: search gave tuple",
        asks=True,
        search="return scores[best], rows[best]",
    ),
    broken_index(
        "finds a row that is not there",
        "broke its contract: search gave the row 1000000",
        asks=True,
        search="return VectorHits(np.ones(1, np.float32), np.array([10**6]))",
    ),
    broken_index(
        "needs a library that is gone",
        "failed in open: ModuleNotFoundError",
        asks=True,
        open="import nosuchlibrary",
    ),
    broken_index(
        "gives no facts",
        "broke its contract: build gave None, not a dict of facts",
        build="return None",
    ),
    broken_index("raises when it builds", "failed in build: OSError", build='raise OSError("odd")'),
    # records that are wrong
    broken_parser(
        "gives a kind that is a number",
        "broke its contract: metadata.kind: expected `str | null`, got `int`",
        f"yield Document(source, t, {_M}(kind=42))",
    ),
    broken_parser(
        "gives a sender that is a text",
        "broke its contract: metadata.sender: expected",
        f'yield Document(source, t, {_M}(sender="Weiss"))',
    ),
    broken_parser(
        "gives dates that are texts",
        "broke its contract: metadata.dates[0]: expected",
        f'yield Document(source, t, {_M}(dates=("1921",)))',
    ),
    broken_parser(
        "gives blocks that are spans",
        "broke its contract: blocks[0]: object missing",
        "yield Document(source, t, blocks=(Span(0, 3),))",
    ),
    broken_parser(
        "misplaces a name",
        "broke its contract: the sender 'Weiss' is not what stands at 19..24: 'eiss '",
        f'{_AT}yield Document(source, t, {_M}(sender=Mention("Weiss", Span(i + 1, i + 6))))',
    ),
    broken_parser(
        "misplaces a title",
        "broke its contract: the title 'The boats' is not what stands at 1..10",
        f'{_AT}yield Document(source, t, {_M}(title=Mention("The boats", Span(1, 10))))',
    ),
    broken_parser(
        "gives a page past the end",
        "broke its contract: page 1 at 0..58 lies outside the text of 49 characters",
        'yield Document(source, t, pages=(Page("1", Span(0, len(t) + 9)),))',
    ),
    broken_parser(
        "misplaces a reference",
        "broke its contract: the reference 'F. 17' is not what stands at 0..5",
        "yield Document(source, t, references=(ArchivalReference("
        '"F. 17", "russia", (("fond", "17"),), span=Span(0, 5)),))',
    ),
    # workers
    broken_parser(
        "aborts",
        ", or a library of it, crashed (SIGABRT)",
        "os.abort()\n        yield",
        isolated=True,
    ),
    broken_parser(
        "leaves the process",
        ", or a library of it, ended its process (exit code 3)",
        "os._exit(3)\n        yield",
        isolated=True,
    ),
    broken_parser(
        "is killed",
        ", or a library of it, was killed (SIGKILL)",
        "os.kill(os.getpid(), signal.SIGKILL)\n        yield",
        isolated=True,
    ),
    broken_parser(
        "raises SystemExit(0)",
        "failed: SystemExit: 0",
        "raise SystemExit(0)\n        yield",
        isolated=True,
    ),
    # what costs only itself
    broken_stage(
        "signal",
        "empties its argument",
        "the signal 'mine' failed: AttributeError",
        0,
        "candidates.clear(); return []",
        asks=True,
    ),
    broken_stage(
        "signal",
        "gives one number too few",
        "the signal 'mine' broke its contract",
        0,
        "return [0.5] * (len(candidates) - 1) if len(candidates) > 1 else []",
        asks=True,
    ),
    broken_stage(
        "signal",
        "gives 2",
        "2 does not lie in 0 to 1; it is left out",
        0,
        "return [2.0] * len(candidates)",
        asks=True,
    ),
    broken_stage(
        "signal",
        "raises SystemExit",
        "the signal 'mine' failed: SystemExit",
        0,
        "raise SystemExit(0)",
        asks=True,
    ),
    # what is asked for by name
    broken_stage(
        "output format",
        "raises",
        "the output format 'mine' failed: ZeroDivisionError",
        4,
        "1 / 0",
        asks=True,
    ),
    broken_stage(
        "output format",
        "gives a number",
        "the output format 'mine' broke its contract: 7",
        4,
        "return 7",
        asks=True,
    ),
    broken_stage(
        "command",
        "raises SystemExit(0)",
        "the command 'mine' failed: SystemExit: 0",
        4,
        "raise SystemExit(0)",
        asks=True,
    ),
    broken_stage(
        "command",
        "returns 300",
        "the command 'mine' broke its contract: 300 is not an exit code",
        4,
        "return 300",
        asks=True,
    ),
    broken_stage(
        "writer", "raises", "the writer 'mine' failed: ZeroDivisionError", 4, "1 / 0", asks=True
    ),
    broken_stage(
        "writer",
        "hangs",
        "the writer 'mine' did not finish within 0.5 seconds",
        4,
        "import threading; threading.Event().wait()",
        asks=True,
        also="writing_seconds = 0.5\n",
    ),
    broken_stage(
        "writer",
        "gives prose",
        "the writer 'mine' broke its contract: it gave str",
        4,
        'return "It is so."',
        asks=True,
    ),
    broken_stage(
        "rule of access",
        "raises",
        "the rule of access 'mine' failed: ZeroDivisionError",
        4,
        "1 / 0",
        asks=True,
    ),
    broken_stage("rule of access", "gives True", "True is no Closure", 4, "return True", asks=True),
    broken_stage("veto", "raises", "the veto 'mine' failed: ZeroDivisionError", 4, "1 / 0"),
    broken_stage("veto", "gives a number", "7 is not an objection in words", 4, "return 7"),
    broken_stage("veto", "objects", "the veto 'mine' objects: not today", 8, 'return "not today"'),
    # a segmenter that leaves nothing
    broken_stage(
        "segmenter",
        "leaves a text without passages",
        "the segmenter 'mine' made no passage of it",
        5,
        "return []",
    ),
)

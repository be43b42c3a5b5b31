"""The kinds of plugin that can be begun, and what is particular to the test of each."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind.

    ``stage`` is the name of its stage in ``docproc.hooks.STAGES``; ``use`` is what ``config.toml``
    needs for it to be used; the rest are pieces of its test.
    """

    stage: str
    summary: str
    own: str
    use: str = ""
    arguments: str = "plugin"
    fixtures: str = ""
    constants: str = ""


KINDS: dict[str, Kind] = {
    "parse": Kind(
        stage="parse",
        summary="Reads letters that open with lines such as From: and To:.",
        use='[pipeline]\nparsers = ["...", "$NAME"]',
        fixtures='''
    @pytest.fixture
    def samples(self):
        """Files that it reads; add some of yours."""
        return {"harbour.$NAME": LETTER, "bare.$NAME": b"No opening lines at all.\\n"}

''',
        own="""\
    source = SourceFile("harbour.$NAME", "text/plain", len(LETTER), "0" * 64)
    (letter,) = plugin.parse(source, LETTER)
    assert letter.metadata.sender.text == "A. Weiss"
    assert letter.metadata.recipient.span.of(letter.text) == "The Harbour Office"
    assert letter.text == LETTER.decode()
""",
        constants='LETTER = b"From: A. Weiss\\nTo: The Harbour Office\\n\\nThe quay is shut.\\n"\n',
    ),
    "normalize": Kind(
        stage="normalize",
        summary="Finds words printed with the long s as one types them.",
        use='[pipeline]\nnormalizers = ["...", "$NAME"]',
        own="""\
    source = SourceFile("a.txt", "text/plain", 14, "0" * 64)
    document = plugin.normalize(Document(source, "Das groſſe Hauſ"))
    assert document.text == "Das groſſe Hauſ"
    assert document.search.apply(document.text) == "Das grosse Haus"
""",
    ),
    "embed": Kind(
        stage="embed",
        summary="Likeness by pieces of words, without a model.",
        use='[pipeline]\nembedder = "$NAME"',
        own="""\
    question = plugin.encode_query("the bridge over the river")
    near, far = plugin.encode_passages(["A bridge over the rivers.", "Wheat and rye."])
    assert question @ near > 0.3 > question @ far
""",
    ),
    "index": Kind(
        stage="vector index",
        summary="A vector index that compares with every vector.",
        use='[pipeline]\nvector_index = "$NAME"',
        arguments="plugin, tmp_path",
        own="""\
    vectors = np.eye(4, dtype=np.float32)
    plugin.build(vectors, tmp_path)
    hits = plugin.open(tmp_path, vectors).search(vectors[2], 1, None)
    assert (hits.rows.tolist(), hits.scores.tolist()) == ([2], [1.0])
""",
    ),
    "segment": Kind(
        stage="segment",
        summary="A passage for each paragraph.",
        use='[pipeline]\nsegmenter = "$NAME"',
        own="""\
    source = SourceFile("a.txt", "text/plain", 14, "0" * 64)
    found = plugin.segment(Document(source, "One.\\nAnd one.\\n\\nTwo."))
    assert [passage.text for passage in found] == ["One.\\nAnd one.", "Two."]
""",
    ),
    "text-index": Kind(
        stage="text index",
        summary="A text index that compares with every text.",
        use='[pipeline]\ntext_index = "$NAME"',
        arguments="plugin, entries, tmp_path",
        own="""\
    plugin.build(iter(entries), tmp_path)
    assert plugin.open(tmp_path).search("Sloka", 1, None).rows.tolist() == [0]
""",
    ),
    "encode": Kind(
        stage="encode query",
        summary="An embedder that leaves a query encoder, and what opens it.",
        use='[pipeline]\nembedder = "$NAME"',
        fixtures='''
    @pytest.fixture
    def embedder(self, plugin):
        """The embedder that leaves it."""
        return sys.modules[type(plugin).__module__].$CLASSEncoder(256)

''',
        arguments="plugin, folder, embedder",
        own="""\
    question = plugin.open(folder).encode_query("the bridge over the river")
    assert question @ embedder.encode_passages(["A bridge over the rivers."])[0] > 0.3
""",
    ),
    "observe": Kind(
        stage="observe",
        summary="Keeps a log of runs.",
        use='[pipeline]\nobservers = ["$NAME"]',
        own="""\
    plugin.source_failed(SourceFailed(path="seeds/a.pdf", cause="it is encrypted"))
    assert plugin.log.read_text("utf-8") == "could not be read: seeds/a.pdf: it is encrypted\\n"
""",
    ),
    "rerank": Kind(
        stage="rerank",
        summary="Prefers words that stand side by side as they were asked.",
        use='[pipeline]\nreranker = "$NAME"',
        arguments="plugin, passages",
        own="""\
    found = plugin.rerank("the mill at Sloka", passages)
    assert found[0] > max(found[1:])
""",
    ),
    "rewrite": Kind(
        stage="rewrite",
        summary="Adds what means the same as a word of the question.",
        use='[ask]\nrewriters = ["$NAME"]',
        fixtures='''
    @pytest.fixture
    def rewritten(self):
        """Questions, each with a word that is added to it; add some of yours."""
        return {"When was the railway cut?": "railroad", "Who left Petersburg?": "Leningrad"}

''',
        own="""\
    (added,) = plugin.rewrite("When was the Railway cut?").expansions
    assert (added.term, added.words) == ("Railway", ("railroad", "line"))
""",
    ),
    "signal": Kind(
        stage="signal",
        summary="Prefers what is signed.",
        use='[ask]\nsignals = ["$NAME"]',
        arguments="plugin, candidates",
        own="""\
    found = plugin.score("Who wrote?", candidates)
    assert found[0] < found[1]
""",
    ),
    "veto": Kind(
        stage="veto",
        summary="Objects to a generation with too few dates.",
        use='[gate]\nvetoes = ["$NAME"]',
        arguments="plugin, drafts",
        own="""\
    assert plugin.objection(drafts[0]) is None
    plugin.undated = 0.1
    assert plugin.objection(drafts[0]) == "5 of 10 documents have no date"
""",
    ),
    "format": Kind(
        stage="output format",
        summary="An answer as lines of name and value.",
        arguments="plugin, answers",
        own="""\
    assert "verdict: answered\\n" in plugin.render(answers[0])
""",
    ),
    "command": Kind(
        stage="command",
        summary="Counts the documents of each year.",
        fixtures='''
    name = "$NAME"

    @pytest.fixture
    def arguments(self):
        """Command lines that it is run with."""
        return [[], ["1921"]]

''',
        own="""\
    assert type(plugin).__name__ == "$CLASSCommand"
""",
    ),
    "chat-command": Kind(
        stage="chat command",
        summary="Lists the references in view.",
        fixtures="""
    name = "$NAME"

""",
        arguments="plugin, conversations",
        own="""\
    assert plugin.run("", conversations[0]) == "No reference is in view."
    assert "LVVA" in plugin.run("", conversations[1])
""",
    ),
    "execute": Kind(
        stage="execute",
        summary="Builds shards in threads of this process.",
        use='[scale]\nshards = 4\nexecutor = "$NAME"',
        own="""\
    found = dict(plugin.map(bytes.upper, [b"one", b"two"]))
    assert found == {0: b"ONE", 1: b"TWO"}
""",
    ),
    "access": Kind(
        stage="access",
        summary="Closes a kind of documents until a year.",
        use='[access]\nrules = ["$NAME"]',
        arguments="plugin, rows",
        own="""\
    row = next(row for row in rows if row.kind == "letter")
    day = plugin.until
    assert plugin.closed(row, day.replace(year=day.year - 1)).until == day
    assert plugin.closed(row, day) is None
""",
    ),
    "write": Kind(
        stage="write",
        summary="An answer of the sentences with most words of the question.",
        use='[ask]\nwriter = "$NAME"',
        arguments="plugin, sentences",
        own="""\
    (written,) = plugin.write("Who asked for a loan until the harvest?", sentences)
    assert written.sentences == (3,)
""",
    ),
    "reference": Kind(
        stage="reference",
        summary="Reads how the Town Archive cites: box and folder.",
        use='[pipeline]\nreferences = ["$NAME"]',
        fixtures='''
    @pytest.fixture
    def references(self):
        """References as they are printed, each with its levels; add some of yours."""
        return {
            "Town Archive, Box 12, Folder 3": {"box": "12", "folder": "3"},
            "Town Archive, Box 7": {"box": "7"},
        }

''',
        own="""\
    text = "See Town Archive, Box 12, Folder 3."
    (found,) = plugin.find(text, 0, len(text), False)
    assert found.printed == "Town Archive, Box 12, Folder 3"
    assert found.get("folder") == "3"
""",
    ),
    "citation": Kind(
        stage="cite",
        summary="Citations as a numbered list of quotations.",
        arguments="plugin, citations",
        own="""\
    said = plugin.render(citations[:2])
    assert said.startswith(f"1. “{citations[0].quote}”")
    assert f"\\n2. “{citations[1].quote}”" in said
""",
    ),
    "source": Kind(
        stage="source",
        summary="Fetches the files that a list on the web names.",
        use='[sources.letters]\nuses = "$NAME"\nurl = "https://example.org/letters/list.txt"',
        fixtures='''
    @pytest.fixture
    def answers(self):
        """What the network gives."""
        return {LIST: b"harbour.txt 1\\nbare.txt 2\\n"} | LETTERS

''',
        arguments="plugin, answers",
        own="""\
    first, _, _ = plugin.items(CannedVisit(answers))
    assert (first.name, first.version) == ("harbour.txt", "1")
    assert first.address == "https://example.org/letters/harbour.txt"
    assert first.content() == b"The quay is shut.\\n"
""",
        constants="""\
LIST = "https://example.org/letters/list.txt"
LETTERS = {
    "https://example.org/letters/harbour.txt": b"The quay is shut.\\n",
    "https://example.org/letters/bare.txt": b"No opening lines at all.\\n",
}
""",
    ),
    "knowledge": Kind(
        stage="knowledge",
        summary="Adds the words of a language to what docproc knows.",
        use='[pipeline]\nknowledge = ["$NAME"]',
        own="""\
    assert plugin.language == "eo"
    assert "marto" in plugin.months[2].split()
""",
    ),
}


def find_kind(name: str) -> str:
    """The kind that *name* means: its own name, or the one that lists and messages have."""
    plain = name.strip().lower().replace("-", " ")
    for kind, about in KINDS.items():
        if plain in (kind.replace("-", " "), about.stage):
            return kind
    return name

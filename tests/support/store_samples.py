"""Small archives for the tests of the store, and hypothesis strategies of any archive."""

import datetime
from dataclasses import replace

from hypothesis import strategies as st

from docproc.records import (
    Alignment,
    ArchivalReference,
    Block,
    BlockKind,
    Collection,
    Document,
    Edit,
    Mention,
    Metadata,
    Page,
    Passage,
    PassageKind,
    SourceFile,
    Span,
    StatedDate,
    Witness,
)
from docproc.store.catalog import SourceState
from docproc.store.manifest import Manifest, Model, PluginUse, Recipe

NOW = datetime.datetime(2026, 11, 23, 18, 15, tzinfo=datetime.UTC)


def plugin(name="text", **settings):
    return PluginUse(name, "1.0", "docproc", settings)


def manifest(**changes):
    recipe = Recipe(
        parsers=(plugin("text"),),
        normalizers=(plugin("letter"), plugin("search-text", fold="old orthography")),
        segmenter=plugin("structure"),
        embedder=plugin("sentence-transformers"),
        vector_index=plugin("faiss"),
        text_index=plugin("tantivy"),
    )
    whole = Manifest(docproc="0.1.0", recipe=recipe, model=Model(fingerprint="m:1", dimension=3))
    return replace(whole, **changes)


def fond(fond="558", opis="2", delo="51", archive="RTsKhIDNI", now="RGASPI"):
    levels = (("fond", fond), ("opis", opis), ("delo", delo))
    printed = f"{archive}. F. {fond}. Op. {opis}. D. {delo}."
    return ArchivalReference(printed, "fond", levels, archive, now)


def letter(
    path="seeds/a.txt",
    paragraphs=("First words.", "Second words."),
    note=None,
    sender="Ivan Ivanov",
    recipient="Pyotr Petrov",
    edtf="1921-11-02",
    reference=None,
    note_reference=None,
    language="en",
    member="",
    witness=None,
):
    """A document and its passages: a paragraph each, and a note with a reference of its own."""
    pieces = [*paragraphs, *([note] if note else [])]
    text = "\n".join(pieces)
    found = tuple(r for r in (reference, note_reference) if r)
    document = Document(
        SourceFile(
            path, "text/plain", len(text.encode("utf-8", "surrogatepass")), f"{len(path):064x}"
        ),
        text,
        member,
        metadata=Metadata(
            title=Mention(f"{sender} to {recipient}"),
            sender=Mention(sender) if sender else None,
            recipient=Mention(recipient) if recipient else None,
            dates=(StatedDate(f"printed {edtf}", edtf, "heading"),) if edtf else (),
            kind="letter",
            language=language,
        ),
        references=found,
        witness=witness,
    )
    passages, at = [], 0
    for number, piece in enumerate(pieces, 1):
        span = Span(at, at + len(piece))
        is_note = bool(note) and number == len(pieces)
        passages.append(
            Passage(
                document.id,
                span,
                piece,
                PassageKind.NOTE if is_note else PassageKind.BODY,
                "note 1" if is_note else f"paragraph {number}",
                f"{sender} to {recipient}. {piece.lower()}",
                piece.lower(),
                (span,),
                note_reference if is_note else reference,
                "1" if is_note else None,
            )
        )
        at += len(piece) + 1
    return document, passages


def state_of(document, mtime_ns=1, recipe="r1"):
    return SourceState(document.source, mtime_ns, "text", "1.0", recipe)


def put(writer, *letters):
    """Put letters into the catalog, those of one source together."""
    by_source = {}
    for document, passages in letters:
        by_source.setdefault(document.source, []).append((document, passages))
    for pairs in by_source.values():
        writer.replace_source(state_of(pairs[0][0]), pairs)


# any record

words = st.text(max_size=12)
mentions = st.none() | st.builds(Mention, words)


@st.composite
def spans(draw, length):
    start = draw(st.integers(0, length))
    return Span(start, draw(st.integers(start, length)))


def references(length):
    levels = st.lists(st.tuples(st.sampled_from(["fond", "opis", "delo"]), words), max_size=3)
    return st.builds(
        ArchivalReference,
        words,
        st.sampled_from(["fond", "naa"]),
        levels.map(tuple),
        st.none() | words,
        st.none() | words,
        st.none() | spans(length),
    )


@st.composite
def alignments(draw, length):
    edits, at = [], 0
    for span in sorted(draw(st.lists(spans(length), max_size=3))):
        if span.start >= at and span != Span(at, at):
            edits.append(Edit(span, draw(words)))
            at = span.end
    return Alignment(tuple(edits))


@st.composite
def documents(draw, path="seeds/a.txt", member=""):
    text = draw(st.text(max_size=60))
    length = len(text)
    blocks = st.builds(
        Block,
        st.sampled_from(BlockKind),
        spans(length),
        st.none() | words,
        st.none() | spans(length),
        st.none() | st.integers(1, 6),
    )
    dates = st.builds(StatedDate, words, words, words, st.none() | spans(length))
    metadata = st.builds(
        Metadata,
        title=mentions,
        sender=mentions,
        recipient=mentions,
        place=mentions,
        dates=st.lists(dates, max_size=2).map(tuple),
        collection=st.none() | st.builds(Collection, words, st.tuples(words), st.none() | words),
        kind=st.none() | words,
        language=st.none() | st.sampled_from(["en", "ru"]),
        other=st.lists(st.tuples(words, words), max_size=2).map(tuple),
    )
    return Document(
        SourceFile(path, "text/plain", draw(st.integers(0, 2**62)), "ab" * 32),
        text,
        member,
        draw(st.lists(blocks, max_size=3).map(tuple)),
        draw(metadata),
        draw(st.lists(references(length), max_size=3).map(tuple)),
        draw(st.none() | st.builds(Witness, words, st.none() | words)),
        draw(st.lists(st.builds(Page, words, spans(length)), max_size=2).map(tuple)),
        draw(alignments(length)),
    )


@st.composite
def passages_of(draw, document):
    length = len(document.text)
    found = []
    for span in draw(st.lists(spans(length), max_size=5, unique=True)):
        search = draw(st.just(span.of(document.text)) | words)
        own = st.sampled_from(document.references) if document.references else st.nothing()
        inner = draw(st.lists(spans(len(span)), max_size=3))
        found.append(
            Passage(
                document.id,
                span,
                span.of(document.text),
                draw(st.sampled_from(PassageKind)),
                draw(words),
                draw(words | words.map(lambda head, tail=search: head + tail)),
                search,
                tuple(each.shift(span.start) for each in inner),
                draw(st.none() | own | references(length)),
                draw(st.none() | words),
                draw(st.none() | st.sampled_from(["en", "ru"])),
            )
        )
    return found


@st.composite
def archives(draw):
    """Sources by path, each with its documents and their passages."""
    found = {}
    for number in range(draw(st.integers(0, 3))):
        path = f"seeds/{number}.txt"
        source, pairs = None, []
        for member in range(draw(st.integers(0, 2))):
            document = draw(documents(path, str(member)))
            source = source or document.source
            document = replace(document, source=source)
            pairs.append((document, draw(passages_of(document))))
        found[path] = (source or SourceFile(path, "text/plain", 0, "0" * 64), pairs)
    return found

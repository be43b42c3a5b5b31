"""Front matter of Markdown: metadata as printed, or a cause in words."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_documents import KEPT, blocks, parse, source

from docproc.errors import SourceError
from docproc.stages.parse.text.markdown import make


def test_front_matter_becomes_metadata_as_printed():
    document = parse(KEPT)
    metadata = document.metadata
    assert metadata.title is not None
    assert metadata.title.text == "Mr J. A. Lyons to Mr S. M. Bruce"
    assert metadata.date is not None
    assert (metadata.date.printed, metadata.date.edtf, metadata.date.place) == (
        "1937-02-02",
        "1937-02-02",
        "metadata",
    )
    assert metadata.collection is not None
    assert metadata.collection.title == "Volume 1: 1937–1938"
    assert metadata.language == "en"
    assert metadata.other == (("call_sign", "no"),)  # the word, and not the truth value
    assert document.text == KEPT


def test_references_keep_their_printed_form_once_and_even_unparsed():
    read, unread = parse(KEPT).references
    assert read.printed == "AA : CP 290/6, BUNDLE 1, ITEM 28"
    assert read.scheme == "australia"
    assert read.span is None
    assert (unread.printed, unread.scheme, unread.components) == ("in a box", "unparsed", ())


@pytest.mark.parametrize(
    ("line", "role", "value"),
    [
        ("from: J. V. Stalin", "sender", "J. V. Stalin"),
        ("Author: J. V. Stalin", "sender", "J. V. Stalin"),
        ("addressee: L. D. Trotsky", "recipient", "L. D. Trotsky"),
        ("to: [A, B]", "recipient", "A; B"),
        ("place-of-writing: Баку", "place", "Баку"),
        ("кому: Троцкому", "recipient", "Троцкому"),
    ],
)
def test_keys_are_understood_in_several_spellings(line, role, value):
    mention = getattr(parse(f"---\n{line}\n---\nText\n").metadata, role)
    assert (mention.text, mention.span) == (value, None)


def test_of_two_keys_for_one_thing_the_more_telling_counts_and_none_is_lost():
    metadata = parse("---\nauthor: Secretary\nsender: Stalin\ndate: one day\n---\nText\n").metadata
    assert metadata.sender is not None
    assert metadata.sender.text == "Stalin"
    assert metadata.dates == ()
    assert set(metadata.other) == {("author", "Secretary"), ("date", "one day")}


def test_witness_kind_and_editors_are_values():
    document = parse(
        "---\nkind: Cablegram\nwitness: Typewritten text, autograph signature\n"
        "collection: Correspondence\nvolume: II\neditors:\n  - A. V. Kvashonkin\n---\nText\n"
    )
    assert document.metadata.kind == "cablegram"
    assert document.witness is not None
    assert (document.witness.technique, document.witness.signature) == ("typewritten", "autograph")
    collection = document.metadata.collection
    assert collection is not None
    assert (collection.title, collection.statement) == ("Correspondence", "II")
    assert collection.editors == ("A. V. Kvashonkin",)


def test_toml_front_matter_says_the_same():
    document = parse("+++\ntitle = 'A to B'\ndate = 1921-11-02\n[box]\nn = 3\n+++\nText\n")
    assert document.metadata.title is not None
    assert document.metadata.date is not None
    assert document.metadata.date.edtf == "1921-11-02"
    assert document.metadata.other == (("box.n", "3"),)
    assert blocks(document)[0][0] == "furniture"


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("---\ntitle: Stalin: a letter\n---\nx", r"line 2: mapping values are not allowed"),
        ("---\ntitle: a\nb: &x [y]\nc: *x\n---\nx", r"alias \(\*x\) in line 4"),
        ("---\ntitle: a\n\nDear Sir,\n", "not closed"),
        ("---\ntitle: " + "[" * 5000 + "\n---\nx", "nested"),
        ("+++\ntitle = " + "[" * 5000 + "\n+++\nx", "nested|not TOML"),
        ("+++\ntitle = \n+++\nx", r"not TOML.*line 2"),
        ("---\ntitle: a\n" + "b: c\n" * 20_000 + "---\nx", "longer than 65,536"),
    ],
)
def test_front_matter_that_cannot_be_read_is_named_with_its_cause(text, cause):
    with pytest.raises(SourceError, match=cause):
        parse(text)


@pytest.mark.parametrize(
    "text",
    [
        "---\n\nA typescript may open with a rule.\n\n---\n",
        "---\nSUBJECT: a rule above a memorandum\n\nText\n",
        "Text\n---\nlang: en\n---\n",
        "----\nlang: en\n----\n",
    ],
)
def test_a_rule_is_no_fence(text):
    document = parse(text)
    assert document.metadata.other == ()
    assert document.metadata.language is None
    assert blocks(document)[:1] != [("furniture", text.strip())]


def test_line_ends_of_every_kind_give_the_same_front_matter_and_blocks():
    unix = parse(KEPT)
    for end in ("\r\n", "\r"):
        other = parse(KEPT.replace("\n", end))
        assert other.metadata == unix.metadata
        assert [(kind, words.replace(end, "\n")) for kind, words in blocks(other)] == blocks(unix)


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(["title", "date", "to", "reference", "x"]),
        st.one_of(st.text(max_size=20), st.lists(st.text(max_size=8), max_size=3)),
        min_size=1,
    )
)
def test_any_front_matter_that_yaml_writes_is_read(pairs):
    import yaml

    head = "---\n" + yaml.safe_dump(pairs, allow_unicode=True) + "---\n"
    document, *told = make({"max_lines": 1000}).parse(source(), f"{head}Text.\n".encode())
    assert all("encoded twice" in str(each) for each in told)  # as the letters of "Í°a" look
    assert blocks(document) == [("furniture", head.strip())]
    value = pairs.get("x")
    if isinstance(value, str) and value.strip():
        assert dict(document.metadata.other)["x"] == value.strip()

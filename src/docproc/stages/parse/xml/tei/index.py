"""TEI without a text: letters (CMIF), a register of persons and places, one text described."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from docproc.formats.composer import Composer
from docproc.formats.flow import Flow
from docproc.formats.xml import Element, local, words_of
from docproc.records import BlockKind, Collection, Document, Metadata, SourceFile
from docproc.stages.parse.xml.tei.correspondence import read_correspondence
from docproc.stages.parse.xml.tei.header import Header, read_header
from docproc.stages.parse.xml.tei.kept import child
from docproc.stages.parse.xml.tei.marks import NoteMarks
from docproc.stages.parse.xml.tei.names import XML_ID, Keys
from docproc.stages.parse.xml.tei.ways import body_of
from docproc.text.patterns import compile_on_use

_SAID = compile_on_use(r"[^\W_][^:\n]*:\s*\w")
"""A line that says something behind its colon."""
_TOLD = (
    *("notesStmt/{*}note", "profileDesc/{*}abstract", "msContents//{*}summary"),
    *("msContents//{*}incipit", "sourceDesc/{*}bibl", "sourceDesc/{*}p"),
)
"""What a header says of a text in words of its own."""
_LISTS = ("listPerson", "listPlace", "listOrg")


def letters_without_text(source: SourceFile, root: Element, keys: Keys) -> Iterator[Document]:
    """A document for each ``correspDesc``; or one of all the entries of the lists in *root*.

    The text of such a letter is what the description says: who sent it, from where, when, to whom.
    """
    header = read_header(root, keys)
    editions = {
        each.get(XML_ID): words_of(each)
        for each in root.iter("{*}bibl", "{*}biblStruct")
        if each.get(XML_ID) and words_of(each)
    }
    descriptions = list(root.iter("{*}correspDesc"))
    written = 0
    for number, description in enumerate(descriptions, 1):
        about = replace(read_correspondence(description, keys), kind="letter")
        about = replace(about, collection=_edition(description, editions))
        if link := description.get("ref"):
            about = replace(about, other=(("url", link),))
        member = description.get(XML_ID) or description.get("key") or f"letter {number}"
        document = _describe(source, description, about)
        written += bool(_SAID.search(document.text))
        if len(descriptions) == 1:
            member = ""
            if not {"ref", "source"} & set(description.attrib):  # a file of one letter, no list
                own = header.with_edition(several=False).metadata
                about = replace(own, kind=own.kind or "letter")
            document = replace(document, metadata=about, references=header.references)
        yield replace(document, member=member)
    lists = [each for name in _LISTS for each in root.iter(f"{{*}}{name}")]
    outermost = [each for each in lists if local(each.getparent()) not in _LISTS]
    if outermost:
        body = body_of(NoteMarks())
        for each in outermost:
            body.element(each)
        about = Metadata(title=header.metadata.title, language=header.metadata.language)
        yield body.document(source, member="register" if descriptions else "", metadata=about)
    elif not written:
        yield _describe_header(source, header)


def _describe_header(source: SourceFile, header: Header) -> Document:
    """What *header* says of a text that is not in the file; without words where that is little."""
    about, element = header.metadata, header.element
    composer = Composer()
    people = [(role, name) for role, name in about.other if role in ("author", "editor")]
    named = [("from", about.sender), ("to", about.recipient), ("place", about.place)]
    lines = [f"{role}: {name}" for role, name in people]
    lines += [f"{role}: {said.text}" for role, said in named if said]
    lines += [f"date: {date.printed or date.edtf}" for date in about.dates]
    lines += [f"kept: {reference.printed}" for reference in header.references]
    if element is not None:
        told = (each for name in _TOLD for each in element.iterfind(f".//{{*}}{name}"))
        lines += filter(None, map(words_of, told))
    if about.title and lines:
        composer.block(BlockKind.HEADING, about.title.text, level=1)
        for line in lines:
            composer.block(BlockKind.PARAGRAPH, line)
    return composer.document(source, metadata=about, references=header.references)


def _edition(description: Element, editions: dict[str, str]) -> Collection | None:
    for pointer in description.get("source", "").split():
        if words := editions.get(pointer.removeprefix("#")):
            return Collection(words)
    return None


def _describe(source: SourceFile, description: Element, about: Metadata) -> Document:
    """The lines of a description: of each action its kind, and what is said of it."""
    flow = Flow(Composer())
    flow.open(BlockKind.PARAGRAPH)
    for action in description.iter("{*}correspAction"):
        flow.line()
        flow.text(f"{action.get('type', 'sent')}: ")
        parts = [words for each in action if (words := _words_said(each))]
        flow.text(", ".join(parts))
    note = child(description, "note")
    if note is not None:
        flow.line()
        flow.text(words_of(note))
    flow.close()
    flow.settle()
    return flow.out.document(source, metadata=about)


def _words_said(element: Element) -> str:
    """The words of a part of an action; of an empty date, what its attributes say."""
    words = words_of(element)
    if words or local(element) != "date":
        return words
    return " – ".join(
        value
        for name in ("when", "from", "to", "notBefore", "notAfter")
        if (value := element.get(name))
    )

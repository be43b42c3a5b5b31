"""TEI that tests make up: a letter, a volume of documents, and how both are read."""

from letter_workspace import product

from docproc.config import Limits
from docproc.records import BlockKind, Document, SourceFile, Unread
from docproc.stages.normalize.letter import LetterNormalizer
from docproc.stages.parse.xml.tei.parser import TeiParser

NAMESPACE = 'xmlns="http://www.tei-c.org/ns/1.0"'


def edition(text, profile="", titles="<title>Harbour papers</title>", source="<p/>"):
    """A file of TEI with that ``text`` in it."""
    return (
        f"<TEI {NAMESPACE}><teiHeader><fileDesc><titleStmt>{titles}</titleStmt>"
        "<publicationStmt><publisher>Harbour Press</publisher><pubPlace>Libau</pubPlace>"
        f"<date>1934</date></publicationStmt><sourceDesc>{source}</sourceDesc></fileDesc>"
        f"{profile}</teiHeader>{text}</TEI>"
    ).encode()


def described(sent, received="", **more):
    """A file with one letter, sent and received so."""
    profile = (
        f'<profileDesc><correspDesc><correspAction type="sent">{sent}</correspAction>'
        f'<correspAction type="received">{received}</correspAction></correspDesc></profileDesc>'
    )
    return edition("<text><body><p>The pier burned.</p></body></text>", profile, **more)


def document(number, head, more="", before=""):
    """A document of a volume."""
    return (
        f'{before}<div type="document" n="{number}" xml:id="d{number}">{head}{more}'
        f"<p>The ice of day {number} has gone out of the basin.</p></div>"
    )


def volume(*documents, **more):
    """A file of several documents."""
    return edition(f"<text><body>{''.join(documents)}</body></text>", **more)


def parsed(data, path="seeds/v.xml"):
    source = SourceFile(path, "application/xml", len(data), "0" * 64)
    return list(TeiParser(Limits()).parse(source, data))


def understood(data, path="seeds/v.xml"):
    """The documents of a file by their members, as the pipeline makes them."""
    found = (LetterNormalizer().normalize(d) for d in parsed(data, path) if isinstance(d, Document))
    return {each.member: each for each in found}


def one(data):
    """The only document of a file."""
    (found,) = understood(data).values()
    return found


def untold(data):
    """What a file says that it did not read."""
    return [each for each in parsed(data) if isinstance(each, Unread)]


def words(document, *kinds):
    return [b.span.of(document.text) for b in document.blocks if b.kind in kinds]


def passages(document):
    return product("segment", "structure").segment(document)


def searched(document):
    return " ".join(document.search.apply(document.text).split())


BODY = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)


def dated(element):
    """The date of a letter whose description has *element* beside its sender."""
    return one(described(f"<persName>Ida Holm</persName>{element}")).metadata.date

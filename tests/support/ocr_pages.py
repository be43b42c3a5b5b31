"""Recognized pages in PAGE XML and ALTO, written by hand."""

NAMESPACE = "http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15"


def page(inside, order=""):
    return f'<PcGts xmlns="{NAMESPACE}"><Page imageFilename="1.jpg">{order}{inside}</Page></PcGts>'


def region(name, *lines, attributes="", nested=""):
    texts = "".join(line(each) for each in lines)
    return f'<TextRegion id="{name}" {attributes}>{nested}{texts}</TextRegion>'


def line(text, attributes=""):
    return f"<TextLine {attributes}><TextEquiv><Unicode>{text}</Unicode></TextEquiv></TextLine>"


def custom(**said):
    index = f"readingOrder {{index:{said['index']};}}" if "index" in said else ""
    kind = f" structure {{type:{said['type']};}}" if "type" in said else ""
    return f'custom="{index}{kind}"'


def alto(inside, tags=""):
    return (
        f'<alto xmlns="http://www.loc.gov/standards/alto/ns-v4#">{tags}<Layout><Page>'
        f"{inside}</Page></Layout></alto>"
    )


def block(*lines, attributes=""):
    texts = "".join(
        f"<TextLine>{each if '<' in each else string(each)}</TextLine>" for each in lines
    )
    return f"<TextBlock {attributes}>{texts}</TextBlock>"


def string(words):
    return "<SP/>".join(f'<String CONTENT="{word}"/>' for word in words.split())


def kinds(document):
    return [(block.kind, block.span.of(document.text)) for block in document.blocks]


def searched(document):
    from docproc.stages.normalize.search_text import make

    return make({}).normalize(document).search.apply(document.text)

"""An archive that is harvested by OAI-PMH: formats, deletions, tokens, nonsense."""

from datetime import UTC, datetime

import pytest
from loopback import in_turn, serving
from shipped_sources import made, run, shipped, use

from docproc.errors import SourceError, TryLater
from docproc.testing import SourceContract

pytestmark = pytest.mark.slow

pytest_plugins = ["docproc.testing.fixtures"]


class TestOai(SourceContract):
    @pytest.fixture
    def plugin(self):
        return made("oai-pmh")

    @pytest.fixture
    def answers(self):
        return shipped("oai-pmh")


HEAD = '<?xml version="1.0"?><OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">'


def oai(*records, token=""):
    more = f"<resumptionToken>{token}</resumptionToken>" if token else ""
    return f"{HEAD}<ListRecords>{''.join(records)}{more}</ListRecords></OAI-PMH>".encode()


def record(name, inner="", day="2026-01-01", status=""):
    return (
        f"<record><header{status}><identifier>oai:x:{name}</identifier>"
        f"<datestamp>{day}</datestamp></header>{inner}</record>"
    )


DC = (
    '<metadata><oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Letters of the mill at Sloka</dc:title>'
    "<dc:creator>Lind, Anna</dc:creator><dc:date>1921</dc:date>"
    "<dc:description>The mill has stood idle since Easter.</dc:description></oai_dc:dc></metadata>"
)
TEI = (
    '<metadata><TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt>'
    "<title>Tar</title></titleStmt></fileDesc></teiHeader><text><body><p>Forty barrels of tar were "
    "sent to Memel.</p></body></text></TEI></metadata>"
)
MODS = (
    '<metadata><mods xmlns="http://www.loc.gov/mods/v3"><titleInfo><title>A chart of the bay'
    "</title></titleInfo></mods></metadata>"
)
EAD = (
    '<metadata><ead xmlns="urn:isbn:1-931666-22-9"><eadheader><eadid>x</eadid></eadheader>'
    '<archdesc level="fonds"><did><unittitle>Harbour Office of Riga</unittitle></did></archdesc>'
    "</ead></metadata>"
)
LIST = "/oai?verb=ListRecords&metadataPrefix=oai_dc"
MORE = "/oai?verb=ListRecords&resumptionToken="


@pytest.fixture
def archive(docproc_workspace):
    with serving({LIST: oai(record("1", DC), record("2", TEI), token="t1"),
                  MORE + "t1": oai(record("3", MODS), record("4", EAD))}) as served:  # fmt: skip
        use(docproc_workspace, "oai_pmh", f'uses = "oai-pmh"\nurl = "{served.url("/oai")}"',
            ["dublin-core"])  # fmt: skip
        served.allow(docproc_workspace.root)
        yield docproc_workspace, served


def test_an_archive_is_harvested_and_every_format_read(archive):
    space, served = archive
    report, stopped = run(space)
    assert (stopped, len(report.new)) == (None, 4)
    read = {name: space.read(f"{name}.xml") for name in "1234"}
    assert all(read.values())
    (described,) = read["1"]
    assert described.metadata.sender.text == "Lind, Anna"
    assert "Description: The mill has stood idle since Easter." in described.text
    address = described.metadata.origin.address
    assert address.startswith(served.url("/oai?verb=GetRecord&identifier=oai%3Ax%3A1"))
    space.index()
    assert space.ask("How many barrels of tar were sent to Memel?").citations[0].verified


def test_after_the_first_harvest_only_changes_are_asked_for_and_deletions_told(archive):
    space, served = archive
    run(space)
    served.asked.clear()
    day = datetime.now(UTC).strftime("%Y-%m-%d")
    since = f"{LIST}&from={day}"
    served.pages[since] = oai(
        record("2", TEI, "2026-02-01"), record("1", status=' status="deleted"')
    )
    report, stopped = run(space)
    assert (stopped, served.asked) == (None, [since])
    assert report.changed == ["seeds/there/2.xml"]
    assert report.gone == [("seeds/there/1.xml", "the archive has deleted the record")]
    served.pages[since] = f'{HEAD}<error code="noRecordsMatch"/></OAI-PMH>'.encode()
    report, stopped = run(space)
    assert (stopped, report.gone, report.fresh) == (None, [], False)


def test_a_harvest_that_was_stopped_goes_on_with_its_token(archive):
    space, served = archive
    later = served.pages[MORE + "t1"]
    served.pages[MORE + "t1"] = in_turn((503, {"Retry-After": "900"}, b""), later)
    report, stopped = run(space)
    assert isinstance(stopped, TryLater)
    assert len(report.new) == 2
    served.asked.clear()
    report, stopped = run(space)
    assert (stopped, len(report.new), report.resumed) == (None, 2, True)
    assert served.asked == [MORE + "t1"]


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (b"<html><body>Busy</body></html>", "no answer of OAI-PMH"),
        (b"{}", "XML"),
        (oai(record("1", DC))[:200], "line 1"),
        (f'{HEAD}<error code="badVerb">Illegal</error></OAI-PMH>'.encode(), "badVerb: Illegal"),
        (f'{HEAD}<error code="badResumptionToken"/></OAI-PMH>'.encode(), "fetch --restart"),
        (oai(record("1", DC), token="t1"), None),
    ],
)
def test_an_archive_that_makes_no_sense(archive, answer, said):
    space, served = archive
    served.pages[LIST] = answer
    served.pages[MORE + "t1"] = oai(record("9", DC), token="t1")  # round and round
    _, stopped = run(space)
    assert isinstance(stopped, SourceError)
    assert (said or "comes back to where it was") in str(stopped)

"""Small editions in TEI, made up in the likeness of public ones, for ``benchmarks.editions``."""

from __future__ import annotations

from pathlib import Path

_NAMES = ("Amsel", "Brandt", "Corin", "Dahl", "Ekman", "Falk", "Grieg", "Holm")
_PLACES = ("Libau", "Visby", "Malmö", "Riga", "Reval")
_MONTHS = ("January", "March", "May", "July", "September", "November")
_HEADER = """<?xml version="1.0" encoding="UTF-8"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt>{titles}</titleStmt>
<publicationStmt><publisher>Harbour Press</publisher><pubPlace>Libau</pubPlace>
<date>1934</date></publicationStmt><sourceDesc>{source}</sourceDesc></fileDesc>
{profile}</teiHeader><text><body>{body}</body></text></TEI>
"""


def write_editions(folder: Path, documents: int = 60) -> None:
    """Write a diplomatic volume, and an edition of letters of one file each, into *folder*."""
    titles = (
        '<title type="complete">Papers of the Harbour Board, 1931, Volume II</title>'
        '<title type="volumenumber">Volume II</title>'
    )
    body = "".join(_telegram(number) for number in range(1, documents + 1))
    volume = _HEADER.format(titles=titles, source="<p/>", profile="", body=body)
    (folder / "volume.xml").write_text(volume, "utf-8")
    for number in range(1, documents + 1):
        (folder / f"letter{number}.xml").write_text(_letter(number), "utf-8")


def _day(number: int) -> tuple[str, str]:
    month, day = number % len(_MONTHS), number % 27 + 1
    return f"{_MONTHS[month]} {day}, 1931", f"1931-{2 * month + 1:02d}-{day:02d}"


def _telegram(number: int) -> str:
    name, place = _NAMES[number % len(_NAMES)], _PLACES[number % len(_PLACES)]
    printed, iso = _day(number)
    note = f'<note rend="inline" type="source">File No. 561.71/{200 + number}</note>'
    if number % 3 == 0:
        head = (
            f"{number}. Letter From the Consul at {place} to the Secretary of the Board"
            f'<note n="1" type="source">Source: Board of Trade, Central Files, 561.71/{number}. '
            "Secret.</note>"
        )
        note = kind = ""
    else:
        head = (
            f'The Consul to {place} (<persName type="from">{name}</persName>) to the '
            '<gloss type="to">Secretary of the Board</gloss>'
        )
        kind = '<note rend="inline" type="source">[Telegram]</note>'
    return (
        f'<pb n="{number + 40}"/><div type="document" n="{number}" xml:id="d{number}">{note}'
        f"<head>{head}</head>{kind}<dateline><placeName>{place}</placeName>, "
        f'<date when="{iso}">{printed}</date></dateline><p>The harbour of {place} is free of ice, '
        f"and {number} ships have come in.</p><closer><signed>{name}</signed></closer></div>"
    )


def _letter(number: int) -> str:
    one, other = _NAMES[number % 8], _NAMES[(number + 3) % 8]
    printed, iso = _day(number)
    place = _PLACES[number % len(_PLACES)]
    sent = f'<date when="{iso}">[{printed}]</date>'
    if number % 5 == 0:
        sent = '<date notBefore="1931-02-01" notAfter="1931-02-09">[early February]</date>'
    profile = (
        '<profileDesc><correspDesc><correspAction type="sent">'
        f"<persName>{one}, Ida</persName>{sent}<placeName>{place}</placeName></correspAction>"
        f'<correspAction type="received"><persName>{other}, Per</persName></correspAction>'
        "</correspDesc></profileDesc>"
    )
    titles = (
        '<title level="s">Letters of the coast</title>'
        f'<title level="a">Ida {one} to Per {other}, {printed}</title>'
    )
    source = (
        "<msDesc><msIdentifier><repository>Town Library</repository>"
        f"<idno>MS 7/{number}</idno></msIdentifier></msDesc>"
    )
    body = f"<p>The ice has gone, and {number} boats are on the water.</p>"
    return _HEADER.format(titles=titles, source=source, profile=profile, body=body)

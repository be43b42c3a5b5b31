"""What docproc is to know of Dutch: dates, letters, offices, the archives of the Netherlands.

```toml
[pipeline]
knowledge = ["dutch"]
```

Dutch letters are then read as letters are in the languages that docproc knows itself, and questions
in Dutch may name times (``vóór 12 maart 1921``, ``sinds 1920``, ``tussen 1919 en 1921``).

Archives: those that docproc does not know itself, under the names by which they are cited.  They
are written down from general knowledge, and not checked against a source, as each entry says.
"""

from __future__ import annotations

from docproc.hooks import Knowledge, Registration, hookimpl
from docproc.records import Archive

DOCPROC_API_VERSION = 1

ARCHIVES = (
    Archive(
        "NIOD",
        "NIOD Instituut voor Oorlogs-, Holocaust- en Genocidestudies",
        "NIOD Institute for War, Holocaust and Genocide Studies",
        spellings=("Nederlands Instituut voor Oorlogsdocumentatie",),
        country="NL",
        certain=False,
        note="not checked against a source",
        sources=("general",),
    ),
    Archive(
        "RIOD",
        "Rijksinstituut voor Oorlogsdocumentatie",
        "State Institute for War Documentation",
        country="NL",
        certain=False,
        note="not checked against a source",
        sources=("general",),
        end="",
        successors=("NIOD",),
    ),
)
DUTCH = Knowledge(
    language="nl",
    months=(
        "januari jan", "februari feb febr", "maart mrt", "april apr", "mei", "juni jun",
        "juli jul", "augustus aug", "september sept sep", "oktober okt october",
        "november nov", "december dec",
    ),
    seasons=("lente voorjaar", "zomer", "herfst najaar", "winter"),
    kinds=(
        ("brief*", "letter"),
        ("brieven", "letter"),
        ("telegram*", "telegram"),
        ("briefkaart*", "postcard"),
        ("ansichtkaart*", "postcard"),
        ("nota", "memorandum"),
        ("notulen", "minutes"),
        ("verslag*", "report"),
        ("rapport*", "report"),
        ("besluit*", "decree"),
        ("circulaire*", "circular"),
        ("uittreksel*", "extract"),
        ("verdrag*", "agreement"),
        ("toespraak", "speech"),
    ),
    greetings=(
        "geachte*", "zeer geachte*", "waarde*", "lieve", "beste", "weledele*", "weledelgeboren*",
        "hoogedelgestrenge*", "hooggeachte*", "mijne heeren", "mijne heren", "excellentie",
    ),
    closings=(
        "hoogachtend", "met hoogachting", "met de meeste hoogachting", "met vriendelijke groet*",
        "met hartelijke groet*", "hartelijke groeten", "met groeten", "uw dienstwillige*",
        "uw toegenegen", "uw dw. dn.", "steeds de uwe", "geheel de uwe", "je liefhebbende",
        "uw liefhebbende",
    ),
    signed=("getekend", "get.", "w.g.", "was getekend"),
    offices=(
        "minister", "staatssecretaris", "secretaris*", "voorzitter", "burgemeester", "gouverneur*",
        "gezant", "ambassadeur", "consul*", "directeur*", "griffier", "penningmeester",
        "commissaris*", "landvoogd", "raadpensionaris", "stadhouder", "wethouder", "havenmeester",
    ),
    before_offices=("de", "het", "plaatsvervangend*", "waarnemend*", "wnd.", "loco", "adjunct"),
    markings=(
        "geheim", "zeer geheim", "vertrouwelijk", "strikt vertrouwelijk", "persoonlijk", "spoed",
        "afschrift", "kopie", "ontwerp", "concept",
    ),
    dateline=(
        "te", "den", "datum", "maandag", "dinsdag", "woensdag", "donderdag", "vrijdag",
        "zaterdag", "zondag", "uur", "ongedateerd", "z.d.",
    ),
    notes=("noten", "voetnoten", "aantekeningen", "opmerkingen"),
    enclosures=("bijlage", "bijlagen"),
    fields=(
        ("afzender", "sender"), ("schrijver", "sender"), ("auteur", "sender"),
        ("geadresseerde", "recipient"), ("ontvanger", "recipient"), ("aan", "recipient"),
        ("plaats", "place"), ("taal", "language"), ("soort", "kind"), ("titel", "title"),
        ("datering", "date"), ("toegang", "reference"), ("inventarisnummer", "reference"),
        ("vindplaats", "reference"), ("bewerkers", "editors"),
    ),
    sender=("van", "door"),
    recipient=("aan",),
    writes=(
        "schreef", "schreven", "schrijft", "schrijven", "geschreven", "stuurde*", "gestuurd",
        "zond*", "gezonden", "verzond*", "verzonden", "telegrafeerde*", "antwoordde*",
        "berichtte*", "meldde*", "ondertekende*",
    ),
    before=("vóór", "voor", "voorafgaand aan", "eerder dan"),
    until=("tot", "tot en met", "t/m", "uiterlijk", "niet later dan"),
    since=("sinds", "sedert", "vanaf", "niet eerder dan"),
    after=("na", "later dan"),
    within=("in", "op", "tijdens", "gedurende", "in het jaar", "omstreeks", "rond"),
    between=("tussen",),
    to=("en", "tot", "tot en met"),
    archives=ARCHIVES,
)  # fmt: skip


@hookimpl
def docproc_knowledge() -> list[Registration]:
    """Register it: ``[pipeline] knowledge = ["dutch"]``."""
    return [
        Registration("dutch", lambda _: DUTCH, summary="Dutch letters and questions; archives.")
    ]

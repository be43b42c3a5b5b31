"""What docproc is to know of Polish: dates, letters, offices, the archives of Poland.

```toml
[pipeline]
knowledge = ["polish"]
```

Polish letters are then read as letters are in the languages that docproc knows itself, and
questions in Polish may name times (``przed 12 marca 1921 r.``, ``od 1920``, ``w 1921 roku``).

Archives: those that docproc does not know itself, under the names by which they are cited.  They
are written down from general knowledge, and not checked against a source, as each entry says.
"""

from __future__ import annotations

from docproc.hooks import Knowledge, Registration, hookimpl
from docproc.records import Archive

DOCPROC_API_VERSION = 1

ARCHIVES = (
    Archive(
        "WBH-CAW",
        "Wojskowe Biuro Historyczne – Centralne Archiwum Wojskowe",
        "Military Historical Bureau, Central Military Archives",
        spellings=("WBH CAW", "CAW WBH"),
        country="PL",
        certain=False,
        note="not checked against a source",
        sources=("general",),
    ),
    Archive(
        "AIPN",
        "Archiwum Instytutu Pamięci Narodowej",
        "Archive of the Institute of National Remembrance",
        spellings=("Archiwum IPN", "AIPN w Warszawie"),
        country="PL",
        certain=False,
        note="not checked against a source",
        sources=("general",),
    ),
)
POLISH = Knowledge(
    language="pl",
    months=(
        "styczeń stycznia styczniu", "luty lutego lutym", "marzec marca marcu",
        "kwiecień kwietnia kwietniu", "maj maja maju", "czerwiec czerwca czerwcu",
        "lipiec lipca lipcu", "sierpień sierpnia sierpniu", "wrzesień września wrześniu",
        "październik października październiku", "listopad listopada listopadzie",
        "grudzień grudnia grudniu",
    ),
    seasons=("wiosna wiosny wiosną wiosnę", "lato lata latem", "jesień jesieni jesienią",
             "zima zimy zimą"),
    kinds=(
        ("list", "letter"), ("listu", "letter"), ("listy", "letter"), ("listów", "letter"),
        ("liście", "letter"), ("telegram*", "telegram"), ("depesz*", "despatch"),
        ("kartka pocztowa", "postcard"), ("pocztówk*", "postcard"), ("memoriał*", "memorandum"),
        ("protokół", "minutes"), ("protokoł*", "minutes"), ("raport*", "report"),
        ("sprawozdani*", "report"), ("dekret*", "decree"), ("rozkaz*", "order"),
        ("zarządzeni*", "order"), ("uchwał*", "resolution"), ("okólnik*", "circular"),
        ("wyciąg*", "extract"), ("przemówieni*", "speech"), ("traktat*", "agreement"),
    ),
    greetings=(
        "szanown*", "wielce szanown*", "wielmożn*", "jaśnie wielmożn*", "czcigodn*",
        "drog*", "kochan*", "mój drogi", "moja droga", "łaskawy panie", "ekscelencjo", "towarzyszu",
    ),
    closings=(
        "z poważaniem", "z wyrazami szacunku", "z wyrazami głębokiego szacunku", "z szacunkiem",
        "łączę wyrazy szacunku", "z wysokim poważaniem", "proszę przyjąć wyrazy", "twój szczerze",
        "ściskam", "całuję", "pozdrawiam", "z serdecznym pozdrowieniem", "oddany",
    ),
    signed=("podpisano", "podpis", "podp.", "podpisał", "podpisała"),
    offices=(
        "minister", "wiceminister", "prezydent", "premier", "prezes", "sekretarz", "starosta",
        "wojewoda", "burmistrz", "poseł", "ambasador", "konsul*", "naczelnik", "dyrektor",
        "komendant", "dowódca", "komisarz", "przewodnicząc*", "marszałek", "kierownik",
        "pełnomocnik",
    ),
    before_offices=("zastępca", "wice", "p.o.", "generalny", "pierwszy", "główny", "naczelny"),
    markings=(
        "tajne", "ściśle tajne", "poufne", "ściśle poufne", "tajne specjalnego znaczenia", "pilne",
        "bardzo pilne", "odpis", "kopia", "brulion", "do rąk własnych",
    ),
    dateline=(
        "dnia", "dn.", "godz.", "godzina", "poniedziałek", "wtorek", "środa", "czwartek",
        "piątek", "sobota", "niedziela", "bez daty", "b.d.",
    ),
    year=("r.", "roku", "rok"),
    notes=("przypisy", "uwagi"),
    enclosures=("załącznik", "załączniki", "aneks"),
    fields=(
        ("nadawca", "sender"), ("autor", "sender"), ("adresat", "recipient"),
        ("odbiorca", "recipient"), ("miejsce", "place"), ("miejscowość", "place"),
        ("język", "language"), ("rodzaj", "kind"), ("tytuł", "title"), ("sygnatura", "reference"),
        ("redaktorzy", "editors"), ("zbiór", "collection"),
    ),
    sender=("od", "przez"),
    recipient=("do", "dla"),
    writes=(
        "pisał*", "napisał*", "pisze", "piszą", "napisan*", "wysłał*", "wysłan*", "przesłał*",
        "telegrafował*", "odpowiedział*", "doniósł", "doniosła", "donosił*", "zawiadomił*",
        "podpisał*",
    ),
    before=("przed", "wcześniej niż"),
    until=("do", "aż do", "najpóźniej", "nie później niż"),
    since=("od", "począwszy od", "nie wcześniej niż"),
    after=("po", "później niż"),
    within=("w", "we", "podczas", "w ciągu", "w roku", "z", "około", "dnia"),
    between=("między", "pomiędzy", "od"),
    to=("a", "i", "do"),
    archives=ARCHIVES,
)  # fmt: skip


@hookimpl
def docproc_knowledge() -> list[Registration]:
    """Register it: ``[pipeline] knowledge = ["polish"]``."""
    return [
        Registration("polish", lambda _: POLISH, summary="Polish letters and questions; archives.")
    ]

"""Real forms of references, one table a grammar: form, scheme's components, archive, archive now.

Forms are as printed in editions, catalogues and the archives' own instructions for citing;
numbers are real where the form was met in print, and of the right shape otherwise.
"""

from __future__ import annotations

Form = tuple[str, dict[str, str], str | None, str | None]

FOND: tuple[Form, ...] = (
    (
        "RTSKHIDNI. F. 558. Op. 2. D. 51. L. 1.",
        {"fond": "558", "opis": "2", "delo": "51", "leaves": "1"},
        "RTsKhIDNI",
        "RGASPI",
    ),
    (
        "f. 17, op. 3, d. 225, l. 1-3ob.",
        {"fond": "17", "opis": "3", "delo": "225", "leaves": "1-3 ob."},
        None,
        None,
    ),
    (
        "Ф. 558. Оп. 2. Д. 51. Л. 1–3 об.",
        {"fond": "558", "opis": "2", "delo": "51", "leaves": "1-3 ob."},
        None,
        None,
    ),
    (
        "РГАСПИ. Ф. 17. Оп. 163. Д. 404. Лл. 5, 7–9 об.",
        {"fond": "17", "opis": "163", "delo": "404", "leaves": "5, 7-9 ob."},
        "RGASPI",
        "RGASPI",
    ),
    (
        "ГАРФ. Ф. А-513. Оп. 1. Д. 24. Л. 3 и об.",
        {"fond": "A-513", "opis": "1", "delo": "24", "leaves": "3 & ob."},
        "GARF",
        "GARF",
    ),
    (
        "GARF, f. R-5446, op. 1, d. 12, ll. 4-5",
        {"fond": "R-5446", "opis": "1", "delo": "12", "leaves": "4-5"},
        "GARF",
        "GARF",
    ),
    (
        "ЦГАОР СССР, ф. 5446с, оп. 1а, д. 3",
        {"fond": "5446s", "opis": "1a", "delo": "3"},
        "TsGAOR SSSR",
        "GARF",
    ),
    (
        "ОР РГБ. Ф. 231. Разд. II. Картон 41. Ед. хр. 24. Л. 18",
        {
            "fond": "231",
            "section": "II",
            "carton": "41",
            "storage unit": "24",
            "leaves": "18",
        },
        "OR RGB",
        "OR RGB",
    ),
    (
        "АВП РФ. Ф. 06. Оп. 2. П. 23. Д. 236. Л. 1.",
        {"fond": "06", "opis": "2", "papka": "23", "delo": "236", "leaves": "1"},
        "AVP RF",
        "AVP RF",
    ),
    (
        "РГАСПИ. Ф. 17 (ЦК ВКП(б)). Оп. 3. Д. 225",
        {"fond": "17", "fond name": "ЦК ВКП(б)", "opis": "3", "delo": "225"},
        "RGASPI",
        "RGASPI",
    ),
    (
        "RGANI, fond 89, opis 18, delo 10, list 2",
        {"fond": "89", "opis": "18", "delo": "10", "leaves": "2"},
        "RGANI",
        "RGANI",
    ),
    (
        "Fund 17, Inventory 3, File 225, Folio 1",
        {"fond": "17", "opis": "3", "delo": "225", "leaves": "1"},
        None,
        None,
    ),
    (
        "фонд 17, опись 3, дело 225, лист 1",
        {"fond": "17", "opis": "3", "delo": "225", "leaves": "1"},
        None,
        None,
    ),
    (
        "TsKhSD, f. 89, op. 18, d. 10",
        {"fond": "89", "opis": "18", "delo": "10"},
        "TsKhSD",
        "RGANI",
    ),
    (
        "RGASPI 558/2/51",
        {"fond": "558", "opis": "2", "delo": "51"},
        "RGASPI",
        "RGASPI",
    ),
    (
        "РГАСПИ, 558/11/51/3об",
        {"fond": "558", "opis": "11", "delo": "51", "leaves": "3 ob."},
        "RGASPI",
        "RGASPI",
    ),
    (
        "GARF, 5446, 1, 12, 3",
        {"fond": "5446", "opis": "1", "delo": "12", "leaves": "3"},
        "GARF",
        "GARF",
    ),
    (
        "АП РФ. Ф. 3. Оп.30. Д. 195. Л. 67",
        {"fond": "3", "opis": "30", "delo": "195", "leaves": "67"},
        "AP RF",
        "AP RF",
    ),
    (
        "Ф. 558. Оп. 2. Д. 51. 214 л.",
        {"fond": "558", "opis": "2", "delo": "51", "extent": "214"},
        None,
        None,
    ),
    # Look-alike letters of the two alphabets, and letters for figures, as OCR leaves them.
    ("F. 558. Оp. 2. Д. 5l1", {"fond": "558", "opis": "2", "delo": "511"}, None, None),
    ("ф. P-393, oп. 1, д. З4", {"fond": "R-393", "opis": "1", "delo": "34"}, None, None),
    ("PГACПИ. Ф. 17. Оп. 3", {"fond": "17", "opis": "3"}, "RGASPI", "RGASPI"),
    # An archive that the authority does not know is printed all the same.
    ("ГАМО. Ф. 3. Оп. 1. Д. 5", {"fond": "3", "opis": "1", "delo": "5"}, None, None),
    (
        "ЦПА ИМЛ (ныне РГАСПИ), ф. 17, оп. 3",
        {"fond": "17", "opis": "3"},
        "TsPA IML",
        "RGASPI",
    ),
    (
        "Российский государственный архив социально-политической истории (РГАСПИ). Ф. 71. Оп. 1",
        {"fond": "71", "opis": "1"},
        "RGASPI",
        "RGASPI",
    ),
)

AUSTRALIA: tuple[Form, ...] = (
    (
        "NAA: A1838, 532/7 part 1",
        {"series": "A1838", "control symbol": "532/7", "part": "1"},
        "NAA",
        "NAA",
    ),
    (
        "AA: CP 290/6, bundle 1, item 28",
        {"series": "CP 290/6", "bundle": "1", "item": "28"},
        "AA",
        "NAA",
    ),
    (
        "AA : A981, GREAT BRITAIN 8B, ii",
        {"series": "A981", "control symbol": "GREAT BRITAIN 8B", "part": "ii"},
        "AA",
        "NAA",
    ),
    (
        "AA:A981, Disarmament 34, ii",
        {"series": "A981", "control symbol": "Disarmament 34", "part": "ii"},
        "AA",
        "NAA",
    ),
    ("AA : AA1976/556, item 6(1)", {"series": "AA1976/556", "item": "6(1)"}, "AA", "NAA"),
    (
        "NAA: A6364, WH1971/07–02",
        {"series": "A6364", "control symbol": "WH1971/07–02"},
        "NAA",
        "NAA",
    ),
    ("NAA: A5954, 1384/2", {"series": "A5954", "control symbol": "1384/2"}, "NAA", "NAA"),
    # The series is before the first slash where more than one follows.
    (
        "NAA: A1838/38/18/6, ii",
        {"series": "A1838", "control symbol": "38/18/6", "part": "ii"},
        "NAA",
        "NAA",
    ),
    ("NAA:A10299,C13", {"series": "A10299", "control symbol": "C13"}, "NAA", "NAA"),
    # As scanned: letters for figures, and spaces.
    (
        "NAA: Al838, 381/3/1/3 part lb",
        {"series": "A1838", "control symbol": "381/3/1/3", "part": "1b"},
        "NAA",
        "NAA",
    ),
    ("NAA: A l l 604, 704/2/2", {"series": "A11604", "control symbol": "704/2/2"}, "NAA", "NAA"),
    (
        "NAA: A9879, 2202/El part 1",
        {"series": "A9879", "control symbol": "2202/E1", "part": "1"},
        "NAA",
        "NAA",
    ),
    ("NAA: A 10299, C l5", {"series": "A10299", "control symbol": "C15"}, "NAA", "NAA"),
    ("ANL : PAGE 759", {"collection": "PAGE", "item": "759"}, "ANL", "NLA"),
)

AUSTRALIA_WHOLE: tuple[Form, ...] = (
    ("FA : A2937, YAMPI SOUND", {"series": "A2937", "control symbol": "YAMPI SOUND"}, None, None),
    (
        "PM &C : A2694, MINUTE 2030, 9 MARCH 1937",
        {"series": "A2694", "control symbol": "MINUTE 2030", "description": "9 MARCH 1937"},
        None,
        None,
    ),
    (
        "DEFENCE : SPECIAL COLLECTION 1, SR 2/2, BOX 198",
        {"collection": "SPECIAL COLLECTION 1", "description": "SR 2/2", "box": "198"},
        None,
        None,
    ),
    ("DFAT: WALLER PAPERS", {"collection": "WALLER PAPERS"}, None, None),
)

BRITAIN: tuple[Form, ...] = (
    (
        "TNA, FO 371/12345, fol. 12",
        {"class": "FO 371", "piece": "12345", "folio": "12"},
        "TNA",
        "TNA",
    ),
    ("PRO: FO 371/21025", {"class": "FO 371", "piece": "21025"}, "PRO", "TNA"),
    ("PRO, CAB 23/45, ff. 3-5", {"class": "CAB 23", "piece": "45", "folio": "3-5"}, "PRO", "TNA"),
    ("FO 371/6855/N12345", {"class": "FO 371", "piece": "6855", "item": "N12345"}, None, "TNA"),
    ("F.O. 371/2345", {"class": "FO 371", "piece": "2345"}, None, "TNA"),
    ("TNA: T 160/123", {"class": "T 160", "piece": "123"}, "TNA", "TNA"),
    ("Public Record Office, PREM 1/309", {"class": "PREM 1", "piece": "309"}, "PRO", "TNA"),
)

AMERICA: tuple[Form, ...] = (
    (
        "NARA, RG 59, entry 3, box 12, folder 4",
        {"record group": "59", "entry": "3", "box": "12", "folder": "4"},
        "NARA",
        "NARA",
    ),
    (
        "RG 59, Central Decimal File 1945-49, 740.00119 EW/12-1245, box 12, NARA",
        {
            "record group": "59",
            "decimal file": "1945-49",
            "decimal number": "740.00119 EW/12-1245",
            "box": "12",
        },
        "NARA",
        "NARA",
    ),
    ("RG 59, 861.00/1234", {"record group": "59", "decimal number": "861.00/1234"}, None, None),
    ("NARA, M316, roll 12", {"microfilm": "M316", "roll": "12"}, "NARA", "NARA"),
    ("Record Group 84", {"record group": "84"}, None, None),
    (
        "RG 59, Lot File 60 D 224, Box 3",
        {"record group": "59", "lot file": "60 D 224", "box": "3"},
        None,
        None,
    ),
    ("NAID 595500", {"identifier": "595500"}, "NARA", "NARA"),
    ("124-90137-10230", {"record number": "124-90137-10230"}, "NARA", "NARA"),
    (
        "PAC, RG 25, vol. 1234, file 12",
        {"record group": "25", "volume": "1234", "folder": "12"},
        "PAC",
        "LAC",
    ),
)

GERMANY: tuple[Form, ...] = (
    (
        "BArch, R 901/25431, Bl. 7",
        {"holding": "R 901", "file": "25431", "leaves": "7"},
        "BArch",
        "BArch",
    ),
    ("PA AA, R 9208", {"holding": "R 9208"}, "PA AA", "PA AA"),
    ("PA-AA, R 9208, Bl. 12-14", {"holding": "R 9208", "leaves": "12-14"}, "PA AA", "PA AA"),
    (
        "SAPMO-BArch, DY 30/IV 2/2.022/35, Bl. 3",
        {"holding": "DY 30", "file": "IV 2/2.022/35", "leaves": "3"},
        "SAPMO-BArch",
        "SAPMO-BArch",
    ),
    (
        "GStA PK, I. HA Rep. 84a, Nr. 1234",
        {"section": "I. HA", "repertory": "84a", "file": "1234"},
        "GStA PK",
        "GStA PK",
    ),
    ("DZA Potsdam, R 901/123", {"holding": "R 901", "file": "123"}, "DZA", "BArch"),
    ("R 901/25431, Bl. 7", {"holding": "R 901", "file": "25431", "leaves": "7"}, None, None),
)

FRANCE: tuple[Form, ...] = (
    ("AN, F/7/12948", {"carton": "F/7/12948"}, "AN", "AN"),
    ("Arch. nat., 313 AP 45, dossier 3", {"carton": "313 AP 45", "dossier": "3"}, "AN", "AN"),
    ("SHAT, 7 N 800, dossier 3", {"carton": "7 N 800", "dossier": "3"}, "SHAT", "SHD"),
    (
        "AMAE, Correspondance politique, URSS, vol. 123, fol. 45",
        {"series": "Correspondance politique", "volume": "123", "leaves": "45"},
        "AMAE",
        "CADLC",
    ),
)

ITALY: tuple[Form, ...] = (
    (
        "ASVe, Senato, Dispacci, Signori Stati, Filza 2, 71r-74v",
        {"series": "Senato", "filza": "2", "leaves": "71r-74v"},
        "ASVe",
        "ASVe",
    ),
    (
        "ASVe, Senato, Dispacci, Signori Stati, Filza 2, fol 98r-99v, 102r-103v",
        {"series": "Senato", "filza": "2", "leaves": "98r-99v, 102r-103v"},
        "ASVe",
        "ASVe",
    ),
    (
        "Archivio di Stato di Venezia, Senato, Deliberazioni, Secreti, reg. 105, cc. 12r-13v",
        {"series": "Senato", "register": "105", "leaves": "12r-13v"},
        "ASVe",
        "ASVe",
    ),
    (
        "ASFi, Mediceo del Principato, busta 123, fasc. 4",
        {"series": "Mediceo del Principato", "busta": "123", "fascicle": "4"},
        "ASFi",
        "ASFi",
    ),
    (
        "ASVe, Senato, Dispacci, Signori Stati, Filza 2, 75r-77v, 80r-v",
        {"series": "Senato", "filza": "2", "leaves": "75r-77v, 80r-v"},
        "ASVe",
        "ASVe",
    ),
    ("filza 3, cc. 12r-13v", {"filza": "3", "leaves": "12r-13v"}, None, None),
)

BOXES: tuple[Form, ...] = (
    (
        "Lansing Papers, Box 12, Folder 4, Library of Congress",
        {"collection": "Lansing Papers", "box": "12", "folder": "4"},
        "LC",
        "LC",
    ),
    (
        "Hoover Institution Archives, Boris I. Nicolaevsky Collection, box 12, folder 3",
        {"collection": "Boris I. Nicolaevsky Collection", "box": "12", "folder": "3"},
        "HIA",
        "HILA",
    ),
    ("Box 3, Folder 16", {"box": "3", "folder": "16"}, None, None),
    (
        "Box 3, Folder “Correspondence 1921”",
        {"box": "3", "folder": "Correspondence 1921"},
        None,
        None,
    ),
)

SHELF_MARKS: tuple[Form, ...] = (
    ("BL Add. MS 41295, f. 3v", {"shelf mark": "Add. MS 41295", "folio": "3v"}, "BL", "BL"),
    (
        "British Library, Additional MS 12345, fols 3r–5v",
        {"shelf mark": "Additional MS 12345", "folio": "3r-5v"},
        "BL",
        "BL",
    ),
    ("Bodl. MS Rawl. D. 123", {"shelf mark": "MS Rawl. D. 123"}, "Bodl.", "Bodl."),
    ("BnF, MS fr. 12345, f. 3", {"shelf mark": "MS fr. 12345", "folio": "3"}, "BnF", "BnF"),
    ("BM, Cotton MS Nero A.x", {"shelf mark": "Cotton MS Nero A.x"}, "BM", "BL"),
    ("BL, IOR/L/PS/10/123", {"shelf mark": "IOR/L/PS/10/123"}, "BL", "BL"),
    ("Add. MS 41295", {"shelf mark": "Add. MS 41295"}, None, None),
)

ALL: dict[str, tuple[Form, ...]] = {
    "fond": FOND,
    "australia": AUSTRALIA,
    "class and piece": BRITAIN,
    "record group": AMERICA,
    "holding": GERMANY,
    "series and carton": FRANCE,
    "filza": ITALY,
    "box and folder": BOXES,
    "shelf mark": SHELF_MARKS,
}

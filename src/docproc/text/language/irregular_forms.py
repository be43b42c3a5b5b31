"""Forms of one word that no stemmer brings together: pay and paid, captain and Capt.

Left out are forms that are as often another word (lay, found, bore, rose, felt, ground, saw).
"Write" is left out too: "written" stands in the context of every heading and signature
(``docproc.passages.context``), which would answer whatever somebody is asked to have written.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Final

_FORMS: Final = {
    "en": """
        arise arose arisen; awake awoke awoken; beat beaten; become became; begin began begun;
        bend bent; bleed bled; blow blew blown; break broke broken; breed bred; bring brought;
        build built; burn burnt; buy bought; catch caught; choose chose chosen; cling clung;
        come came; creep crept; deal dealt; dig dug; draw drew drawn; drink drank drunk;
        drive drove driven; eat ate eaten; fall fell fallen; feed fed; fight fought; flee fled;
        fly flew flown; forbid forbade forbidden; forget forgot forgotten;
        forgive forgave forgiven; freeze froze frozen; give gave given; go went gone;
        grow grew grown; hang hung; hear heard; hide hid hidden; hold held; keep kept;
        know knew known; lead led; learn learnt; leave left; lend lent; lose lost; make made;
        mean meant; meet met; mistake mistook mistaken; pay paid; ride rode ridden;
        ring rang rung; run ran; say said; seek sought; sell sold; send sent; shake shook shaken;
        shine shone; shoot shot; shrink shrank shrunk; sing sang sung; sink sank sunk; sit sat;
        sleep slept; speak spoke spoken; spend spent; spoil spoilt; spring sprang sprung;
        stand stood; steal stole stolen; stick stuck; strike struck stricken; swear swore sworn;
        sweep swept; swim swam swum; swing swung; take took taken; teach taught; tear tore torn;
        tell told; think thought; throw threw thrown; understand understood;
        undertake undertook undertaken; wake woke woken; wear wore worn; weep wept; win won;
        withdraw withdrew withdrawn; withhold withheld; withstand withstood;
        man men; woman women; child children; foot feet; tooth teeth; mouse mice; goose geese;
        ox oxen; wife wives; knife knives; wolf wolves; thief thieves; loaf loaves
    """,
    "de": """
        beginnen begann begonnen; bieten bot geboten; bitten bat gebeten; bleiben blieb geblieben;
        brechen brach gebrochen; brennen brannte gebrannt; bringen brachte gebracht;
        denken dachte gedacht; empfangen empfing; erhalten erhielt; fahren fuhr gefahren;
        fallen fiel gefallen; fangen fing gefangen; finden fand gefunden; fliehen floh geflohen;
        fliegen flog geflogen; geben gab gegeben; gehen ging gegangen; gelingen gelang gelungen;
        gewinnen gewann gewonnen; greifen griff gegriffen; halten hielt gehalten;
        helfen half geholfen; kennen kannte gekannt; kommen kam gekommen; laden lud geladen;
        laufen lief gelaufen; leiden litt gelitten; lesen las gelesen; liegen lag gelegen;
        nehmen nahm genommen; nennen nannte genannt; rufen rief gerufen;
        schießen schoss geschossen; schlafen schlief geschlafen; schlagen schlug geschlagen;
        schließen schloss geschlossen; schreiben schrieb geschrieben; schweigen schwieg;
        sehen sah gesehen; singen sang gesungen; sinken sank gesunken; sitzen saß gesessen;
        sprechen sprach gesprochen; stehen stand gestanden; stehlen stahl gestohlen;
        steigen stieg gestiegen; sterben starb gestorben; tragen trug getragen;
        treffen traf getroffen; treiben trieb getrieben; trinken trank getrunken; tun tat getan;
        verlassen verließ; verlieren verlor verloren; wachsen wuchs gewachsen;
        werfen warf geworfen; ziehen zog gezogen
    """,
}


_SHORT: Final = {
    "en": """
        lieutenant lt lieut; captain capt; colonel col; major maj; sergeant sgt sergt;
        corporal corpl; general gen genl; brigadier brig; commander comdr cdr; admiral adm;
        regiment regt; battalion battn; cavalry cav; infantry inf; squadron sqdn sqn;
        headquarters hq; assistant asst; surgeon surg; secretary secy; governor gov govr;
        government govt; department dept; president pres; doctor dr; professor prof;
        reverend rev revd; brothers bros; received recd;
        william wm; charles chas; james jas; thomas thos; george geo; john jno; samuel saml;
        joseph jos; robert robt; daniel danl; edward edwd; alexander alexr; benjamin benj;
        nathaniel nathl; frederick fredk; richard richd; margaret margt
    """,
    "de": """
        hauptmann hptm; leutnant ltn lt; oberleutnant oblt; oberst obst; major maj; doktor dr;
        professor prof; straße str; gebrüder gebr
    """,
    "fr": """
        madame mme; mademoiselle mlle; docteur dr; professeur prof; capitaine cne;
        lieutenant lt; colonel col; général gal gén; compagnie cie; saint st; sainte ste
    """,
    "it": """
        signor signore sig; dottor dottore dott; professor professore prof; avvocato avv;
        generale gen
    """,
    "es": """
        señor sr; señora sra; señorita srta; doctor dr; profesor prof; general gral;
        teniente tte; coronel cnel; licenciado lic
    """,
    "ru": """
        профессор профессора профессору профессором проф; генерал генерала генералу генералом ген;
        товарищ товарища товарищу товарищем тов; губерния губернии губернию губ;
        область области обл; улица улице улицу ул; город города городе городу гор;
        деревня деревне деревню дер; рубль рублей рубля рублями руб
    """,
}
"""Ranks, titles and forenames as they are written in full and short."""


LANGUAGES: Final = _FORMS.keys() | _SHORT.keys()


def other_forms(word: str, language: str | None) -> Sequence[str]:
    """The other forms of *word*, in lower case, in *language* (ISO 639-1); mostly none."""
    return _table(language).get(word, ()) if language in LANGUAGES else ()


@cache
def _table(language: str | None) -> dict[str, tuple[str, ...]]:
    table: dict[str, tuple[str, ...]] = {}
    groups = ";".join(forms.get(language or "", "") for forms in (_FORMS, _SHORT))
    for group in groups.split(";"):
        forms = group.split()
        for form in forms:
            table[form] = tuple(other for other in forms if other != form)
    return table

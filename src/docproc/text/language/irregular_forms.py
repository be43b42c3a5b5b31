"""Forms of one word that no stemmer brings together: pay and paid, captain and Capt.

Left out are forms that are as often another word (lay, found, bore, rose, felt, ground, saw).
"Write" is left out too: "written" stands in the context of every heading and signature
(``docproc.passages.context``), which would answer whatever somebody is asked to have written.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Final

from docproc.text.patterns import compile_on_use

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
        beginnen begann begonnen; bieten biete bietet bot geboten; bitten bat gebeten;
        bleiben blieb geblieben;
        brechen bricht brach gebrochen; brennen brannte gebrannt; bringen brachte gebracht;
        denken dachte gedacht; fahren fährt fuhr gefahren;
        fallen fällt fiel gefallen; fangen fing gefangen; finden fand gefunden;
        fliehen floh geflohen;
        fliegen flog geflogen; geben gibt gab gegeben; gehen ging gegangen;
        gelingen gelang gelungen;
        gewinnen gewann gewonnen; greifen griff gegriffen; halten hält hielt gehalten;
        helfen hilft half geholfen; kennen kannte gekannt; kommen kam gekommen; laden lud geladen;
        laufen lief gelaufen; leiden litt gelitten; lesen liest las gelesen; liegen lag gelegen;
        nehmen nimmt nahm genommen; nennen nannte genannt; rufen rief gerufen;
        schießen schoss geschossen; schlafen schlief geschlafen; schlagen schlug geschlagen;
        schließen schloss geschlossen; schreiben schrieb geschrieben; schweigen schwieg;
        sehen sieht sah gesehen; singen sang gesungen; sinken sank gesunken; sitzen saß gesessen;
        sprechen spricht sprach gesprochen; stehen stand gestanden;
        stehlen stiehlt stahl gestohlen;
        steigen stieg gestiegen; sterben stirbt starb gestorben;
        tragen trägt trug getragen;
        treffen trifft traf getroffen; treiben trieb getrieben; trinken trank getrunken;
        tun tat getan;
        lassen lässt läßt ließ liess gelassen; verlieren verlor verloren; wachsen wuchs gewachsen;
        werfen wirft warf geworfen; wiegen wog gewogen; ziehen zog gezogen
    """,
    "fr": """
        acquérir acquis acquit; apprendre appris apprit; boire bu but; conduire conduit conduisit;
        construire construit construisit; craindre craint craignit; croire cru crut;
        détruire détruit détruisit; dire dit disait; faire fait fit faisait; fuir fui fuit;
        lire lu lut; mettre mis mit; mourir meurt mourut; naître né naquit; obtenir obtenu obtint;
        offrir offert; ouvrir ouvert; permettre permis permit; plaindre plaint; prendre pris prit;
        promettre promis promit; recevoir reçu reçoit reçut reçois; rejoindre rejoint;
        remettre remis remit; souffrir souffert; surprendre surpris surprit;
        tenir tient tenu tint tenait; venir vient venu vint venait; devenir devient devenu devint;
        vivre vit vécu vécut; voir vu voit vit
    """,
    "es": """
        abrir abierto; caer cayó; conducir condujo; dar dio dado; decir dijo dicho dice dijeron;
        dormir duerme durmió; hacer hizo hecho hace hicieron; herir hiere hirió;
        leer leyó; morir muere murió muerto; oír oyó; pedir pide pidió pidieron;
        perder pierde; poner puso puesto pusieron;
        producir produjo; querer quiere quiso;
        resolver resuelto; romper roto; saber sabe supo; seguir sigue siguió;
        servir sirve sirvió; tener tiene tuvo tenía; traer trajo trajeron;
        venir viene vino vinieron;
        vestir viste vistió; volver vuelve vuelto
    """,
    "it": """
        accendere accese acceso; aprire aperto; bere bevve; chiedere chiese chiesto;
        chiudere chiuse chiuso; cogliere colse colto; correre corse corso; crescere crebbe;
        dare diede dato dette; decidere decise deciso; difendere difese; dire disse detto;
        dividere divise diviso; fare fece fatto fecero; giungere giunse giunto;
        leggere lesse letto; mettere mise messo; morire muore; nascere nacque nato;
        offrire offerto; perdere perse perso perduto; permettere permise permesso;
        porre pose posto; prendere prese preso; promettere promise promesso;
        ridurre ridusse ridotto; rimanere rimase rimasto; rispondere rispose risposto;
        rompere ruppe rotto; scendere scese sceso; scegliere scelse scelto;
        soffrire sofferto; spendere spese speso; tenere tiene tenne; togliere tolse tolto;
        trarre trasse tratto; uccidere uccise ucciso; vedere vide visto veduto;
        venire viene venne venuto; vincere vinse vinto; vivere visse vissuto; volere vuole volle
    """,
    "ru": """
        взять взял взяла взяли возьмет возьмут возьми возьмите взят взято взяты;
        дать дал дала дали даст дадут дайте дано; идти идет идут шел шла шли;
        прийти пришел пришла пришли придет; уйти ушел ушла ушли уйдет;
        выйти вышел вышла вышли выйдет; найти нашел нашла нашли найдет найден найдена найдены;
        поехать поехал поехала едет едут ехать ехал; уехать уехал уехала уедет;
        послать послал послала послали пошлет посылает послан;
        прислать прислал прислала прислали пришлет; сказать сказал сказала скажет скажите;
        просить просил просила просит прошу просят; платить платил плачу платит;
        заплатить заплатил заплачу; купить купил купила купили куплю куплен куплена;
        привезти привез привезла привезли; отвезти отвез отвезла; везти вез везла везут;
        принести принес принесла принесли; умереть умер умерла умерли умрет;
        начать начал начала начали начнет; принять принял приняла приняли примет принят принята;
        занять занял заняла займет; снять снял сняла снимет снят; нанять нанял наняла нанимает;
        продать продал продала продали продан продана; отдать отдал отдала отдали отдан отдана;
        сжечь сжег сжгла сожгли сожжен; есть ест едят ел ела съел;
        лечь лег легла слег слегла; сесть сел села сели; помочь помог помогла поможет;
        звать звал зовут назвать назвал назвали; хотеть хочет хотел хотят хочу;
        люди человек; ребенок ребенка дети детей
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


_GERMAN_PREFIX: Final = compile_on_use(
    "(?:(?P<apart>ab|an|auf|aus|bei|ein|fest|fort|heim|her|hin|los|mit|nach|nieder|vor|weg|wieder|"
    "zusammen|zurück|zu|um)|be|emp|ent|er|ver|zer)(?=.{3})"
)
"""What parts from its verb (*bot … an*); and what does not, whose participle has no *ge-*."""


def other_forms(word: str, language: str | None) -> Sequence[str]:
    """The other forms of *word*, in lower case, in *language* (ISO 639-1); mostly none."""
    if language not in LANGUAGES:
        return ()
    table = _table(language)
    prefix = _GERMAN_PREFIX.match(word) if language == "de" and word not in table else None
    if prefix is None or not (others := table.get(word[prefix.end() :], ())):
        return table.get(word, ())
    if prefix["apart"]:
        return (*(prefix[0] + form for form in others), word[prefix.end() :], *others)
    (infinitive, *_) = table[others[-1]]
    return [prefix[0] + (x if x == infinitive else x.removeprefix("ge")) for x in others]


@cache
def _table(language: str | None) -> dict[str, tuple[str, ...]]:
    table: dict[str, tuple[str, ...]] = {}
    groups = ";".join(forms.get(language or "", "") for forms in (_FORMS, _SHORT))
    for group in groups.split(";"):
        forms = group.split()
        for form in forms:
            table[form] = tuple(other for other in forms if other != form)
    return table

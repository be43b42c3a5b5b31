"""What a question calls a thing in one word and texts in another: died, and death; cost, and price.

Only what questions ask of people and things again and again, by the common words of six languages.
Before the colon stand the words of questions, behind it those of texts.  Groups that begin with
``!`` are facts of which no text tells without one of their words: a birth, a death, a wedding, who
built a thing.  ``ё`` counts as ``е``.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

_GROUPS: Final = """
! die died dies dying deceased death: die died death deaths dead deceased killed perished drowned
  expired hanged executed murdered shot slain succumbed buried funeral
! born birth birthday: born birth birthday christened baptized baptised native
! build built builds builder builders erected erect constructed construct: build built builder
  erected raised constructed construction building founded
! designed design designer architect: designed design designer architect plans drawings planned
! founded founder: founded founder foundation established begun began
! repaired repair repairs mended: repaired repair repairs mended restored patched
! marry married marries wedding: marry married marriage wedding wed bride wife husband engaged
! children child: children child sons daughters son daughter boy boys girl girls baby babies infant
  infants family kids offspring orphans
worth value valued: worth value valued price priced
! population inhabitants: population inhabitants souls inhabitant census
! buried burial: buried burial funeral grave interred cemetery churchyard
chair chaired chairs preside presided presides chairman: chair chairman presided president presiding
decide decided decides decision: decided decision resolved resolution carried agreed ordered
  deferred approved adopted rejected voted
cost costs price prices: cost costs price priced expense expenses
earn earned earns wage wages salary: earn earned wage wages salary paid pay stipend
live lived lives reside resided: live lived lives living resides residing residence lodged dwells
arrested imprisoned: arrested imprisoned prison gaol jail seized custody detained
attend attended attendance: attended present attendance
! starb gestorben sterben stirbt tod: starb gestorben sterben tod tot todes verstorben verschieden
  entschlafen gefallen ertrunken beerdigt beigesetzt umgekommen getötet hingerichtet erschossen
! geboren geburt geburtstag: geboren geburt geburtstag getauft taufe
! baute gebaut bauen erbaut erbaute errichtet errichtete: baute gebaut bau erbaut erbauer errichtet
  baumeister aufgeführt gegründet
! heiratete heiraten geheiratet hochzeit verheiratet: heiratete geheiratet hochzeit heirat
  verheiratet vermählt verlobt gattin ehe
! kinder kind: kinder kind söhne sohn töchter tochter knaben knabe mädchen säugling familie
wert: wert wertes geschätzt preis
! einwohner einwohnerzahl bevölkerung: einwohner einwohnerzahl bevölkerung seelen
! sprengte gesprengt sprengen: sprengte gesprengt sprengung sprengten
! leitete leitet geleitet leiter: leitete leitet leitung leiter geleitet chef vorsteher vorstand
  führung direktor verwalter
kostete kostet kosten preis: kostete kostet kosten preis preise
schaden verlust höhe: schaden verlust beläuft beträgt
verdiente verdient lohn gehalt: verdiente lohn gehalt sold bezahlt besoldung
wohnte wohnt wohnen: wohnte wohnt wohnung wohnhaft logiert
vorsitz vorsitzender leitete: vorsitz vorsitzender vorsitzende präsident
beschlossen beschloss beschließen entschieden: beschlossen beschluss genehmigt
  bewilligt abgelehnt
! mourut mort morte décédé décès meurt mourir: mort morte
  mourut décédé décédée décès défunt tué tuée
  noyé enterré inhumé exécuté fusillé
! né née naquit naissance: né née naquit naissance baptisé baptême natif
! construit construire construite bâti bâtit bâtie édifié: construit construite construction bâti
  bâtie élevé érigé fondé bâtisseur
! épousa épousé marié mariée mariage: épousa épousé marié mariée mariage noces fiancé époux épouse
! enfants enfant: enfants enfant fils fille filles garçon garçons bébé famille
! habitants population: habitants population âmes
prix coûte coûtait coûté coûta: prix coûte coûté vend vendu
gagnait gagnaient gagne gagner salaire: gagne gagnait payés payé salaire traitement gages
présidait présidé préside président: président présidence présidait maire
décidé décision décider: décide décidé décision arrête délibère vote adopté rejeté approuvé
accepté acceptée: accepté acceptée adopté adoptée rejeté rejetée approuvé approuvée
! умер умерла умерли умершего смерть скончался: умер умерла умерли смерть скончался скончалась погиб
  погибла убит расстрелян похоронен утонул покойный казнён
! родился родилась рождения рождение: родился родилась рождения рождение крещён уроженец уроженка
! построил построила построили построен строил: построил построили построен построена постройка
  построено строитель сооружён возведён воздвигнут строил
! женился вышла женат замуж свадьба: женился женат замуж свадьба брак обвенчан венчание
! детей дети ребенок: детей дети ребёнок сын сыновей сына дочь дочерей дочери мальчик девочка семья
! население жителей: население жителей душ
! взорвал взорвали взорван: взорвал взорвали взорван взрыв взорвана
стоил стоила стоило стоит стоили цена: стоил стоит стоила цена цены цене
зарплата жалованье жалование зарабатывал: зарплата жалованье жалования оклад
жил жила живёт живет проживал: жил жила живёт проживает проживал квартира
председательствовал председатель: председательствовал председатель председательством
решил решили решено постановили решение: постановили решено решили решение постановлено отложить
присутствовал присутствовали участвовал: присутствовали присутствовал участвовали
cuesta costó costaba precio: cuesta precio coste costo vale valor
costa costava costò prezzo: costa costava costò prezzo costo vale occorrono spesa
! murió muerto muerte falleció: murió muerto muerte falleció murieron fallecido difunto ahogado
! nació nacido nacimiento: nació nacido nacimiento natural bautizado
! hijos niños: hijos hijo hija hijas niños niño niña familia
! construyó construido edificó: construyó construido construcción edificó edificado
  levantó
! casó casado boda: casó casado casada boda matrimonio
! morì morto morta morte: morì morto morta morte defunto deceduto annegato ucciso
! nacque nato nascita: nacque nato nata nascita battezzato nativo
! figli bambini: figli figlio figlia figlie bambini bambino famiglia
! costruì costruito edificò: costruì costruito costruzione edificò edificato eretto
! sposò sposato nozze: sposò sposato sposata nozze matrimonio
! curò curato: curò curato cura medico assistito
"""


@lru_cache(maxsize=1)
def _table() -> dict[str, tuple[tuple[str, ...], bool]]:
    table: dict[str, tuple[tuple[str, ...], bool]] = {}
    for group in _GROUPS.replace("\n  ", " ").split("\n"):
        asked, _, said = group.partition(":")
        sure = asked.startswith("!")
        for word in asked.lstrip("! ").replace("ё", "е").split():
            known, before = table.get(word, ((), False))
            table[word] = (tuple(dict.fromkeys((*known, *said.split()))), sure or before)
    return table


def told_as(word: str) -> tuple[str, ...]:
    """The words by which texts may tell of what a question calls *word*, in lower case."""
    return _table().get(word, ((), False))[0]


_DEATH: Final = (
    "carried off;passed away;breathed h;no longer living;lost his life;lost her life;"
    "lost their lives;ums leben;dahingeraff;perdu la vie;rendu l;perdió la vida;perse la vita;"
    "не стало;расстрел"
)


def told_in_phrases(word: str) -> tuple[str, ...]:
    """The beginnings of several words that tell of what is called *word*: carried off."""
    dead = {"death", "tod", "mort", "смерть", "muerte", "morte"}.intersection(told_as(word))
    return tuple(_DEATH.split(";")) if dead else ()


def is_told_by_name(word: str) -> bool:
    """Whether no text tells of *word*, in lower case, without it or one of ``told_as``."""
    return _table().get(word, ((), False))[1]

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
! wounded injured hurt: wounded wound wounds injured injury injuries hurt shot struck hit fracture
  fractured cut maimed lamed burned burnt scalded bruised gunshot bayonet sabre bullet
! amputated amputation: amputated amputation amputate removed severed stump
! treated treats doctored: treated treatment attended attendance care physician surgeon nursed
  cured healed
! stole stolen robbed: stole stolen stealing robbed robbery robbers thief thieves theft
  plundered burglar burglars
! hanged hang executed execution: hanged hang hung hanging gallows executed execution gibbet
! drowned drown: drowned drown drowning overboard
! pension pensioned: pension pensions pensioned pensioner pensioners
! own owned owns owner owners owning: own owned owns owner owners belongs belonged belonging
  property proprietor proprietors possession possessed possess mistress bought purchased
  inherited claim
! elected election elect: elected election elect electing chosen chose voted vote votes
! baptized baptised christened: baptized baptised baptism christened christening font
! divorced divorce divorces: divorced divorce separated separation
! photographed photograph: photographed photograph photographs photographer photo picture pictures
! sunk sank sink: sunk sank sink sinking wrecked wreck foundered capsized lost scuttled torpedoed
! invented inventor: invented inventor invention devised patent patented
! sold sell sells selling: sold sell sells selling sale sales disposed purchaser purchased bought
  buy buyer auction auctioned
! bought buy buys purchased purchase: bought buy buys buying purchased purchase purchases purchaser
  sold sale
bridegroom groom: bridegroom groom bride
car cars automobile automobiles motorcar: car cars automobile automobiles auto autos motor motors
film films movie movies: film films movie movies pictures picture
artist artists: artist artists painter painters sketch sketches sketching sketched drawing drawings
ill sick illness sickness unwell: ill sick illness sickness unwell indisposed indisposition ailing
  disease diseased
doctor doctors: doctor doctors dr physician physicians surgeon surgeons
lawyer lawyers: lawyer lawyers attorney attorneys solicitor solicitors barrister counsel advocate
teacher teachers: teacher teachers schoolmaster schoolmistress master taught governess tutor
house houses home: house houses home dwelling residence cottage lodging lodgings
ship ships: ship ships vessel vessels steamer steamers boat boats schooner brig bark barque
  sloop
clothes clothing: clothes clothing clothed suit suits garments dress apparel coats
food foods: food foods provisions rations victuals provision fed
weapons weapon: weapons weapon arms guns rifles muskets pistols cannon
soldiers soldier troops: soldiers soldier troops infantry cavalry regiment regiments
fair fairs: fair fairs exposition exhibition
quarrel quarrelled quarrels: quarrel quarrelled quarreled quarrels dispute disputed
angry: angry anger mad vexed furious offended enraged indignant annoyed displeased
job jobs: job jobs position post appointment situation employment
rich: rich wealthy wealth fortune
start started starts begin began begins: start started starts begin began begins begun commence
  commenced commences opened
stop stopped stops: stop stopped stops stopping ceased cease halted ended discontinued
hire hired hires: hire hired hires hiring engaged employed employ
fired dismissed: fired dismissed dismissal discharged discharge removed
help helped helps: help helped helps helping assist assisted assistance aid aided
lodge lodged lodging boarded: lodge lodged lodging lodgings boarded boarding board quartered
tall height: tall height high feet foot inches ft
weigh weighed weight: weigh weighed weighs weight pounds lbs ounces
war wars: war wars hostilities campaign
grave graves: grave graves buried tomb cemetery churchyard interred
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
! verwundet verletzt: verwundet verwundung verletzt verletzung wunde wunden getroffen schuss
  angeschossen verunglückt gestürzt
! gestohlen stahl beraubt: gestohlen stahl stehlen diebstahl dieb diebe geraubt beraubt entwendet
! gehängt hingerichtet: gehängt gehenkt galgen hingerichtet hinrichtung
! gewählt wählte: gewählt wählte wahl erwählt gewählter
! besaß besitzer gehörte eigentümer: besaß besitzt besitz besitzer gehört gehörte eigentum
  eigentümer inhaber eigner herr gekauft
! leitete leitet geleitet leiter: leitete leitet leitung leiter geleitet chef vorsteher vorstand
  führung direktor verwalter
kostete kosteten kostet kosten: kostete kostet kosten preis preise
preis preise: preis preise kostete kostet kosten mark pf pfennig thaler taler gulden kreuzer
  groschen kronen
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
! blessé blessée blessés: blessé blessée blessés blessure blessures touché atteint
! volé volée vola: volé volée vola vol voleur voleurs dérobé pillé
! pendu exécuté: pendu pendus potence exécuté exécution
! élu élue: élu élue élus élection élire nommé choisi
! propriétaire possédait appartenait: propriétaire propriétaires possédait possède appartient
  appartenait propriété maître acheté
coûte coûtait coûtaient coûté coûta coûter coûtent: prix coûte coûté vend vendu
prix: prix coûte coûté vend vendu francs franc fr livres sous sols écus centimes
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
! ранен ранена ранены ранили: ранен ранена ранены ранение рана раны контужен подстрелен
! украл украли украдено украден: украл украли украдено украден кража вор воры похищен похищено
  ограблен
! повешен казнен казнён: повешен повесили виселица казнён казнь расстрелян
! избран избрали выбрали: избран избрана избраны избрали избрание выбран выбрали выборы
! владелец владел принадлежал принадлежала: владелец владельца владел владела принадлежал
  принадлежала принадлежит собственность собственник хозяин купил
стоил стоила стоило стоит стоили: стоил стоит стоила цена цены цене
цена цены цену почем: цена цены цене стоил стоит стоила рубль рублей рубля руб коп копеек копейки
зарплата жалованье жалование зарабатывал: зарплата жалованье жалования оклад
жил жила живёт живет проживал: жил жила живёт проживает проживал квартира
председательствовал председатель: председательствовал председатель председательством
решил решили решено постановили решение: постановили решено решили решение постановлено отложить
присутствовал присутствовали участвовал: присутствовали присутствовал участвовали
cuesta cuestan costó costaron costaba costaban: cuesta precio coste costo vale valor importe
precio precios: precio cuesta coste costo vale valor importe reales rs pesos pesetas maravedís
  ducados
costa costano costava costavano costò costarono: costa costava costò prezzo costo vale occorrono
  spesa
prezzo prezzi: prezzo costa costava costò costo vale lire lira soldi scudi ducati fiorini
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


def related_words(word: str) -> tuple[str, ...]:
    """The words by which texts may tell of what a question calls *word*, in lower case."""
    return _table().get(word, ((), False))[0]


_DEATH: Final = (
    "carried off;passed away;breathed h;no longer living;lost his life;lost her life;"
    "lost their lives;ums leben;dahingeraff;perdu la vie;rendu l;perdió la vida;perse la vita;"
    "не стало;расстрел"
)


def related_phrases(word: str) -> tuple[str, ...]:
    """The beginnings of several words that tell of what is called *word*: carried off."""
    dead = {"death", "tod", "mort", "смерть", "muerte", "morte"}.intersection(related_words(word))
    return tuple(_DEATH.split(";")) if dead else ()


def needs_related_word(word: str) -> bool:
    """Whether no text tells of *word*, in lower case, without it or one of ``related_words``."""
    return _table().get(word, ((), False))[1]

"""Words that say nothing about what a text is about, in the languages that are stemmed.

Question words matter more than the rest: "what", "did", "когда" are rare in letters and
decrees, so their inverse document frequency is high, and a question would be answered by
whatever passage happens to contain them.  The lists follow the Snowball project's
(snowballstem.org), shortened to closed-class words, with each language's interrogatives
added; "may" is left out, for it is a month.
"""

from __future__ import annotations

from typing import Final

_LISTS: Final[dict[str, str]] = {
    "en": """
        a about above after again against all also am an and any are as at be because been before
        being below between both but by can cannot could did do does doing don down during each
        either else ever few for from further had has have having he her here hers herself him
        himself his how i if in into is it its itself just let many me might more most much must my
        myself no nor not of off often on once one only or other ought our ours ourselves out over
        own re s same shall she should so some such t than that the their theirs them themselves
        then there these they this those though through thus to too under until up upon very was we
        were what whatever when where whether which while who whom whose why will with within
        without would yet you your yours yourself yourselves
    """,
    "ru": """
        а без более больше будет будто бы был была были было быть в вам вас ведь весь во вот все
        всего всей всех всю вы где да даже для до другой его ее ей ему если есть еще ж же за зачем
        здесь и из или им ими их к как какая какие каким какими каких какого какое какой каком
        какому какую кем ко когда кого ком кому кто куда ли либо лишь между меня мне много может
        можно мой моя мы на над надо нам нас наш не него нее ней нельзя нет ни нибудь никогда ним
        них ничего но ну о об один однако одной он она они оно от откуда очень перед по под после
        потому почему почти при про раз разве с сам своего своей свои своих свой свою себе себя
        сейчас скольким скольких сколько со так также такие такой там те тебя тем теперь то тогда
        того тоже той только том тот тут ты у уж уже хоть хотя чего чей чем чему через что чтоб
        чтобы чье чьи чья эта эти этим этих это этого этой этом этому этот эту я является являлась
        являлся являются
    """,
    "de": """
        aber alle allem allen aller alles als also am an andere anderen auch auf aus bei beim bin
        bis bist da damit dann das dass dazu dein dem den denn der des dessen die dies diese diesem
        diesen dieser dieses doch dort du durch ein eine einem einen einer eines er es etwas euch
        fuer fur gegen gewesen hab habe haben hat hatte hatten hier hinter ich ihm ihn ihnen ihr
        ihre ihrem ihren ihrer im in indem ins ist ja jede jedem jeden jeder jedes jener kann kein
        keine keinem keinen keiner konnen konnte man manche mehr mein mich mir mit muss musste nach
        nicht nichts noch nun nur ob oder ohne sehr sein seine seinem seinen seiner selbst sich sie
        sind so solche soll sollte sondern sonst uber ueber um und uns unser unter viel viele vom
        von vor waehrend wahrend war waren warum was weil welche welchem welchen welcher welches wem
        wen wenn wer werde werden weshalb wessen wie wieder wieso wieviel wieviele will wir wird wo
        wodurch wofuer wofur wogegen woher womit wonach wohin wollen woran worauf woraus worin
        worueber woruber worum wovon wovor wozu wurde wurden zu zum zur zwar zwischen
    """,
    "fr": """
        a ai ait alors as au aucun aura aussi autre aux avait avant avec avez avoir ayant c ce ceci
        cela celle celles celui ces cet cette ceux chez ci combien comme comment d dans de depuis
        des donc dont du elle elles en encore entre est et etaient etait etant ete etre eu eux fait
        furent fut ici il ils j je jusqu l la laquelle le lequel les lesquelles lesquels leur leurs
        lors lui m ma mais me meme memes mes moi mon n ne ni nos notre nous on ont ou par parce pas
        pendant peu peut plus pour pourquoi qu quand que quel quelle quelles quels qui quoi s sa
        sans se sera ses si soit son sont sous sur t ta te tes toi ton tous tout toute toutes tres
        tu un une vers vos votre vous y
    """,
    "it": """
        a ad agli ai al alla alle allo anche ancora avere aveva avevano c che chi ci come con contro
        cosa cui d da dagli dai dal dalla dalle dallo degli dei del della delle dello di dopo dove
        due e ed era erano essere fa fino fra fu furono gia gli ha hanno ho i il in io l la le lei
        li lo loro lui ma me mentre mi mia mio molto ne negli nei nel nella nelle nello noi non
        nostro o ogni per perche piu poi prima qual quale quali quando quanta quante quanti quanto
        quegli quei quella quelle quello questa queste questi questo qui se sei senza si sia siamo
        sono sopra sotto sua sue sugli sui sul sulla sulle sullo suo suoi te ti tra tu tutte tutti
        tutto un una uno v vi voi
    """,
    "es": """
        a adonde al algo algun alguna algunas alguno algunos ante antes aquel aquella aquellas
        aquello aquellos asi aun aunque cada como con contra cual cuales cuando cuanta cuantas
        cuanto cuantos cuya cuyo de del desde donde dos durante e el ella ellas ello ellos en entre
        era eran es esa esas ese eso esos esta estaba estaban estan estar este esto estos fue fueron
        ha habia habian han hasta hay la las le les lo los mas me mi mientras muy nada ni no nos
        nosotros o os otra otras otro otros para pero poco por porque pues que quien quienes se sea
        segun ser si sido siendo sin sobre son su sus tal tambien tan tanto te ti tiene tienen toda
        todas todo todos tu tus un una unas uno unos y ya yo
    """,
}

STOP_WORDS: Final[dict[str, frozenset[str]]] = {
    language: frozenset(words.split()) for language, words in _LISTS.items()
}
"""Folded stop words by ISO 639-1 code; a language without an entry has none."""

"""Documents as editions print them, and the normalizer that reads them."""

from __future__ import annotations

from docproc.records import Block, BlockKind, Document, SourceFile
from docproc.stages.normalize.letter import LetterNormalizer

RUSSIAN = """\
№ 35
И. В. Павлов — Л. Д. Орлову
2 ноября 1921 г.

Сов. секретно

Т. Орлов!

Вчера был у меня начальник экспедиции. Из разговора выяснилось, что:

1) надо поддержать требования экспедиции;

2) надо дать ей 10 или 5 инструкторов. Всё это нужно сделать в 1922 г. Прошу ответить.

С товарищеским приветом

И. Павлов[1]

РГАЭ. Ф. 558. Оп. 2. Д. 51. Л. 1. Машинописный текст. Подпись — автограф.

Примечания

[1] Документ содержит пометы Орлова.
"""

WRAPPED = """\
ТЕЛЕГРАММА В. И. ПАВЛОВА И. В. ОРЛОВУ
                                              16 мая 1920 г.
     Москва, Кремль

     Уважаемый товарищ! Сообщаю вам, что вопрос о реке будет рассмо-
трен в коллегии. Ф. Э. Дятлов прибудет завтра.
     Второй абзац начинается с отступа и продолжается на следу-
ющей строке до конца.

     Павлов

     Печатается по рукописи.
     РГАЭ. Ф. 2. Оп. 1. Д. 14055. Л. 3 об. Автограф.
     ---------
     1 Телеграмма послана в ответ.
"""

DECREE = """\
Декрет Совета об учреждении комиссии
7 (20) декабря 1917 г.

§ 1. Комиссия создаётся при Совете.

§ 2. Состав комиссии: Ксенов, Аверин.

Председатель Совета Народных Комиссаров В. Павлов (Речной)

Управляющий делами Вл. Бонч-Орлов

ГА РФ. Ф. Р-130. Оп. 1. Д. 1. Л. 31–32об. Подлинник.
"""

GERMAN = """\
Schreiben des Botschafters Graf Rheinfels an den Reichskanzler

Moskau, den 5. März 1923

Sehr geehrter Herr Reichskanzler!

Ich habe die Ehre, Ihnen z. B. mitzuteilen, dass die Verhandlungen begonnen haben.

Hochachtungsvoll
Rheinfels
"""

FRENCH = """\
Paris, le 12 juin 1920

Mon cher Ministre,

Vous m'avez demandé mon avis sur la conférence. M. Duval est d'accord.

Veuillez agréer, Monsieur le Ministre, l'expression de mes sentiments dévoués.

A. Briard
"""

STARRED = """\
G. V. RIVERS TO V. I. LAKE*

[Not earlier than 3 March 1918]

Dear Vladimir Ilyich,

I enclose the note¹ of the government. Please return it to me; 12 or 8 copies exist.

P.S. The courier leaves tonight.

Yours,
Rivers

* Heading supplied by the editors.

1 Not found.
"""

CABLE = """\
Cablegram B37 LONDON, 10 March 1938, 10.02 p.m.

SECRET

Following for Prime Minister [1]: with a view to improving the atmosphere, the Secretary of \
State [2] is shortly to see the Ambassador.

Some countries can and do control their Press. We neither do this nor wish to do it. [3]

G.F.PEARSE

I leave Melbourne for the west on Feb 3rd.

G.F.P.

1 Mr J. A. Lyle.

2 Lord Halford.

3 See Document 12.

Enclosure

Memorandum by Sir George Pearse

MELBOURNE, 26 January 1937

The reasons [1] I then set out were these.

G.F.PEARSE
"""

PROSE = """\
The Broncos defeated the Steelers in the divisional round, 23–16, by scoring 11 points in the \
final three minutes. They then beat the defending champion, 20–18, on November 2, 2015."""


def normalized(text: str, blocks: tuple[Block, ...] = ()) -> Document:
    source = SourceFile("letter.txt", "text/plain", len(text), "0" * 64)
    return LetterNormalizer().normalize(Document(source, text, blocks=blocks))


def shown(document: Document, kind: BlockKind) -> list[str]:
    """The words of the blocks of one kind."""
    return [b.span.of(document.text) for b in document.blocks if b.kind is kind]


def kinds(document: Document) -> list[str]:
    return [block.kind.value for block in document.blocks]

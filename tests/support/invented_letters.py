"""A small corpus: invented letters, kept in several archives, written on different days."""

from __future__ import annotations

from typing import Final

LETTERS: Final[dict[str, str]] = {
    "01-flour.txt": """P. Orlov to A. Lebedeva

14 October 1921

Dear Anna!

The barges with flour left Rybinsk on Monday, and the millers of Uglich ask to be paid in salt.

Send 40 sacks of seed rye before the river freezes, or there will be no sowing at all.

P. Orlov.

RTSKHIDNI. F. 558. Op. 2. D. 51. L. 1. Typewritten text.

Notes:

1 The commission on seed agreed to this on 20 October 1921 and set aside 900 poods of rye \
(RTSKHIDNI. F. 17. Op. 3. D. 225. L. 4).
""",
    "02-horses.txt": """A. Lebedeva to P. Orlov

3 November 1921

Comrade Orlov!

The horses are tired and the road to Cherepovets is under water; nothing will move this month.

Give the rye to the children's homes, and let Dzerzhinsky hear of the theft at the station.

A. Lebedeva.

RTSKHIDNI. F. 558. Op. 2. D. 52. L. 3. Handwritten text.
""",
    "03-bridge.txt": """P. Orlov to S. Titov

9 December 1921

The bridge over the Sheksna has been burnt, and the engineers want 200 beams of oak.

P. Orlov.

GARF. F. R-5446. Op. 1. D. 12. L. 8. Typewritten text.
""",
    "04-memorandum.txt": """S. Titov to P. Orlov

The schoolhouse has no stove. The teachers have asked three times for glass and paraffin.

S. Titov.

RTSKHIDNI. F. 558. Op. 1. D. 7. L. 2. Handwritten text.
""",
    "05-цемент.txt": """А. Лебедева – П. Орлову

1 ноября 1921 г.

Цемент для плотины пришёл из Новороссийска, но мешки порваны и половина груза пропала.

А. Лебедева.

ЦПА ИМЛ. Ф. 558. Оп. 2. Д. 53. Л. 5. Машинописный текст.
""",
    "06-wool.txt": """J. Harding to R. Casey

7 May 1948

The buyers of wool in Batavia will pay in sterling if the ship sails before June.

J. Harding.

NAA: A1838, 532/7 part 1
""",
    "07-tin.txt": """R. Casey to J. Harding

21 June 1948

The price of tin has fallen, and the smelters at Penang are shut.

R. Casey.

NAA: A1838, 532/8
""",
}

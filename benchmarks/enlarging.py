"""How small a scan may be before enlarging it helps Tesseract, and what enlarging costs.

``python -m benchmarks.enlarging`` draws pages of invented words in letters of 9 points, a little
turned, blurred and noisy, at several resolutions, and lets Tesseract read each as it is and
enlarged.  The figures are characters misread (edit distance to what was drawn, in per cent) and
seconds.
"""

from __future__ import annotations

import io
import os
import random
import time
from collections.abc import Sequence
from typing import Any

from benchmarks.invented_files import paragraphs
from docproc.formats.ocr import Ocr

RESOLUTIONS = (75, 100, 150, 200)
TIMES = (1, 2, 3)
POINTS, WIDTH, HEIGHT, MARGIN = 9, 8.27, 5.8, 0.7
_DRAWN = 600


def main() -> None:
    os.environ["XDG_CACHE_HOME"] = "/dev/null"  # what was read once is to be read again
    print("| dots an inch |" + "".join(f" ×{times} |" for times in TIMES))
    print("| --- |" + " --- |" * len(TIMES))
    for resolution in RESOLUTIONS:
        image, said = page(resolution)
        cells = []
        for times in TIMES:
            large = image.resize([side * times for side in image.size]) if times > 1 else image
            begun = time.perf_counter()
            lines = Ocr(("eng",)).lines(portable(large))
            seconds = time.perf_counter() - begun
            read = " ".join(word.text for line in lines for word in line.words)
            cells.append(f"{misread(read, said):.1%} in {seconds:.1f} s")
        print(f"| {resolution} | {' | '.join(cells)} |")


def page(resolution: int) -> tuple[Any, str]:
    """A scan with so many dots an inch, and the words on it."""
    from PIL import Image, ImageDraw, ImageFilter, ImageFont

    chance = random.Random(resolution)
    words = " ".join(paragraphs()).split()
    chance.shuffle(words)
    size = (int(WIDTH * _DRAWN), int(HEIGHT * _DRAWN))
    drawn = Image.new("L", size, 235)
    pen, font = ImageDraw.Draw(drawn), ImageFont.load_default(POINTS * _DRAWN / 72)
    lines: list[str] = []
    line = ""
    step = POINTS * 1.35 * _DRAWN / 72
    while MARGIN * _DRAWN + step * (len(lines) + 1) < size[1] - MARGIN * _DRAWN:
        word = words.pop()
        if pen.textlength(f"{line} {word}", font) > size[0] - 2 * MARGIN * _DRAWN:
            pen.text((MARGIN * _DRAWN, MARGIN * _DRAWN + step * len(lines)), line, 30, font)
            lines.append(line)
            line = ""
        line = f"{line} {word}".strip()
    turned = drawn.rotate(chance.uniform(-0.6, 0.6), Image.Resampling.BICUBIC, fillcolor=235)
    small = turned.resize([side * resolution // _DRAWN for side in size], Image.Resampling.BOX)
    soft = small.filter(ImageFilter.GaussianBlur(resolution / 300))
    noisy = bytes(min(255, max(0, round(grey + chance.gauss(0, 14)))) for grey in soft.tobytes())
    return Image.frombytes("L", soft.size, noisy), " ".join(lines)


def portable(image: Any) -> bytes:
    """*image* as a Portable GrayMap."""
    stream = io.BytesIO()
    image.save(stream, "PPM")
    return stream.getvalue()


def misread(read: Sequence[str], said: Sequence[str]) -> float:
    """The edit distance between the two (Levenshtein, 1966), in parts of what was said."""
    row = list(range(len(said) + 1))
    for place, letter in enumerate(read, 1):
        before, row[0] = row[0], place
        for at, other in enumerate(said, 1):
            before, row[at] = row[at], min(before + (letter != other), row[at] + 1, row[at - 1] + 1)
    return row[-1] / len(said)


if __name__ == "__main__":
    main()

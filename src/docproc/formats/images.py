"""Images of pages: each frame upright, within bounds; and what is quoted, marked on them."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator, Sequence
from typing import Any

from docproc.config import Limits
from docproc.errors import SourceError
from docproc.formats.libraries import library

_YELLOW = (255, 240, 90)
_MARGIN = 2
"""Pixels around what is marked."""

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in pixels."""


def read_upright(data: bytes, limits: Limits) -> Iterator[Any]:
    """Each frame of an image, upright.  Raises ``SourceError`` if damaged or past *limits*."""
    image_module = library("PIL.Image", "ocr", "scans")
    operations = library("PIL.ImageOps", "ocr", "scans")
    sequence = library("PIL.ImageSequence", "ocr", "scans")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with image_module.open(io.BytesIO(data)) as image:
                if getattr(image, "n_frames", 1) > limits.frames:
                    raise SourceError(f"it has more than {limits.frames:,} frames (limits.frames)")
                for frame in sequence.Iterator(image):
                    if frame.width * frame.height > limits.megapixels * 1e6:
                        raise SourceError(
                            f"a frame has {frame.width:,} × {frame.height:,} pixels, more than "
                            f"{limits.megapixels:g} million (limits.megapixels)"
                        )
                    yield operations.exif_transpose(frame)
    except SourceError:
        raise
    except image_module.DecompressionBombError:
        raise SourceError("a frame has more pixels than Pillow opens") from None
    except Exception as error:  # Pillow raises what each format's own decoder does
        cause = str(error).partition(" <")[0]  # Pillow names the object that it read from
        raise SourceError(f"it is damaged, or not an image: {cause}") from None


def mark_boxes(image: Any, boxes: Sequence[Box]) -> bytes:
    """*image* as PNG, with *boxes* as if gone over with a yellow marker."""
    chops = library("PIL.ImageChops", "ocr", "an image of a page")
    module = library("PIL.Image", "ocr", "an image of a page")
    for left, top, right, bottom in boxes:
        corner = (max(0, int(left) - _MARGIN), max(0, int(top) - _MARGIN))
        other = (
            min(image.width, int(right) + 1 + _MARGIN),
            min(image.height, int(bottom) + 1 + _MARGIN),
        )
        if corner[0] < other[0] and corner[1] < other[1]:
            part = image.crop((*corner, *other))
            image.paste(chops.multiply(part, module.new("RGB", part.size, _YELLOW)), corner)
    stream = io.BytesIO()
    image.save(stream, "PNG")
    return stream.getvalue()

"""Annotations: what was filled into a form, ticked, typed onto a page, or remarked on it."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from typing import Any

from docproc.stages.parse.pages.pdf.lines import PdfLine

_LONGEST = 1 << 20
"""Bytes of one value in UTF-16; what is longer is cut off there."""


def annotate(library: Any, page: Any, lines: Sequence[PdfLine]) -> tuple[PdfLine, ...]:
    """*lines* of *page* with what is filled in or typed onto it, each where it stands."""
    raw = library.raw
    count = raw.FPDFPage_GetAnnotCount(page)
    if count < 1:
        return tuple(lines)
    found = list(lines)
    for number in range(count):
        annotation = raw.FPDFPage_GetAnnot(page, number)
        if not annotation:
            continue
        try:
            for line in _read_typed(raw, page, annotation):
                found.insert(_place(found, line), line)
        finally:
            raw.FPDFPage_CloseAnnot(annotation)
    return tuple(found)


def _read_typed(raw: Any, page: Any, annotation: Any) -> Iterator[PdfLine]:
    """The lines of one annotation that shows words of its own."""
    kind = raw.FPDFAnnot_GetSubtype(annotation)
    hidden = raw.FPDFAnnot_GetFlags(annotation) & (raw.FPDF_ANNOT_FLAG_HIDDEN)
    if hidden or kind not in (
        raw.FPDF_ANNOT_WIDGET, raw.FPDF_ANNOT_FREETEXT, raw.FPDF_ANNOT_TEXT
    ):  # fmt: skip
        return
    if kind == raw.FPDF_ANNOT_WIDGET:
        words = _field(raw, page, annotation)
    else:
        words = _string(raw, annotation, b"Contents")
    rows = [
        " ".join(row.split()) for row in words.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    ]
    rows = [row for row in rows if row]
    rectangle = raw.FS_RECTF()
    if not rows or not raw.FPDFAnnot_GetRect(annotation, rectangle):
        return
    top, bottom = (-max(rectangle.top, rectangle.bottom), -min(rectangle.top, rectangle.bottom))
    height = (bottom - top) / len(rows)
    for number, row in enumerate(rows):
        begun = top + number * height
        yield PdfLine(row, -1, rectangle.left, begun, rectangle.right, begun + height)


def _field(raw: Any, page: Any, annotation: Any) -> str:
    """What a field holds: its words, or whether its box is ticked."""
    form = getattr(page, "formenv", None)
    if form is not None:
        kind = raw.FPDFAnnot_GetFormFieldType(form, annotation)
        if kind in (raw.FPDF_FORMFIELD_CHECKBOX, raw.FPDF_FORMFIELD_RADIOBUTTON):
            return "☒" if raw.FPDFAnnot_IsChecked(form, annotation) else "☐"
        if kind not in (
            raw.FPDF_FORMFIELD_TEXTFIELD, raw.FPDF_FORMFIELD_COMBOBOX, raw.FPDF_FORMFIELD_LISTBOX
        ):  # fmt: skip
            return ""
        return _fill(
            lambda buffer, size: raw.FPDFAnnot_GetFormFieldValue(form, annotation, buffer, size)
        )
    return _string(raw, annotation, b"V")


def _string(raw: Any, annotation: Any, key: bytes) -> str:
    return _fill(lambda buffer, size: raw.FPDFAnnot_GetStringValue(annotation, key, buffer, size))


def _fill(ask: Any) -> str:
    """What *ask* writes, as pdfium does: asked for the size first, then for the words."""
    size = min(ask(None, 0), _LONGEST)
    if size <= 2:
        return ""
    buffer = ctypes.create_string_buffer(size)
    ask(ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size)
    return buffer.raw[:size].decode("utf-16-le", "replace").partition("\0")[0]


def _place(lines: Sequence[PdfLine], typed: PdfLine) -> int:
    """Where among *lines* what is *typed* comes: behind what stands above it or before it."""
    middle = (typed.top + typed.bottom) / 2
    before = [
        number
        for number, line in enumerate(lines)
        if line.bottom <= middle or (line.top < middle and line.left <= typed.left)
    ]
    return before[-1] + 1 if before else 0

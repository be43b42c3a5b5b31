"""PDF files, written by fpdf2 and by hand."""

from __future__ import annotations

from fpdf import FPDF
from fpdf.enums import EncryptionMethod


def written(*pages: str, rotation: int = 0, password: str = "") -> bytes:
    """A file of *pages* of lines."""
    pdf = FPDF()
    pdf.set_font("helvetica", size=12)
    if password:
        pdf.set_encryption("owner", password, encryption_method=EncryptionMethod.RC4)
    for page in pages:
        pdf.add_page()
        if page:
            pdf.multi_cell(0, 6, page, align="L")
    data = bytes(pdf.output())
    return data.replace(b"/Type /Page\n", b"/Type /Page /Rotate %d\n" % rotation)


def columns(left: list[str], right: list[str], *, interleaved: bool) -> bytes:
    """Two columns, drawn one after the other or line by line across both."""
    pdf = FPDF()
    pdf.set_font("helvetica", size=11)
    pdf.add_page()
    cells = [(20, y, line) for y, line in enumerate(left)]
    cells += [(115, y, line) for y, line in enumerate(right)]
    if interleaved:
        cells.sort(key=lambda cell: cell[1])
    for x, y, line in cells:
        pdf.text(x, 40 + 6 * y, line)
    return bytes(pdf.output())


def bare(count: int) -> bytes:
    """A file of *count* pages with nothing on them."""
    kids = b" ".join(b"%d 0 R" % (3 + n) for n in range(count))
    objects = [
        b"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj",
        b"2 0 obj<</Type/Pages/Count %d/Kids[%s]>>endobj" % (count, kids),
    ]
    objects += [
        b"%d 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj" % (3 + n)
        for n in range(count)
    ]
    body = b"%PDF-1.4\n"
    offsets = []
    for each in objects:
        offsets.append(len(body))
        body += each + b"\n"
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return body + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF"
        % (len(objects) + 1, table, len(objects) + 1, len(body))
    )


def form(fields: dict[str, str], note: str = "") -> bytes:
    """A page with the name of each of *fields*, what is filled in beside it, and a typed *note*."""
    labels = b"".join(
        b"BT /F1 12 Tf 20 %d Td (%s) Tj ET\n" % (180 - 20 * number, name.encode())
        for number, name in enumerate(fields)
    )
    filled = [
        b"<</Type/Annot/Subtype/Widget/FT/Tx/T(f%d)/F 4/V(%s)/Rect[90 %d 190 %d]>>"
        % (number, value.encode(), 176 - 20 * number, 192 - 20 * number)
        for number, value in enumerate(fields.values())
    ]
    typed = [
        b"<</Type/Annot/Subtype/FreeText/F 4/Contents(%s)/Rect[20 20 190 40]/DA(/F1 12 Tf)>>"
        % note.encode()
    ]
    annotations = filled + (typed if note else [])
    kids = b" ".join(b"%d 0 R" % (6 + number) for number in range(len(annotations)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[%s]>>>>" % kids,
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 5 0 R/Annots[%s]"
        b"/Resources<</Font<</F1 4 0 R>>>>>>" % kids,
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Length %d>>stream\n%sendstream" % (len(labels), labels),
        *annotations,
    ]
    body = b"%PDF-1.4\n"
    offsets = []
    for number, each in enumerate(objects, 1):
        offsets.append(len(body))
        body += b"%d 0 obj%s endobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return body + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF"
        % (len(objects) + 1, table, len(objects) + 1, len(body))
    )

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

"""Pages as they are printed: PDF, scans, DjVu, recognized pages (ALTO, PAGE XML, hOCR, METS)."""

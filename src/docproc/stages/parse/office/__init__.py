"""Word processors and slides: DOCX, ODT, RTF, DOC, PPTX, ODP."""

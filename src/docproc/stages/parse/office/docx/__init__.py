"""The parser of DOCX (ECMA-376, Office Open XML), read straight from its XML.

python-docx knows neither footnotes nor tracked changes, so the parts are read as they are.
"""

"""What Markdown says: front matter as metadata, blocks as exact spans, marks that are not words.

Each module answers one question about a file; ``docproc.stages.parse.text.markdown`` puts them
together.  Depends on ``records``, ``references``, ``letters`` and ``text`` only; the libraries
for Markdown and YAML are imported by the functions that need them, so that asking does not
pay for them.
"""

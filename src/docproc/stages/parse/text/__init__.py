"""Text files, plain or with markup: Markdown, Org, reST, LaTeX, wikitext, subtitles."""

"""Single paragraphs: stretches of a document, and what each looks like by itself."""

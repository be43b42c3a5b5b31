"""The parsers of e-mail: EML, mbox, and Outlook's MSG."""

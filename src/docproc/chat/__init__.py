"""The conversation: what an answer looks like, and what a session remembers.

Nothing is imported here, so that ``--json`` and a pipe never pay for a terminal.
"""

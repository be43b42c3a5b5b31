"""What is known of letters, decrees, minutes and telegrams: their parts, and how to tell them.

Each module knows one kind of part; ``docproc.stages.normalize.letter`` puts them together.
Depends on ``records``, ``text`` and ``references`` only.
"""

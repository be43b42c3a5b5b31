"""What passages are made of: runs of blocks, their places, their references, their context.

Each module answers one question about a passage; ``docproc.stages.segment_structure`` puts
them together.  Depends on ``records``, ``text`` and ``letters`` only.
"""

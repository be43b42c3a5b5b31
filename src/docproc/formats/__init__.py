"""What parsers of many formats share: libraries that may be missing, bounded XML, sniffing,
and the reading text as it grows.

A room of knowledge, beside ``docproc.markdown``: it knows nothing that runs.  Stages may not
import each other; what two parsers need stands here.
"""

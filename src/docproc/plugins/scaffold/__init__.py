"""New plugins: a working one with its test, as one file in ``plugins/`` or as a distribution."""

from docproc.plugins.scaffold.kinds import KINDS, Kind, find_kind
from docproc.plugins.scaffold.write import usage_lines, write_distribution, write_drop_in

__all__ = ["KINDS", "Kind", "find_kind", "usage_lines", "write_distribution", "write_drop_in"]

"""New plugins: a working one with its test, as one file in ``plugins/`` or as a distribution."""

from docproc.plugins.scaffold.kinds import KINDS, Kind
from docproc.plugins.scaffold.write import use, write_distribution, write_drop_in

__all__ = ["KINDS", "Kind", "use", "write_distribution", "write_drop_in"]

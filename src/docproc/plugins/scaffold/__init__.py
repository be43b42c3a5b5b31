"""New plugins: a working one with its test, as one file in ``plugins/`` or as a distribution."""

from docproc.plugins.scaffold.kinds import KINDS, Kind, kind_called
from docproc.plugins.scaffold.write import use, write_distribution, write_drop_in

__all__ = ["KINDS", "Kind", "kind_called", "use", "write_distribution", "write_drop_in"]

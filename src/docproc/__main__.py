"""``python -m docproc``."""

import os
import sys

# `python -m` puts the current folder before all others: a json.py in a workspace would run.
if not sys.flags.safe_path and sys.path and sys.path[0] in ("", os.getcwd()):  # noqa: PTH109
    del sys.path[0]

from docproc.cli import run

if __name__ == "__main__":
    run()

"""How many lines of src/docproc the fast tests run, by what SlipCover has left; it has a floor.

Writes the lines that none runs to ``.ci/coverage.log``.
"""

import json
import sys
from pathlib import Path

FLOOR = 81
"""Of a hundred lines."""

found = json.loads(Path(sys.argv[1]).read_text("utf-8"))
with Path(__file__).with_suffix(".log").open("w", encoding="utf-8") as log:
    for name, each in sorted(found["files"].items()):
        if each["missing_lines"]:
            print(name, *each["missing_lines"], file=log)
percent = found["summary"]["percent_covered"]
print(f"the fast tests run {percent:.2f} % of the lines; at least {FLOOR} % must be run")
sys.exit(percent < FLOOR)

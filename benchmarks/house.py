"""Count what keeps the code easy to find one's way in: ``python -m benchmarks.house``.

Nothing is timed.  Words of other days are counted in ``src/`` and ``docs/``, in code, prose and
tables alike; lists of English words that are data (``of old`` in a pattern) count too.
"""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
SRC = ROOT / "src" / "docproc"
MOST_METHODS, MOST_LINES = 15, 400
OLD_WORDS = re.compile(
    r"\b(?:anew|mend(?:s|ed|ing)?|for ever|whoever|whomever|whence|whereof|thereof|therein|thereby"
    r"|hitherto|wherein|whereupon|herein|unto|amongst|whilst|nought|naught|aught|lest|ere|save that"
    r"|but for|stands? in for|for want of|of old)\b",
    re.I,
)
_PARTICIPLE = re.compile(
    r"_*(?!embed$|need$|feed$|seed$|reembed$|speed$)(?:[a-z]{2,}ed|told|kept|made|written|drawn|taken"
    r"|given|shown|seen|held|known|built|sent|lost|meant|said|chosen|begun|gone|done|broken|met)"
)


def modules() -> Iterator[tuple[Path, str, ast.Module]]:
    """Every module below ``src/docproc``: its path there, its text and its tree."""
    for path in sorted(SRC.rglob("*.py")):
        text = path.read_text("utf-8")
        yield path.relative_to(SRC), text, ast.parse(text)


def public_methods(node: ast.ClassDef) -> int:
    """How many methods a class has that others call: no properties, no checks of the kit."""
    return sum(
        isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef)
        and not each.name.startswith(("_", "test_"))
        and not any("property" in ast.unparse(mark) for mark in each.decorator_list)
        for each in node.body
    )


def participles(tree: ast.Module) -> Iterator[str]:
    """Functions named by a participle alone that are no property and answer not with a bool."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and _PARTICIPLE.fullmatch(node.name):
            adjective = node.returns is not None and ast.unparse(node.returns) == "bool"
            marks = [ast.unparse(each) for each in node.decorator_list]
            if not adjective and not any("property" in each for each in marks):
                yield node.name


def old_words(folder: Path) -> Counter[str]:
    """Words of other days below *folder*."""
    texts = (p for p in folder.rglob("*") if p.suffix in (".py", ".md", ".html"))
    return Counter(m[0].lower() for p in texts for m in OLD_WORDS.finditer(p.read_text("utf-8")))


def walks() -> list[int]:
    """How many modules each walk of the architecture page has; a test follows a real call."""
    page = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    part = page.partition("## Two walks")[2].partition("\n## ")[0]
    return [len(re.findall(r"^\d+\. `", each, re.M)) for each in re.split(r"\n(?=1\. )", part)[1:]]


def main() -> int:
    """Print the counts, one a line; ``--all`` adds the lines of each room."""
    rooms: Counter[str] = Counter()
    classes: Counter[str] = Counter()
    large, long, acting = [], [], []
    for path, text, tree in modules():
        lines = len(text.splitlines())
        rooms[path.parts[0]] += lines
        if lines > MOST_LINES:
            long.append(f"{path} ({lines})")
        acting += [f"{path}: {name}" for name in participles(tree)]
        for node in tree.body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                classes[node.name] += 1
                if (count := public_methods(node)) > MOST_METHODS:
                    large.append(f"{path}: {node.name} ({count})")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    contracts = project["tool"]["importlinter"]["contracts"]
    loose = sorted(name for name in rooms if name.endswith(".py"))
    doubles = sorted(name for name, count in classes.items() if count > 1)
    found: list[tuple[str, object, object]] = [
        ("modules loose on the roof", len(loose), loose),
        (f"classes with over {MOST_METHODS} public methods", len(large), large),
        ("import contracts", len(contracts), [each["name"] for each in contracts]),
        ("public class names that stand twice", len(doubles), doubles),
        ("functions named by a participle alone", len(acting), acting),
        (f"modules over {MOST_LINES} lines", len(long), long),
        ("modules on the two walks", walks(), ""),
        *(
            (f"words of other days in {each.name}", (old := old_words(each)).total(), dict(old))
            for each in (ROOT / "src", ROOT / "docs")
        ),
        ("lines of src", f"{rooms.total():,}", ""),
    ]
    for what, number, which in found:
        print(f"{what}: {number}{f'  {which}' if which else ''}")
    if "--all" in sys.argv[1:]:
        for room, lines in rooms.most_common():
            print(f"  {room}: {lines:,}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Write the generated pages of the documentation; with ``--check``, fail if one is stale."""

from __future__ import annotations

import dataclasses
import inspect
import json
import runpy
import sys
from collections.abc import Callable
from pathlib import Path

from citing_page import citing
from commands_page import commands
from editions_page import editions
from hooks_page import hooks
from kinds_page import kinds
from plugin_faults_page import plugin_faults
from public_api_page import lines, public_api
from testing_page import checks

from docproc.config import Config
from docproc.errors import EXIT_CODES
from docproc.operations.application import BUILT_INS
from docproc.plugins.registry import load
from docproc.references import GRAMMARS, parse_reference
from docproc.workspace.elsewhere import Elsewhere

HERE = Path(__file__).parent
RELEASED = HERE.parent / "tests" / "public_api.txt"
"""The public API as it was last released: ``make release-api``."""
NOTICE = "<!-- Written by docs/generate.py: change the code, then `make docs`. -->\n\n"


def configuration() -> str:
    """Every key of config.toml, and every setting of the built-in plugins."""
    lines = ["# Configuration\n", "Every key of `config.toml`, with its default.\n"]
    for section in dataclasses.fields(Config):
        if not dataclasses.is_dataclass(section.default_factory):
            continue
        lines += [f"\n## {inspect.getdoc(section.default_factory)}\n"]
        lines += ["| key | default | meaning |", "| --- | --- | --- |"]
        for key in dataclasses.fields(section.default_factory):
            default = getattr(section.default_factory(), key.name)
            lines.append(f"| `{key.name}` | `{_toml(default)}` | {key.metadata['help']} |")
    lines += [
        f"\n## {inspect.getdoc(Elsewhere)}\n",
        "| key | default | meaning |",
        "| --- | --- | --- |",
    ]
    lines += [
        f"| `{key.name}` | `{_toml(key.default)}` | {key.metadata['help']} |"
        for key in dataclasses.fields(Elsewhere)
        if "help" in key.metadata
    ]
    lines += [
        "\n## `[plugins.NAME]`: the settings of a plugin\n",
        "A plugin declares its own; those of the built-in ones are:\n",
        "| plugin | stage | setting | default | meaning |",
        "| --- | --- | --- | --- | --- |",
    ]
    for offer in load(BUILT_INS).offers:
        lines += [
            f"| `{offer.name}` | {offer.stage} | `{setting.name}` | `{_toml(setting.default)}` "
            f"| {setting.help} |"
            for setting in offer.registration.settings
        ]
    return "\n".join(lines) + "\n"


def exit_codes() -> str:
    """The table of exit codes."""
    lines = [
        "# Exit codes\n",
        "One code a class of outcome. As with grep, a question that the documents do not "
        "answer is 1, and an error is 2 or more.\n",
        "| code | name | meaning |",
        "| --- | --- | --- |",
    ]
    lines += [f"| {code.value} | `{code.name}` | {text} |" for code, text in EXIT_CODES.items()]
    return "\n".join(lines) + f"\n\n{plugin_faults()}"


def reference_forms() -> str:
    """The forms of references that the tests hold, with what each is read as."""
    table = HERE.parent / "tests" / "support" / "reference_forms.py"
    forms = runpy.run_path(str(table))["ALL"]
    lines = [
        "# Forms of references\n",
        "Every form is one of the tests' (`tests/support/reference_forms.py`), and is read here "
        "by the grammar as it stands. The archive is shown under the name printed, and, where it "
        "has another today, under that one. What is not read is not guessed.\n",
    ]
    for grammar in GRAMMARS.values():
        lines += [
            f"\n## {grammar.summary}\n",
            "| printed | archive | levels |",
            "| --- | --- | --- |",
        ]
        for printed, *_ in forms[grammar.scheme]:
            found = parse_reference(printed)
            assert found is not None, printed
            now = found.archive_now if found.archive_now != found.archive else None
            archive = " ".join(filter(None, [found.archive, now and f"(now {now})"]))
            levels = ", ".join(f"{name} {value}" for name, value in found.components)
            lines.append(f"| `{printed}` | {archive or 'not named'} | {levels} |")
    return "\n".join(lines) + "\n"


PAGES: dict[str, Callable[[], str]] = {
    "citing.md": citing,
    "testing.md": checks,
    "configuration.md": configuration,
    "exit-codes.md": exit_codes,
    "commands.md": commands,
    "hooks.md": hooks,
    "public-api.md": public_api,
    "reference-forms.md": reference_forms,
    "kinds.md": kinds,
    "editions.md": editions,
}


def _toml(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def main() -> int:
    """Write or check every page; 1 if one was stale."""
    check = "--check" in sys.argv[1:]
    if "--released" in sys.argv[1:]:
        RELEASED.write_text("\n".join(lines()) + "\n", "utf-8")
        return 0
    stale = []
    for name, page in PAGES.items():
        path, text = HERE / name, NOTICE + page()
        if check:
            if not path.exists() or path.read_text("utf-8") != text:
                stale.append(name)
        else:
            path.write_text(text, "utf-8")
    if stale:
        print(f"stale: {', '.join(stale)}; run `make docs`", file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())

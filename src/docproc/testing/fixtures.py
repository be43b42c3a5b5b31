"""Fixtures for authors: a workspace in a temporary folder, with real stages and a tiny embedder.

In the test, or in the ``conftest.py`` beside ``pyproject.toml``::

    pytest_plugins = ["docproc.testing.fixtures"]


    def test_a_register_is_read_and_cited(docproc_workspace):
        docproc_workspace.drop_in("plugins/harbour_register.py")
        docproc_workspace.configure({"parsers": ["...", "harbour-register"]})
        docproc_workspace.add("1920.register", REGISTER)
        docproc_workspace.index()
        answer = docproc_workspace.ask("How many barrels of tar?")
        assert answer.citations[0].locator == "part 1, leaf 8, paragraph 1"
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from docproc.dataclass_on_use import dataclass
from docproc.operations.reading.reading_room import open_reading_room
from docproc.operations.writing.runs import prepare_index
from docproc.testing.samples import FILES

if TYPE_CHECKING:
    from docproc.operations.application import Application
    from docproc.pipeline.runs.run import RunReport
    from docproc.records import Answer, Document

__all__ = ["WorkspaceForTests", "docproc_workspace"]

_TINY = '''"""The tiny embedder of docproc.testing, as a plugin."""

from docproc.hooks import Registration, hookimpl


@hookimpl
def docproc_embedders():
    return [Registration("tiny", lambda _: _tiny().TinyEmbedder())]


@hookimpl
def docproc_query_encoders():
    return [Registration("tiny", lambda _: _tiny().TinyOpener())]


def _tiny():
    from docproc.testing.examples import tiny_embedder as tiny

    return tiny
'''


@dataclass(frozen=True, slots=True)
class WorkspaceForTests:
    """A workspace at ``root`` of docproc's own plugins and a tiny embedder; it is trusted."""

    root: Path

    def add(self, name: str, content: str | bytes) -> Path:
        """Put a source below ``seeds/``, text as UTF-8; return where it lies."""
        path = self.root / "seeds" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def add_samples(self) -> None:
        """Put in ``docproc.testing.samples.FILES``: several kinds, languages and encodings."""
        for name, content in FILES.items():
            self.add(name, content)

    def drop_in(self, path: str | Path) -> Path:
        """Copy the plugin at *path*, a module or a package, into ``plugins/``."""
        here, there = Path(path), self.root / "plugins" / Path(path).name
        if here.is_dir():
            shutil.copytree(here, there, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copyfile(here, there)
        return there

    def configure(
        self,
        pipeline: Mapping[str, str | Sequence[str]] | None = None,
        plugins: Mapping[str, Mapping[str, object]] | None = None,
    ) -> None:
        """Write ``config.toml`` again: which plugins run, and their settings by name.

        What *pipeline* does not name is as usual, except for the embedder, which is the tiny one.
        """
        tables: dict[str, dict[str, object]] = {
            "pipeline": {"embedder": "tiny", **(pipeline or {})}
        }
        tables |= {f"plugins.{name}": dict(given) for name, given in (plugins or {}).items()}
        lines = []
        for table, values in tables.items():
            lines.append(f"[{table}]")
            lines += [
                f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in values.items()
            ]
        (self.root / "config.toml").write_text("\n".join(lines) + "\n", "utf-8")

    def index(self) -> RunReport:
        """Index what changed, and publish, as ``docproc index`` does."""
        from docproc.pipeline.monitoring.progress import Silent

        return prepare_index(self.application(), Silent()).run()

    def ask(self, question: str, limit: int = 3) -> Answer:
        """Answer *question* from what is published, as ``docproc ask`` does."""
        room = open_reading_room(self.application())
        if room is None:
            pytest.fail("nothing is published: call index() first")
        return room.answering.ask(question, limit=limit)

    def read(self, name: str) -> list[Document]:
        """The documents of one source, parsed and normalized, without publishing anything."""
        from docproc.pipeline.reading.read import load
        from docproc.pipeline.scan import scan

        application = self.application()
        found = next(each for each in scan(application.workspace) if each.path.endswith(f"/{name}"))
        return [each for each, _ in application.reader().read(*load(found)).documents]

    def application(self) -> Application:
        """The workspace put together again, as a command does."""
        from docproc.operations.application import Application
        from docproc.workspace import find_workspace

        return Application(find_workspace(self.root, self.root))


@pytest.fixture
def docproc_workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> WorkspaceForTests:
    """An empty workspace of one's own, in a temporary folder."""
    from docproc.plugins.loading.trust import trust

    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    root = tmp_path / "workspace"
    for name in ("seeds", "plugins", "embeddings"):
        (root / name).mkdir(parents=True)
    (root / "plugins" / "tiny.py").write_text(_TINY, "utf-8")
    made = WorkspaceForTests(root)
    made.configure()
    trust(root, own=True)
    return made

"""A generation in shards, one of them missing or damaged."""

import json

import pytest
from sharded import filled, in_shards, lose, of_shard, paths, room_of
from tiny_workspace import wiring_of

from docproc.errors import ExitCode
from docproc.library import Library
from docproc.pipeline.monitoring.progress import Silent
from docproc.rendering.json import answer_json

pytestmark = pytest.mark.slow


class TestMissingShards:
    def test_an_answer_and_a_refusal_say_how_many_were_searched(self, tmp_path):
        root = filled(tmp_path / "w", 4)
        lose(root, 2)
        room = room_of(root)
        for question in ("harvest grain wagons", "Who painted the ceiling of the chapel?"):
            answer = room.answering.ask(question, limit=3)
            assert answer.searched.shards == (3, 4)
            assert answer.remarks[0].startswith("Searched 3 of 4 shards")
            assert answer_json(answer)["searched"]["shards"] == {"searched": 3, "of": 4}
        held = {row.source for row in room.opened.catalog.documents()}
        assert held == set(paths(root)) - of_shard(root, 2, shards=4)

    def test_lists_and_counts_go_on_without_it(self, tmp_path):
        root = filled(tmp_path / "w", 4)
        lose(root, 2)
        library = Library(wiring_of(root))
        left = set(paths(root)) - of_shard(root, 2, shards=4)
        assert {row.source for row in library.documents()} == left
        assert {row.source for row in library.documents("kind body")} == left
        counted = library.ask("How many letters are there?")
        assert counted.total in (None, len(left))
        for row in library.documents():
            found = library.around.neighbours(library.document(row.id))
            assert {each.source for each in (found.previous, found.following) if each} <= left

    def test_the_exit_code_is_one_of_its_own(self, tmp_path, monkeypatch, capsys):
        from docproc.cli.app import app

        root = filled(tmp_path / "w", 4)
        lose(root, 1)
        monkeypatch.chdir(root)
        code = app(["ask", "--json", "harvest grain wagons"], standalone_mode=False)
        assert code == ExitCode.SHARDS
        assert json.loads(capsys.readouterr().out)["searched"]["shards"]["searched"] == 3

    def test_a_run_builds_what_is_missing_again(self, tmp_path):
        root = filled(tmp_path / "w", 4)
        before = [row.id for row in room_of(root).opened.catalog.documents()]
        lose(root, 2)
        said: list[str] = []
        progress = Silent()
        progress.say = said.append  # type: ignore[method-assign]
        assert in_shards(root, None, progress).outcome == "published"
        assert any("damaged" in line for line in said)
        room = room_of(root)
        assert sorted(row.id for row in room.opened.catalog.documents()) == sorted(before)
        assert room.answering.ask("harvest grain wagons", limit=3).searched.shards is None

    def test_without_any_shard_the_generation_is_damaged(self, tmp_path):
        from docproc.errors import StoreError

        root = filled(tmp_path / "w", 2)
        lose(root, 0)
        lose(root, 1)
        with pytest.raises(StoreError, match="docproc index"):
            room_of(root)

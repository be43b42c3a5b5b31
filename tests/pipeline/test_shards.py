"""A corpus in shards: what is asked of it is answered to the letter as without them."""

import json
import random
from datetime import date
from itertools import product

import numpy as np
import pytest
from benchmarks.question_kinds.letters import questions, write_letters
from sharded import Stops, filled, in_shards, of_shard, room_of
from tiny_workspace import index, letter, tiny_workspace, wiring_of

from docproc.errors import PluginError
from docproc.library import Library
from docproc.operations.writing.runs import prepare_reembedding
from docproc.pipeline.monitoring.progress import Silent
from docproc.records import Scope
from docproc.records.citation_id import place_of
from docproc.references import parse_reference
from docproc.rendering.json import answer_json
from docproc.retrieval.generation.sharded import ShardedGeneration
from docproc.store.catalog.shard_map import shard_of

pytestmark = pytest.mark.slow


SHARDS = (1, 3, 7)


SCOPES = [
    Scope(sender="Lind"),
    Scope(recipient="B. Holm", earliest=date(1920, 5, 1)),
    Scope(latest=date(1920, 6, 30)),
    Scope(language="ru"),
    Scope(reference=parse_reference("F. 558. Op. 2.")),
    Scope(reference=parse_reference("F. 9999")),
    Scope(sender="Lind", reference=parse_reference("RGASPI. F. 558")),
    Scope(place="Narva"),
]


@pytest.fixture(scope="module")
def workspaces(tmp_path_factory):
    """The letters of the benchmark, with 30 more, in 1, 3 and 7 shards."""
    roots = {}
    for shards in SHARDS:
        root = tiny_workspace(tmp_path_factory.mktemp("shards") / str(shards))
        write_letters(root / "seeds")
        chance = random.Random(5)
        for number in range(30):
            (root / "seeds" / f"more-{number:02}.txt").write_text(letter(chance), "utf-8")
        in_shards(root, shards)
        roots[shards] = root
    return roots


@pytest.fixture(scope="module")
def rooms(workspaces):
    return {shards: room_of(root) for shards, root in workspaces.items()}


@pytest.mark.parametrize("shards", SHARDS[1:])
class TestShardsAreReadAsOne:
    def test_documents_are_found_by_their_path_and_by_its_digits(self, rooms, shards):
        one, many = rooms[1].opened.catalog, rooms[shards].opened.catalog
        for row in one.documents():
            place = place_of(row.source, row.member)
            assert (
                many.finder.documents_at_place(place)
                == one.finder.documents_at_place(place)
                == [row]
            )
            assert many.finder.documents_of(row.source, exactly=True) == [row.id]

    def test_documents_passages_and_vectors_are_equal(self, rooms, shards):
        one, many = rooms[1].opened, rooms[shards].opened
        assert isinstance(many, ShardedGeneration)
        assert len(many.parts) == shards
        assert many.passages == one.passages
        assert list(many.catalog.documents()) == list(one.catalog.documents())
        rows = range(one.passages)
        assert many.catalog.passages(rows) == one.catalog.passages(rows)
        assert many.catalog.views(rows) == one.catalog.views(rows)
        assert many.catalog.counts == one.catalog.counts
        assert np.array_equal(many.vectors[:], np.asarray(one.vectors))
        assert np.array_equal(many.document_vectors[:], np.asarray(one.document_vectors))
        every = np.arange(len(many.vectors))
        assert np.array_equal(many.owners[every], np.asarray(one.owners))
        assert np.array_equal(many.catalog.columns.embed_keys(), one.catalog.columns.embed_keys())
        assert np.array_equal(many.catalog.first_days, one.catalog.first_days)
        for mine, own in zip(
            many.sentences_of_all(np.arange(one.passages)),
            one.sentences_of_all(np.arange(one.passages)),
            strict=True,
        ):
            assert np.array_equal(mine, own)

    def test_the_calibration_is_equal(self, rooms, shards):
        one, many = rooms[1].opened.manifest, rooms[shards].opened.manifest
        assert many.calibration == one.calibration
        assert many.counts == one.counts

    def test_every_question_is_answered_to_the_letter(self, rooms, shards):
        for each in questions()[::2]:
            one, many = (answered(rooms[n], each.question) for n in (1, shards))
            assert many == one, each.question

    def test_every_question_ranks_the_same_passages(self, rooms, shards):
        for each in questions()[::3]:
            one, many = (rooms[n].answering.trial(each.question) for n in (1, shards))
            assert many == one, each.question

    def test_words_are_counted_over_all_shards(self, rooms, shards):
        one, many = rooms[1].opened, rooms[shards].opened
        assert many.passage_text.languages == one.passage_text.languages
        for word in ("ferry", "boots", "letter", "grain", "nothing"):
            for name in ("passage_text", "document_text"):
                mine, own = (getattr(each, name) for each in (many, one))
                assert mine.document_frequency(word) == own.document_frequency(word)
                some = np.arange(0, mine.rows, 3)
                for allowed in (None, some):
                    hits, wanted = (t.search(word, 20, allowed) for t in (mine, own))
                    assert hits.rows.tolist() == wanted.rows.tolist()
                    assert hits.scores.tolist() == wanted.scores.tolist()

    def test_conditions_on_fields_hold_for_the_passages_of_a_scope(self, rooms, shards):
        exact = 0
        for scope, held in product(SCOPES, (rooms[1].opened, rooms[shards].opened)):
            places = getattr(held, "places", None)
            within = held.catalog.scoped.rows(scope)
            for number, part in enumerate(getattr(held, "parts", (held,))):
                own = within if places is None else places.split(*places.rows(within))[number]
                found = held.catalog.scoped.filter(scope, shard=None if places is None else number)
                fields = part.catalog.scoped.fields(np.arange(part.passages))
                met = np.flatnonzero(found.holds(fields))
                assert set(own.tolist()) <= set(met.tolist()), scope
                assert not found.exact or met.tolist() == sorted(own.tolist()), scope
                exact += found.exact
        assert exact > 6

    def test_scopes_hold_the_same_passages(self, rooms, shards):
        for scope in SCOPES:
            one, many = (rooms[n].opened.catalog.scoped.rows(scope) for n in (1, shards))
            assert many.tolist() == one.tolist(), scope

    def test_documents_are_found_by_name_and_by_number(self, rooms, shards):
        one, many = (rooms[n].opened.catalog for n in (1, shards))
        for row in one.documents():
            assert many.document_row(row.id) == row
            assert many.document(row.id) == one.document(row.id)
            assert many.rows_of(row.id) == one.rows_of(row.id)
            assert many.number_of(row.id) == one.number_of(row.id)
        some = [5, 0, 17]
        assert many.documents_at(some) == one.documents_at(some)
        assert list(many.documents(20)) == list(one.documents(20))
        assert many.printed.names("sender") == one.printed.names("sender")
        assert many.printed.shelves == one.printed.shelves
        assert len(one.printed.shelves) == one.counts.documents
        assert many.readings.sources().keys() == one.readings.sources().keys()
        passage = one.passages([11])[0]
        assert many.finder.row_of(passage.id) == 11
        assert many.finder.rows_starting(passage.id[:3]) == one.finder.rows_starting(passage.id[:3])


def answered(room, question: str) -> dict:
    found = answer_json(room.answering.ask(question, limit=3))
    found["searched"].pop("generation")
    return json.loads(json.dumps(found))


class TestRuns:
    def test_nothing_to_do_changes_nothing(self, workspaces):
        report = in_shards(workspaces[3], None)
        assert report.outcome == "nothing to do"

    def test_what_changed_is_read_in_its_shard_alone(self, tmp_path):
        roots = {n: filled(tmp_path / str(n), n) for n in (1, 3)}
        before = wiring_of(roots[3]).generations.current()
        for shards, root in roots.items():
            (root / "seeds" / "00.txt").write_text("Another letter, of bread and boots.", "utf-8")
            (root / "seeds" / "new.txt").write_text("A new letter, of ferries.", "utf-8")
            report = in_shards(root, None)
            assert report.plan.words() == "1 new, 1 changed", shards
        after = wiring_of(roots[3]).generations.current()
        assert before
        assert after
        touched = {shard_of(f"seeds/{name}.txt", 3) for name in ("00", "new")}
        for number in range(3):
            name = f"shards/{number:03d}/catalog.sqlite"
            same = (before.folder / name).samefile(after.folder / name)
            assert same == (number not in touched)
        one, many = (room_of(roots[n]).opened for n in (1, 3))
        assert list(many.catalog.documents()) == list(one.catalog.documents())
        assert np.array_equal(many.vectors[:], np.asarray(one.vectors))

    def test_another_number_of_shards_embeds_nothing_again(self, tmp_path):
        root = filled(tmp_path / "w", 1)
        before = [row.id for row in room_of(root).opened.catalog.documents()]
        for shards in (4, 2, 1):
            report = in_shards(root, shards)
            assert (report.outcome, report.embedded) == ("published", 0)
            room = room_of(root)
            assert [row.id for row in room.opened.catalog.documents()] == before
            assert len(room.opened.manifest.shards) == (shards if shards > 1 else 0)

    def test_the_number_stays_as_it_is_published(self, tmp_path):
        root = filled(tmp_path / "w", 4)
        (root / "seeds" / "new.txt").write_text("A new letter, of ferries.", "utf-8")
        index(root)
        assert len(room_of(root).opened.manifest.shards) == 4

    def test_a_source_that_goes_is_found_no_more(self, tmp_path):
        root = filled(tmp_path / "w", 3)
        gone = root / "seeds" / "03.txt"
        gone.unlink()
        assert in_shards(root, None).plan.removed == ("seeds/03.txt",)
        sources = {row.source for row in room_of(root).opened.catalog.documents()}
        assert "seeds/03.txt" not in sources
        assert len(sources) == 11

    def test_what_a_run_has_read_is_not_read_again(self, tmp_path):
        root = filled(tmp_path / "w", 3, run=False)
        with pytest.raises(KeyboardInterrupt):
            in_shards(root, 3, Stops("indexing", 2))
        report = in_shards(root, 3)
        assert report.outcome == "published"
        assert report.kept == 12 - len(of_shard(root, 2))
        assert not (root / "embeddings" / "unfinished").exists()
        assert wiring_of(root).generations.verify(wiring_of(root).generations.current()) == []

    def test_what_was_read_out_of_order_is_found_in_its_place(self, tmp_path):
        root = filled(tmp_path / "w", 2, run=False)
        with pytest.raises(KeyboardInterrupt):
            in_shards(root, 2, Stops("embedding", 1))
        for number in range(6):  # paths before those that were read
            (root / "seeds" / f"!{number}.txt").write_text(f"Notice {number} of bread.", "utf-8")
        assert in_shards(root, 2).kept > 0
        room = room_of(root)
        catalog = room.opened.catalog
        for row in catalog.documents():
            rows = list(catalog.rows_of(row.id))
            assert {each.document_id for each in catalog.passages(rows)} <= {row.id}
            units, counts = room.opened.sentences_of_all(np.array(rows))
            assert (counts >= 0).all()
            assert room.opened.owners[units].tolist() == np.repeat(rows, counts).tolist()

    def test_reembedding_keeps_the_shards(self, tmp_path):
        root = filled(tmp_path / "w", 3)
        plugin = root / "plugins" / "tiny.py"
        plugin.write_text(plugin.read_text("utf-8").replace('"tiny-1"', '"tiny-2"'), "utf-8")
        from docproc.plugins.loading.trust import trust

        trust(root, own=True)
        estimate = prepare_reembedding(wiring_of(root), Silent()).estimate()
        assert estimate.missing > 0
        report = prepare_reembedding(wiring_of(root), Silent()).run()
        assert (report.outcome, report.embedded) == ("published", estimate.missing)
        room = room_of(root)
        assert room.opened.manifest.model.fingerprint == "tiny-2"
        assert len(room.opened.manifest.shards) == 3

    def test_worker_processes_make_the_same(self, tmp_path):
        roots = [filled(tmp_path / name, 3, run=False) for name in ("here", "apart")]
        in_shards(roots[0], 3)
        report = in_shards(roots[1], 3, executor="worker-processes")
        assert report.outcome == "published"
        here, apart = (room_of(root).opened for root in roots)
        assert list(apart.catalog.documents()) == list(here.catalog.documents())
        assert np.array_equal(apart.vectors[:], here.vectors[:])
        assert apart.manifest.calibration == here.manifest.calibration

    def test_an_unknown_executor_is_named(self, tmp_path):
        root = filled(tmp_path / "w", 3, run=False)
        with pytest.raises(PluginError, match="worker-process"):
            in_shards(root, 3, executor="worker-proceses")


class TestGenerationsInShards:
    def test_verify_use_and_rollback(self, tmp_path):
        root = filled(tmp_path / "w", 3)
        generations = wiring_of(root).generations
        first = generations.current_id()
        (root / "seeds" / "new.txt").write_text("A new letter, of ferries.", "utf-8")
        in_shards(root, None)
        assert generations.rollback().id == first
        assert len(list(room_of(root).opened.catalog.documents())) == 12
        (generations.layout.generation(first) / "shards/001/manifest.json").write_bytes(b"{}")
        problems = generations.verify(generations.current())
        assert [problem.path.name for problem in problems] == ["manifest.json"]

    def test_verify_reads_every_passage_again(self, tmp_path):
        library = Library(wiring_of(filled(tmp_path / "w", 3)))
        checks = library.verify()
        assert len(checks) == library.room.opened.passages
        assert all(check.stands for check in checks)

    def test_status_is_of_all_shards(self, tmp_path):
        root = filled(tmp_path / "w", 3)
        found = Library(wiring_of(root)).status()
        assert found["state"] == "healthy"
        assert found["holds"]["documents"] == 12
        assert found["holds"]["shards"].startswith("3, of ")

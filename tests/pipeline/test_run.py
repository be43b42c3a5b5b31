"""Whole runs: what changed is brought in, what did not is left alone, nothing is lost."""

import os
import stat
import sys
import zipfile

import numpy as np
import pytest

from docproc.errors import ModelError, TryLater, UsageError
from docproc.hooks.specs import EMBED
from docproc.operations.application import Application
from docproc.operations.reports.status import find_stale_parts
from docproc.operations.writing.runs import prepare_index
from docproc.pipeline.building import inheritance
from docproc.pipeline.monitoring.progress import Silent
from docproc.retrieval.calibrating import measure
from docproc.store import manifest
from docproc.store.catalog import Catalog
from docproc.store.layout import Layout
from docproc.store.runs.lock import WriterLock
from docproc.store.vectors.quantization import open_vectors
from docproc.workspace import find_workspace

pytestmark = pytest.mark.slow

LETTER = "Ivan Petrov to Anna Orlova\n\n3 May 1920\n\nThe harvest failed in the whole district.\n"


class Told(Silent):
    """Remembers what it was told."""

    def __init__(self):
        self.failures = []

    def fail(self, path, cause):
        self.failures.append((path, cause))


def run(root, paths=(), progress=None, application=None):
    application = application or Application(find_workspace(root))
    return prepare_index(application, progress or Silent()).run(paths)


def titles(root):
    generation = Application(find_workspace(root)).generations.current()
    with Catalog(generation.catalog) as catalog:
        return {row.source: row.title for row in catalog.documents()}


def test_a_second_run_with_nothing_to_do_publishes_nothing(workspace):
    first = run(workspace)
    second = run(workspace)
    assert first.outcome == "published"
    assert second.outcome == "nothing to do"
    assert second.generation == first.generation
    assert "Nothing to do: 1 file unchanged" in second.summary()


def test_what_was_calibrated_as_before_is_calibrated_again(workspace, monkeypatch):
    first = run(workspace)
    following = manifest.CALIBRATION_METHOD + 1
    for module in (manifest, inheritance, measure):
        monkeypatch.setattr(module, "CALIBRATION_METHOD", following)
    application = Application(find_workspace(workspace))
    said = find_stale_parts(application, application.generations.current())
    assert [(each.what, each.fix) for each in said] == [
        ("calibrated as an earlier docproc did", "docproc index")
    ]
    second = run(workspace)
    assert (second.outcome, second.embedded) == ("published", 0)
    assert run(workspace).outcome == "nothing to do"
    assert second.generation != first.generation
    assert "Indexed again" in second.summary()


def test_a_new_a_changed_and_a_removed_file_each_change_only_themselves(workspace):
    run(workspace)
    added = workspace / "seeds" / "harvest.txt"
    added.write_text(LETTER, "utf-8")
    report = run(workspace)
    assert report.plan.words() == "1 new"
    assert report.embedded < report.texts
    assert titles(workspace)["seeds/harvest.txt"] == "Ivan Petrov to Anna Orlova"
    added.write_text(LETTER.replace("Anna Orlova", "Vera Orlova"), "utf-8")
    assert run(workspace).plan.words() == "1 changed"
    assert titles(workspace)["seeds/harvest.txt"] == "Ivan Petrov to Vera Orlova"
    added.unlink()
    report = run(workspace)
    assert report.plan.words() == "1 removed"
    assert report.embedded == 0
    assert len(titles(workspace)) == 1


def test_nothing_is_embedded_twice(workspace):
    """The workspace fixture brings the letter's vectors in its cache."""
    assert run(workspace).embedded == 0
    twin = workspace / "seeds" / "twin.txt"
    twin.write_bytes(next((workspace / "seeds").iterdir()).read_bytes())
    assert run(workspace).embedded == 0
    assert len(titles(workspace)) == 2


def test_vectors_owners_and_keys_agree_with_the_catalog_after_every_kind_of_run(workspace):
    run(workspace)
    (workspace / "seeds" / "a.txt").write_text(LETTER, "utf-8")
    run(workspace)
    (workspace / "seeds" / "a.txt").write_text(LETTER + "\nPlease send bread.\n", "utf-8")
    (workspace / "seeds" / "b.txt").write_text(LETTER.replace("harvest", "crop"), "utf-8")
    run(workspace)
    application = Application(find_workspace(workspace))
    generation = application.generations.current()
    embedder = application.plugins.make(EMBED, "sentence-transformers")
    embedder.use_export(generation.encoder)  # as the runs did, without a model library
    vectors = open_vectors(generation.vectors / "vectors.npy")
    owners = np.load(generation.vectors / "owners.npy")
    with Catalog(generation.catalog) as catalog:
        count = catalog.counts.passages
        assert owners.tolist() == [
            *range(count),
            *np.repeat(np.arange(count), catalog.columns.sentence_counts()).tolist(),
        ]
        passages = catalog.passages(range(count))
        texts = [passage.embed_text for passage in passages]
        for passage in passages:
            document = catalog.document(passage.document_id)
            texts += [document.search.apply(document.text, span) for span in passage.sentences]
    assert len(texts) == len(vectors)
    step = np.abs(vectors[:]).max() / 127  # they are kept at a byte a component
    assert np.allclose(vectors, embedder.encode_passages(texts), atol=step)


BAD = {
    "binary.txt": (b"%PDF-1.7 and no more", "damaged"),
    "empty.txt": (b"", "empty"),
    "blank.txt": (b" \n\t\n", "white space"),
}


def test_bad_files_are_named_with_their_cause_and_cost_the_others_nothing(workspace):
    for name, (data, _) in BAD.items():
        (workspace / "seeds" / name).write_bytes(data)
    told = Told()
    report = run(workspace, progress=told)
    assert report.outcome == "published"
    assert report.counts.documents == 1
    causes = dict(told.failures)
    for name, (_, said) in BAD.items():
        assert said in causes[f"seeds/{name}"], name
    again = run(workspace)
    assert again.outcome == "nothing to do"
    assert {failure.path for failure in again.failures} == {f"seeds/{name}" for name in BAD}


def test_a_file_read_in_part_is_counted_apart_from_one_not_read_at_all(workspace):
    box = workspace / "seeds" / "box.zip"
    with zipfile.ZipFile(box, "w") as archive:
        archive.writestr("good.txt", LETTER)
        archive.writestr("bad.pdf", b"%PDF-1.7 and no more")
    assert "; 1 could be read only in part." in run(workspace).summary()
    (workspace / "seeds" / "blank.txt").write_bytes(b" ")
    assert "; 1 could not be read, 1 only in part." in run(workspace).summary()


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may read all")
def test_a_file_that_may_not_be_read_is_named(workspace):
    path = workspace / "seeds" / "locked.txt"
    path.write_text(LETTER, "utf-8")
    path.chmod(0)
    told = Told()
    run(workspace, progress=told)
    path.chmod(stat.S_IRUSR | stat.S_IWUSR)
    assert told.failures == [("seeds/locked.txt", "permission denied")]


def test_what_was_known_of_a_file_that_breaks_later_stays(workspace):
    path = workspace / "seeds" / "harvest.txt"
    path.write_text(LETTER, "utf-8")
    run(workspace)
    path.write_bytes(b"\x00\x01\x02" * 100)
    report = run(workspace)
    assert [failure.path for failure in report.failures] == ["seeds/harvest.txt"]
    assert "seeds/harvest.txt" in titles(workspace)


def test_only_the_paths_given_are_looked_at(workspace):
    run(workspace)
    for name in ("a.txt", "b.txt"):
        (workspace / "seeds" / name).write_text(LETTER, "utf-8")
    run(workspace, [workspace / "seeds" / "b.txt"])
    assert "seeds/a.txt" not in titles(workspace)
    assert "seeds/b.txt" in titles(workspace)
    with pytest.raises(UsageError, match="not in the workspace"):
        run(workspace, [workspace.parent])


def test_no_document_at_all_is_said_and_nothing_is_published(workspace):
    for path in (workspace / "seeds").iterdir():
        path.unlink()
    report = run(workspace)
    assert (report.outcome, report.generation) == ("no documents", None)
    assert Application(find_workspace(workspace)).generations.current() is None


def test_another_setting_of_the_segmenter_makes_everything_stale(workspace):
    run(workspace)
    with (workspace / "config.toml").open("a", encoding="utf-8") as config:
        config.write("\n[plugins.structure]\nmax_words = 40\n")
    report = run(workspace)
    assert report.outcome == "published"
    assert report.plan.words() == "1 changed"


def test_a_second_writer_is_sent_away_with_the_name_of_the_first(workspace):
    with (
        WriterLock(Layout(workspace / "embeddings")),
        pytest.raises(TryLater, match=str(os.getpid())),
    ):
        run(workspace)


class Stops(Silent):
    """Interrupts the run at a step, as Ctrl-C would."""

    def __init__(self, step):
        self.step = step

    def start(self, step, total, before=0):
        if step == self.step:
            raise KeyboardInterrupt


@pytest.mark.parametrize("step", ["reading", "embedding", "indexing", "calibrating"])
def test_an_interruption_leaves_the_published_generation_and_the_cache_as_they_were(
    workspace, step
):
    published = run(workspace).generation
    (workspace / "seeds" / "harvest.txt").write_text(LETTER, "utf-8")
    with pytest.raises(KeyboardInterrupt):
        run(workspace, progress=Stops(step))
    application = Application(find_workspace(workspace))
    assert application.generations.current_id() == published
    assert application.generations.ids() == [published]
    report = run(workspace)
    assert report.outcome == "published"
    if step in ("indexing", "calibrating"):
        assert report.embedded == 0


def test_a_model_that_gives_no_numbers_stops_the_run_and_publishes_nothing(workspace):
    run(workspace)
    (workspace / "seeds" / "harvest.txt").write_text(LETTER, "utf-8")
    application = Application(find_workspace(workspace))
    embedder = application.plugins.make(EMBED, "sentence-transformers")
    embedder.encode_shards = lambda shards: (
        np.full((len(texts), 384), np.nan, np.float32) for texts in shards
    )
    with pytest.raises(ModelError, match="not numbers"):
        run(workspace, application=application)
    assert len(titles(workspace)) == 1


def test_it_is_said_where_most_of_a_page_is_not_its_text(workspace):
    class Said(Silent):
        def __init__(self):
            self.lines = []

        def say(self, line):
            self.lines.append(line)

    links = "".join(f'<li><a href="{n}">To the letters of year {n}</a></li>' for n in range(20))
    page = f"<html><body><nav><ul>{links}</ul></nav><p>The mill burned.</p></body></html>"
    (workspace / "seeds" / "page.html").write_text(page, "utf-8")
    (workspace / "seeds" / "whole.html").write_text("<p>The mill burned in the night.</p>", "utf-8")
    said = Said()
    run(workspace, progress=said)
    (line,) = (line for line in said.lines if "navigation" in line)
    assert "seeds/page.html (2%)" in line
    assert "whole.html" not in line

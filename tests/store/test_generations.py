"""Publishing, and what readers see of it; the way back; pruning; damage."""

import datetime
import errno
import os
import sys
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from store_samples import NOW, letter, manifest, put

from docproc.errors import StoreError, UsageError
from docproc.store.catalog import Catalog
from docproc.store.catalog.writing.writer import CatalogWriter
from docproc.store.generations.generations import Generations
from docproc.store.generations.names import is_id, new_id
from docproc.store.layout import Layout
from docproc.store.manifest import FileSum


class Clock:
    def __init__(self):
        self.now = NOW

    def __call__(self):
        self.now += datetime.timedelta(seconds=1)
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def generations(tmp_path, clock):
    return Generations(Layout(tmp_path / "embeddings"), clock)


def publish(generations, words="words", **changes):
    with generations.begin() as draft:
        with CatalogWriter(draft.catalog) as writer:
            put(writer, letter(paragraphs=(words,)))
            writer.finish()
        (draft.text / "segment").write_text(words)
        (draft.vectors / "vectors.npy").write_bytes(b"\0" * 24)
        (draft.encoder / "model.onnx").write_bytes(b"onnx")
        return draft.publish(manifest(parent=generations.current_id(), **changes))


def words_of(generation):
    with Catalog(generation.catalog) as catalog:
        return catalog.passages([0])[0].text


def test_before_anything_is_published_there_is_nothing(generations):
    assert generations.current() is None
    assert generations.current_id() is None
    assert generations.listing() == []
    assert generations.sweep() == []
    with pytest.raises(UsageError, match="no earlier generation"):
        generations.rollback()


def test_what_is_published_is_current_and_whole(generations):
    published = publish(generations)
    assert generations.current() == published
    assert generations.verify(published) == []
    assert words_of(generations.current()) == "words"
    files = published.manifest.files
    assert sorted(files) == [
        "catalog.sqlite",
        "encoder/model.onnx",
        "text/segment",
        "vectors/vectors.npy",
    ]
    assert files["encoder/model.onnx"].size == 4
    assert published.manifest.created == "2026-11-23T18:15:01Z"
    assert published.size == sum(file.size for file in files.values())


@pytest.mark.skipif(sys.platform == "win32", reason="folders cannot be flushed there")
def test_everything_is_on_the_disk_before_it_gets_its_name_and_the_name_before_it_is_current(
    generations, monkeypatch
):
    events, fsync, replace = [], os.fsync, os.replace

    def flushed(descriptor):
        events.append(os.fstat(descriptor).st_ino)
        fsync(descriptor)

    def renamed(name, target, **at):
        events.append(target)
        return replace(name, target, **at)

    monkeypatch.setattr(os, "fsync", flushed)
    monkeypatch.setattr(os, "replace", renamed)
    published = publish(generations)
    named, current = events.index(published.id), events.index("CURRENT")
    for path in (published.folder, *published.folder.rglob("*")):
        assert path.stat().st_ino in events[:named], path
    assert generations.layout.generations.stat().st_ino in events[named:current]
    assert generations.layout.root.stat().st_ino in events[current:]


def test_a_draft_that_cannot_be_made_leaves_nothing(generations, monkeypatch):
    publish(generations)
    before = sorted(generations.layout.generations.iterdir())

    mkdir = os.mkdir

    def full(path, *args, **kwargs):
        if Path(path).name.startswith(".draft-"):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        mkdir(path, *args, **kwargs)

    monkeypatch.setattr(os, "mkdir", full)
    with pytest.raises(StoreError, match="No space left on device"):
        generations.begin()
    assert sorted(generations.layout.generations.iterdir()) == before


def test_a_draft_is_seen_by_no_reader_and_leaves_nothing(generations):
    published = publish(generations)
    with generations.begin() as draft:
        draft.catalog.write_text("half")
        assert generations.current() == published
        assert [each.id for each in generations.listing()] == [published.id]
    assert [path.name for path in generations.layout.generations.iterdir()] == [published.id]


def test_an_error_in_the_making_leaves_the_published_one(generations):
    published = publish(generations)
    with pytest.raises(ZeroDivisionError), generations.begin() as draft:
        draft.catalog.write_text(str(1 / 0))
    assert generations.current() == published
    assert generations.sweep() == []


def test_generations_are_listed_in_the_order_in_which_they_were_published(generations, clock):
    made = []
    for step in (5, -86400 * 400, 0, -1, 3600):
        clock.now += datetime.timedelta(seconds=step)
        made.append(publish(generations, str(step)).id)
    assert generations.ids() == made
    assert [(each.id, each.current) for each in generations.listing()] == [
        (name, name == made[-1]) for name in made
    ]
    assert len(set(made)) == 5


@given(
    st.lists(st.datetimes(datetime.datetime(1970, 1, 1), datetime.datetime(9000, 1, 1)), max_size=8)
)
def test_ids_sort_by_publication_whatever_the_clock_does(times):
    made = []
    for time in times:
        made.append(new_id(time.replace(tzinfo=datetime.UTC), "0123456789abcdef", made))
        assert is_id(made[-1])
    assert made == sorted(set(made))


@pytest.mark.parametrize(
    "name",
    ["", "20261123T181500Z", "20261323T181500Z-0123abcd", "20261123T181500Z-0123ABCD", "../x"],
)
def test_what_is_not_an_id_is_not_taken_for_one(name):
    assert not is_id(name)


def test_an_unchanged_part_is_taken_over_without_being_copied(generations):
    first = publish(generations)
    with generations.begin() as draft:
        draft.take(first, "encoder")
        draft.take(first, "catalog.sqlite")
        second = draft.publish(manifest(parent=first.id))
    assert (second.encoder / "model.onnx").samefile(first.encoder / "model.onnx")
    assert second.manifest.files.keys() == {"catalog.sqlite", "encoder/model.onnx"}
    assert generations.verify(second) == []
    with generations.begin() as draft, pytest.raises(StoreError, match="nothing: not a part"):
        draft.take(first, "nothing")


def test_damage_is_not_handed_on_to_the_next_generation(generations):
    first = publish(generations)
    (first.encoder / "model.onnx").write_bytes(b"0nnx")
    with generations.begin() as draft:
        draft.take(first, "encoder")
        with pytest.raises(StoreError, match=r"encoder/model\.onnx: taken over, and damaged where"):
            draft.publish(manifest())
    assert generations.current_id() == first.id


def test_a_draft_of_anything_but_plain_files_is_refused(generations, tmp_path):
    (tmp_path / "elsewhere").write_text("x")
    with generations.begin() as draft:
        (draft.folder / "link").symlink_to(tmp_path / "elsewhere")
        with pytest.raises(StoreError, match="link: a generation holds plain files only"):
            draft.publish(manifest())
    assert generations.current() is None


def each_file(generation):
    return [
        generation.folder / "manifest.json",
        *(generation.folder / n for n in generation.manifest.files),
    ]


def test_a_flipped_byte_in_any_file_is_found_and_the_file_named(generations):
    published = publish(generations)
    for path in each_file(published):
        sound = path.read_bytes()
        for at in {0, len(sound) // 3, len(sound) - 1}:
            path.write_bytes(sound[:at] + bytes([sound[at] ^ 4]) + sound[at + 1 :])
            (problem,) = generations.verify(published)
            assert problem.path == path
            assert str(path) in str(problem)
            path.write_bytes(sound)
    assert generations.verify(published) == []


def test_a_missing_a_truncated_and_a_strange_file_are_each_named(generations):
    published = publish(generations)
    (published.encoder / "model.onnx").unlink()
    (published.vectors / "vectors.npy").write_bytes(b"\0" * 23)
    (published.text / "stranger").write_text("x")
    for quick in (False, True):
        problems = generations.verify(published, quick=quick)
        found = {problem.path.name: problem.what for problem in problems}
        assert found == {
            "model.onnx": "missing",
            "vectors.npy": "has 23 bytes, published with 24",
            "stranger": "not a part of what was published",
        }


def test_a_pointer_to_nothing_says_what_there_is(generations):
    published = publish(generations)
    generations.layout.current.write_text("20261123T181500Z-00000000\n")
    with pytest.raises(StoreError, match=f"no such file.*generations use ID.*{published.id}"):
        generations.current()
    for content in (b"", b"\xff\xfe", b"../../etc"):
        generations.layout.current.write_bytes(content)
        with pytest.raises(StoreError, match=f"CURRENT: names no generation.*{published.id}"):
            generations.current()
    assert generations.use(published.id) == generations.current()


def test_a_folder_under_anothers_name_is_not_that_generation(generations):
    published = publish(generations)
    wrong = published.folder.with_name("20270101T000000Z-00000000")
    published.folder.rename(wrong)
    (listed,) = generations.listing()
    assert listed.generation is None
    assert f"is the manifest of {published.id}" in listed.problem


def test_use_takes_a_beginning_that_only_one_has(generations, clock):
    first = publish(generations)
    clock.now += datetime.timedelta(days=1)
    second = publish(generations)
    assert generations.use(first.id[:10]).id == generations.current_id() == first.id
    with pytest.raises(UsageError, match="more than one generation"):
        generations.use("2026")
    with pytest.raises(UsageError, match=f"no generation is called '1999'; .*{second.id}"):
        generations.use("1999")
    assert generations.current_id() == first.id


def test_a_damaged_generation_is_not_used(generations):
    first, second = publish(generations), publish(generations)
    (first.text / "segment").write_text("w0rds")
    for go in (lambda: generations.use(first.id), generations.rollback):
        with pytest.raises(StoreError, match=r"damaged, and stays unused: .*segment"):
            go()
    assert generations.current() == second


def test_rollback_goes_to_what_was_current_before(generations):
    a, b = publish(generations, "a"), publish(generations, "b")
    assert generations.rollback() == a
    c = publish(generations, "c")
    assert c.manifest.parent == a.id
    # not to b, which was newer, and was given up
    assert generations.rollback() == a
    generations.use(c.id)
    (c.folder / "manifest.json").write_text("damaged")
    assert generations.rollback() == b


def test_pruning_keeps_the_newest_the_current_and_the_way_back(generations):
    made = [publish(generations, str(n)) for n in range(6)]
    generations.use(made[2].id)
    assert all(each.size > 0 for each in generations.listing())
    removed = generations.prune(keep=2)
    assert [each.id for each in removed] == [made[0].id, made[3].id]
    assert generations.ids() == [made[n].id for n in (1, 2, 4, 5)]
    generations.prune(keep=1)
    assert generations.ids() == [made[2].id, made[5].id]
    generations.prune(keep=0)
    assert generations.ids() == [made[2].id]
    assert generations.current() == made[2]
    assert {path.name for path in generations.layout.generations.iterdir()} == {made[2].id}


def test_a_removal_that_was_interrupted_is_finished_by_the_next_sweep(generations):
    publish(generations)
    trash = generations.layout.generations / ".trash-20200101T000000Z-00000000"
    (trash / "text").mkdir(parents=True)
    assert generations.sweep() == [trash]
    assert not trash.exists()


def test_a_living_draft_is_not_swept(generations):
    with generations.begin() as draft:
        assert generations.sweep() == []
        assert draft.folder.is_dir()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps what is open")
def test_a_reader_reads_on_through_twenty_publications_and_prunings(generations):
    first = publish(generations, "the first")
    with Catalog(first.catalog) as reader:
        expected = reader.passages([0])
        for number in range(20):
            publish(generations, str(number))
            generations.prune(keep=1)
            assert reader.passages([0]) == expected
            assert words_of(generations.current()) == str(number)
    assert not first.folder.exists()


def test_a_reader_always_finds_a_whole_generation_while_others_are_published(generations):
    publish(generations, "0")
    done, seen, failed = threading.Event(), set(), []

    def read():
        while not done.is_set():
            try:
                current = generations.current()
                seen.add(words_of(current))
                if problems := generations.verify(current, quick=True):
                    failed.append(problems)
            except Exception as error:
                failed.append(error)

    reader = threading.Thread(target=read)
    reader.start()
    for number in range(1, 21):
        publish(generations, str(number))
    done.set()
    reader.join()
    assert failed == []
    assert len(seen) > 1


def test_the_checksums_are_those_of_the_files(generations):
    with generations.begin() as draft:
        (draft.text / "segment").write_bytes(b"abc")
        published = draft.publish(manifest())
    # FIPS 180-4's own example
    abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert published.manifest.files == {"text/segment": FileSum(3, abc)}


def test_a_generation_that_is_pruned_while_it_is_looked_at_gives_way_to_the_next(
    generations, monkeypatch
):
    from docproc.store.generations import generations as module

    publish(generations)
    check, looked = module.check_untouched, []

    def pruned_meanwhile(generation):
        if not looked:
            publish(generations)
            generations.prune(keep=1)
        looked.append(generation.id)
        return check(generation)

    monkeypatch.setattr(module, "check_untouched", pruned_meanwhile)
    assert generations.find_untouched() == generations.current()
    assert len(looked) == 2

"""The operator's two health checks: what they say, and what they exit with."""

import json
import os

import commands
import pytest
import word_bag as bag

pytestmark = pytest.mark.slow


@pytest.fixture
def root(tmp_path):
    return bag.make_workspace(tmp_path / "workspace")


def docproc(*arguments, folder):
    """As cron runs it: no terminal, and hardly an environment."""
    kept = {"PATH": "/usr/bin:/bin", "LANG": "C", "XDG_STATE_HOME": os.environ["XDG_STATE_HOME"]}
    return commands.docproc(*arguments, folder=folder, environment=kept)


def state(folder):
    done = docproc("status", "--json", folder=folder)
    said = json.loads(done.stdout)
    assert said["exit code"] == done.returncode
    return said["state"], done.returncode


def flip(path):
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0x55
    path.write_bytes(data)


def test_status_tells_every_state_by_its_exit_code(root):
    assert state(root) == ("nothing published", 10)
    bag.index(root)
    assert state(root) == ("healthy", 0)
    bad = root / "seeds" / "blank.txt"
    bad.write_text(" \n", "utf-8")
    bag.index(root)
    assert state(root) == ("failed files", 5)
    assert docproc("status", "--failed", folder=root).returncode == 5
    bag.write_letter(root, "mill", "Vera Orlova", "The mill stands idle for want of grain.")
    assert state(root) == ("stale", 9)
    vectors = bag.current(root).vectors / "vectors.npy"
    vectors.write_bytes(vectors.read_bytes()[:-4])
    assert state(root) == ("damaged", 7)
    said = docproc("status", folder=root).stdout
    assert "vectors.npy: has" in said
    assert "`docproc index`" in said


def test_verify_all_names_a_flipped_byte_that_no_size_betrays(root):
    bag.index(root)
    sound = docproc("verify", "--all", folder=root)
    assert (sound.returncode, sound.stdout.count("every file is as it was written")) == (0, 1)
    flip(bag.current(root).catalog)
    found = docproc("verify", "--all", "--json", folder=root)
    said = json.loads(found.stdout)
    assert (found.returncode, said["exit code"]) == (7, 7)
    (damaged,) = said["damaged"]
    assert damaged["path"].endswith("/catalog.sqlite")
    assert damaged["fix"] == "docproc index"
    assert docproc("index", folder=root).returncode == 0
    assert docproc("verify", "--all", folder=root).returncode == 0


def test_a_shard_of_the_cache_is_checked_too_and_pruning_mends_it(root):
    bag.index(root)
    bag.write_letter(root, "mill", "Vera Orlova", "The mill stands idle for want of grain.")
    bag.index(root)
    (root / "seeds" / "mill.txt").unlink()
    bag.index(root)
    (shard,) = (root / "embeddings" / "cache").glob("*/*.vecs")  # of what is published no more
    flip(shard)
    found = docproc("verify", "--all", folder=root)
    assert found.returncode == 7
    assert f"{shard.name}: altered" in found.stdout
    assert "`docproc generations prune` fixes it" in found.stdout
    pruned = docproc("generations", "prune", folder=root)
    assert pruned.returncode == 0
    assert f"damaged, set aside: {shard}" in pruned.stderr
    assert docproc("verify", "--all", folder=root).returncode == 0


def test_status_tells_how_the_last_run_ended(root):
    assert docproc("index", folder=root).returncode == 0
    said = json.loads(docproc("status", "--json", folder=root).stdout)
    assert said["last run"]["outcome"] == "published"
    (root / "model.json").unlink()
    bag.write_letter(root, "mill", "Vera Orlova", "The mill stands idle for want of grain.")
    failed = docproc("index", "--log-format", "json", folder=root)
    assert failed.returncode == 6
    ended = json.loads(failed.stderr.splitlines()[-1])  # each line is JSON, the error's too
    assert (ended["event"], ended["exit_code"]) == ("ended", 6)
    assert "model.json" in ended["error"]
    last = json.loads(docproc("status", "--json", folder=root).stdout)["last run"]
    assert (last["outcome"], last["exit code"]) == ("failed", 6)
    assert "model.json" in last["error"]


def test_pruning_merges_the_small_shards_that_each_run_leaves(root):
    for number in range(3):
        bag.write_letter(root, f"{number}", "Vera Orlova", f"The mill ground {number} sacks.")
    for number in range(3):
        bag.index(root)
        (root / "seeds" / f"{number}.txt").unlink()
    bag.index(root)
    shards = root / "embeddings" / "cache"
    assert len(list(shards.glob("*/*.vecs"))) == 3
    assert "merged: 3 small shards" in docproc("generations", "prune", folder=root).stderr
    assert len(list(shards.glob("*/*.vecs"))) == 1
    assert docproc("generations", "prune", folder=root).stderr == "nothing to remove\n"
    bag.write_model(root / "other.json", 20, "pepper")
    bag.reembed(root, model=str(root / "other.json"))
    assert bag.reembed(root).embedded == 0  # all there after the merge


def test_status_and_refusals_tell_what_was_not_taken(root):
    page = "<nav><a href='/'>Home of all the letters</a></nav><p>The mill burned.</p>"
    (root / "seeds" / "mill.html").write_text(page, "utf-8")
    (root / "seeds" / "blank.txt").write_text(" \n", "utf-8")
    bag.index(root)
    said = json.loads(docproc("status", "--json", folder=root).stdout)["not taken"]
    assert said["could not be read"] == {"files": 1, "pages": 0, "parts": 0}
    assert said["mostly in no passage"] == ["seeds/mill.html"]
    assert said["in no passage"].endswith(" of the text")
    asked = docproc("ask", "zebra quagga okapi", "--json", folder=root)
    assert json.loads(asked.stdout)["not_read"] == said["could not be read"]

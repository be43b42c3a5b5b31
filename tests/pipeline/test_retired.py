"""What of the vectors of models goes with the generations, and what stays for those who need it."""

import os
import time

import pytest
import word_bag as bag

from docproc.cli.commands.generations import prune
from docproc.errors import TryLater
from docproc.pipeline.monitoring.budget import Budget, BudgetedProgress
from docproc.pipeline.monitoring.progress import Silent
from docproc.store.maintenance.unused_models import ABANDONED, UNPUBLISHED

pytestmark = pytest.mark.slow


@pytest.fixture
def root(tmp_path):
    return bag.make_workspace(tmp_path / "workspace")


def model(root, dimension):
    return str(bag.write_model(root / f"{dimension}.json", dimension, "pepper"))


def cache_of(root, generation=None):
    generation = generation or bag.current(root)
    return bag.application(root).generations.layout.cache(generation.manifest.model.fingerprint)


def caches(root):
    return set((root / "embeddings" / "cache").iterdir())


class Spent(BudgetedProgress):
    """A budget that is spent with the first shard."""

    def __init__(self):
        self.now = 0.0
        super().__init__(Silent(), Budget(1), lambda: self.now)

    def advance(self, units=1):
        self.now += 2
        super().advance(units)


def stopped(root, path):
    """Re-embed with the model at *path*, and be stopped; the folder of the vectors so far."""
    before = caches(root)
    with pytest.raises(TryLater, match="are kept"):
        bag.reembed(root, Spent(), model=path)
    (new,) = caches(root) - before
    return new


def test_vectors_go_with_the_last_generation_of_their_model_and_no_sooner(root):
    bag.index(root)
    first = cache_of(root)
    bag.reembed(root, model=model(root, 20))
    second = cache_of(root)
    bag.reembed(root, model=model(root, 12))
    third = cache_of(root)
    prune(keep=2, workspace=root)
    assert caches(root) == {second, third}
    back = bag.application(root).generations.rollback()
    assert cache_of(root, back) == second
    assert bag.reembed(root, model=model(root, 20)).outcome == "nothing to do"
    prune(keep=1, workspace=root)
    assert caches(root) == {second, third}  # the newest and the current one
    assert not first.exists()
    # the way to a model whose vectors stayed costs nothing, to another all
    assert bag.reembed(root, model=model(root, 12)).embedded == 0
    assert bag.reembed(root).embedded > 0


def test_the_vectors_of_a_run_that_was_stopped_stay_until_it_is_published_or_given_up(
    root, monkeypatch
):
    bag.index(root)
    monkeypatch.setattr("docproc.pipeline.building.embedding.SHARD", 4)
    cache = stopped(root, model(root, 20))
    bag.write_letter(root, "mill", "Vera Orlova", "The mill stands idle for want of grain.")
    bag.index(root)  # the nightly run goes on with the old model meanwhile
    prune(keep=1, workspace=root)
    assert caches(root) == {cache_of(root), cache}
    assert len(list(cache.glob("*.vecs"))) == 1
    report = bag.reembed(root, model=model(root, 20))
    assert report.embedded <= report.texts - 4
    assert cache_of(root) == cache
    assert not (cache / UNPUBLISHED).exists()

    given_up = stopped(root, model(root, 12))
    long_ago = time.time() - ABANDONED - 1
    os.utime(given_up / UNPUBLISHED, (long_ago, long_ago))
    prune(keep=1, workspace=root)
    assert caches(root) == {cache}


def test_the_retention_policy_removes_them_after_each_publication(root):
    with (root / "config.toml").open("a", encoding="utf-8") as config:
        config.write("\n[retention]\ngenerations = 1\ndays = 0\n")
    bag.index(root)
    bag.reembed(root, model=model(root, 20))
    assert caches(root) == {cache_of(root)}
    assert len(bag.application(root).generations.ids()) == 1

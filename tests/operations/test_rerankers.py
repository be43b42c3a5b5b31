"""Re-rankers: measured with the corpus, kept with the generation, named where they fail."""

import shutil

import pairs_of_words as pairs
import pytest
import word_bag as bag

from docproc.errors import ExitCode, PluginError
from docproc.operations.reading.reading_room import open_reading_room
from docproc.operations.reports.status import describe_status

pytestmark = pytest.mark.slow

NAMED = 'reranker = "knows"'
# what the letters have of a thing under its one name is asked for under the other
ASKED = {
    n: f"Where was the {pairs.OTHER[n]} kept with the {pairs.ONE[n]}?" for n in range(0, 40, 4)
}


@pytest.fixture(scope="module")
def indexed(tmp_path_factory):
    """Indexed with the re-ranker; and what the parent without it was calibrated to."""
    root = pairs.workspace(tmp_path_factory.mktemp("rerankers") / "workspace")
    bag.index(root)
    without = bag.current(root).manifest
    pairs.configure(root, NAMED)
    report = bag.index(root)
    return root, without, report


@pytest.fixture
def root(indexed, tmp_path):
    """A copy of it, to be changed."""
    shutil.copytree(indexed[0], tmp_path / "copy")
    bag.trust(tmp_path / "copy", own=True)
    return tmp_path / "copy"


def test_naming_one_calibrates_again_and_embeds_nothing(indexed):
    root, without, report = indexed
    now = bag.current(root).manifest
    assert now.id != without.id
    assert report.embedded == 0
    assert now.recipe.reranker.name == "knows"
    assert now.facts["reranker"] == {"fingerprint": "knows-1-7.0"}
    measured = now.calibration["reranker"]
    assert measured["weight"] > 0
    assert measured["found_with"] > measured["found_without"] + 0.1
    assert measured["floor_without"] == pytest.approx(without.calibration["floor"])
    assert now.calibration["floor"] != without.calibration["floor"]
    assert without.calibration.keys() | {"reranker"} == now.calibration.keys()


def test_another_run_changes_nothing(indexed):
    root, _, _ = indexed
    published = bag.current(root).id
    bag.index(root)
    assert bag.current(root).id == published
    assert describe_status(bag.application(root))["state"] == "healthy"


def test_it_orders_and_says_what_it_gave(indexed):
    root, _, _ = indexed
    best = open_reading_room(bag.application(root)).answering.search(ASKED[4], limit=1)[0]
    assert dict(best.why)["reranked"] > 0
    assert dict(best.gave)["reranked"] == pytest.approx(dict(best.why)["reranked"], abs=1e-4)
    assert sum(value for _, value in best.gave) == pytest.approx(best.score, abs=2e-3)
    behind = dict(open_reading_room(bag.application(root)).explanation.behind(best))
    assert behind["re-ranked by"].startswith("knows")


def test_it_decides_whether_a_question_is_answered(root):
    question = f"Where was the {pairs.OTHER[8]}, the {pairs.ONE[8]}, kept?"
    with_it = bag.ask(root, question)
    pairs.configure(root, "")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DOCPROC_WITHOUT", "knows")
        without = bag.ask(root, question)
    best = (with_it.citations or with_it.nearest)[0]
    other = (without.citations or without.nearest)[0]
    margin = best.score - with_it.searched.floor
    assert margin > other.score - without.searched.floor


def test_another_setting_makes_the_calibration_stale_and_embeds_nothing(root):
    config = root / "config.toml"
    config.write_text(config.read_text("utf-8") + "\n[plugins.knows]\nscale = 0.5\n", "utf-8")
    said = describe_status(bag.application(root))
    assert [each["what"] for each in said["stale"]] == ["other reranker (knows.scale 7.0 -> 0.5)"]
    assert bag.ask(root, ASKED[4])  # by the one that was measured
    assert bag.index(root).embedded == 0
    measured = bag.current(root).manifest.calibration["reranker"]
    assert measured["weight"] > 0
    assert measured["spread"] < 1  # another scale, the same meaning


def test_one_that_has_changed_under_its_name_is_said_so(root):
    pairs.write_plugin(root, pairs.write_plugin(root).replace("knows-1-", "knows-2-"))
    with pytest.raises(PluginError, match=r"'knows' .* has changed since generation") as caught:
        bag.ask(root, ASKED[4])
    assert caught.value.exit_code == ExitCode.PLUGIN
    assert describe_status(bag.application(root))["state"] == "stale"
    bag.index(root)
    assert bag.ask(root, ASKED[4])


def test_one_of_no_use_weighs_nothing_and_that_is_said(root):
    code = pairs.write_plugin(root).replace(
        "return found  # ranked", "return [len(p.body) % 7 for p in passages]"
    )
    pairs.write_plugin(root, code.replace("knows-1-", "noise-"))
    bag.index(root)
    found = bag.current(root).manifest.calibration
    assert found["reranker"]["weight"] == 0
    assert found["floor"] == found["reranker"]["floor_without"]
    said = describe_status(bag.application(root))["calibration"]["warnings"]
    assert any("the re-ranker is not asked" in each for each in said)


def test_too_few_passages_to_measure_it_are_said(tmp_path):
    root = bag.make_workspace(tmp_path / "workspace")
    pairs.write_plugin(root)
    pairs.configure(root, NAMED)
    bag.index(root)
    assert bag.current(root).manifest.calibration["reranker"]["probes"] == 0
    said = describe_status(bag.application(root))["calibration"]["warnings"]
    assert any("too few passages" in each for each in said)
    assert bag.ask(root, "Who needs forty crates of rifles?").citations


def test_without_it_answers_are_what_they_were(root, monkeypatch):
    monkeypatch.setenv("DOCPROC_WITHOUT", "knows")
    answer = bag.ask(root, ASKED[4])
    measured = bag.current(root).manifest.calibration["reranker"]
    assert answer.searched.floor == pytest.approx(measured["floor_without"], abs=1e-4)
    best = (answer.citations or answer.nearest)[0]
    assert "reranked" not in dict(best.why)


def test_one_that_is_gone_is_named_with_the_ways_back(root):
    (root / "plugins" / "knows.py").unlink()
    bag.trust(root, own=True)
    with pytest.raises(PluginError) as caught:
        bag.ask(root, ASKED[4])
    assert "was made with the rerank plugin 'knows' (drop-in plugins/knows.py" in str(caught.value)
    assert caught.value.exit_code == ExitCode.PLUGIN
    assert describe_status(bag.application(root))["state"] == "stale"
    pairs.configure(root, "")
    bag.index(root)
    assert bag.current(root).manifest.recipe.reranker is None


RAISED = ("ValueError('odd')", "SystemExit(0)", "GeneratorExit", "BaseException('odd')")
FAULTS = {
    "return None": "rerank gave",
    "return 3": "not one for each",
    "return found[1:]": "not one for each",
    "return [[each] for each in found]": "array of shape",
    "return [float('nan') for each in found]": "not finite",
    "return ['high' for each in found]": "rerank gave list, not numbers",
    "import nosuchlibrary": "'nosuchlibrary' is not installed",
    **{f"raise {raised}": raised.split("(")[0] for raised in RAISED},
}


@pytest.mark.parametrize("fault", FAULTS)
def test_one_that_fails_when_asked_is_named(root, fault):
    pairs.write_plugin(root, pairs.write_plugin(root).replace("return found  # ranked", fault))
    with pytest.raises(PluginError, match=FAULTS[fault]) as caught:
        bag.ask(root, ASKED[4])
    assert caught.value.exit_code == ExitCode.PLUGIN
    assert "drop-in plugins/knows.py: the rerank plugin 'knows'" in str(caught.value)


@pytest.mark.parametrize("fault", ["raise SystemExit(0)", "return None"])
def test_one_that_fails_while_it_is_measured_stops_the_run(root, fault):
    published = bag.current(root).id
    code = pairs.write_plugin(root).replace("return found  # ranked", fault)
    pairs.write_plugin(root, code.replace("knows-1-", "knows-3-"))
    with pytest.raises(PluginError, match="the rerank plugin 'knows'"):
        bag.index(root)
    assert bag.current(root).id == published


@pytest.mark.parametrize("given", ["7", "None", "''"])
def test_a_fingerprint_that_is_no_text_is_named(root, given):
    code = pairs.write_plugin(root).replace('f"knows-1-{scale}"', given)
    pairs.write_plugin(root, code)
    with pytest.raises(PluginError, match="its fingerprint is"):
        bag.index(root)


PREPARES = """
    def export_reranker(self, folder):
        (folder / "model").write_text("knows")  # exported

    def keep_passages(self, passages, model, folder, before):
        assert (model / "model").read_text() == "knows"
        known = {}
        if before is not None:
            known = dict(line.split(" ") for line in (before / "lengths").read_text().splitlines())
        lines = [f"{p.row} {len(p.body)}\\n" for p in passages]
        (folder / "lengths").write_text("".join(lines))
        facts = {"lengths": len(lines), "known": len(known)}
        return facts  # kept

    def open_reranker(self, model, folder):
        self.lengths = len((folder / "lengths").read_text())
        return self  # opened
"""


@pytest.fixture
def preparing(root):
    """The same, with a re-ranker that keeps something of each passage."""
    code = pairs.write_plugin(root)
    code = code.replace("\n\n@hookimpl", PREPARES + "\n\n@hookimpl").replace("knows-1-", "keeps-")
    pairs.write_plugin(root, code)
    bag.index(root)
    return root, code


def test_what_is_kept_of_passages_is_of_the_generation(preparing):
    root, _ = preparing
    generation = bag.current(root)
    files = {name for name in generation.manifest.files if name.startswith("reranker/")}
    assert files == {"reranker/model/model", "reranker/passages/lengths"}
    facts = generation.manifest.facts["reranker"]
    assert (facts["lengths"], facts["known"]) == (generation.manifest.counts.passages, 0)
    assert describe_status(bag.application(root))["disk"]["re-ranker"] > 0
    assert bag.ask(root, ASKED[4])


def test_what_was_kept_before_is_given_again(preparing):
    root, _ = preparing
    bag.write_letter(root, "more", "Anna Orlova", "The ferry is late. It is broken. Nobody knows.")
    before = bag.current(root).manifest.counts.passages
    bag.index(root)
    assert bag.current(root).manifest.facts["reranker"]["known"] == before


def test_what_was_kept_and_is_damaged_is_made_again(preparing):
    root, _ = preparing
    path = bag.current(root).folder / "reranker" / "passages" / "lengths"
    path.chmod(0o600)
    path.write_text("0 1\n", "utf-8")
    bag.index(root)
    assert bag.current(root).manifest.facts["reranker"]["known"] == 0
    assert bag.ask(root, ASKED[4])


@pytest.mark.parametrize(
    ("right", "fault", "said"),
    [
        ("return facts  # kept", "return None", "keep_passages gave None"),
        ("return facts  # kept", "return {'a': {1}}", "not JSON"),
        ("return facts  # kept", "raise SystemExit(0)", "failed in keep_passages: SystemExit"),
        ('(folder / "model").write_text("knows")  # exported', "raise KeyError('x')", "KeyError"),
        ("return self  # opened", "return None", "open_reranker gave None"),
        ("return self  # opened", "raise SystemExit(0)", "failed in open_reranker: SystemExit"),
    ],
)
def test_one_that_cannot_prepare_is_named(preparing, right, fault, said):
    root, code = preparing
    pairs.write_plugin(root, code.replace(right, fault).replace("keeps-", "other-"))
    with pytest.raises(PluginError, match=said):
        bag.index(root)


def test_a_generation_in_shards_is_measured_and_asked_as_one(preparing, tmp_path):
    root, code = preparing
    other = pairs.workspace(tmp_path / "shards")
    pairs.write_plugin(other, code)
    pairs.configure(other, NAMED)
    bag.index(other, shards=2)
    whole, parts = bag.current(root).manifest, bag.current(other).manifest
    assert len(parts.shards) == 2
    assert parts.facts["reranker"]["lengths"] == parts.counts.passages
    assert parts.calibration["reranker"] == pytest.approx(whole.calibration["reranker"])
    assert dict(bag.ask(other, ASKED[4]).citations[0].why)["reranked"] > 0

"""Whatever an embedder or an index of a plugin does wrong is its own, by name; exit code 4."""

import pytest
import word_bag as bag

from docproc.errors import ExitCode, PluginError
from docproc.operations.reports.status import describe_status

pytestmark = pytest.mark.slow

ASKED = "How many crates of rifles do we need?"
VECTORS = """
import numpy as np

from docproc.errors import StoreError
from docproc.hooks import Registration, VectorHits, hookimpl


class Opened:
    def __init__(self, vectors):
        self.vectors = vectors

    def search(self, query, k, allowed):
        rows = np.arange(len(self.vectors)) if allowed is None else np.asarray(allowed)
        scores = self.vectors[rows] @ query
        best = np.argsort(-scores, kind="stable")[: max(k, 0)]
        found = VectorHits(scores[best].astype(np.float32), rows[best].astype(np.int64))
        return found  # searched


class Indexer:
    def build(self, vectors, folder):
        (folder / "rows").write_text(str(len(vectors)))
        return {}  # built

    def open(self, folder, vectors):
        if (folder / "rows").read_text() != str(len(vectors)):
            raise StoreError("other")
        return Opened(vectors)  # opened


@hookimpl
def docproc_vector_indexes():
    return [Registration("plain", lambda _: Indexer())]
"""


@pytest.fixture
def root(tmp_path):
    """Indexed with a vector index that is a drop-in."""
    root = bag.make_workspace(tmp_path / "workspace")
    config = root / "config.toml"
    text = config.read_text("utf-8")
    config.write_text(text.replace("[pipeline]", '[pipeline]\nvector_index = "plain"'), "utf-8")
    write(root, "plain", VECTORS)
    bag.index(root)
    return root


def write(root, name, code):
    (root / "plugins" / f"{name}.py").write_text(code, "utf-8")
    bag.trust(root, own=True)


RAISED = ("ValueError('odd')", "SystemExit(0)", "GeneratorExit", "BaseException('odd')")
GIVEN = {
    "return None  # searched": "search gave None",
    "return (found.scores, found.rows)  # searched": "search gave tuple",
    "found.rows[0] = 10**6; return found  # searched": "the row 1000000",
    "found.rows[0] = -1; return found  # searched": "the row -1",
    "return VectorHits(found.scores[1:], found.rows)  # searched": "of shape",
    "return VectorHits(found.scores * np.nan, found.rows)  # searched": "not numbers",
    **{f"raise {raised}  # searched": raised.split("(")[0] for raised in RAISED},
    "import nosuchlibrary  # searched": "'nosuchlibrary' is not installed",
    "return None  # opened": "open gave None",
    "import nosuchlibrary  # opened": "'nosuchlibrary' is not installed",
    **{f"raise {raised}  # opened": raised.split("(")[0] for raised in RAISED},
}


@pytest.mark.parametrize("fault", GIVEN)
def test_a_vector_index_that_fails_when_asked_is_named(root, fault):
    right = {"searched": "return found  # searched", "opened": "return Opened(vectors)  # opened"}
    write(root, "plain", VECTORS.replace(right[fault.rpartition(" ")[2]], fault))
    with pytest.raises(PluginError, match=GIVEN[fault]) as caught:
        bag.ask(root, ASKED)
    assert caught.value.exit_code == ExitCode.PLUGIN
    assert "drop-in plugins/plain.py: the vector index plugin 'plain'" in str(caught.value)
    assert describe_status(bag.application(root))["state"] == "stale"


@pytest.mark.parametrize(
    ("fault", "said"), [("return None", "build gave None"), ("raise SystemExit(0)", "SystemExit")]
)
def test_a_vector_index_that_cannot_be_built_is_named(root, fault, said):
    published = bag.current(root).id
    write(root, "plain", VECTORS.replace("return {}  # built", fault))
    with pytest.raises(PluginError, match=f"'plain' .*{said}"):
        bag.index(root)
    assert bag.current(root).id == published


WRONG_VECTORS = {
    "raise ValueError('tired')": "ValueError: tired",
    "raise SystemExit(0)": "SystemExit",
    "raise GeneratorExit": "GeneratorExit",
    "return out.tolist()": "it gave list",
    "return None": "it gave None",
    "return (out,)": "it gave tuple",
    "return out[1:]": "of shape",
    "return out.astype(np.float64)": "float64",
    "return out * np.float32('nan')": "not numbers",
    "return out": "whose norm is",
}


@pytest.mark.parametrize("fault", WRONG_VECTORS)
def test_an_embedder_that_fails_is_named(tmp_path, fault):
    root = bag.make_workspace(tmp_path / "workspace")
    right = "return out / np.linalg.norm(out, axis=1, keepdims=True)"
    assert right in bag.PLUGIN
    write(root, "bag", bag.PLUGIN.replace(right, fault))
    with pytest.raises(PluginError, match=f"plugins/bag.py: .*'bag' .*{WRONG_VECTORS[fault]}"):
        bag.index(root)
    assert bag.application(root).generations.current_id() is None


def test_a_question_of_another_norm_is_the_embedders(root):
    write(root, "bag", bag.PLUGIN.replace("encode_passages([text])[0]", "encode_passages([text])"))
    with pytest.raises(PluginError, match="'bag' broke its contract: its vectors are of shape"):
        bag.ask(root, ASKED)


def test_a_plugin_that_a_generation_needs_and_that_is_gone_is_named_with_the_ways_back(root):
    (root / "plugins" / "plain.py").unlink()
    config = root / "config.toml"
    text = config.read_text("utf-8")
    config.write_text(text.replace('vector_index = "plain"', ""), "utf-8")
    with pytest.raises(PluginError) as caught:
        bag.ask(root, ASKED)
    said = str(caught.value)
    assert f"generation {bag.current(root).id} was made with the vector index plugin" in said
    assert "put plugins/plain.py back" in said
    assert "`docproc index`" in said
    assert "config.toml: no" not in said
    found = describe_status(bag.application(root))
    assert found["state"] == "stale"
    assert any("'plain'" in each["what"] for each in found["stale"])
    assert bag.index(root).outcome == "published"
    assert bag.ask(root, ASKED).citations


def test_status_is_a_state_where_a_plugin_that_config_toml_names_is_gone(root):
    (root / "plugins" / "plain.py").unlink()
    found = describe_status(bag.application(root))
    assert found["state"] == "stale"
    assert "'plain'" in str(found["stale"])


def test_an_embedder_that_is_gone_is_named(root):
    (root / "plugins" / "bag.py").unlink()
    (root / "config.toml").write_text("", "utf-8")
    with pytest.raises(PluginError, match="was made with the embed plugin 'bag'"):
        bag.ask(root, ASKED)
    assert describe_status(bag.application(root))["state"] == "stale"

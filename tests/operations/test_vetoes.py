"""A veto stops a publication, in words; what was published stands."""

import pytest
import word_bag as bag

from docproc.errors import GateFailed, PluginError
from docproc.operations.writing.gate import make_gate
from docproc.stages.veto_steady import Steady
from docproc.testing import VetoContract
from docproc.testing.contracts.vetoes import drafts

pytestmark = pytest.mark.slow

VETO = """
from docproc.hooks import Registration, hookimpl


class Veto:
    def objection(self, drafted):
        return OBJECTION


@hookimpl
def docproc_vetoes():
    return [Registration("mine", lambda _: Veto())]
"""


def index(root):
    return bag.index(root, gate=make_gate(bag.application(root)))


def test_what_shrinks_by_much_is_not_published(tmp_path):
    root = bag.make_workspace(tmp_path / "w", '\n[gate]\nvetoes = ["steady"]\n')
    published = index(root).generation
    for name in ("harvest", "rifles"):
        (root / "seeds" / f"{name}.txt").unlink()
    with pytest.raises(GateFailed) as caught:
        index(root)
    assert "the veto 'steady' objects: 2 documents where there were 4: a fall of 50%" in str(
        caught.value
    )
    assert caught.value.details["veto"] == "steady"
    assert bag.current(root).id == published
    assert bag.index(root).generation != published  # as with --no-gate


@pytest.mark.parametrize(
    ("objection", "error", "said"),
    [
        ("f'{len(list(drafted.rows()))} rows'", GateFailed, "'mine' objects: 4 rows; what was"),
        ("1 / 0", PluginError, "the veto 'mine' failed: ZeroDivisionError"),
        ("exit(0)", PluginError, "the veto 'mine' failed: SystemExit"),
        ("7", PluginError, "'mine' broke its contract: 7 is not an objection in words"),
        ("''", PluginError, "'mine' broke its contract: '' is not an objection in words"),
    ],
)
def test_whatever_a_veto_says_or_does_is_its_own(tmp_path, objection, error, said):
    root = bag.make_workspace(tmp_path / "w", '\n[gate]\nvetoes = ["mine"]\n')
    (root / "plugins" / "mine.py").write_text(VETO.replace("OBJECTION", objection), "utf-8")
    bag.trust(root, own=True)
    with pytest.raises(error) as caught:
        index(root)
    assert said in str(caught.value)
    assert "drop-in plugins/mine.py" in str(caught.value)
    assert bag.application(root).generations.current_id() is None


def test_a_veto_that_nobody_offers_is_told_before_anything_is_embedded(tmp_path):
    root = bag.make_workspace(tmp_path / "w", '\n[gate]\nvetoes = ["stedy"]\n')
    with pytest.raises(PluginError, match=r"no veto plugin is called 'stedy'.*'steady'"):
        make_gate(bag.application(root))


class TestSteady(VetoContract):
    @pytest.fixture
    def plugin(self):
        return Steady(0.2, 0.05)

    @pytest.fixture
    def refused(self):
        return drafts()[3]

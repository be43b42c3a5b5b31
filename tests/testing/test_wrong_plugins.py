"""The kit is proven by wrong plugins: each must be caught, by the right check, in its words."""

import json
import re
from pathlib import Path

import pytest
import wrong_access
import wrong_citations
import wrong_commands
import wrong_embedders
import wrong_formats
import wrong_knowledge
import wrong_normalizers
import wrong_observers
import wrong_parsers
import wrong_parsers_beside
import wrong_query_encoders
import wrong_query_rewriters
import wrong_references
import wrong_rerankers
import wrong_segmenters
import wrong_signals
import wrong_sources
import wrong_text_indexes
import wrong_vector_indexes
import wrong_vetoes
import wrong_writers
from shared import make_once

pytestmark = pytest.mark.slow

HERE = Path(__file__).parent
MODULES = (
    wrong_access,
    wrong_citations,
    wrong_embedders,
    wrong_knowledge,
    wrong_normalizers,
    wrong_parsers,
    wrong_parsers_beside,
    wrong_query_rewriters,
    wrong_references,
    wrong_rerankers,
    wrong_segmenters,
    wrong_text_indexes,
    wrong_commands,
    wrong_formats,
    wrong_observers,
    wrong_query_encoders,
    wrong_signals,
    wrong_sources,
    wrong_vector_indexes,
    wrong_vetoes,
    wrong_writers,
)
WRONG = {
    f"{module.__name__}.py::{name}": kind
    for module in MODULES
    for name, kind in vars(module).items()
    if name.startswith("Test")
}


class Recorder:
    """What an author would see: the message of every check that failed."""

    def __init__(self):
        self.failed = {}

    def pytest_runtest_logreport(self, report):
        if report.when == "call" and report.failed:
            node = report.nodeid.rpartition("/")[2]
            self.failed[node] = report.longrepr.reprcrash.message


@pytest.fixture(scope="module")
def failed(tmp_path_factory):
    """The checks that failed of the run that an author would start, with their messages.

    The workers of pytest-xdist share it.
    """

    def fill(folder):
        recorder = Recorder()
        nodes = [f"{HERE}/{wrong}::{kind.check}" for wrong, kind in WRONG.items()]
        options = ["-q", "-p", "no:cacheprovider", "--no-header", "--tb=short"]
        with pytest.MonkeyPatch.context() as patch:
            patch.delenv("PYTEST_CURRENT_TEST", raising=False)
            pytest.main([*options, *nodes], plugins=[recorder])
        (folder / "failed.json").write_text(json.dumps(recorder.failed), "utf-8")

    made = make_once(tmp_path_factory, "wrong-plugins", fill)
    return json.loads((made / "failed.json").read_text("utf-8"))


@pytest.mark.parametrize("wrong", WRONG)
def test_a_wrong_plugin_is_caught_by_the_right_check_with_the_contract_and_its_place(wrong, failed):
    kind = WRONG[wrong]
    message = failed.get(f"{wrong}::{kind.check}", "nothing failed")
    how, _, contract = message.partition("\n  the contract: ")
    assert kind.says in how
    assert re.match(r"\S.+\n  written in:   docproc\.\S+ \(docs/\S+\.md\)", contract)


def test_each_stage_has_at_least_three_wrong_ones():
    for module in MODULES:
        assert sum(wrong.startswith(module.__name__) for wrong in WRONG) >= 3, module

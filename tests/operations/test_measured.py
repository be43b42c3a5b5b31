"""What a calibration found wanting is said in `index`, in `status` and with the first answer."""

from dataclasses import replace

import pytest
import word_bag as bag

from docproc.operations.application import Application
from docproc.operations.published.calibration_warnings import (
    find_coverage_warning,
    list_calibration_warnings,
    warn_once,
)
from docproc.operations.reports.status import describe_status
from docproc.workspace import find_workspace


@pytest.fixture
def generation(tmp_path):
    root = bag.make_workspace(tmp_path / "workspace")
    bag.index(root)
    return Application(find_workspace(root)).generations.current()


def unread(generation):
    little = generation.manifest.calibration | {"readability": 0.05}
    return replace(generation, manifest=replace(generation.manifest, calibration=little))


def test_that_the_model_reads_little_is_said_once_with_the_command_that_changes_it(generation):
    found = unread(generation)
    said = warn_once(found)
    assert "reads little" in said
    assert "docproc reembed --model" in said
    assert warn_once(found) is None
    assert find_coverage_warning(found.manifest) in said
    assert find_coverage_warning(replace(generation.manifest, calibration={})) is None


def test_status_says_what_was_only_assumed(tmp_path):
    root = bag.make_workspace(tmp_path / "workspace")
    bag.index(root)
    application = Application(find_workspace(root))
    manifest = application.generations.current().manifest
    said = describe_status(application)["calibration"].get("warnings", [])
    assert said == list(list_calibration_warnings(manifest))
    assert (manifest.calibration["read_by"] == "assumed") == any("assumed" in x for x in said)

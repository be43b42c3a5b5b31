"""A workspace that was found, and not named, is the user's own."""

import os
import sys

import pytest

from docproc.errors import ConfigError
from docproc.plugins.loading import trust
from docproc.workspace import find_workspace

posix = pytest.mark.skipif(sys.platform == "win32", reason="no owners as POSIX has them")


@pytest.fixture
def found(tmp_path, monkeypatch):
    """A workspace, a folder in it, and a user who has allowed nothing."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.delenv("SUDO_UID", raising=False)
    root = tmp_path / "archive"
    (root / "me" / "here").mkdir(parents=True)
    (root / "config.toml").write_text("", "utf-8")
    return root


@posix
def test_one_of_another_user_is_used_when_it_is_named_or_allowed_and_not_otherwise(
    found, monkeypatch
):
    me = os.geteuid()
    monkeypatch.setattr(os, "geteuid", lambda: me + 12345)
    here = found / "me" / "here"
    with pytest.raises(ConfigError) as caught:
        find_workspace(here)
    assert "belongs to another user" in str(caught.value)
    assert f"-w {found}" in str(caught.value)
    assert find_workspace(here, found).root == found
    trust.trust(found)
    assert find_workspace(here).root == found


@posix
def test_one_of_ones_own_is_found_and_so_is_that_of_who_called_sudo(found, monkeypatch):
    assert find_workspace(found / "me" / "here").root == found
    me = os.geteuid()
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setenv("SUDO_UID", str(me))
    assert find_workspace(found / "me" / "here").root == found

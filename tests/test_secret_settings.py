"""Secret settings: they make stale what they produced, and stand in nothing that is kept."""

from docproc.hooks.specs import PARSE
from docproc.operations.application import Application
from docproc.workspace import find_workspace


def recipe_with(tmp_path, passwords):
    (tmp_path / "config.toml").write_text(f"[plugins.pdf]\npasswords = {passwords}\n", "utf-8")
    return Application(find_workspace(tmp_path)).plugins.use(PARSE, "pdf")


def test_a_password_is_in_no_recipe_and_another_one_gives_another_recipe(tmp_path):
    one = recipe_with(tmp_path, '["open sesame"]')
    assert "open sesame" not in str(one)
    assert one == recipe_with(tmp_path, '["open sesame"]')
    assert one != recipe_with(tmp_path, '["open barley"]')
    assert recipe_with(tmp_path, "[]").settings["passwords"] == []

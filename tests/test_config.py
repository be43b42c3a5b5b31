"""config.toml: read, checked, and wrong in every way."""

import dataclasses

import pytest

from docproc.config import Config
from docproc.config.reading import line_of, read_config
from docproc.errors import ConfigError, ExitCode


@pytest.fixture
def written(tmp_path):
    def write(text):
        path = tmp_path / "config.toml"
        path.write_text(text, "utf-8")
        return path

    return write


def test_an_empty_file_means_every_default(written):
    assert read_config(written("")) == Config()


def test_what_is_set_is_read_and_the_rest_keeps_its_default(written):
    config = read_config(written('[sources]\nfolder = "letters"\n\n[plugins.x]\na = 1\n'))
    assert config.sources.folder == "letters"
    assert config.sources.max_megabytes == Config().sources.max_megabytes
    assert config.plugins == {"x": {"a": 1}}


def test_three_points_stand_for_the_default_plugins_that_are_not_named(written):
    config = read_config(
        written('[pipeline]\nparsers = ["mine", "...", "text"]\nnormalizers = ["mine", "..."]')
    )
    usual = Config().pipeline
    assert config.pipeline.normalizers == ["mine", *usual.normalizers]
    assert config.pipeline.parsers == ["mine", *(set_apart(usual.parsers, "text")), "text"]


def set_apart(names, one):
    return [name for name in names if name != one]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[ask]\nlimitt = 4", "line 2: unknown key ask.limitt (did you mean 'limit'?)"),
        ("[askk]\n", "line 1: unknown key askk (did you mean 'ask'?)"),
        ("[ask]\n\nlimit = 'x'", "line 3: ask.limit: Expected `int`, got `str`"),
        ("[pipeline]\nparsers = ['a', 3]", "line 2: pipeline.parsers[1]: Expected `str`"),
        ("ask = 3", "line 1: ask: Expected `object`, got `int`"),
        ("x = [", "not TOML"),
        ("plugins = 3", "line 1: plugins: Expected `object`"),
    ],
)
def test_what_is_wrong_is_named_with_its_line_and_the_nearest_right_name(written, text, said):
    path = written(text)
    with pytest.raises(ConfigError) as caught:
        read_config(path)
    assert said in str(caught.value)
    assert str(path) in str(caught.value)
    assert caught.value.exit_code == ExitCode.CONFIG


def test_a_missing_file_says_how_to_make_one(tmp_path):
    with pytest.raises(ConfigError, match="docproc init"):
        read_config(tmp_path / "config.toml")


def test_bytes_that_are_no_text_are_refused(tmp_path):
    path = tmp_path / "config.toml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ConfigError, match="cannot be read"):
        read_config(path)


def test_every_key_is_documented():
    for section in dataclasses.fields(Config):
        factory = section.default_factory
        keys = dataclasses.fields(factory) if dataclasses.is_dataclass(factory) else (section,)
        assert all(key.metadata["help"] for key in keys), section.name


def test_the_line_of_a_quoted_plugin_name_is_found():
    assert line_of('[plugins."a-b"]\nx = 1\n', "plugins.a-b.x") == ", line 2"
    assert line_of("", "ask.limit") == ""

"""An options object of a command is, to typer, one option for each of its fields."""

import inspect
from dataclasses import dataclass
from typing import Annotated

import pytest
import typer
from typer.testing import CliRunner

from docproc.cli.options.option_groups import with_groups


@dataclass(frozen=True)
class Where:
    place: Annotated[str | None, typer.Option("--place", help="Where.")] = None
    depth: Annotated[int, typer.Option("--depth", min=1)] = 3


@with_groups
def dig(
    name: Annotated[str, typer.Argument()],
    where: Where = Where(),
    json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Dig."""
    typer.echo(repr((name, where, json)))


@pytest.fixture
def app():
    made = typer.Typer()
    made.command()(dig)
    return made


def test_the_fields_stand_where_the_object_stood():
    assert list(inspect.signature(dig).parameters) == ["name", "place", "depth", "json"]
    assert dig.__doc__ == "Dig."


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["well"], ("well", Where(), False)),
        (["well", "--depth", "9", "--json"], ("well", Where(None, 9), True)),
        (["well", "--place", "Omsk"], ("well", Where("Omsk"), False)),
    ],
)
def test_what_is_set_reaches_the_command_as_one_object(app, words, expected):
    assert CliRunner().invoke(app, words).output == f"{expected!r}\n"


def test_a_range_is_checked_as_ever(app):
    found = CliRunner().invoke(app, ["well", "--depth", "0"])
    assert found.exit_code == 2
    assert "--depth" in found.output

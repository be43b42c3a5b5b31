"""The command line: typer commands, one file each.  Nothing heavy is imported at start."""

from docproc.cli.entry import main, run

__all__ = ["main", "run"]

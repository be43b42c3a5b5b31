"""The exported query encoders of models: one folder each, with a list of its files.

The list (``SUMS``) is made last and is what docproc knows of the folder: a file that it does not
name is someone else's, and stays.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from docproc.store.files.durable import (
    checksum,
    hard_link_or_copy,
    make_folder,
    remove_file,
    remove_tree,
    replace,
    write_atomically,
)
from docproc.store.layout import is_folder_name
from docproc.text.patterns import compile_on_use
from docproc.workspace.links import is_link

_OPENER, _SUMS = "OPENER", "SUMS"
_LINE = compile_on_use(r"([0-9a-f]{64})  ([^/\\]+)")
_MAKING = compile_on_use(r"\.(.+)\.making")


def is_making(name: str) -> bool:
    """Whether *name* is that of an encoder's folder while it is being made."""
    found = _MAKING.fullmatch(name)
    return found is not None and is_folder_name(found[1])


def list_files(folder: Path) -> dict[str, str]:
    """The SHA-256 of each file of the encoder in *folder*, as it was made, by name."""
    try:
        lines = (folder / _SUMS).read_text("utf-8", "replace").splitlines()
    except OSError:
        return {}
    found = (_LINE.fullmatch(line) for line in lines)
    return {match[2]: match[1] for match in found if match and match[2] not in (".", "..")}


def is_own_file(folder: Path) -> Callable[[str], bool]:
    """Whether a name in *folder* is that of a file which docproc put there."""
    names = list_files(folder).keys() | {_SUMS, _OPENER}
    return lambda name: name in names


def is_intact(folder: Path) -> bool:
    """Whether all files of the encoder in *folder* are as they were made."""
    sums = list_files(folder)
    try:
        return _OPENER in sums and all(
            not is_link(folder / name) and checksum(folder / name) == sum_
            for name, sum_ in sums.items()
        )
    except OSError:
        return False


def make(folder: Path, export: Callable[[Path], str]) -> None:
    """Put into *folder* what *export* writes into the empty folder that it is given.

    *export* returns the name of what opens it.  What the folder had of an earlier encoder is
    replaced.  Raises ``OSError``, ``StoreError`` where it cannot be written.
    """
    aside = folder.with_name(f".{folder.name}.making")
    make_folder(folder.parent)
    remove_tree(aside)
    make_folder(aside)
    write_atomically(aside / _OPENER, export(aside).encode())
    names = sorted(path.name for path in aside.iterdir())
    sums = "".join(f"{checksum(aside / name)}  {name}\n" for name in names)
    make_folder(folder)
    for name in (_SUMS, *list_files(folder)):
        remove_file(folder / name)
    for name in names:
        replace(aside / name, folder / name)
    write_atomically(folder / _SUMS, sums.encode())
    remove_tree(aside)


def copy_encoder(folder: Path, into: Path) -> str:
    """Give the draft's folder *into* the encoder in *folder*; return the name of its opener."""
    for name in files(folder):
        hard_link_or_copy(folder / name, into / name)
    return opener(folder)


def files(folder: Path) -> dict[str, str]:
    """The SHA-256 of each file that the exporter wrote into *folder*, by name."""
    return {name: sum_ for name, sum_ in list_files(folder).items() if name != _OPENER}


def opener(folder: Path) -> str:
    """The name of what opens the encoder in *folder*.  ``OSError`` if not as it was made."""
    path = folder / _OPENER
    if is_link(path) or checksum(path) != list_files(folder).get(_OPENER):
        raise OSError(f"{path}: not as it was made")
    return path.read_text("utf-8")

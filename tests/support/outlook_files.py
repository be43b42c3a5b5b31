"""A writer of Outlook's messages (MS-OXMSG in MS-CFB, version 3), for there is none to install."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from typing import Any

_SECTOR, _MINI, _CUTOFF = 512, 64, 4096
_FREE, _END, _FAT, _NONE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
_TEXT, _NARROW, _BINARY, _TIME, _LONG = 0x001F, 0x001E, 0x0102, 0x0040, 0x0003

Tree = Mapping[str, Any]
"""Streams (bytes) and storages (trees) by name."""


def outlook_message(
    *,
    sender: str,
    subject: str,
    body: str,
    sent: int,
    recipients: Sequence[tuple[str, str]] = (),
    attachments: Sequence[tuple[str, bytes]] = (),
    narrow: tuple[str, Mapping[int, int]] | None = None,
) -> bytes:
    """A message; *sent* is in seconds since 1970, *recipients* are names and addresses.

    With *narrow*, an encoding and numbers, its own texts are bytes in that, and it has the numbers.
    """
    tree: dict[str, Any] = {
        "__nameid_version1.0": {f"__substg1.0_{number:04X}0102": b"" for number in (2, 3, 4)},
    }
    properties = {
        0x001A: "IPM.Note", 0x0037: subject, 0x0039: sent, 0x0C1A: sender, 0x0C1F: sender,
        0x1000: body, 0x340D: 0x40000,
    }  # fmt: skip
    counts = (len(recipients), len(attachments)) * 2
    properties |= narrow[1] if narrow else {}
    head = bytes(8) + struct.pack("<4I", *counts) + bytes(8)
    tree |= _stored(properties, head, narrow[0] if narrow else "")
    for number, (name, address) in enumerate(recipients):
        of_one = {0x0C15: 1, 0x3001: name, 0x3003: address, 0x39FE: address}
        tree[f"__recip_version1.0_#{number:08X}"] = _stored(of_one, bytes(8))
    for number, (name, data) in enumerate(attachments):
        of_one = {0x3701: data, 0x3704: name, 0x3707: name, 0x3705: 1}
        tree[f"__attach_version1.0_#{number:08X}"] = _stored(of_one, bytes(8))
    return compound_file(tree)


def _stored(properties: Mapping[int, Any], head: bytes, narrow: str = "") -> dict[str, bytes]:
    """The streams of *properties*: texts and bytes apart, numbers in the table itself."""
    streams: dict[str, bytes] = {}
    table = head
    for identity, value in properties.items():
        if isinstance(value, int):
            kind = _TIME if identity == 0x0039 else _LONG
            number = (value + 11_644_473_600) * 10_000_000 if kind == _TIME else value
            table += struct.pack("<HHIQ", kind, identity, 6, number)
            continue
        kind = _TEXT if isinstance(value, str) else _BINARY
        kind = _NARROW if narrow and kind == _TEXT else kind
        data = value.encode(narrow or "utf-16-le") if isinstance(value, str) else value
        size = len(data) + (2 if kind == _TEXT else 0)
        table += struct.pack("<HHIII", kind, identity, 6, size, 0)
        streams[f"__substg1.0_{identity:04X}{kind:04X}"] = data
    return {"__properties_version1.0": table, **streams}


def compound_file(tree: Tree) -> bytes:
    """*tree* as a compound file."""
    entries: list[list[Any]] = [["Root Entry", 5, _NONE, _NONE, 0, 0]]
    contents: dict[int, bytes] = {}
    entries[0][3] = _entered(tree, entries, contents)
    sectors: list[bytes] = []
    chains: list[int] = []

    def chained(data: bytes) -> int:
        """Write *data* into sectors of its own; return the first."""
        if not data:
            return _END
        first = len(sectors)
        for at in range(0, len(data), _SECTOR):
            sectors.append(data[at : at + _SECTOR].ljust(_SECTOR, b"\0"))
            chains.append(len(sectors))
        chains[-1] = _END
        return first

    mini, mini_chains = b"", []
    for number, data in contents.items():
        entries[number][5] = len(data)
        if len(data) >= _CUTOFF:
            entries[number][4] = chained(data)
        elif data:
            entries[number][4] = len(mini) // _MINI
            count = -(-len(data) // _MINI)
            mini_chains += [*range(len(mini_chains) + 1, len(mini_chains) + count), _END]
            mini += data.ljust(count * _MINI, b"\0")
        else:
            entries[number][4] = _END
    entries[0][4:] = [chained(mini), len(mini)]
    directory = chained(b"".join(_entry(*entry) for entry in entries))
    mini_table = chained(struct.pack(f"<{len(mini_chains)}I", *mini_chains))
    count = next(n for n in range(1, 109) if n * _SECTOR // 4 >= len(sectors) + n)
    first = len(sectors)
    table = [*chains, *[_FAT] * count]
    table += [_FREE] * (count * _SECTOR // 4 - len(table))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack("<5H6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<IIIIIIIIII", 0, count, directory, 0, _CUTOFF, mini_table,
                        -(-len(mini_chains) * 4 // _SECTOR), _END, 0, first)  # fmt: skip
    head += struct.pack("<108I", *range(first + 1, first + count), *[_FREE] * (109 - count))
    return head + b"".join(sectors) + struct.pack(f"<{len(table)}I", *table)


def _entered(tree: Tree, entries: list[list[Any]], contents: dict[int, bytes]) -> int:
    """Enter the children of a storage, each the right neighbour of the one before; the first."""
    before = first = _NONE
    for name in sorted(tree, key=lambda name: (len(name), name.upper())):
        number = len(entries)
        entries.append([name, 2, _NONE, _NONE, 0, 0])
        if before == _NONE:
            first = number
        else:
            entries[before][2] = number
        before = number
        if isinstance(tree[name], bytes):
            contents[number] = tree[name]
        else:
            entries[number][1] = 1
            entries[number][3] = _entered(tree[name], entries, contents)
    return first


def _entry(name: str, kind: int, right: int, child: int, start: int, size: int) -> bytes:
    written = name.encode("utf-16-le")
    return (
        written.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(written) + 2, kind, 1, _NONE, right, child)
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )

"""Whose a note is: only where the note, or the line over the notes, says so."""

from __future__ import annotations

import pytest
from documents import normalized

from docproc.letters.notes.note_authors import note_author
from docproc.records import BlockKind, NoteHand


@pytest.mark.parametrize(
    ("note", "hand"),
    [
        ("1 Author's note: I wrote this myself.", NoteHand.AUTHOR),
        ("* Note in the original.", NoteHand.AUTHOR),
        ("1. Примечание автора. Так было.", NoteHand.AUTHOR),
        ("2) Так было (прим. авт.).", NoteHand.AUTHOR),
        ("Anm. d. Verf.: So war es.", NoteHand.AUTHOR),
        ("[3] Archival note: leaf 4 is missing.", NoteHand.ARCHIVE),
        ("Архивная помета: лист утрачен.", NoteHand.ARCHIVE),
        ("1 So in the text. — Ed.", NoteHand.EDITOR),
        ("1 Lord Curzon [Editor's note]", NoteHand.EDITOR),
        ("1 Лорд Керзон. — Ред.", NoteHand.EDITOR),
        ("1 Лорд Керзон (прим. сост.)", NoteHand.EDITOR),
        ("Anm. d. Hrsg.: gemeint ist Curzon.", NoteHand.EDITOR),
        ("1 Lord Curzon.", None),
        ("1 The author notes that it was late.", None),
        ("1 See the editor's letter in Document 4.", None),
        ("1 The author's note of 3 May was burnt.", None),
        ("1 Red. Scarlet.", None),
        ("", None),
    ],
)
def test_a_note_is_whose_it_says_it_is(note: str, hand: NoteHand | None):
    assert note_author(note) is hand


LETTER = """Author's notes

1 Seen by me.
2 Not by me. — Ed.

Archival notes

3 Leaf 2 is torn.
"""


def test_a_heading_says_it_of_the_notes_under_it():
    body = (
        "Ivanov to Petrov\n\n2 November 1921\n\nI saw it [1] and he did not [2], nor you [3].\n\n"
    )
    document = normalized(body + "Ivanov\n\n" + LETTER.replace("\n2 Not", "\n\n2 Not"))
    hands = {b.label: b.hand for b in document.blocks if b.kind is BlockKind.NOTE}
    assert hands == {"1": NoteHand.AUTHOR, "2": NoteHand.EDITOR, "3": NoteHand.ARCHIVE}

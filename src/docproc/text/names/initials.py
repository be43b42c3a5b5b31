"""One person's name however its initials are set: R.G. Casey, R. G. CASEY, Casey, R.G.

Only the setting is disregarded: case, the spaces and stops of initials, and which of initials and
family name comes first.  Other initials are another person, and a name without any is no more
than itself.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from docproc.text.patterns import compile_on_use

_INITIAL = r"[^\W\d_a-zа-яё](?:[^\W\d_]{0,2}\.|(?=[\s-]))"
_INITIALS = rf"(?:{_INITIAL}[\s-]?){{1,5}}"
_PARTICLES = r"(?i:(?:von|van|de|der|den|di|da|du|la|le|al|bin|фон)\s)*"
_FAMILY = rf"{_PARTICLES}[^\W\d_][^\W\d_'’-]*(?:['’-][^\W\d_]+)*"
_GIVEN_FIRST = compile_on_use(rf"(?P<given>{_INITIALS})(?P<family>{_FAMILY})")
_FAMILY_FIRST = compile_on_use(rf"(?P<family>{_FAMILY}),?\s(?P<given>{_INITIALS})")


def split_initials(name: str) -> tuple[str, str] | None:
    """Family name and initials, folded (``("casey", "r.g.")``); ``None`` without initials."""
    line = " ".join(unicodedata.normalize("NFKC", name).split())
    # a space, so that the last initial of "Casey R G" is one; "R. G." alone has no family name
    match = _GIVEN_FIRST.fullmatch(line) or _FAMILY_FIRST.fullmatch(f"{line} ".rstrip(" ") + " ")
    if match is None or len(match["family"]) < 2:
        return None
    given = "".join(f"{letters}." for letters in re.findall(r"[^\W\d_]+", match["given"]))
    return match["family"].casefold(), given.casefold()


def person_key(name: str) -> str:
    """The same for every setting of one name, and for no other."""
    found = split_initials(name)
    if found is None:
        plain = name.replace('"', "")  # as mail programs set names, or leave them
        return " ".join(unicodedata.normalize("NFKC", plain).casefold().split())
    return "|".join(found)


def match_initials(asked: str) -> Callable[[str], bool] | None:
    """Whether a name, folded, holds *asked*, however both are set; ``None`` without initials.

    It must have the initials of *asked* and no more: A.R.G. Casey is not R.G. Casey.
    """
    found = split_initials(asked)
    if found is None:
        return None
    family = re.escape(found[0])
    given = r"[\s-]*+".join(rf"{re.escape(each)}\.?+" for each in found[1].split(".")[:-1])
    before = re.compile(
        rf"(?P<more>(?:(?<!\w)\w\.[\s-]?)*)(?<!\w){given}[\s-]*(?<!\w){family}(?!\w)"
    )
    after = re.compile(rf"(?<!\w){family},?\s{given}(?P<more>\w|\s\w\.)?")

    def holds(name: str) -> bool:
        matches = (match for form in (before, after) for match in form.finditer(name))
        return any(not match["more"] for match in matches)

    return holds

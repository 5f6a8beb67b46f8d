"""Finished lines, made harmless to a terminal and to the log of a build service.

Parts that are harmless alone can form a command together, and where a line is wrapped a command may
begin. So all that is printed or written goes through here last, line by line, whoever made it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from .address import CODE, NAME, page_of
from .lazy_re import later
from .visible import STARTS_COMMAND, is_visible, visible

_COLOR: Final = later("\x1b\\[[0-9;]*m")
"""A colour (ECMA-48, SGR): it neither moves the cursor nor hides anything."""

_LINK: Final = "\x1b]8;;{}\x1b\\{}\x1b]8;;\x1b\\"
"""A link with its address and its text (OSC 8)."""


class Command(str):
    """A command for a build service, a line with its line end, made by this program.

    Its first two characters stay as they are; the rest is made harmless as any line.
    """

    __slots__ = ()


def link(site: str, name: str, code: str) -> str:
    """The code of a rule, as a link to its page below `site`; without a link if `site` is empty."""
    page = page_of(site, name)
    return _LINK.format(page, code) if page else code


def _ours(color: bool, site: str) -> str:
    """A pattern of the sequences that this program writes itself: links to `site`, and colours.

    The group `code` is the text of the link, the code of a rule. No other link matches.
    """
    before, after = map(re.escape, page_of(site, "-").rsplit("-", 1))
    opening, between, ending = map(re.escape, _LINK.split("{}"))
    links = f"{opening}{before}{NAME}{after}{between}(?P<code>{CODE}){ending}"
    return f"\x1b\\[[0-9;]*m|{links}" if color else links


def _bare(text: str, color: bool, site: str) -> str:
    """The text without the colours and links that this program writes itself."""
    if "\x1b" not in text or not (color or site):
        return text
    return re.sub(_ours(color, site), r"\g<code>", text) if site else _COLOR.sub("", text)


def harmless_lines(pieces: Iterable[str], color: bool = False, site: str = "") -> Iterator[str]:
    """The text of all pieces, cut anew into complete lines and made harmless.

    Text whose parts were made `visible` stays as it is, unless it forms a command. What an output
    format has let through of a document or a name is spelled out. For `color` and `site` see
    `harmless`.
    """
    rest = ""
    for piece in pieces:
        if type(piece) is Command and not rest:
            yield piece[:2] + harmless(piece[2:], color, site, inner=True)
            continue
        text = rest + piece
        lines, end, rest = ("", text, "") if text.endswith("\n") else text.rpartition("\n")
        if lines or end:
            yield harmless(lines + end, color, site)
    if rest:
        yield harmless(rest, color, site)


def harmless(text: str, color: bool = False, site: str = "", *, inner: bool = False) -> str:
    """Complete lines, with all that would steer a terminal or a build service spelled out.

    With `color`, colours stay; with a `site`, links of codes to its pages. `inner` says that the
    text does not begin at the start of a line.
    """
    bare = _bare(text, color, site)
    if is_visible(bare.replace("\n", "")) and (inner or not _starts_command(bare)):
        return text
    lines = text.split("\n")
    return "\n".join(
        [_judged(line, color, site, inner and not at) for at, line in enumerate(lines)]
    )


def _starts_command(text: str) -> bool:
    """Whether a line of the text begins with a command, or may."""
    if text.find("\n") in (-1, len(text) - 1):
        return bool(STARTS_COMMAND.match(text))
    if not ("::" in text or "---" in text or "+++" in text or "~~~" in text or "^^^" in text):
        return False  # takes a fifth of the time of the search below
    return bool(STARTS_COMMAND.search(text))


def _judged(line: str, color: bool, site: str, inner: bool) -> str:
    """One line without its end, made harmless. If that changes it, its colours and links go too."""
    bare = _bare(line, color, site)
    shown = visible(bare)
    start = None if inner else STARTS_COMMAND.match(shown)
    if start:
        at = max(0, start.end("blanks"))
        shown = f"{shown[:at]}<U+{ord(shown[at]):04X}>{shown[at + 1 :]}"
    return line if shown == bare else shown

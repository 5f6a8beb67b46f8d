"""A name that one system takes and another refuses cannot be checked out, unpacked or synchronised.

Windows forbids some characters and endings and keeps names such as `con` for devices; macOS
rewrites letters with accents; a name that is not UTF-8 has no spelling that all tools share; what
nobody sees in a name nobody types. Every part of a path is judged, a directory once, at its first
file.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...file.portable import suspicious, trouble
from ...model import Hit, Severity, about_file
from ...settings.options import Settings
from ...text.visible import visible
from ..rule import Name, Rule


def diagnose(name: bytes, settings: Settings) -> Iterator[Hit]:
    found = trouble(name.removesuffix(b"/"))
    if found:
        what = "directory" if name.endswith(b"/") else "file"
        shown = visible(name.removesuffix(b"/").decode("utf-8", "surrogateescape"))
        yield about_file(
            f"the {what} name `{shown}` does not travel: {found}",
            help="rename it with letters, digits, `-`, `_` and `.`",
        )


rule = Rule(
    __name__,
    code="FIL104",
    summary="A name of a file or directory is impossible or changed on another system.",
    check=Name(suspicious, diagnose),
    severity=Severity.WARNING,
    bad={"what?.txt": b"Title\nText.\n"},
    ok={"what.txt": b"Title\nText.\n"},
)

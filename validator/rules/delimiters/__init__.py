"""DEL: do the markers divide the file into documents?"""

from __future__ import annotations

from ...delimiters import misfits as fitting
from ...delimiters.flaws import Near
from ...model import Applicability, Aside, Edit, Fix
from ...settings.options import choice
from ...text.visible import visible, visible_bytes
from ..rule import Repair, unsafely

misfits = fitting.misfits

FRAMED = {
    "delimiters": {
        "kind": "length-framed",
        "begin": "RECORD",
        "length-field": "Length",
        "after": "\n\n",
    }
}
"""The keys of a profile whose documents are preceded by their length."""

SHOWN = 60
"""Characters of a line that a message quotes at most."""


def quoted(line: bytes) -> str:
    """A line of a document for a message: made visible, cut, between backticks."""
    return f"`{cut(visible_bytes(line[: 4 * SHOWN]))}`"


def cut(text: str) -> str:
    """Text of at most SHOWN characters."""
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"


def named(index: int) -> str:
    """The name of a document in messages, by its index."""
    return f"document {index}"


def about_near(near: Near) -> str:
    """Words about a line that looks like the missing marker but is not one."""
    why = f", but {near.why}" if near.why else ""
    return f"line {near.row}, {quoted(near.line)}, looks like `{visible(near.form)}`{why}"


def beside(near: Near | None) -> tuple[Aside, ...]:
    """The place of a line that looks like the missing marker; empty without one."""
    return (Aside(near.start, f"this line looks like `{visible(near.form)}`"),) if near else ()


def written_as(near: Near | None, *, is_missing: bool = False) -> Fix | None:
    """The fix that writes a line that looks like a marker as the marker.

    None if there is no such line, or the marker has no fixed text. The fix is unsafe, since the
    line may be meant as text. It is safe if the marker `is_missing` and the line differs from it
    only in blanks at its end.
    """
    if near is None or not near.exact:
        return None
    edit = Edit(near.start, near.end, near.form.encode())
    words = f"write `{near.form}`" if near.form else "remove the blanks"
    is_it = is_missing and near.form and near.line.rstrip(b" \t\r") == near.form.encode()
    return Fix(words, (edit,), Applicability.SAFE if is_it else Applicability.UNSAFE)


def mended_look_alike(marker: str) -> Repair:
    """The repair of rules that use `written_as`; `marker` is its name in words."""
    words = f"A line that looks like the {marker} is written as the {marker}."
    return unsafely(words, "marker-lines", reveals=True)


def in_bytes(size: int) -> str:
    """A size in words: `1 byte`, `12 bytes`."""
    return "1 byte" if size == 1 else f"{size} bytes"


PADDING = choice(
    "delimiters.padding",
    "a blank line after the opening fence, and white space other than line ends at the start or "
    "end of a body, both of which some readers take off; `by-readers` allows the white space that "
    "the readers of the profile keep",
    "allow forbid by-readers",
)

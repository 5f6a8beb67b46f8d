"""Text and attributes of XML 1.0, which has no way to write control characters."""

from __future__ import annotations

from typing import Final

from ..text.visible import visible

DECLARATION: Final = '<?xml version="1.0" encoding="utf-8"?>\n'


def content(text: str) -> str:
    """Text between tags: hostile characters are spelled out, markup is escaped.

    Two colons are escaped, too: at the start of a log line they would be a command.
    """
    shown = visible(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return shown.replace("::", ":&#58;")


def attributes(**values: str | int) -> str:
    """The attributes of a tag: ` name="value"` for each."""
    told = ""
    for name, value in values.items():
        told += f' {name}="{value if isinstance(value, int) else quoted(value)}"'
    return told


def quoted(value: str) -> str:
    """A text as the value of an attribute, without the quotation marks around it."""
    return content(value).replace('"', "&quot;")

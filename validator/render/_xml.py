"""Text and attributes of XML 1.0, of which control characters are no part in any form."""

from __future__ import annotations

from typing import Final

from ..text.visible import visible

DECLARATION: Final = '<?xml version="1.0" encoding="utf-8"?>\n'


def content(text: str) -> str:
    """Text between tags: what no reader should get is spelled out, what is of XML is escaped.

    So are two colons, which would be a command at the start of a line of a log.
    """
    shown = visible(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return shown.replace("::", ":&#58;")


def attributes(**values: str | int) -> str:
    """` name="value"` of each."""
    told = ""
    for name, value in values.items():
        told += f' {name}="{value if isinstance(value, int) else quoted(value)}"'
    return told


def quoted(value: str) -> str:
    """The text of an attribute."""
    return content(value).replace('"', "&quot;")

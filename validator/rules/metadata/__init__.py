"""MET: is the metadata there, readable, and true?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

FRONT_MATTER: Final[Mapping[str, Mapping[str, object]]] = {"delimiters": {"block": "front-matter"}}
"""The keys of a profile whose files are one document each, with a block between fences."""

RECORDS: Final[Mapping[str, Mapping[str, object]]] = {"delimiters": {"kind": "json-lines"}}
"""The keys of a profile whose files hold a JSON record a line."""

BLOCKS: Final = {
    "yaml": "the YAML block",
    "toml": "the TOML block",
    "json": "the JSON",
    "headers": "the header block",
    "comments": "the block of comments",
}
"""What the metadata of a syntax is called in messages."""

SHOWN: Final = 60
"""Longest part of a document's text that a message repeats, in code points."""


def shortened(text: str) -> str:
    """`text`, made visible and cut to what a message may hold."""
    from ...visible import visible

    return visible(text[:SHOWN]) + ("…" if len(text) > SHOWN else "")

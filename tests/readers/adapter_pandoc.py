"""Pandoc, whose metadata are Markdown: values with their text, and the text of the document plain.

This module runs in the environment of the readers, as `adapters` does.
"""

from __future__ import annotations

import json
import re
import subprocess
from typing import Any


def read_pandoc(path: str) -> Any:
    """One document. Raises CalledProcessError where pandoc gives it up."""
    made = json.loads(_pandoc("--to", "json", path))
    plain = _pandoc("--to", "plain", "--wrap", "preserve", path)
    return [
        {
            "metadata": {name: _value(value) for name, value in made["meta"].items()},
            "body": re.sub("-{72}\n+", "---\n", plain.strip("\n")),  # a rule, as it is written
        }
    ]


def _pandoc(*words: str) -> str:
    command = ["pandoc", "--from", "markdown", *words]
    done = subprocess.run(command, capture_output=True, check=True)
    if done.stderr:
        raise ValueError(done.stderr)  # a warning: it goes on without the block
    return done.stdout.decode()


def _value(value: Any) -> Any:
    """A value, in which text has no marks of Markdown."""
    kind, inner = value["t"], value["c"]
    if kind == "MetaMap":
        return {name: _value(one) for name, one in inner.items()}
    if kind == "MetaList":
        return [_value(one) for one in inner]
    if kind == "MetaBlocks":
        return "".join(f"{_text(block.get('c', []))}\n" for block in inner)
    if kind == "MetaString" and not inner:
        return None  # what null becomes, and nothing else: an empty text is no inline elements
    return _text(inner) if kind == "MetaInlines" else inner


def _text(inlines: Any) -> str:
    """The text of inline elements, those within others too."""
    if isinstance(inlines, str):
        return inlines
    if isinstance(inlines, list):
        return "".join(map(_text, inlines))
    if inlines["t"] == "LineBreak":
        return "\n"
    return {"Space": " ", "SoftBreak": "\n"}.get(inlines["t"]) or _text(inlines.get("c", ""))

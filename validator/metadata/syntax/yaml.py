"""YAML, quick: libyaml composes the block once, and doubtful blocks are left to the exact way.

Only the types of the core schema of YAML 1.2; dates stay text.
"""

from __future__ import annotations

from typing import Any, Final

import yaml

from ...document import Span
from ...encoding.utf8 import MARK
from ...settings.options import Settings
from ...text.lazy_re import later
from .block_text import Examined
from .libyaml import Composer
from .limits import ALLOW_AMBIGUOUS, MAX_BYTES, MAX_DEPTH
from .scalars import DOUBTFUL, plain

_MANY: Final = 200
"""Brackets in a block that may be composed: composing recurses in C, once for each of them."""

# A node with an anchor, alias or tag, where a token may begin.
_PROPERTY: Final = later(rb"(?:\A|[\s,\[\]{}:])(?:[&*]\S|!)")

# Lists in lists on one line, `- - - a`, and what is indented far enough to be deep.
_INDENTED: Final = later(rb"(?:\A|[\r\n])[ \t?:-]{100}")

# Line ends to libyaml, and to YAML 1.1, but not to YAML 1.2: NEL, U+2028, U+2029.
_OTHER_BREAKS: Final = later(b"\xc2\x85|\xe2\x80[\xa8\xa9]")


def load(block: bytes, settings: Settings) -> dict[str, Any] | None:
    """The fields of a YAML mapping; None when it must be examined."""
    if len(block) > settings[MAX_BYTES] or not _looks_plain(block):
        return None
    try:
        node = Composer(block).get_single_node()
    except (yaml.YAMLError, UnicodeDecodeError):
        return None
    if not isinstance(node, yaml.MappingNode):
        return None
    fields = _value(node, settings[MAX_DEPTH], settings[ALLOW_AMBIGUOUS])
    return fields if isinstance(fields, dict) and fields else None


def examine(data: bytes, span: Span, settings: Settings) -> Examined:
    """The tree of a YAML mapping with the bytes of every key and value, and its flaws."""
    from .yaml_nodes import parse

    return parse(data, span, settings)


def _looks_plain(block: bytes) -> bool:
    """Whether a block is surely not deep, and uses no anchor, alias or tag."""
    if block.count(b"[") + block.count(b"{") > _MANY or block.startswith(MARK):
        return False
    if (b"&" in block or b"*" in block or b"!" in block) and _PROPERTY.search(block):
        return False
    if not block.isascii() and _OTHER_BREAKS.search(block):
        return False
    return len(block) < 100 or _INDENTED.search(block) is None


def _value(node: Any, room: int, allowed: tuple[str, ...]) -> Any:
    """The value of a node; DOUBTFUL if anything in it is, or if it is deeper than `room`."""
    if type(node) is yaml.ScalarNode:
        text = node.value
        return plain(text, allowed) if node.tag == "p" else text
    if not room:
        return DOUBTFUL
    if type(node) is yaml.SequenceNode:
        items = [_value(item, room - 1, allowed) for item in node.value]
        return DOUBTFUL if any(item is DOUBTFUL for item in items) else items
    fields: dict[str, Any] = {}
    for key, item in node.value:
        name = _value(key, 0, allowed)
        value = _value(item, room - 1, allowed)
        if type(name) is not str or value is DOUBTFUL:
            return DOUBTFUL
        fields[name] = value
    return fields if len(fields) == len(node.value) else DOUBTFUL

"""The values of a block of YAML, quickly: without positions, and none of them doubtful.

Only the types of the core schema of YAML 1.2; dates stay text.
"""

from __future__ import annotations

from typing import Any

import yaml

from ...settings.options import Settings
from .libyaml import Composer
from .limits import ALLOW_AMBIGUOUS, MAX_DEPTH
from .scalars import DOUBTFUL, plain


def fields(block: bytes, settings: Settings) -> dict[str, Any] | None:
    """The fields of a mapping that is not deep, by one call of libyaml; None if in doubt."""
    try:
        node = Composer(block).get_single_node()
    except (yaml.YAMLError, UnicodeDecodeError):
        return None
    if not isinstance(node, yaml.MappingNode):
        return None
    found = _value(node, settings[MAX_DEPTH], settings[ALLOW_AMBIGUOUS])
    return found if isinstance(found, dict) and found else None


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

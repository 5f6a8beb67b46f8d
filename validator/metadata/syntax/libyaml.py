"""The only module that uses a private part of PyYAML: libyaml's parser, without its loaders.

The safe loader of PyYAML resolves types by YAML 1.1, and takes 75 us for a block of 11 lines, this
module 28. The readers of the profile decide what a scalar is (`scalars`); moments stay text.
"""

from __future__ import annotations

from typing import Any

import yaml

from ...settings.options import Settings
from .limits import MAX_DEPTH
from .scalars import DOUBTFUL, Scalars, scalars_of

try:
    from yaml._yaml import CParser
except ImportError as error:
    raise ImportError(
        f"PyYAML {yaml.__version__} has no `yaml._yaml.CParser`: install one of its wheels, which "
        "hold libyaml; or, if this release took it away, validator/metadata/syntax/libyaml.py "
        "must be adapted"
    ) from error


class Composer(CParser):
    """A parser whose nodes have a tag that says only whether the scalar was plain."""

    def resolve(self, kind: Any, value: Any, implicit: Any) -> str:
        """`p` for a plain scalar, `q` for all others."""
        return "p" if kind is yaml.ScalarNode and implicit[0] else "q"

    def descend_resolver(self, parent: Any, index: Any) -> None:
        """Nothing is resolved by its place."""

    def ascend_resolver(self) -> None:
        """Nothing is resolved by its place."""


def events(text: str) -> CParser:
    """The parser of a text; its `get_event` gives the events in order, None after the last."""
    return CParser(text)


def fields(block: bytes, settings: Settings) -> dict[str, Any] | None:
    """The fields of a mapping, by one call of libyaml; None if the block must be examined.

    The block must not be deeply nested, as libyaml recurses here.
    """
    try:
        node = Composer(block).get_single_node()
    except (yaml.YAMLError, UnicodeDecodeError):
        return None
    if not isinstance(node, yaml.MappingNode):
        return None
    found = _value(node, settings[MAX_DEPTH], scalars_of(settings))
    return found if isinstance(found, dict) and found else None


def kind_of(block: bytes) -> str:
    """What a YAML text is: `mapping`, `nothing`, `error`, `other`. It must not be nested deeply."""
    try:
        node = Composer(block).get_single_node()
    except (yaml.YAMLError, UnicodeDecodeError):
        return "error"
    if node is None:
        return "nothing"
    return "mapping" if isinstance(node, yaml.MappingNode) else "other"


def _value(node: Any, room: int, scalars: Scalars) -> Any:
    """The value of a node; DOUBTFUL if a part of it is, or if it is nested deeper than `room`."""
    if type(node) is yaml.ScalarNode:
        text = node.value
        return scalars.plain(text) if node.tag == "p" else text
    if not room:
        return DOUBTFUL
    if type(node) is yaml.SequenceNode:
        items = [_value(item, room - 1, scalars) for item in node.value]
        return DOUBTFUL if any(item is DOUBTFUL for item in items) else items
    fields: dict[str, Any] = {}
    for key, item in node.value:
        name = scalars.key(key.value) if key.tag == "p" else _value(key, 0, scalars)
        value = _value(item, room - 1, scalars)
        if type(name) is not str or value is DOUBTFUL:
            return DOUBTFUL
        fields[name] = value
    return fields if len(fields) == len(node.value) else DOUBTFUL

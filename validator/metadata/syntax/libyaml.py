"""The one door to what PyYAML does not publish: libyaml's parser, without the loaders around it.

Its own safe loader resolves types by YAML 1.1, and takes 75 us for a block of 11 lines against 28.
"""

from __future__ import annotations

from typing import Any

import yaml

try:
    from yaml._yaml import CParser
except ImportError as error:
    raise ImportError(
        f"PyYAML {yaml.__version__} has no `yaml._yaml.CParser`: install one of its wheels, which "
        "hold libyaml; or, if this release took it away, validator/metadata/syntax/libyaml.py "
        "must be adapted"
    ) from error


class Composer(CParser):
    """Gives nodes whose tag says only whether the scalar was plain."""

    def resolve(self, kind: Any, value: Any, implicit: Any) -> str:
        """`p` for a plain scalar, `q` for all others."""
        return "p" if kind is yaml.ScalarNode and implicit[0] else "q"

    def descend_resolver(self, parent: Any, index: Any) -> None:
        """Nothing is resolved by its place."""

    def ascend_resolver(self) -> None:
        """Nothing is resolved by its place."""


def events(text: str) -> CParser:
    """The events of a text, which `get_event` gives one after the other; None after the last."""
    return CParser(text)

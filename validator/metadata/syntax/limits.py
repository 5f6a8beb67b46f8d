"""How large and deep a metadata block may be, and what of YAML it may use."""

from __future__ import annotations

from typing import Final

from ...settings.options import Option, choice, number

AMBIGUOUS_KINDS: Final = (
    "truth-word",
    "truth-letter",
    "octal",
    "base-60",
    "underscore",
    "binary",
    "hexadecimal",
    "exponent",
    "trailing-zero",
    "date",
    "other",
)
"""What an unquoted YAML value may look like so that readers take it for different things."""


MAX_BYTES = number("metadata.max-bytes", "longest metadata block, in bytes", 1 << 20, 1)

MAX_DEPTH = number(
    "metadata.max-depth", "how many lists and mappings may stand within each other", 64, 1
)

ANCHORS = choice(
    "metadata.yaml-anchors",
    "anchors, aliases and merge keys of YAML (`&a`, `*a`, `<<`)",
    "forbid",
    "forbid",
    "allow",
)

TAGS = choice("metadata.yaml-tags", "tags of YAML (`!name`)", "forbid", "forbid", "allow")

HEADER_BLANK = choice(
    "metadata.header-blank",
    "a blank between the colon of a header and its value",
    "allow",
    "allow",
    "require",
)


def _kinds(value: object) -> tuple[str, ...]:
    if isinstance(value, list) and all(kind in AMBIGUOUS_KINDS for kind in value):
        return tuple(value)
    raise ValueError(f"must be a list of {', '.join(AMBIGUOUS_KINDS)}, not {value!r}")


ALLOW_AMBIGUOUS: Option[tuple[str, ...]] = Option(
    "metadata.allow-ambiguous",
    "unquoted YAML values that may stay although readers differ about them",
    (),
    {"type": "array", "items": {"enum": list(AMBIGUOUS_KINDS)}},
    _kinds,
)

"""How large and deep a metadata block may be, and what of YAML it may use."""

from __future__ import annotations

from ...settings.options import choice, count, several

MAX_BYTES = count("metadata.max-bytes", "longest metadata block, in bytes", 1 << 20, 1)

MAX_DEPTH = count(
    "metadata.max-depth", "how many lists and mappings may stand within each other", 64, 1
)

ANCHORS = choice(
    "metadata.yaml-anchors",
    "anchors, aliases and merge keys of YAML (`&a`, `*a`, `<<`)",
    "forbid allow",
)

TAGS = choice("metadata.yaml-tags", "tags of YAML (`!name`)", "forbid allow")

HEADER_BLANK = choice(
    "metadata.header-blank",
    "a blank between the colon of a header and its value",
    "allow require",
)


ALLOW_AMBIGUOUS = several(
    "metadata.allow-ambiguous",
    "unquoted YAML values that may stay although readers differ about them",
    "truth-word truth-letter octal base-60 underscore binary hexadecimal exponent trailing-zero "
    "date other",
)

"""The options for the size and depth of a metadata block, and the parts of YAML it may use."""

from __future__ import annotations

from ...settings.options import Settings, choice, count, several

MAX_BYTES = count("metadata.max-bytes", "longest metadata block, in bytes", 1 << 20, 1)

MAX_DEPTH = count(
    "metadata.max-depth", "how many lists and mappings may stand within each other", 64, 1
)

ANCHORS = choice(
    "metadata.yaml-anchors",
    "anchors, aliases and merge keys of YAML (`&a`, `*a`, `<<`)",
    "forbid allow",
)

TAGS = choice(
    "metadata.yaml-tags",
    "tags of YAML: `forbid`, `allow`, `own` for those of one program alone (`!name`), `by-block` "
    "for `own` in files that are YAML as a whole and none in front matter",
    "by-block forbid own allow",
)

HEADER_BLANK = choice(
    "metadata.header-blank",
    "a blank between the colon of a header and its value",
    "allow require",
)

REPEATED_HEADERS = choice(
    "metadata.repeated-headers",
    "a header name that stands twice: `as-in-mail` allows it, as `Received` and `X-…` stand often, "
    "but for those that a mail has once, such as `Subject`",
    "forbid as-in-mail",
)

ALLOW_AMBIGUOUS = several(
    "metadata.allow-ambiguous",
    "unquoted YAML values that may stay although readers differ about them",
    "truth-word truth-letter octal base-60 underscore comma binary hexadecimal exponent "
    "trailing-zero date other",
)


def is_entire(settings: Settings) -> bool:
    """Whether whole files are metadata, as programs read them, and not pages with front matter."""
    return settings.values.get("delimiters.block") == "entire"


def tags_allowed(settings: Settings) -> str:
    """Which YAML tags the profile allows: `allow`, `own` or `forbid`."""
    found: str = settings[TAGS]
    if found == "by-block":
        return "own" if is_entire(settings) else "forbid"
    return found

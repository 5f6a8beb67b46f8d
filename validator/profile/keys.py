"""The keys of a configuration and of a profile, beside the options that rules declare."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from ..model import Severity

SEVERITIES: Final = tuple(severity.value for severity in Severity)

UNCLAIMED: Final = ("pass-by", "detect")

PROFILE_KEYS: Final[Mapping[str, Mapping[str, Any]]] = {
    "summary": {"type": "string", "description": "what the profile is for, in one line"},
    "extends": {
        "type": "string",
        "description": "a built-in profile, or another one of this file, to start from",
    },
    "files": {
        "type": "array",
        "items": {"type": "string"},
        "description": "the files that the profile is for, as .gitignore patterns relative to "
        "this file; without it, those whose names the built-in profile that it extends is chosen "
        "by, or else all",
    },
    "exclude": {
        "type": "array",
        "items": {"type": "string"},
        "description": "files that it is not for, as .gitignore patterns",
    },
    "detect": {
        "type": "array",
        "items": {"type": "string"},
        "description": "names by which a built-in profile is chosen when nothing is configured",
    },
    "select": {
        "type": "array",
        "items": {"type": "string"},
        "description": "rules to run, by code, prefix of a code, name or ALL; without it, the "
        "default ones",
    },
    "extend-select": {
        "type": "array",
        "items": {"type": "string"},
        "description": "rules to run besides",
    },
    "ignore": {
        "type": "array",
        "items": {"type": "string"},
        "description": "rules not to run, by code, prefix of a code or name",
    },
    "severity": {
        "type": "object",
        "additionalProperties": {"enum": list(SEVERITIES)},
        "description": "severity by code, prefix of a code or name",
    },
}

CONFIG_KEYS: Final[Mapping[str, Mapping[str, Any]]] = {
    "extends": {
        "type": "string",
        "description": "a configuration in this directory or one above, to start from: the path of "
        "the file, relative to this one",
    },
    "profile": {
        "type": "string",
        "description": "the profile for all files; without it, each file has the first profile "
        "whose `files` match",
    },
    "profiles": {"type": "object", "description": "profiles by name"},
    **{
        key: PROFILE_KEYS[key]
        for key in ("exclude", "select", "extend-select", "ignore", "severity")
    },
    "fail-on": {
        "enum": [*SEVERITIES, "never"],
        "description": "the least severity that makes `check` exit 1",
    },
    "unclaimed": {
        "enum": [*UNCLAIMED],
        "description": "what becomes of a file that no profile of yours is for: `pass-by` counts "
        "it (the default), `detect` checks it under the built-in profile that knows its name",
    },
    "respect-gitignore": {
        "type": "boolean",
        "description": "pass by what git ignores (default true)",
    },
}

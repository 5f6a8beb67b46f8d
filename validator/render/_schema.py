"""The JSON Schema of the `json` format: what consumers may rely on within a schema version.

Keys are only ever added within a version; a consumer must pass over keys that it does not know.
"""

from __future__ import annotations

from typing import Any

from ..model import FindingKind, Severity
from ._json import SCHEMA_VERSION

_COUNT = {"type": "integer", "minimum": 0}
_PLACE = {
    "type": "object",
    "required": ["row", "column"],
    "properties": {
        "row": {"type": "integer", "minimum": 1},
        "column": {
            "type": "integer",
            "minimum": 1,
            "description": "in code points; an end is exclusive",
        },
        "byte_column": {
            "type": "integer",
            "minimum": 1,
            "description": "the same in bytes of UTF-8, where it is known",
        },
    },
}

_BASELINE = {
    "type": "object",
    "description": "how the run compares with its baseline, if it has one",
    "required": ["known", "gone"],
    "properties": {
        "known": {**_COUNT, "description": "findings that the baseline knows"},
        "gone": {
            "type": "array",
            "description": "what the baseline knows and is not there any more",
            "items": {
                "type": "object",
                "required": ["path", "code", "count"],
                "properties": {
                    "path": {"type": "string", "description": "relative to the baseline"},
                    "code": {"type": "string"},
                    "count": _COUNT,
                },
            },
        },
    },
}
_ARCHIVE = {
    "type": "object",
    "description": "there only where the file is a member of an archive: `path` is the path of the "
    "archive, `!` and the name of the member",
    "required": ["path", "member"],
    "properties": {"path": {"type": "string"}, "member": {"type": "string"}},
}
_UNFINISHED = {
    "type": "object",
    "description": "there only where the run was stopped: how far it came",
    "required": ["after", "all_files"],
    "properties": {
        "after": {
            "type": ["string", "null"],
            "description": "the last file that was checked, as were all before it",
        },
        "all_files": {
            "type": "boolean",
            "description": "all files were checked, but not whether documents agree",
        },
    },
}


def _counts(*names: str) -> dict[str, Any]:
    return {
        "type": "object",
        "required": list(names),
        "properties": dict.fromkeys(names, _COUNT),
    }


def report_schema() -> dict[str, Any]:
    """JSON Schema 2020-12 of the envelope."""
    severities = [severity.value for severity in Severity]
    files = _counts("matched", "checked", "skipped")
    for name in ("skipped_by_reason", "unclaimed_suffixes", "by_content"):
        files["properties"][name] = {"type": "object", "additionalProperties": _COUNT}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"seed-validator report, version {SCHEMA_VERSION}",
        "type": "object",
        "required": ["schema_version", "tool", "diagnostics", "summary"],
        "properties": {
            "schema_version": {"const": SCHEMA_VERSION},
            "tool": {
                "type": "object",
                "required": ["name", "version"],
                "properties": {"name": {"type": "string"}, "version": {"type": "string"}},
            },
            "summary": {
                "type": "object",
                "required": ["files", "documents", "bytes", "findings", "fail_on", "exit_code"],
                "properties": {
                    "files": files,
                    "documents": _counts("seen", "valid", "rejected"),
                    "bytes": _COUNT,
                    "outside": {**_COUNT, "description": "bytes that belong to no document"},
                    "findings": _counts(*severities, "omitted"),
                    "unfinished": _UNFINISHED,
                    "baseline": _BASELINE,
                    "suppressed": {**_COUNT, "description": "findings not told by request"},
                    "documentation": {
                        "type": "string",
                        "description": "the address of the documentation, where the configuration "
                        "has one: the page of a rule is `rules/NAME.html` below it",
                    },
                    "unchanged": {
                        **_COUNT,
                        "description": "findings in what has not changed, with --since or --staged",
                    },
                    "fail_on": {"enum": [*severities, "never"]},
                    "exit_code": {"type": "integer", "description": "of the run"},
                },
            },
            "diagnostics": {"type": "array", "items": {"$ref": "#/$defs/diagnostic"}},
        },
        "$defs": {"place": _PLACE, "diagnostic": _diagnostic(severities)},
    }


def _diagnostic(severities: list[str]) -> dict[str, Any]:
    place = {"$ref": "#/$defs/place"}
    text = {"type": "string"}
    properties: dict[str, Any] = {
        "code": {"type": "string", "pattern": "^[A-Z]{3}[0-9]{3}$"},
        "name": {"type": "string", "pattern": "^[a-z0-9-]+$"},
        "kind": {
            "enum": [*FindingKind],
            "description": "what it is about; `reader`: whether programs read it, and alike",
        },
        "severity": {"enum": severities},
        "message": {"type": "string", "minLength": 1},
        "path": {"type": "string", "description": "relative where it can be, with `/`"},
        "location": place,
        "end_location": place,
        "byte_offset": {**_COUNT, "description": "in the file, from 0"},
        "byte_length": _COUNT,
        "whole_file": {
            "type": "boolean",
            "description": "whether it is about no bytes of the file",
        },
        "divided": {
            "type": "boolean",
            "description": "whether the file is divided into documents",
        },
        "document": {
            "type": "object",
            "required": ["index", "id"],
            "properties": {
                "index": {
                    "type": ["integer", "null"],
                    "minimum": 1,
                    "description": "in its file, from 1; null for what belongs to no document",
                },
                "id": {"type": ["string", "null"]},
                "path": {
                    **text,
                    "description": "of the document, where `path` is the file beside it that "
                    "holds its metadata",
                },
            },
        },
        "help": {"type": ["string", "null"]},
        "label": {"type": ["string", "null"], "description": "what stands at the marked bytes"},
        "notes": {"type": "array", "items": text},
        "fix": {
            "type": ["object", "null"],
            "required": ["applicability", "message", "edits"],
            "properties": {
                "applicability": {"enum": ["safe", "unsafe"]},
                "message": text,
                "edits": {
                    "type": "array",
                    "items": {
                        "type": "object",
                        "required": ["byte_offset", "byte_length", "content"],
                        "properties": {
                            "byte_offset": _COUNT,
                            "byte_length": _COUNT,
                            "content": text,
                            "location": place,
                            "end_location": place,
                        },
                    },
                },
            },
        },
        "related": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["path", "message", "location"],
                "properties": {
                    "path": text,
                    "message": text,
                    "location": {"anyOf": [place, {"type": "null"}]},
                    "archive": _ARCHIVE,
                },
            },
        },
        "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{32}$"},
        "data": {
            "type": "object",
            "description": "facts of the rule; `rule CODE` tells which rule",
        },
    }
    properties["excerpt"] = {
        "type": "array",
        "items": {
            "type": "object",
            "required": ["row", "text"],
            "properties": {
                "row": {"type": "integer", "minimum": 1},
                "text": {**text, "description": "a part of the line, where it is a long one"},
                "start": {**_COUNT, "description": "of what is marked, in bytes of the text"},
                "end": _COUNT,
                "cut_before": {"const": True},
                "cut_after": {"const": True},
            },
        },
    }
    required = list(properties)
    properties["archive"] = _ARCHIVE
    properties["path_bytes"] = {
        "type": "string",
        "description": "the path in base64, where its name is not UTF-8; `message_bytes`, "
        "`text_bytes` and the like stand beside other texts that are not",
    }
    return {"type": "object", "required": required, "properties": properties}

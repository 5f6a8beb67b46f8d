"""SARIF 2.1.0 (OASIS), which code scanning of GitHub and many viewers read.

Places are relative to `SRCROOT`, the directory of the run. A region has the text and the bytes:
columns are code points, and a byte order mark is no part of them. Results are written as they come;
the rules that they name, and the exit code, stand after them.
"""

from __future__ import annotations

import base64
import os
from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import quote_from_bytes

from .. import __version__
from ..file.opening import is_remote
from ..model import Diagnostic, Edit, Fix, Location, Related, Severity, Summary
from . import Findings, Format, LateSummary, Look
from ._json import dumps, items, text
from ._words import advised, counted, left

SCHEMA: Final = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_ROOT: Final = "SRCROOT"
_OF_URLS: Final = "/:%[]@!$&'(*)+,;=~"
"""Characters of a URL that are not percent-encoded again; `%`, too, as URLs are encoded already."""
_LEVEL: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_MARK: Final = b"\xef\xbb\xbf"


def render(findings: Findings, summary: LateSummary, look: Look) -> Iterator[str]:
    """See the package."""
    rules: dict[str, tuple[int, Diagnostic]] = {}
    yield (
        f'{{"$schema": {dumps(SCHEMA)},\n "version": "2.1.0",\n "runs": [{{\n'
        '  "columnKind": "unicodeCodePoints",\n  "results": ['
    )
    indexed = ((found, rules.setdefault(found.code, (len(rules), found))[0]) for found in findings)
    yield from items((_result(found, index, look) for found, index in indexed), "\n   ")
    run = {
        "tool": {
            "driver": {
                "name": "seed-validator",
                "semanticVersion": __version__,
                "rules": [_rule(first, look) for _, first in rules.values()],
            }
        },
        "originalUriBaseIds": {
            _ROOT: {"description": {"text": "The directory in which seed-validator ran."}}
        },
        "newlineSequences": ["\r\n", "\n", "\r"],
        "invocations": [_invocation(summary(), look)],
    }
    rest = ",\n  ".join(f"{dumps(key)}: {dumps(value)}" for key, value in run.items())
    yield f"\n  ],\n  {rest}\n }}]}}\n"


FORMAT = Format("sarif", "SARIF 2.1.0, for code scanning", render, has_edits=True)


def _result(found: Diagnostic, index: int, look: Look) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": found.code,
        "ruleIndex": index,
        "level": _LEVEL[found.severity],
        "message": {"text": text(advised(found, chr(10) + "help: "))},
        "locations": [_location(found)],
        "partialFingerprints": {
            "primaryLocationLineHash": found.fingerprint,
            "seedValidator/v1": found.fingerprint,
        },
    }
    if found.related:
        places = enumerate(found.related, 1)
        result["relatedLocations"] = [_related(number, place) for number, place in places]
    if found.fix and found.fix.edits:
        result["fixes"] = [_fix(found.fix, found.path)]
    state = look.baseline(found)
    if state:
        result["baselineState"] = state
    return result


def _location(found: Diagnostic) -> dict[str, Any]:
    mark = any(
        line.row == 1 and not line.cut_before and line.data.startswith(_MARK)
        for line in found.excerpt
    )
    region = {
        **_start(found.location, mark),
        "endLine": found.end_location.row,
        "endColumn": _start(found.end_location, mark)["startColumn"],
    }
    if not found.whole_file:
        region["byteOffset"], region["byteLength"] = found.byte_offset, found.byte_length
    return {"physicalLocation": {"artifactLocation": _artifact(found.path), "region": region}}


def _start(location: Location, mark: bool = False) -> dict[str, int]:
    """A line and a column; with `mark`, the file's byte order mark is not counted (3.30.2)."""
    less = int(mark and location.row == 1 and location.column > 1)
    return {"startLine": location.row, "startColumn": location.column - less}


def _artifact(path: str) -> dict[str, str]:
    """The location of a file, by the bytes of its name."""
    try:
        name = os.fsencode(path)
    except UnicodeEncodeError:
        name = text(path).encode()
    if is_remote(path):
        is_encoded = path.startswith(("https://", "http://"))
        return {"uri": quote_from_bytes(name, safe=_OF_URLS if is_encoded else "/:")}
    if os.path.isabs(path):
        return {"uri": f"file://{'' if name[:1] == b'/' else '/'}{quote_from_bytes(name)}"}
    return {"uri": quote_from_bytes(name.removeprefix(b"./")), "uriBaseId": _ROOT}


def _related(number: int, related: Related) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": _artifact(related.path)}
    if related.location:
        physical["region"] = _start(related.location)
    return {
        "id": number,
        "message": {"text": text(related.message)},
        "physicalLocation": physical,
    }


def _fix(fix: Fix, path: str) -> dict[str, Any]:
    change = {
        "artifactLocation": _artifact(path),
        "replacements": [_replacement(edit) for edit in fix.edits],
    }
    return {
        "description": {"text": text(fix.message)},
        "artifactChanges": [change],
        "properties": {"applicability": fix.applicability.value},
    }


def _replacement(edit: Edit) -> dict[str, Any]:
    """An edit as a replacement of bytes; its content is given as text, too, if it is UTF-8."""
    content = {"binary": base64.b64encode(edit.content).decode("ascii")}
    try:
        content["text"] = edit.content.decode()
    except UnicodeDecodeError:
        pass  # the content is in another encoding
    return {
        "deletedRegion": {"byteOffset": edit.start, "byteLength": edit.end - edit.start},
        "insertedContent": content,
    }


def _rule(found: Diagnostic, look: Look) -> dict[str, Any]:
    """The descriptor of a finding's rule; of an unknown rule, only its code, name and kind."""
    rule: dict[str, Any] = {"id": found.code, "name": found.name}
    properties: dict[str, Any] = {"kind": found.kind.value}
    about = look.about(found.code)
    if about is not None:
        properties = {"tags": [about.family], **properties}
        rule |= {
            "shortDescription": {"text": about.summary},
            "fullDescription": {"text": about.why},
            "help": {"text": about.page, "markdown": about.page},
            "defaultConfiguration": {"level": _LEVEL[about.severity]},
        }
    rule["properties"] = properties
    if page := look.page(found.name):
        rule["helpUri"] = page
    return rule


def _invocation(summary: Summary, look: Look) -> dict[str, Any]:
    invocation: dict[str, Any] = {
        "executionSuccessful": summary.unfinished is None,
        "exitCode": look.exit_code(),
    }
    notes = []
    if summary.totals.unread:
        notes.append(f"Not checked to the end: {counted(summary.totals.unread, 'file')}.")
    if summary.unfinished:
        notes.append(f"Not checked: {left(summary.unfinished)}.")
    if notes:
        told = [{"level": "error", "message": {"text": note}} for note in notes]
        invocation["toolExecutionNotifications"] = told
    return invocation

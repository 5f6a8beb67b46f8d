"""A diagnostic and a summary in the form of the published schema (`seed-validator schema json`).

`_saved` reads them again: a key that is added here must be added there, too.
"""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterable, Iterator, Mapping
from json.encoder import encode_basestring_ascii
from typing import Any, Final

from msgspec.json import Encoder

from .. import diagnostic as plain
from ..diagnostic import Diagnostic
from ..model import Summary
from . import Look

SCHEMA_VERSION: Final = plain.SCHEMA_VERSION
TOOL: Final = plain.TOOL

_encode = Encoder().encode


def _escape(error: UnicodeError) -> tuple[str, int]:
    """An error handler of `str.encode` that writes characters beyond ASCII as escapes of JSON."""
    assert isinstance(error, UnicodeEncodeError)
    run = error.object[error.start : error.end]
    return encode_basestring_ascii(run)[1:-1], error.end


codecs.register_error("seed-validator.json", _escape)


def dumps(value: object) -> str:
    """A value as JSON in ASCII, without control characters: harmless on a terminal.

    `##[` would start a log command on some build services, so its second `#` is escaped, too.
    """
    try:
        written = _encode(value).decode()  # a tenth of the time of `json.dumps`
    except (OverflowError, TypeError, UnicodeEncodeError):  # a number of 20 digits, a surrogate
        written = json.dumps(_well_formed(value), ensure_ascii=True)
    if not written.isascii():
        written = written.encode("ascii", "seed-validator.json").decode("ascii")
    for doubtful, escaped in (("\x7f", "\\u007f"), ("##", "#\\u0023")):
        if doubtful in written:
            written = written.replace(doubtful, escaped)
    return written


def items(values: Iterable[object], before: str = "\n  ") -> Iterator[str]:
    """Values as the items of a JSON list, as they come; `before` is written before each."""
    comma = ""
    for value in values:
        yield f"{comma}{before}{dumps(value)}"
        comma = ","


def _well_formed(value: object) -> object:
    """The value with the function `text` applied to each text in it."""
    if isinstance(value, str):
        return text(value)
    if isinstance(value, Mapping):
        return {text(str(key)): _well_formed(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_well_formed(one) for one in value]
    return value


diagnostic: Final = Diagnostic.to_dict
text: Final = plain.well_formed


def figures(summary: Summary, look: Look) -> dict[str, Any]:
    """The summary, with `fail_on` and the exit code of the run."""
    told = summary.to_dict()
    left = {"unfinished": told.pop("unfinished")} if "unfinished" in told else {}
    ends = {"fail_on": look.fail_on, "exit_code": look.exit_code()}
    late = [key for key in ("baseline", "unchanged", "suppressed") if key in told]
    news: dict[str, Any] = {key: told.pop(key) for key in late}
    pages = {"documentation": look.documentation} if look.documentation else {}
    return {**told, **ends, **news, **pages, **left}

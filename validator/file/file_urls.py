"""Turns URLs of files on this machine (RFC 8089) into paths, as soon as the user names them."""

from __future__ import annotations

import os
from typing import Final
from urllib.parse import unquote_to_bytes

from ..errors import UsageError
from ..text.lazy_re import later
from .opening import FILE_URL

_LOCAL_HOSTS: Final = ("", "localhost")
_NOT_ENCODED: Final = later(r"%(?![0-9A-Fa-f]{2})")
_NO_PART_OF_A_NAME: Final = later(r"%(2[Ff]|00)")


def local_path(path: str) -> str:
    """The path of a `file://` URL; any other path is given back as it is.

    Raises UsageError for a URL that is not that of a file on this machine.
    """
    if not path.startswith(FILE_URL):
        return path
    host, slash, rest = path.removeprefix(FILE_URL).partition("/")
    if host.lower() not in _LOCAL_HOSTS or not slash:
        raise _wrong(path, "names another machine, or no absolute path: write `file:///PATH`")
    if "?" in rest or "#" in rest:
        raise _wrong(path, "has a query or a fragment: in a name write `?` as `%3F`, `#` as `%23`")
    if _NOT_ENCODED.search(rest):
        raise _wrong(path, "has a `%` without two digits behind it: in a name write it as `%25`")
    if encoded := _NO_PART_OF_A_NAME.search(rest):
        raise _wrong(path, f"has `{encoded[0]}`, which stands in no name of a file")
    decoded = os.fsdecode(unquote_to_bytes(os.fsencode(rest)))
    return decoded if os.path.splitdrive(decoded)[0] else f"/{decoded}"


def _wrong(url: str, why: str) -> UsageError:
    return UsageError(f"`{url}` {why}")

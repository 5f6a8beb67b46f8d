"""Errors of storage, in our own words, as those of libraries may hold signatures."""

from __future__ import annotations

import errno
from typing import Final

from ...text.lazy_re import later

CHANGED: Final = "it has changed since it was listed"
GONE: Final = "it is not there any more"
CUT: Final = "the connection broke off, each time that it was tried"
SILENT: Final = "the storage cannot be reached, or does not answer"
BUSY: Final = "the storage has too much to do, each time that it was asked"
DENIED: Final = "access is denied"
UNTRUSTED: Final = "the certificate of the server is not to be trusted"
UNSENT: Final = "it cannot be asked for: a header of the request has a line end, or no ASCII, in it"
ENDLESS: Final = "the server does not say where its answer ends"
ENCODED: Final = "the server sends it compressed, though it was asked for the bytes as they are"
WHOLE_ONLY: Final = "the server gives it as a whole only, and it has more than 64 MiB"
LED_ON: Final = "the server leads on to other addresses, more than 5 times"
LED_AWAY: Final = "the server leads on to what is no address of the web"
LED_DOWN: Final = "the server leads on from https to http, where anyone could write it anew"
NO_NETRC: Final = "`.netrc` cannot be read"
READ_ONLY: Final = "over HTTP documents are only read"

_ADVICE: Final = {
    CHANGED: "check again when nothing writes to it",
    GONE: "check again when nothing removes objects",
    CUT: "check again when the network is well",
    SILENT: "check again when the network is well, and look at the endpoint in the environment",
    BUSY: "check again with fewer `--jobs`",
    DENIED: "let the credentials of the run read it, or leave it out with `exclude`",
    UNTRUSTED: "name a file with the certificates to be trusted in SSL_CERT_FILE",
    UNSENT: "look at the credentials in the environment",
    ENDLESS: "download it, and check the file",
    ENCODED: "download it, and check the file; or have the server send it as it is",
    WHOLE_ONLY: "download it, and check the file",
    LED_DOWN: "name the address by http://, if that is what you want",
    NO_NETRC: "mend that file, or name another one in NETRC",
}
_WORD: Final = later(r"[A-Za-z0-9.]{1,60}")


class StorageError(OSError):
    """Storage does not give what it was asked for; `strerror` says why, `advice` what to do."""

    def __init__(self, words: str, detail: str = "") -> None:
        super().__init__(errno.EIO, words + detail)
        self.advice = _ADVICE.get(words, "look at the storage, and check again")


class MissingError(StorageError, FileNotFoundError):
    """There is no such object, or no such bucket."""


def refused(status: int, code: str = "") -> StorageError:
    """The error for an HTTP status that is no success; `code` is the word of the storage for it."""
    word = f", {code}" if code != str(status) and _WORD.fullmatch(code) else ""
    detail = f" ({status}{word})"
    if status in (401, 403):
        return StorageError(DENIED, detail)
    if status in (404, 410):
        return MissingError(GONE)
    if status in (412, 416):
        return StorageError(CHANGED)
    if status == 429 or status >= 500:
        return StorageError(BUSY, detail)
    return StorageError(f"the storage answers otherwise than it should{detail}")

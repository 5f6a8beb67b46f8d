"""URLs of the web, without what is not to be shown: who asks, and the query, which may be a token.

A document is called by its URL up to `?`, in findings, reports and stores. What is left out goes to
those who read it: with its version to workers, and by its name within this process.
"""

from __future__ import annotations

from base64 import b64encode
from typing import Final, NamedTuple
from urllib.parse import unquote_to_bytes

from ...errors import UsageError
from ...text.lazy_re import later

WEB: Final = ("https", "http")

_ENDS: Final = later(r"[/?#]")
_HOST: Final = later(r"(?:\[[0-9A-Fa-f:.]+\]|[^\s:\[\]@\\%]+)(?::[0-9]{1,5})?")

_hidden: dict[str, str] = {}
"""What is not shown of the URLs that were named in this process, by what is shown of them."""


class Url(NamedTuple):
    """A URL in the parts of a request; `user` is a name with a password, empty without."""

    scheme: str
    host: str
    target: str
    user: bytes = b""

    @property
    def origin(self) -> tuple[str, str]:
        """Scheme and host: the server that is asked."""
        return self.scheme, self.host.lower()


def split(url: str) -> Url:
    """The parts of a URL, to the letter; what follows `#` is never sent."""
    scheme, _, rest = url.partition("://")
    match = _ENDS.search(rest)
    end = match.start() if match else len(rest)
    user, _, host = rest[:end].rpartition("@")
    target = rest[end:].partition("#")[0]
    if not target.startswith("/"):
        target = f"/{target}"
    return Url(scheme.lower(), host, target, unquote_to_bytes(user))


def basic(header: str, user: bytes) -> dict[str, str]:
    """The header that says who asks (RFC 7617); none without a name."""
    return {header: f"Basic {b64encode(user).decode()}"} if user else {}


def taken(url: str) -> tuple[str, str]:
    """A URL that the user named, in two: what is shown of it, and what is not.

    Raises UsageError for one that names no document.
    """
    shown, _, query = url.partition("#")[0].partition("?")
    scheme, _, rest = shown.partition("://")
    authority, slash, path = rest.partition("/")
    user, _, host = authority.rpartition("@")
    shown = f"{scheme}://{host}{slash}{path}"
    if not _is_host(host):
        told = f"{scheme}://…" if "@" in url else shown  # what stands before may be a password
        raise UsageError(f"`{told}` names no host: write `{scheme}://HOST/…`")
    if not path or path.endswith("/"):
        raise UsageError(
            f"what is below `{shown}` cannot be listed over HTTP: name each document, or a list of "
            "them with --files-from"
        )
    hidden = f"{user}?{query}" if user or query else ""
    _hidden[shown] = hidden
    return shown, hidden


def hidden_of(shown: str) -> str:
    """What is not shown of a URL that was named in this process; empty of another."""
    return _hidden.get(shown, "")


def whole(shown: str, hidden: str) -> Url:
    """The URL that is asked for."""
    user, _, query = hidden.partition("?")
    found = split(f"{shown}?{query}" if query else shown)
    return Url(found.scheme, found.host, found.target, unquote_to_bytes(user))


def _is_host(host: str) -> bool:
    if not _HOST.fullmatch(host):
        return False
    try:
        return bool(host.encode("idna"))
    except UnicodeError:
        return False

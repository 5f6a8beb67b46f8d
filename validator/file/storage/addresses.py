"""URLs of objects: a scheme, a bucket and a key, to the letter.

A key is any text. It is not a path: `a//b`, `a/../b`, `/a` and `a/` are four keys, and none of them
is another one.
"""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from ...errors import UsageError
from ...text.lazy_re import later
from .web_addresses import WEB, taken

_SIGNATURE: Final = later(r"(?i)[?&](?:sig|signature|x-(?:amz|goog)-[a-z-]+)=")
"""The parameters of signed URLs: of Azure, of S3 (versions 2 and 4), of Google."""


class Address(Struct, frozen=True):
    """An object, or all objects whose keys begin with `key`, if that is empty or ends in `/`."""

    scheme: str
    bucket: str
    key: str

    @property
    def is_prefix(self) -> bool:
        """Whether it is the address of all objects below a prefix."""
        return not self.key or self.key.endswith("/")

    @property
    def top(self) -> str:
        """The part of a URL before the key, the same for all keys of the bucket."""
        return f"{self.scheme}://{self.bucket}/"


def address_of(url: str) -> Address:
    """What a URL names. Raises UsageError where it names no bucket."""
    scheme, _, rest = url.partition("://")
    bucket, _, key = rest.partition("/")
    if not bucket:
        raise UsageError(f"`{url}` names no bucket: write `{scheme}://BUCKET/…`")
    return Address(scheme, bucket, key)


def named(url: str) -> tuple[str, str, bool]:
    """The part of a URL that is shown, the part that is not, and whether the URL is a prefix.

    Raises UsageError for a URL that cannot be read.
    """
    scheme = url.partition("://")[0]
    if scheme in WEB:
        return *taken(url), False
    address = asked_for(url)
    return url if address.key else address.top, "", address.is_prefix


def asked_for(url: str) -> Address:
    """What a URL in storage names that the user wrote.

    Raises UsageError, also where it says who asks: that would become part of a name, and be shown.
    """
    address = address_of(url)
    signature = _SIGNATURE.search(address.key)
    if "@" not in address.bucket and signature is None:
        return address
    shown = Address(address.scheme, address.bucket.rpartition("@")[2], address.key)
    key = shown.key[: signature.start()] if signature else shown.key
    raise UsageError(
        f"the URL of `{shown.top}{key}` says who asks, which is taken from the environment alone "
        "(docs/storage.md): leave out what is before `@`, and the signature"
    )

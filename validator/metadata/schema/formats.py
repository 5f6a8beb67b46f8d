"""Formats of text: those of JSON Schema, and our own `spdx` and `bcp47`, checked by libraries."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from msgspec import Struct


class Format(Struct, frozen=True):
    """The words for a format in messages, and an example of it."""

    words: str
    example: str


FORMATS: Final[Mapping[str, Format]] = {
    "date": Format("a date", "2026-03-07"),
    "date-time": Format("a date and time (RFC 3339)", "2026-03-07T09:05:00Z"),
    "time": Format("a time (RFC 3339)", "09:05:00Z"),
    "duration": Format("a duration (ISO 8601)", "P1DT12H"),
    "email": Format("an e-mail address", "name@example.org"),
    "idn-email": Format("an e-mail address", "name@example.org"),
    "hostname": Format("a host name", "example.org"),
    "idn-hostname": Format("a host name", "example.org"),
    "ipv4": Format("an IPv4 address", "192.0.2.1"),
    "ipv6": Format("an IPv6 address", "2001:db8::1"),
    "uri": Format("a URI with its scheme", "https://example.org/page"),
    "uri-reference": Format("a URI, or a path relative to one", "../page"),
    "iri": Format("an IRI with its scheme", "https://example.org/page"),
    "iri-reference": Format("an IRI, or a path relative to one", "../page"),
    "uri-template": Format("a URI template (RFC 6570)", "https://example.org/{id}"),
    "uuid": Format("a UUID", "6fa459ea-ee8a-4ca4-894e-db77e160355e"),
    "json-pointer": Format("a JSON pointer", "/a/0"),
    "relative-json-pointer": Format("a relative JSON pointer", "1/a"),
    "regex": Format("a regular expression", "[a-z]+"),
    "spdx": Format("a licence expression of SPDX", "MIT OR Apache-2.0"),
    "bcp47": Format("a language tag (BCP 47)", "pt-BR"),
}
"""Every format that a schema may name."""

LONGEST: Final = 1000
"""Longest licence expression or language tag, in characters, that is given to a library."""


def is_spdx(text: object) -> bool:
    """Whether text is a licence expression of SPDX; true for a value that is no text."""
    if not isinstance(text, str):
        return True
    if len(text) > LONGEST:
        return False
    from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression

    try:
        canonicalize_license_expression(text)
    except (InvalidLicenseExpression, ValueError, RecursionError, MemoryError):
        return False
    return True


def is_bcp47(text: object) -> bool:
    """Whether text is a language tag of BCP 47 whose parts IANA has registered.

    True for a value that is no text.
    """
    if not isinstance(text, str):
        return True
    if len(text) > LONGEST or not text.isascii() or not text.replace("-", "").isalnum():
        return False
    from langcodes import tag_is_valid

    return bool(tag_is_valid(text))


OURS: Final[Mapping[str, Callable[[object], bool]]] = {"spdx": is_spdx, "bcp47": is_bcp47}

"""The flaws of suppressions of findings, in a comment of a document or in the configuration."""

from __future__ import annotations

from datetime import date
from typing import Final

from ..model import SpanFlaw

MARK: Final = b"seed-validator:"
"""What a comment that suppresses findings begins with."""


class UnusedSuppression(SpanFlaw, frozen=True):
    """A suppression of rules that find nothing there; `files` are those of a configuration."""

    rules: tuple[str, ...]
    files: tuple[str, ...] = ()


class ExpiredSuppression(SpanFlaw, frozen=True):
    """A suppression whose last day (`until`) is over."""

    until: date
    reason: str


class UnjustifiedSuppression(SpanFlaw, frozen=True):
    """A suppression without a reason."""


class MalformedSuppression(SpanFlaw, frozen=True):
    """A suppression that cannot be read, or that names an unknown rule; `wrong` says what."""

    wrong: str

"""What is wrong with a wish not to be told of something, in a comment or in the configuration."""

from __future__ import annotations

from datetime import date

from ..model import SpanFlaw


class UnusedSuppression(SpanFlaw, frozen=True):
    """Nothing of these rules is found that is not told. `files` are those of a configuration."""

    rules: tuple[str, ...]
    files: tuple[str, ...] = ()


class ExpiredSuppression(SpanFlaw, frozen=True):
    """The last day of it is over."""

    until: date
    reason: str


class UnjustifiedSuppression(SpanFlaw, frozen=True):
    """No reason is given."""


class MalformedSuppression(SpanFlaw, frozen=True):
    """It cannot be read, or names a rule that there is not; `wrong` says it."""

    wrong: str

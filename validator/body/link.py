"""What a link is: the text that readers see, its target, and the bytes of both."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property

from msgspec import Struct

from ..document import NOWHERE, Span


class Link(Struct, frozen=True):
    """A link at the bytes `start:end`, an image, or a definition (`[name]: target`).

    `shown` are the bytes that readers see; NOWHERE for an image or a definition. `span` are the
    bytes of the target as written; NOWHERE where it stands elsewhere, in a definition. `target` is
    the target without escapes; percent signs are left as they are.
    """

    start: int
    end: int
    shown: Span = NOWHERE
    span: Span = NOWHERE
    target: bytes = b""


class Links(Struct, frozen=True, dict=True):
    """All links of a text in order, and the spans of HTML. Offsets are from the text's start."""

    links: Sequence[Link] = ()
    html: Sequence[Span] = ()

    @property
    def targets(self) -> list[Link]:
        """The links whose target is written in them, not in a definition elsewhere."""
        return [one for one in self.links if one.target]

    @property
    def unseen(self) -> list[Span]:
        """The bytes that readers of the page do not see as text."""
        hidden = list(self.html)
        for one in self.links:
            if one.shown == NOWHERE:
                hidden.append((one.start, one.end))
            else:
                hidden += [(one.start, one.shown[0]), (one.shown[1], one.end)]
        return sorted(span for span in hidden if span[0] < span[1])

    @cached_property
    def _shown(self) -> list[Span]:
        return sorted(one.shown for one in self.links if one.shown != NOWHERE)

    @cached_property
    def _begins(self) -> list[int]:
        return [start for start, _ in self._shown]

    def holds(self, span: Span) -> bool:
        """Whether these bytes are part of the text of a link."""
        at = bisect_right(self._begins, span[0])
        return at > 0 and span[1] <= self._shown[at - 1][1]

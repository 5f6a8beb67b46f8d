"""The keyword `x-listed`: the items that a text names must be listed in another field."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...document import Span
from ...text.re2 import Catcher
from .checks import Check, named
from .judging import shown
from .spots import Spot
from .violation import Violation


class Listed(Check):
    """`x-listed`: what a pattern finds in the text is an item of another field."""

    cause = "value-mismatch"

    def prepare(self) -> None:
        self.catcher = Catcher(self.value["pattern"])
        self.other = self.value["in"]
        self.split = self.value.get("split", "")

    def _items(self) -> set[str]:
        """The items of the other field; none if the document does not have it."""
        value = self.host.context.field(self.other)
        parts = value if isinstance(value, list | tuple) else [value]
        texts = [_text(part) for part in parts if part is not None]
        if self.split:
            texts = [item for text in texts for item in text.split(self.split)]
        return {text.strip() for text in texts}

    def _missing(self, value: str) -> list[tuple[str, str]]:
        """The names in the text whose items are not listed: each as written, and its item."""
        text = value.encode("utf-8", "replace")
        found = [
            (text[slice(*whole)].decode("utf-8", "replace"), text[slice(*meant)].decode())
            for whole, meant in self.catcher.all(text)
        ]
        if not found:
            return []
        items = self._items()
        return [pair for pair in dict.fromkeys(found) if pair[1] not in items]

    def holds(self, value: Any) -> bool:
        return not isinstance(value, str) or not self._missing(value)

    def explain(self, spot: Spot) -> Iterator[Violation]:
        spans = self._spans(spot)
        for words, item in self._missing(spot.value):
            span = spans.get(words, (spot.start, spot.end))
            yield self.found(
                spot,
                f"{named(spot.path)} names `{shown(words)}`, which `{shown(self.other)}` does not "
                "list",
                help=f"add `{shown(item)}` to `{shown(self.other)}`, or do not name it here",
                span=span,
                item=item,
            )

    def _spans(self, spot: Spot) -> dict[str, Span]:
        """By name in the text: the span where it is written first; without names with escapes."""
        text, at, spans = spot.value.encode("utf-8", "replace"), spot.start, dict[str, Span]()
        for whole, _ in self.catcher.all(text):
            words = text[slice(*whole)]
            found = spot.source.find(words, at, spot.end)
            if found >= 0:
                at = found + len(words)
                spans.setdefault(words.decode("utf-8", "replace"), (found, at))
        return spans


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)

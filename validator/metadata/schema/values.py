"""Keywords about single values: numbers in text, equality with others, digests, vocabularies."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Any, Final

from ...errors import did_you_mean
from ...model import Applicability
from ...text.lazy_re import later
from .checks import Check, named, stated
from .judging import shown, some_of
from .mending import renamed
from .spots import Spot
from .templates import Template
from .violation import Violation

_INTEGER: Final = later(r"-?[0-9]{1,4000}")
_NUMBER: Final = later(r"-?[0-9]{1,300}(?:\.[0-9]{1,300})?(?:[eE][+-]?[0-9]{1,3})?")


def _integer(text: str) -> int | None:
    return int(text) if _INTEGER.fullmatch(text) else None


def _number(text: str) -> float | int | None:
    if _INTEGER.fullmatch(text):
        return int(text)
    return float(text) if _NUMBER.fullmatch(text) else None


def _boolean(text: str) -> bool | None:
    return {"true": True, "false": False}.get(text)


class Coerce(Check):
    """`x-coerce`: the text is read as a number or a truth value."""

    cause = "wrong-type"

    def prepare(self) -> None:
        readers: dict[str, tuple[Callable[[str], Any], str, str]] = {
            "integer": (_integer, "a whole number", "digits only, such as `42`"),
            "number": (_number, "a number", "such as `42` or `0.5`"),
            "boolean": (_boolean, "`true` or `false`", "in small letters"),
        }
        self.read, self.words, self.form = readers[self.value]
        self.view = self.host.view(self.path[:-1])

    def holds(self, value: Any) -> bool:
        if not isinstance(value, str):
            return True
        read = self.read(value)
        return read is not None and (self.view is None or self.host.fits(self.view)(read))

    def explain(self, spot: Spot) -> Iterator[Violation]:
        read = self.read(spot.value)
        if read is None:
            yield self.found(
                spot,
                f"{stated(spot)}, not {self.words}",
                help=f"write {self.words}: {self.form}",
            )
        elif self.view is not None:
            number = Spot(read, spot.path, spot.start, spot.end, spot.source, spot.key)
            yield from self.host.explain(self.view, number)


class Equals(Check):
    """`x-equals`: the value is a template of others."""

    cause = "value-mismatch"

    def prepare(self) -> None:
        self.template = Template(self.value)

    def _expected(self) -> str | None:
        return self.template.fill(self.host.context.field)

    def holds(self, value: Any) -> bool:
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            return True
        expected = self._expected()
        if expected is None or str(value) == expected:
            return True
        return isinstance(value, int) and _integer(expected) == value

    def explain(self, spot: Spot) -> Iterator[Violation]:
        expected = self._expected() or ""
        fields = [f"`{shown(name)}`" for name in self.template.fields]
        source = f" (from {', '.join(fields)})" if fields else ""
        yield self.found(
            spot,
            f"{stated(spot)}, but should be `{shown(expected)}`{source}",
            help="one of the two is wrong: make them agree",
            expected=expected,
        )


_PARTS: Final = {"body": "the body", "file": "the file"}
_MANY: Final = 2000  # most words of a vocabulary that an unknown word is compared with
_LEAST: Final = 8  # fewest digits of a digest that are accepted


class Hash(Check):
    """`x-hash`: the value is the digest of the body or the file."""

    cause = "value-mismatch"

    def prepare(self) -> None:
        import hashlib

        name, _, self.of = self.value.partition(":")
        known = sorted(one for one in hashlib.algorithms_guaranteed if not one.startswith("shake"))
        if name not in known:
            raise ValueError(
                f'has an unknown digest "{name}"{did_you_mean(name, known, numbers=True)}'
            )
        if self.of not in _PARTS:
            raise ValueError(f'must say of what, as in "{name}:body" or "{name}:file"')
        self.name = name

    def _digest(self) -> str:
        import hashlib

        context = self.host.context
        text = context.body if self.of == "body" else context.data
        return hashlib.new(self.name, text, usedforsecurity=False).hexdigest()

    def _given(self, value: str) -> str:
        return value.lower().removeprefix(f"{self.name}:")

    def holds(self, value: Any) -> bool:
        if not isinstance(value, str):
            return True
        given = self._given(value)
        return len(given) >= _LEAST and self._digest().startswith(given)

    def explain(self, spot: Spot) -> Iterator[Violation]:
        given, digest = self._given(spot.value), self._digest()
        label = f"the {self.name} digest of {_PARTS[self.of]}"
        short = digest[: max(_LEAST, min(len(given), len(digest)))]
        if set(given) <= set("0123456789abcdef") and _LEAST <= len(given) <= len(digest):
            yield self.found(
                spot,
                f"{named(spot.path)} is not {label}",
                help=f"{label} is `{short}`; if the change is meant, write that",
                expected=digest,
            )
            return
        yield self.found(
            spot,
            f"{stated(spot)}, which is no {self.name} digest",
            help=f"write {label}, `{digest}`, or its first digits, at least {_LEAST}",
            expected=digest,
        )


class Vocabulary(Check):
    """`x-vocabulary`: the text is one of many words."""

    cause = "value-not-allowed"

    def prepare(self) -> None:
        table = self.value if isinstance(self.value, dict) else {"words": self.value}
        self.fold = bool(table.get("casefold"))
        self.words = table.get("words", ())
        self.file = table.get("file", "")
        self.known = frozenset(word.casefold() if self.fold else word for word in self.words)

    def holds(self, value: Any) -> bool:
        if not isinstance(value, str):
            return True
        return (value.casefold() if self.fold else value) in self.known

    def explain(self, spot: Spot) -> Iterator[Violation]:
        near = did_you_mean(spot.value[:100], _alike(spot.value, self.words))
        where = f"see `{shown(self.file)}`" if self.file else some_of(self.words)
        yield self.found(
            spot,
            f"{stated(spot)}, which is none of the {len(self.words)} words that are allowed{near}",
            help=f"write one of the words: {where}",
        )


def _alike(value: str, words: Sequence[str]) -> Sequence[str]:
    """The words that `value` may mean; of very many only those of like length and first letter."""
    if len(words) <= _MANY:
        return words
    first, length = value[:1].casefold(), len(value)
    near = (word for word in words if word[:1].casefold() == first)
    return [*islice((word for word in near if abs(len(word) - length) <= 2), _MANY)]


class Deprecated(Check):
    """`x-deprecated`: the field is there, and should not be."""

    cause = "deprecated-field"

    def holds(self, value: Any) -> bool:
        return False

    def explain(self, spot: Spot) -> Iterator[Violation]:
        yield self.found(
            spot,
            f"{named(spot.path)} is deprecated",
            help=self.value or "leave it out",
            span=spot.key_span,
        )


class Renamed(Deprecated):
    """A field under a name that `x-alias` declares; the preparation writes this keyword."""

    def explain(self, spot: Spot) -> Iterator[Violation]:
        yield self.found(
            spot,
            f"{named(spot.path)} is another name of the field `{shown(self.value)}`",
            help=f"write `{shown(self.value)}`",
            span=spot.key_span,
            name=self.value,
            fix=renamed(spot, self.value, Applicability.SAFE),
        )

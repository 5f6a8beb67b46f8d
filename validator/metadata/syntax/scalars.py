"""The values that the readers of a profile read from unquoted YAML scalars, and if they agree.

If all agree, that is the value, whatever a specification says. A moment, for which JSON has no
type, stays the text that is written; so does a scalar that readers differ about.
"""

from __future__ import annotations

import math
from typing import Any, Final

from msgspec import Struct

from ...document import Span
from ...memo import memo
from ...model import Flaw
from ...readers.reader import Reader
from ...readers.reader_set import Evidence, agreed, readers_for
from ...readers.readings import Reading, told
from ...readers.resolver import FIRST, LONGEST
from ...settings.options import Settings
from ...text.lazy_re import later
from .block_flaws import AmbiguousScalar, NotFinite, Respelled, UnsafeInteger
from .block_text import SAFE_INTEGER
from .limits import ALLOW_AMBIGUOUS

DOUBTFUL: Final = object()
"""In place of a value that must be examined."""

FORMAT: Final = "front-matter"

# Numbers that YAML 1.1, YAML 1.2 and JSON spell alike, and that are printed as they are written.
_CLEAN: Final = later(r"-?(?:0|[1-9][0-9]{0,14})(\.(?:0|[0-9]{0,14}[1-9]))?")
_LIKE: Final = later(r"[-+.:_,0-9a-fA-FoOxXtTzZ \tinIN]+")

_DATE: Final = later(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:(?:[Tt]|\s+)[0-9].*)?")
_KINDS: Final = (
    ("date", _DATE),
    ("binary", later(r"[-+]?0[bB][01_,]+")),
    ("octal", later(r"[-+]?0(?:[oO][0-7]+|[0-9_,]*[0-9][0-9_,]*(?:\..*)?)")),
    ("hexadecimal", later(r"[-+]?0[xX][0-9a-fA-F_,]+")),
    ("base-60", later(r"[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?")),
    ("underscore", later(r"[^_]*_.*")),
    ("comma", later(r"[^,]*,.*")),
    ("exponent", later(r"[-+]?[0-9.]+[eE][-+]?[0-9]+")),
    ("trailing-zero", later(r"[-+]?[0-9]+\.(?:[0-9]*[1-9]0+|00+)")),
)
_PLAIN: Final = later(
    r"[-+]?(?:0|[1-9][0-9]*)\.?|[-+]?(?:0|[1-9][0-9]*)?\.(?:0|[0-9]*[1-9])(?:[eE][-+][0-9]+)?"
)
"""Numbers in the usual spelling: whoever writes them means a number."""


class Judged(Struct, frozen=True):
    """The value of a scalar, and its `kind` (of `metadata.allow-ambiguous`) if it is doubtful.

    `evidence` says what each reader reads, if they differ, else it is None. `is_respelled` says
    that all read a number that they print in another spelling, `is_moment` that all read a moment.
    """

    value: Any
    kind: str = ""
    evidence: Evidence | None = None
    is_respelled: bool = False
    is_moment: bool = False


class Scalars:
    """Gives the values that the readers of a profile read from unquoted scalars."""

    def __init__(self, settings: Settings) -> None:
        self.readers = readers_for(settings, FORMAT)
        self.allowed = settings[ALLOW_AMBIGUOUS]
        resolvers = [reader.yaml for reader in self.readers.readers if reader.yaml]
        spelled = {word for one in resolvers for word in one.words} | {"<<", "="}
        self.words = {word: self._quick(word) for word in spelled}
        self.has_numbers = not any(one.is_text_only for one in resolvers)

    def plain(self, text: str) -> Any:
        """The value of an unquoted scalar; DOUBTFUL if it must be examined."""
        if text[:1] not in FIRST:
            return self.words.get(text, text)
        if self.has_numbers:
            match = _CLEAN.fullmatch(text)
            if match is not None:
                return int(text) if match[1] is None else float(text)
        if text[0] != ":" and _LIKE.fullmatch(text) is None:
            return text
        return self._quick(text)

    def key(self, text: str) -> Any:
        """The same for a key, which all readers must read as text."""
        found = self.plain(text)
        if text[:1].isdigit() and found is not DOUBTFUL and self.judged(text).is_moment:
            return DOUBTFUL
        return found

    def judged(self, text: str) -> Judged:
        """The value of an unquoted scalar, and how far the readers agree on it."""
        if len(text) > LONGEST and text.lstrip("+-").isdigit():
            return Judged(math.inf)
        readings = {one.name: _reading(one, text) for one in self.readers.readers}
        one = agreed(readings)
        if one is None:
            evidence = self.readers.evidence(lambda reader: told(readings[reader.name], text))
            return Judged(text, kind_of_scalar(text), evidence)
        value = _value(one, text)
        other = one.kind == "text" and value != text  # the spelling of a printed number
        respelled = other or (one.kind == "number" and _is_respelled(text, value))
        kind = kind_of_scalar(text) if respelled else ""
        return Judged(value, kind, None, respelled, one.kind == "moment")

    def _quick(self, text: str) -> Any:
        if text in ("=", "<<"):
            return DOUBTFUL
        found = self.judged(text)
        if found.kind and found.kind not in self.allowed:
            return DOUBTFUL
        value = found.value
        safe = isinstance(value, str | bool | None) or -SAFE_INTEGER < value < SAFE_INTEGER
        return value if safe else DOUBTFUL


@memo
def scalars_of(settings: Settings) -> Scalars:
    """The `Scalars` of the readers of these settings."""
    return Scalars(settings)


def _reading(reader: Reader, text: str) -> Reading:
    return reader.yaml.read(text) if reader.yaml else Reading("text", text)


def _value(reading: Reading, text: str) -> Any:
    """A reading as a value of JSON; a number beyond a double is infinite."""
    if reading.kind == "number":
        value = float("nan") if reading.value == "nan" else reading.value
        if isinstance(value, int) and abs(value) >= 10**LONGEST:
            return math.inf if value > 0 else -math.inf
        return _as_written(value, text)
    return text if reading.kind == "moment" else reading.value


def _as_written(value: float, text: str) -> float:
    """`value`, as a float if it is written with a point or exponent: `1.0` is no whole number."""
    is_point = "." in text or "e" in text.lower().removeprefix("0x")
    return float(value) if isinstance(value, int) and is_point and abs(value) < 1e300 else value


def _is_respelled(text: str, value: object) -> bool:
    """Whether a number is printed in another spelling than `text`, so that an id would be lost."""
    is_finite = not isinstance(value, float) or math.isfinite(value)
    return is_finite and _PLAIN.fullmatch(text) is None


def kind_of_scalar(text: str) -> str:
    """The word of `metadata.allow-ambiguous` for a scalar, by its spelling."""
    if text[:1] not in FIRST:
        return "truth-letter" if text in ("y", "Y", "n", "N") else _word(text)
    return next((kind for kind, pattern in _KINDS if pattern.fullmatch(text)), "other")


def _word(text: str) -> str:
    return "truth-word" if text.lower() in ("yes", "no", "on", "off", "true", "false") else "other"


def flaws_of(
    found: Judged, text: str, span: Span, is_key: bool, allowed: tuple[str, ...], field: str
) -> list[Flaw]:
    """The flaws of an unquoted scalar at `span`: a key, or the value of the top-level `field`.

    `allowed` are the kinds of `metadata.allow-ambiguous` that the profile allows.
    """
    start, end = span
    flaws: list[Flaw] = []
    if found.kind in allowed:
        pass
    elif found.evidence is not None:
        evidence = found.evidence
        flaws.append(AmbiguousScalar(start, end, text, found.kind, evidence, is_key, field))
    elif found.is_respelled:
        flaws.append(Respelled(start, end, text, found.kind, found.value, is_key))
    number = _number_flaw(found.value, text, start, end)
    return [*flaws, number] if number else flaws


def _number_flaw(value: Any, text: str, start: int, end: int) -> Flaw | None:
    """The flaw of a number that other formats cannot hold; None if there is none."""
    if type(value) is int and abs(value) >= SAFE_INTEGER:
        return UnsafeInteger(start, end, text)
    if not isinstance(value, float) or math.isfinite(value):
        return None
    if text.lstrip("+-").isdigit():
        return UnsafeInteger(start, end, text)
    return NotFinite(start, end, text, is_overflow=text.lower()[-3:] not in ("inf", "nan"))

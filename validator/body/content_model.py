"""Content models: regular expressions over the names of line classes.

    title blank quote+ blank (bullet blank command)+

A name stands for one line. `?`, `*`, `+` and `{m,n}` follow what they repeat, `|` stands between
choices, `( )` groups: the notation of content models in SGML and XML, with a blank instead of
their comma.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from ..errors import undeclared
from ..text.lazy_re import later

MOST_LINES: Final = 2000
"""Names that a model may have at most when its `{m,n}` are written out."""

_TOKEN: Final = later(r"\s*(?:([A-Za-z_][\w-]*)|([()|?*+])|\{(\d{1,4})(,?)(\d{0,4})\}|(\S))")


class Name(Struct, frozen=True):
    """One line of the class with this index."""

    index: int


class Row(Struct, frozen=True):
    """The parts one after the other."""

    parts: tuple[Expression, ...]


class Choice(Struct, frozen=True):
    """One of the parts."""

    parts: tuple[Expression, ...]


class Repeat(Struct, frozen=True):
    """The part several times; any number of times if `most` is None."""

    part: Expression
    least: int
    most: int | None


Expression = Name | Row | Choice | Repeat
Token = tuple[str, str, int, int | None]
"""Kind (`name`, `repeat`, or the sign itself), text; of a `repeat`, how often: least and most."""


def parse(text: str, names: Sequence[str]) -> Expression:
    """The model in `text` over classes of these names.

    Raises ValueError with the rest of the sentence "`model` ...".
    """
    parser = _Parser(_tokens(text), names)
    found = parser.choice()
    if parser.kind() == ")":
        raise ValueError("has a `)` that nothing opened")
    if size(found) > MOST_LINES:
        raise ValueError(f"comes to more than {MOST_LINES} lines when its counts are written out")
    return found


def size(found: Expression) -> int:
    """How many names the model has when its counts are written out."""
    if isinstance(found, Name):
        return 1
    if isinstance(found, Repeat):
        return size(found.part) * max(found.least, found.most or 1, 1)
    return sum(map(size, found.parts))


def _tokens(text: str) -> list[Token]:
    found: list[Token] = []
    for match in _TOKEN.finditer(text.rstrip()):
        name, sign, least, comma, most, stray = match.groups()
        if stray:
            raise ValueError(
                f"has `{stray}` where a class name, `( ) | ? * +` or `{{m,n}}` may stand"
            )
        if name:
            found.append(("name", name, 1, 1))
        elif sign in ("?", "*", "+"):
            found.append(("repeat", sign, int(sign == "+"), 1 if sign == "?" else None))
        elif sign:
            found.append((sign, sign, 0, 0))
        else:
            top = (int(most) if most else None) if comma else int(least)
            if (most and not comma) or (top is not None and top < max(1, int(least))):
                raise ValueError(
                    f"has the count `{match.group().strip()}`, which no lines can have"
                )
            found.append(("repeat", match.group().strip(), int(least), top))
    return found


class _Parser:
    def __init__(self, tokens: Sequence[Token], names: Sequence[str]) -> None:
        self._tokens, self._names, self._at, self._depth = tokens, names, 0, 0

    def kind(self) -> str:
        """The kind of the next token, empty at the end."""
        return self._tokens[self._at][0] if self._at < len(self._tokens) else ""

    def choice(self) -> Expression:
        parts = [self._row()]
        while self.kind() == "|":
            self._at += 1
            parts.append(self._row())
        return parts[0] if len(parts) == 1 else Choice(tuple(parts))

    def _row(self) -> Expression:
        parts: list[Expression] = []
        while self.kind() in ("name", "(", "repeat"):
            parts.append(self._repeated())
        if not parts:
            after = self._tokens[self._at - 1][1] if self._at else ""
            raise ValueError(
                f"has nothing after `{after}`"
                if after
                else "is empty where a class name must stand"
            )
        return parts[0] if len(parts) == 1 else Row(tuple(parts))

    def _repeated(self) -> Expression:
        found = self._one()
        while self.kind() == "repeat":
            _, _, least, most = self._tokens[self._at]
            self._at += 1
            found = Repeat(found, least, most)
        return found

    def _one(self) -> Expression:
        kind, text, _, _ = self._tokens[self._at]
        if kind == "repeat":
            raise ValueError(f"has `{text}` with nothing before it to repeat")
        self._at += 1
        if kind == "name":
            if text not in self._names:
                raise ValueError(undeclared("class", text, self._names))
            return Name(self._names.index(text))
        self._depth += 1
        if self._depth > 50:
            raise ValueError("has parentheses in parentheses more than 50 deep")
        found = self.choice()
        if self.kind() != ")":
            raise ValueError("has a `(` that nothing closes")
        self._at += 1
        self._depth -= 1
        return found

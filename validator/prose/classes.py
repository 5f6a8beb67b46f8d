"""Line classes: what kinds of lines a body has, which may follow which, what each must fulfil."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, Final

from msgspec import Struct, field

from ..document import Document, Span
from ..errors import did_you_mean
from ..exemptions import SCHEMA as EXCEPT_SCHEMA
from ..exemptions import Exempt
from ..grades import SCHEMA as SEVERITY_SCHEMA
from ..grades import Grade
from ..later import later
from ..lines import NEWLINE
from ..model import Severity
from ..patterns import line_classes
from . import tables
from .automaton import Automaton
from .grammar import parse
from .quick import Screens, screens
from .severity import exempt_in, grade_in

BLANK: Final = r"[ \t]*"
CLASS_KEYS: Final = ("pattern", "form", "message", "help")
CHECK_KEYS: Final = (
    *("class", "pattern", "not-pattern", "min", "max"),
    *("message", "help", "severity", "except"),
)
_SIGNS: Final = later(r"([^A-Za-z0-9]*).*")
KEYS: Final = ("classes", "model", "check")


class LineClass(Struct, frozen=True):
    """A kind of line. `form` is how a person sees it in a message: "a blank line"."""

    name: str
    pattern: str
    form: str
    message: str = ""
    help: str = ""


class LineCheck(Struct, frozen=True):
    """What lines of a class (its index) must fulfil, or how many there may be."""

    kind: int
    pattern: str = ""
    forbidden: str = ""
    least: int = 0
    most: int | None = None
    message: str = ""
    help: str = ""
    grade: Grade = Grade()
    exempt: Exempt = Exempt()


class Line(Struct, frozen=True):
    """A line of a body: its class, and its span in the document without the line end."""

    kind: int
    start: int
    end: int
    after: int

    @property
    def span(self) -> Span:
        """First byte and end."""
        return self.start, self.end


class Lines(Struct, frozen=True, dict=True):
    """`body.lines`: the classes in order of precedence, `other` the last, and their rules.

    What is compiled from it is made when it is first needed and does not travel.
    """

    classes: tuple[LineClass, ...] = ()
    model: str = ""
    checks: tuple[LineCheck, ...] = ()
    written: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def automaton(self) -> Automaton:
        """The model, ready to be walked."""
        return Automaton(parse(self.model, [kind.name for kind in self.classes]))

    @cached_property
    def screens(self) -> Screens:
        """What says of most documents in a few passes that they are clean."""
        model = parse(self.model, [kind.name for kind in self.classes]) if self.model else None
        needs = [(one.kind, one.pattern, one.forbidden, one.least, one.most) for one in self.checks]
        patterns = [kind.pattern for kind in self.classes]
        return screens(patterns, model, self.automaton if model else None, needs)

    @cached_property
    def _first(self) -> Any:
        return line_classes([kind.pattern for kind in self.classes[:-1]])

    def kind_of(self, line: bytes) -> int:
        """The index of the first class that the line is of; the last is `other`."""
        kind: int = self._first(line)
        return kind

    def nearly(self, line: bytes, kind: int) -> bool:
        """Whether a line is of a class with the signs around it that the class begins with."""
        sign = _SIGNS.sub(r"\1", self.screens.starts[kind]).encode("ascii")
        bare = line.strip(sign + b" \t")
        tried = (sign + bare, sign + bare + sign) if sign else ()
        return any(self.kind_of(one) == kind for one in tried)

    def read(self, document: Document) -> list[Line]:
        """The lines of the body with their classes."""
        return list(self._lines(document))

    def _lines(self, document: Document) -> Iterator[Line]:
        data, (start, stop) = document.data, document.body
        for match in NEWLINE.finditer(data, start, stop):
            end, after = match.span()
            yield Line(self.kind_of(data[start:end]), start, end, after)
            start = after
        if start < stop:
            yield Line(self.kind_of(data[start:stop]), start, stop, stop)

    def fits(self, lines: list[Line]) -> bool:
        """Whether the lines are what the model says."""
        return self.automaton.accepts(line.kind for line in lines)


def read_lines(value: object) -> Lines:
    """`body.lines` as written. Raises ValueError with the rest of the sentence."""
    found = tables.table(value, KEYS)
    with tables.at("classes"):
        classes = _classes(tables.table(found.get("classes", {})))
    names = [kind.name for kind in classes]
    model = tables.word(found, "model")
    if model:
        with tables.at("model"):
            parse(model, names)
    with tables.at("check"):
        checks = tuple(
            tables.each(found.get("check", []), lambda row: _check(row, names)),
        )
    return Lines(classes, model, checks, found)


def _classes(found: Mapping[str, Any]) -> tuple[LineClass, ...]:
    own = []
    for name, value in found.items():
        with tables.at(name):
            if not name.replace("-", "_").isidentifier() or not name.isascii():
                raise ValueError("must have a name of letters, digits, `-` and `_`")
            if name == "other":
                raise ValueError("must have another name: `other` is what no class matches")
            own.append(_class(name, value))
    if "blank" not in found:
        own.insert(0, LineClass("blank", BLANK, "a blank line"))
    return (*own, LineClass("other", ".*", "a line of no class"))


def _class(name: str, value: object) -> LineClass:
    form = f"a line of class `{name}`"
    if isinstance(value, str):
        return LineClass(name, tables.pattern(value), form)
    if not isinstance(value, dict):
        raise ValueError(f"must be a pattern or a table with one, not {tables.shown(value)}")
    found = tables.table(value, CLASS_KEYS)
    tables.needed(found, "pattern")
    like = tables.word(found, "form")
    return LineClass(
        name,
        tables.pattern_at(found, "pattern"),
        f"a line like {_marked(like)}" if like else form,
        tables.word(found, "message"),
        tables.word(found, "help"),
    )


def _marked(text: str) -> str:
    return f'"{text}"' if "`" in text else f"`{text}`"


def _check(row: Mapping[str, Any], names: list[str]) -> LineCheck:
    found = tables.table(row, CHECK_KEYS)
    kind = tables.needed(found, "class")
    if kind not in names:
        near = did_you_mean(str(kind), names) or f"; there are {', '.join(names)}"
        raise ValueError(f"names the class `{kind}`, which is not declared{near}")
    check = LineCheck(
        names.index(kind),
        tables.pattern_at(found, "pattern"),
        tables.pattern_at(found, "not-pattern"),
        tables.count(found, "min") or 0,
        tables.count(found, "max"),
        tables.word(found, "message"),
        tables.word(found, "help"),
        grade_in(found),
        exempt_in(found),
    )
    if not (check.pattern or check.forbidden or check.least or check.most is not None):
        raise ValueError("needs one of `pattern`, `not-pattern`, `min` and `max`")
    if check.most is not None and check.most < check.least:
        raise ValueError(f"asks for at least {check.least} and at most {check.most}")
    if (check.pattern or check.forbidden) and not check.message:
        raise ValueError("needs a `message`: nobody should have to read the pattern")
    return check


LINES_SCHEMA: Final[Mapping[str, Any]] = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "classes": {
            "type": "object",
            "description": "line classes by name, the first that matches a whole line counts; "
            "`blank` and `other` are there already",
            "additionalProperties": {
                "anyOf": [
                    tables.PATTERN,
                    {
                        "type": "object",
                        "additionalProperties": False,
                        "required": ["pattern"],
                        "properties": {
                            "pattern": tables.PATTERN,
                            **dict.fromkeys(("form", "message", "help"), tables.TEXT),
                        },
                    },
                ]
            },
        },
        "model": {**tables.TEXT, "description": "a regular expression over class names"},
        "check": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["class"],
                "properties": {
                    "class": tables.TEXT,
                    **dict.fromkeys(("pattern", "not-pattern"), tables.PATTERN),
                    **dict.fromkeys(("min", "max"), tables.COUNT),
                    **dict.fromkeys(("message", "help"), tables.TEXT),
                    "severity": SEVERITY_SCHEMA,
                    "except": EXCEPT_SCHEMA,
                },
            },
        },
    },
}

__all__ = ["LINES_SCHEMA", "Line", "LineCheck", "LineClass", "Lines", "Severity", "read_lines"]

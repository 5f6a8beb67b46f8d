"""Line classes: what kinds of lines a body has, which may follow which, what parts groups."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, Final

from msgspec import Struct, field

from ..document import Document, Span
from ..text.lazy_re import later
from ..text.lines import NEWLINE
from ..text.re2 import line_classes
from . import option_tables
from .automaton import Automaton
from .content_model import parse
from .line_checks import CHECK_SCHEMA, LineCheck, class_index, read_check
from .quick import Screens, screens

BLANK: Final = r"[ \t]*"
CLASS_KEYS: Final = ("pattern", "form", "message", "help")
_SIGNS: Final = later(r"([^A-Za-z0-9]*).*")
KEYS: Final = ("classes", "model", "between", "group", "check")


class LineClass(Struct, frozen=True):
    """A kind of line. `form` is how a person sees it in a message: "a blank line"."""

    name: str
    pattern: str
    form: str
    message: str = ""
    help: str = ""


PLAIN: Final = (
    LineClass("blank", BLANK, "a blank line"),
    LineClass("other", ".*", "a line of no class"),
)
"""The classes that are there without any being declared."""


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

    classes: tuple[LineClass, ...] = PLAIN
    model: str = ""
    checks: tuple[LineCheck, ...] = ()
    between: int = 0
    group: str = "group"
    written: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def automaton(self) -> Automaton:
        """The model, ready to be walked."""
        return Automaton(parse(self.model, [kind.name for kind in self.classes]))

    @cached_property
    def screens(self) -> Screens:
        """What says of most documents in a few passes that they are clean."""
        model = parse(self.model, [kind.name for kind in self.classes]) if self.model else None
        needs = [need for check in self.checks for need in check.needs]
        patterns = [kind.pattern for kind in self.classes]
        return screens(patterns, model, self.automaton if model else None, needs)

    @property
    def names(self) -> list[str]:
        """The names of the classes; `other` is the last."""
        return [kind.name for kind in self.classes]

    def forms(self, kinds: Sequence[int]) -> str:
        """How messages show a line of one of these classes."""
        forms = list(dict.fromkeys(self.classes[kind].form for kind in kinds))
        return " or ".join(forms)

    @cached_property
    def _first(self) -> Any:
        return line_classes([kind.pattern for kind in self.classes[:-1]])

    def kind_of(self, line: bytes) -> int:
        """The index of the first class that the line is of; the last is `other`."""
        kind: int = self._first(line)
        return kind

    def kinds(self, lines: Iterable[bytes]) -> list[int]:
        """The index of the class of each of these lines."""
        return list(map(self._first, lines))

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
    found = option_tables.table(value, KEYS)
    with option_tables.at("classes"):
        classes = _classes(option_tables.table(found.get("classes", {})))
    names = [kind.name for kind in classes]
    model = option_tables.word(found, "model")
    if model:
        with option_tables.at("model"):
            parse(model, names)
    with option_tables.at("check"):
        checks = tuple(
            option_tables.each(found.get("check", []), lambda row: read_check(row, names)),
        )
    with option_tables.at("between"):
        between = class_index(option_tables.word(found, "between", "blank"), names)
    group = option_tables.word(found, "group", "group")
    return Lines(classes, model, checks, between, group, found)


def _classes(found: Mapping[str, Any]) -> tuple[LineClass, ...]:
    own = []
    for name, value in found.items():
        with option_tables.at(name):
            if not name.replace("-", "_").isidentifier() or not name.isascii():
                raise ValueError("must have a name of letters, digits, `-` and `_`")
            if name == "other":
                raise ValueError("must have another name: `other` is what no class matches")
            own.append(_class(name, value))
    if "blank" not in found:
        own.insert(0, PLAIN[0])
    return (*own, PLAIN[1])


def _class(name: str, value: object) -> LineClass:
    form = f"a line of class `{name}`"
    if isinstance(value, str):
        return LineClass(name, option_tables.pattern(value), form)
    if not isinstance(value, dict):
        raise ValueError(f"must be a pattern or a table with one, not {option_tables.shown(value)}")
    found = option_tables.table(value, CLASS_KEYS)
    option_tables.needed(found, "pattern")
    like = option_tables.word(found, "form")
    return LineClass(
        name,
        option_tables.pattern_at(found, "pattern"),
        f"a line like {_marked(like)}" if like else form,
        option_tables.word(found, "message"),
        option_tables.word(found, "help"),
    )


def _marked(text: str) -> str:
    return f'"{text}"' if "`" in text else f"`{text}`"


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
                    option_tables.PATTERN,
                    {
                        "type": "object",
                        "additionalProperties": False,
                        "required": ["pattern"],
                        "properties": {
                            "pattern": option_tables.PATTERN,
                            **dict.fromkeys(("form", "message", "help"), option_tables.TEXT),
                        },
                    },
                ]
            },
        },
        "model": {**option_tables.TEXT, "description": "a regular expression over class names"},
        "between": {
            **option_tables.TEXT,
            "description": "the class of the lines between groups of lines (default `blank`)",
        },
        "group": {
            **option_tables.TEXT,
            "description": "what messages call such a group: a sentence, a stanza",
        },
        "check": {"type": "array", "items": CHECK_SCHEMA},
    },
}

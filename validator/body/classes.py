"""Line classes: the kinds of lines in a body, their order, and which of them separates groups."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Annotated, ClassVar, Final

from msgspec import Struct, field

from ..document import Document, Span
from ..errors import MisplacedError, undeclared
from ..settings.options import Option, Pattern
from ..settings.value_types import Table
from ..text.lazy_re import later
from ..text.lines import lines_of
from ..text.re2 import line_classes
from .automaton import Automaton
from .content_model import Expression, parse
from .line_checks import LineCheck
from .quick import Screens, screens

BLANK: Final = r"[ \t]*"
_SIGNS: Final = later(r"([^A-Za-z0-9]*).*")


class LineClass(Struct, frozen=True):
    """A kind of line. `form` is its name in messages: "a blank line"."""

    name: str
    pattern: str
    form: str
    message: str = ""
    help: str = ""


PLAIN: Final = (
    LineClass("blank", BLANK, "a blank line"),
    LineClass("other", ".*", "a line of no class"),
)
"""The classes that every body has, without a declaration."""


class Line(Struct, frozen=True):
    """A line of a body: the index of its class, and its bytes in the document.

    `end` is before the line end, `after` behind it.
    """

    kind: int
    start: int
    end: int
    after: int

    @property
    def span(self) -> Span:
        """First byte and end."""
        return self.start, self.end


class _Declared(Table, frozen=True):
    """A class as a profile declares it: a pattern alone, or a table with words for messages."""

    bare: ClassVar = "pattern"

    pattern: Annotated[Pattern, "the pattern of whole lines"]
    form: Annotated[str, "what such a line looks like, for messages"] = ""
    message: Annotated[str, "what is said where such a line is missing"] = ""
    help: Annotated[str, "what to do where such a line is missing"] = ""

    def named(self, name: str) -> LineClass:
        """The class of this name."""
        form = f"a line like {_marked(self.form)}" if self.form else f"a line of class `{name}`"
        return LineClass(name, self.pattern, form, self.message, self.help)


def _marked(text: str) -> str:
    return f'"{text}"' if "`" in text else f"`{text}`"


def _class_name(name: str) -> str:
    if not name.replace("-", "_").isidentifier() or not name.isascii():
        raise ValueError("must have a name of letters, digits, `-` and `_`")
    if name == "other":
        raise ValueError("must have another name: `other` is what no class matches")
    return name


class Lines(Table, frozen=True, dict=True):
    """`body.lines`: the classes in order of precedence, and what is asked of them.

    What is compiled from it is made when it is first needed, and is not sent to workers.
    """

    declared: Annotated[
        Mapping[Annotated[str, _class_name], _Declared],
        "line classes by name, the first that matches a whole line counts; `blank` and `other` are "
        "there already",
    ] = field(name="classes", default_factory=dict)
    model: Annotated[str, "a regular expression over class names"] = ""
    between: Annotated[str, "the class of the lines between groups of lines (default `blank`)"] = (
        "blank"
    )
    group: Annotated[str, "what messages call such a group: a sentence, a stanza"] = "group"
    check: Annotated[tuple[LineCheck, ...], "what lines must fulfil"] = ()

    def __post_init__(self) -> None:
        if self.model:
            try:
                _ = self.expression
            except ValueError as error:
                raise MisplacedError.under(error, "model") from None
        used = [
            (name, ("check", at, "class"))
            for at, one in enumerate(self.check)
            for name in one.classes
        ]
        for name, keys in ((self.between, ("between",)), *used):
            if name not in self.names:
                raise MisplacedError(undeclared("class", name, self.names), keys)

    @cached_property
    def classes(self) -> tuple[LineClass, ...]:
        """The classes in order of precedence; `other` is the last."""
        own = [one.named(name) for name, one in self.declared.items()]
        return (*(() if "blank" in self.declared else PLAIN[:1]), *own, PLAIN[1])

    def indexes(self, names: Iterable[str]) -> tuple[int, ...]:
        """The indexes of classes by name."""
        return tuple(dict.fromkeys(map(self.names.index, names)))

    @cached_property
    def expression(self) -> Expression:
        """The parsed content model. Raises ValueError, whose text continues "`model` ..."."""
        return parse(self.model, self.names)

    @cached_property
    def automaton(self) -> Automaton:
        """The content model as an automaton."""
        return Automaton(self.expression)

    @cached_property
    def screens(self) -> Screens:
        """Quick checks that show in a few passes that most documents are clean."""
        model = self.expression if self.model else None
        needs = [need for one in self.check for need in one.needs(self.indexes(one.classes))]
        patterns = [kind.pattern for kind in self.classes]
        automaton = self.automaton if model else None
        return screens(patterns, model, automaton, needs, self.kind_of)

    @property
    def names(self) -> list[str]:
        """The names of the classes; `other` is the last."""
        return [kind.name for kind in self.classes]

    def forms(self, kinds: Sequence[int]) -> str:
        """What messages call a line of one of these classes: "a blank line or a line like ..."."""
        forms = list(dict.fromkeys(self.classes[kind].form for kind in kinds))
        return " or ".join(forms)

    @cached_property
    def kind_of(self) -> Callable[[bytes], int]:
        """A function: line -> index of the first class that matches it; the last is `other`."""
        return line_classes([kind.pattern for kind in self.classes[:-1]])

    def kinds(self, lines: Iterable[bytes]) -> list[int]:
        """The index of the class of each of these lines."""
        return list(map(self.kind_of, lines))

    def nearly(self, line: bytes, kind: int) -> bool:
        """Whether a line would be of class `kind` if it had the signs that the class begins with.

        They are put before the line, or before and behind it.
        """
        sign = _SIGNS.sub(r"\1", self.screens.starts[kind]).encode("ascii")
        bare = line.strip(sign + b" \t")
        tried = (sign + bare, sign + bare + sign) if sign else ()
        return any(self.kind_of(one) == kind for one in tried)

    def read(self, document: Document) -> list[Line]:
        """The lines of the body with their classes."""
        data = document.data
        return [
            Line(self.kind_of(data[start:end]), start, end, after)
            for start, end, after in lines_of(data, *document.body)
        ]

    def fits(self, lines: list[Line]) -> bool:
        """Whether the lines fit the content model."""
        return self.automaton.accepts(line.kind for line in lines)


LINES: Final = Option(
    "body.lines",
    "line classes by pattern, a content model over their names, and what the lines of a class "
    "must fulfil",
    Lines(),
    Lines,
)

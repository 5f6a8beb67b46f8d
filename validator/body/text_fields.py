"""`body.fields`: fields that are found in the text, and what their first mention must be."""

import re
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Annotated, ClassVar, Final, Literal

from msgspec import Meta

from ..errors import MisplacedError, did_you_mean
from ..settings.options import Option, Pattern
from ..settings.terms import Terms
from ..settings.value_types import Table, shown
from ..text.lazy_re import later
from ..text.re2 import Catcher, finder
from .scopes import FIELD, LINKS, TEXT, Scope, Scoped, screen

PREFIX: Final = "body."
"""What the name of such a field begins with where other options use it."""

_NAME: Final = later(r"[\w-]+", re.ASCII)
_BLANK: Final = later(r"\{(\w*)\}", re.ASCII)
_BLANKS: Final = ("text", "value")


class First(Terms, frozen=True, kw_only=True):
    """What the first mention of each value must be: a link.

    In `message` and `help`, `{text}` stands for the words of the document, `{value}` for the value.
    """

    bare: ClassVar = "must-be"

    must_be: Annotated[Literal["link"], "what it must be"]
    itself: Annotated[str, "the field with the value that stands for the document itself"] = ""
    message: Annotated[str, "the words of the finding, with `{text}` and `{value}`"] = ""
    help: Annotated[str, "what to do about it, with `{text}` and `{value}`"] = ""

    def __post_init__(self) -> None:
        for key, words in (("message", self.message), ("help", self.help)):
            for blank in _BLANK.findall(words):
                if blank not in _BLANKS:
                    near = did_you_mean(blank, _BLANKS) or "; there are `{text}` and `{value}`"
                    raise MisplacedError(f"has the unknown `{{{blank}}}`{near}", (key,))


class Field(Table, frozen=True, dict=True):
    """One field: the pattern of its values and where they are sought.

    In the scope of links, an empty pattern means that each target is a value.
    """

    pattern: Annotated[Pattern, "what is a value: its first group, if it has one"] = ""
    scope: Scoped = Scope()
    form: Annotated[str, "how a value is written in the text, `{}` for the value"] = ""
    first: Annotated[First | None, "what the first mention of each value must be"] = None

    def __post_init__(self) -> None:
        if not self.pattern and self.scope.kind != LINKS:
            raise ValueError("needs the key `pattern`: what is a value")
        if self.form and self.form.count("{}") != 1:
            words = f"must have one `{{}}` for the value, not {shown(self.form)}"
            raise MisplacedError(words, ("form",))
        if self.first and self.scope.kind != TEXT:
            words = f'is about what readers see, so it needs `scope = "{TEXT}"`'
            raise MisplacedError(words, ("first",))

    @cached_property
    def catcher(self) -> Catcher:
        """Finds the values in a text: the whole text if there is no pattern."""
        return Catcher(self.pattern or r"(?s:.+)")

    @cached_property
    def in_body(self) -> Callable[[bytes], object]:
        """A search that finds something in each body in which the field has a value."""
        return finder(screen(self.pattern or "^", self.scope)).first

    def written(self, value: str) -> str:
        """The value as it stands in the text."""
        return self.form.replace("{}", value) if self.form else value

    @property
    def of_text(self) -> bool:
        """Whether it is sought in the body, not in a field of the metadata."""
        return self.scope.kind != FIELD

    @property
    def of_links(self) -> bool:
        """Whether its values are targets of links, or parts of them."""
        return self.scope.kind == LINKS


def _name(written: str) -> str:
    if _NAME.fullmatch(written):
        return written
    raise ValueError("must be named by letters, digits, `-` and `_`")


def _named(fields: Mapping[str, Field]) -> Mapping[str, Field]:
    return {PREFIX + name: one for name, one in fields.items()}


FIELDS: Final = Option[Mapping[str, Field]](
    "body.fields",
    "fields that are found in the text, `body.NAME` by name: all that a pattern matches in a part "
    "of the body, its first group if it has one",
    {},
    Annotated[Mapping[Annotated[str, Meta(pattern=f"^{_NAME.pattern}$"), _name], Field], _named],
)

"""`body.fields`: fields that are found in the text, and what their first mention must be."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any, Final

from msgspec import Struct

from ..errors import did_you_mean
from ..settings.exemptions import SCHEMA as EXCEPT_SCHEMA
from ..settings.options import Option
from ..settings.severity import SCHEMA as SEVERITY_SCHEMA
from ..settings.terms import Terms
from ..text.lazy_re import later
from ..text.re2 import Catcher, finder
from . import option_tables
from .check_terms import terms_in
from .scopes import BODY, FIELD, LINKS, SCOPE_SCHEMA, TEXT, read_scope, screen

PREFIX: Final = "body."
"""How the name of such a field begins where it is used."""

LINK: Final = "link"
_KEYS: Final = ("pattern", "scope", "form", "first")
_FIRST_KEYS: Final = ("must-be", "itself", "message", "help", "except", "severity")
_NAME: Final = later(r"[\w-]+", re.ASCII)
_BLANK: Final = later(r"\{(\w*)\}", re.ASCII)
BLANKS: Final = ("text", "value")


class First(Struct, frozen=True):
    """What the first mention of each value must be: a link.

    `itself` is the field of the metadata with the value that stands for the document itself.
    `message` and `help` may have `{text}` for the words of the document, `{value}` for the value.
    """

    itself: str = ""
    terms: Terms = Terms()


class Field(Struct, frozen=True, dict=True):
    """One field: the pattern of its values and where they are sought.

    Of links, an empty pattern means each target. `form` is how a value is written in the text.
    """

    name: str
    pattern: str = ""
    scope: str = BODY
    part: str = ""
    form: str = ""
    first: First | None = None

    @cached_property
    def catcher(self) -> Catcher:
        """What finds the values."""
        return Catcher(self.pattern or r"(?s:.+)")

    @cached_property
    def in_body(self) -> Callable[[bytes], object]:
        """A search of the body that finds something wherever the field has a value."""
        return finder(screen(self.pattern or "^", self.scope)).first

    def written(self, value: str) -> str:
        """The value as it stands in the text."""
        return self.form.replace("{}", value) if self.form else value

    @property
    def of_text(self) -> bool:
        """Whether it is sought in the body, not in a field of the metadata."""
        return self.scope != FIELD

    @property
    def of_links(self) -> bool:
        """Whether its values are targets of links, or parts of them."""
        return self.scope == LINKS


class Fields(Struct, frozen=True):
    """All of them, by the name under which they are used: `body.name`."""

    named: Mapping[str, Field] = {}
    written: Mapping[str, Any] = {}

    def get(self, name: str) -> Field | None:
        """The field of this name, if it is one of these."""
        return self.named.get(name)


def read_fields(value: object) -> Fields:
    """`body.fields` as written. Raises ValueError with the rest of the sentence."""
    named = {}
    written = option_tables.table(value)
    for name, one in written.items():
        with option_tables.at(name):
            if not _NAME.fullmatch(name):
                raise ValueError("must be named by letters, digits, `-` and `_`")
            named[PREFIX + name] = _field(PREFIX + name, one)
    return Fields(named, written)


def _field(name: str, value: object) -> Field:
    found = option_tables.table(value, _KEYS)
    scope, part = read_scope(found, BODY)
    pattern = option_tables.pattern_at(found, "pattern")
    if not pattern and scope != LINKS:
        option_tables.needed(found, "pattern")
    form = option_tables.word(found, "form")
    if "form" in found and form.count("{}") != 1:
        with option_tables.at("form"):
            raise ValueError(f"must have one `{{}}` for the value, not {option_tables.shown(form)}")
    first = None
    if "first" in found:
        with option_tables.at("first"):
            first = _first(found["first"])
            if scope != TEXT:
                raise ValueError(f'is about what readers see, so it needs `scope = "{TEXT}"`')
    return Field(name, pattern, scope, part, form, first)


def _first(value: object) -> First:
    found = (
        {"must-be": value} if isinstance(value, str) else option_tables.table(value, _FIRST_KEYS)
    )
    option_tables.needed(found, "must-be")
    option_tables.one_of(found, "must-be", "", (LINK,))
    for key in ("message", "help"):
        for blank in _BLANK.findall(option_tables.word(found, key)):
            if blank not in BLANKS:
                with option_tables.at(key):
                    near = did_you_mean(blank, BLANKS) or "; there are `{text}` and `{value}`"
                    raise ValueError(f"has the unknown `{{{blank}}}`{near}")
    return First(
        option_tables.word(found, "itself"),
        terms_in(found),
    )


_FIRST_SCHEMA: Final = {
    "anyOf": [
        {"enum": [LINK]},
        {
            "type": "object",
            "additionalProperties": False,
            "required": ["must-be"],
            "properties": {
                "must-be": {"enum": [LINK]},
                "itself": {
                    **option_tables.TEXT,
                    "description": "the field with the value that stands for the document itself",
                },
                "message": {**option_tables.TEXT, "description": "with `{text}` and `{value}`"},
                "help": {**option_tables.TEXT, "description": "with `{text}` and `{value}`"},
                "except": EXCEPT_SCHEMA,
                "severity": SEVERITY_SCHEMA,
            },
        },
    ]
}

FIELDS: Final = Option(
    "body.fields",
    "fields that are found in the text, `body.NAME` by name: all that a pattern matches in a part "
    "of the body, its first group if it has one",
    Fields(),
    {
        "type": "object",
        "propertyNames": {"pattern": f"^{_NAME.pattern}$"},
        "additionalProperties": {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                "pattern": option_tables.PATTERN,
                "scope": SCOPE_SCHEMA,
                "form": {
                    **option_tables.TEXT,
                    "description": "how a value is written in the text, `{}` for the value",
                },
                "first": _FIRST_SCHEMA,
            },
        },
    },
    read_fields,
)

"""Templates that are filled with other fields: `{file.id}`, `PEP-{pep:04d}`, `{title:lower}`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from ...text.lazy_re import later

_FIELD: Final = later(r"\{\{|\}\}|\{([^{}:]*)(?::([^{}]*))?\}|([{}])")
_NUMBER: Final = later(r"(0\d)?d")


class Template:
    """Text with names of fields in braces; `{{` and `}}` are braces themselves."""

    def __init__(self, source: str) -> None:
        """Compile `source`. Raises ValueError, with the rest of a sentence, if it is wrong."""
        self.parts: list[tuple[str, str, str]] = []  # literal text before, field, format
        done, literal = 0, ""
        for match in _FIELD.finditer(source):
            literal += source[done : match.start()]
            done = match.end()
            name, form, stray = match.groups()
            if match.group() in {"{{", "}}"}:
                literal += match.group()[0]
                continue
            if stray or not name:
                raise ValueError(f'has a brace that is not part of a `{{field}}`: "{source}"')
            if form and form not in {"lower", "upper"} and not _NUMBER.fullmatch(form):
                raise ValueError(
                    f"has `{{{name}:{form}}}`; after the colon stands `lower`, `upper`, `d` (a "
                    "number without leading zeros) or `04d` (of four digits)"
                )
            self.parts.append((literal, name, form or ""))
            literal = ""
        self.tail = literal + source[done:]

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of the fields in the template, in order."""
        return tuple(name for _, name, _ in self.parts)

    def fill(self, field: Callable[[str], Any]) -> str | None:
        """The text, with each name replaced by the value that `field` gives for it.

        None if one of the values is None or cannot be written in its format.
        """
        texts: list[str] = []
        for literal, name, form in self.parts:
            written = _written(field(name), form)
            if written is None:
                return None
            texts += (literal, written)
        return "".join((*texts, self.tail))


def _written(value: Any, form: str) -> str | None:
    if isinstance(value, bool):
        text = "true" if value else "false"
    elif isinstance(value, str | int | float):
        text = str(value)
    else:
        return None
    if form == "lower":
        return text.lower()
    if form == "upper":
        return text.upper()
    if form:
        if not (text.isascii() and text.isdigit()):
            return None
        return (text.lstrip("0") or "0").zfill(int(form[:-1] or "0"))
    return text

"""The base of our own keywords: jsonschema-rs calls them, and they explain what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Protocol

from ...document import Span
from ...model import Aside, Fix
from .judging import shown, value_shown
from .spots import Spot
from .violation import WHOLE, Context, Path, Violation


class BrokenError(ValueError):
    """Tells jsonschema-rs that one of our keywords does not hold; the message is made later."""


class Host(Protocol):
    """The schema around a keyword, as far as the keyword may ask it."""

    context: Context

    def fits(self, path: Path) -> Callable[[Any], bool]:
        """A function that says whether a value fits the part of the schema at `path`."""
        ...

    def explain(self, path: Path, spot: Spot) -> Iterator[Violation]:
        """The violations of the part of the schema at `path` by the value of `spot`."""
        ...

    def view(self, path: Path) -> Path | None:
        """The path of the schema for the value that the table at `path` reads from a text.

        That is the list of its parts (`x-split`) or a number (`x-coerce`). None if there is none.
        """
        ...


class Check:
    """One of our keywords in a schema: its `value`, its `path`, and the table it is in (`parent`).

    The constructor raises ValueError with the rest of a sentence if the value is wrong.
    """

    cause = "schema-violation"

    def __init__(self, host: Host, parent: Mapping[str, Any], value: Any, path: Path) -> None:
        self.host, self.parent, self.value, self.path = host, parent, value, path
        self.prepare()

    def prepare(self) -> None:
        """Compile the value of the keyword. Raises ValueError if it is wrong."""

    def holds(self, value: Any) -> bool:
        """Whether the keyword holds for a value; true for values of types that it is not about."""
        raise NotImplementedError

    def explain(self, spot: Spot) -> Iterator[Violation]:
        """The violations by the value of `spot`, for which the keyword does not hold."""
        raise NotImplementedError

    def validate(self, instance: Any) -> None:
        """Called by jsonschema-rs. Raises BrokenError if the keyword does not hold."""
        if not self.holds(instance):
            raise BrokenError

    def found(self, spot: Spot, message: str, help: str = "", **more: Any) -> Violation:  # noqa: A002
        """A violation of this keyword by the value of `spot`; `more` goes to `violation_at`."""
        return violation_at(spot, self.path, self.cause, message, help, **more)


def violation_at(
    spot: Spot,
    schema: Path,
    cause: str,
    message: str,
    help: str = "",  # noqa: A002
    *,
    keyword: str = "",
    span: Span | None = None,
    related: tuple[Aside, ...] = (),
    fix: Fix | None = None,
    **data: object,
) -> Violation:
    """A violation by the value of `spot`.

    `schema` is the path to the keyword. `keyword` is its name, without it the last step of that
    path; `span` is where it is shown, without it at the value. `data` is for the output formats.
    """
    keyword = keyword or str(schema[-1])
    start, end = span or (spot.start, spot.end)
    data = {"keyword": keyword, "value": value_shown(spot.value), **data}
    return Violation(
        cause, keyword, spot.path, schema, start, end, message, help,
        data=data, related=related, fix=fix,
    )  # fmt: skip


def stated(spot: Spot) -> str:
    """The beginning of a sentence about a value: "`title` is `A`", "`title` is empty"."""
    if spot.value == "":
        return f"{named(spot.path)} is empty"
    if spot.value is None:
        return f"{named(spot.path)} is empty (null)"
    return f"{named(spot.path)} is `{shown(spot.value)}`"


def named(path: Path) -> str:
    """The name of a value in messages: "`title`", "item 2 of `authors`"."""
    if not path:
        return WHOLE
    keys = list(path)
    items = ""
    while keys and isinstance(keys[-1], int):
        items += f"item {int(keys.pop()) + 1} of "
    if not keys:
        return items + "the list"
    text = ""
    for key in keys:
        text += f"[{key + 1}]" if isinstance(key, int) else f".{key}" if text else str(key)
    return f"{items}`{shown(text)}`"

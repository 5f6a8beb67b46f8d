"""What a keyword of ours is: made for jsonschema-rs, and able to explain itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Protocol

from ...document import Span
from ...model import Aside, Fix
from .judging import shown, value_shown
from .spots import Spot
from .violation import WHOLE, Context, Path, Violation


class BrokenError(ValueError):
    """Tells jsonschema-rs that a keyword of ours does not hold; the words are found later."""


class Host(Protocol):
    """The schema that a keyword stands in, as the keyword sees it."""

    context: Context

    def fits(self, path: Path) -> Callable[[Any], bool]:
        """What says whether a value fits the part of the schema at `path`."""
        ...

    def explain(self, path: Path, spot: Spot) -> Iterator[Violation]:
        """What is wrong with a value by the part of the schema at `path`."""
        ...

    def view(self, path: Path) -> Path | None:
        """The schema of what the table at `path` makes of a text: its parts, a number."""
        ...


class Check:
    """A keyword with its value, at a path of the schema that it stands in.

    The constructor raises ValueError with the rest of a sentence for a value that is wrong.
    """

    cause = "schema-violation"

    def __init__(self, host: Host, parent: Mapping[str, Any], value: Any, path: Path) -> None:
        self.host, self.parent, self.value, self.path = host, parent, value, path
        self.prepare()

    def prepare(self) -> None:
        """Compile the value."""

    def holds(self, value: Any) -> bool:
        """Whether it holds for a value; true for those that it is not about."""
        raise NotImplementedError

    def explain(self, spot: Spot) -> Iterator[Violation]:
        """What is wrong with a value for which it does not hold."""
        raise NotImplementedError

    def validate(self, instance: Any) -> None:
        """What jsonschema-rs calls."""
        if not self.holds(instance):
            raise BrokenError

    def found(self, spot: Spot, message: str, help: str = "", **more: Any) -> Violation:  # noqa: A002
        """A violation of this keyword by the value of `spot`; `more` as `violation_at` has it."""
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

    It is of `keyword`, if not of the word that `schema` ends in, and shown at `span`, if not at the
    value. `data` is for the output formats.
    """
    keyword = keyword or str(schema[-1])
    start, end = span or (spot.start, spot.end)
    data = {"keyword": keyword, "value": value_shown(spot.value), **data}
    return Violation(
        cause, keyword, spot.path, schema, start, end, message, help,
        data=data, related=related, fix=fix,
    )  # fmt: skip


def stated(spot: Spot) -> str:
    """The beginning of a sentence about a value: `title` is `A`, `title` is empty."""
    if spot.value == "":
        return f"{named(spot.path)} is empty"
    if spot.value is None:
        return f"{named(spot.path)} is empty (null)"
    return f"{named(spot.path)} is `{shown(spot.value)}`"


def named(path: Path) -> str:
    """What a message calls a value: `title`, item 2 of `authors`."""
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

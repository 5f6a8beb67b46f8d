"""A schema compiled: quick to say that metadata fits, exact about what does not."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, Final

from msgspec.structs import replace

from ...document import Document, Place
from ...memo import memo
from ...text.lines import Window
from . import spots
from .declaration import Declared
from .parts import subschemas
from .program import Program
from .report import reported
from .templates import Template
from .violation import Context, Path, Tree, Violation

_NO_TEXT: Final = Window(b"")


class Schema:
    """A declared schema, compiled. Not for use by several threads at once."""

    def __init__(self, declared: Mapping[str, Any]) -> None:
        """Compile. Raises ValueError for what `reading.checked` would have refused."""
        self.declared = declared
        self._quick = Program(declared, quick=True)
        self._valid = self._quick.fits(())
        self._personal = any(map(_personal, subschemas(dict(declared))))

    def fits(self, values: Mapping[str, Any], document: Document) -> bool:
        """Whether the metadata of a document fits."""
        return self.check(values, Context(values, document))

    def check(self, values: Mapping[str, Any], context: Context) -> bool:
        """Whether metadata fits; if not, `violations` says why, or that it is exempt."""
        self._quick.context = context
        try:
            return self._valid(values)
        except (ValueError, RecursionError):
            return self._valid(plain(values))

    def check_all(self, records: Sequence[Mapping[str, Any]], place: Place) -> bool:
        """Whether the metadata of all of these documents of a file fits; they are one call.

        False also where that cannot be said of them together, but only of each.
        """
        if self._personal:
            return False
        self._quick.context = Context(document=Document(_NO_TEXT, (0, 0), place=place))
        try:
            return self._quick.fit_all(records)
        except (ValueError, RecursionError):
            return False

    def of_field(self, name: str) -> Callable[[Any], bool]:
        """What says whether a value fits what the schema says of the field of this name."""
        return self._quick.fits(("properties", name))

    def violations(
        self, values: Mapping[str, Any], tree: Tree, context: Context
    ) -> Iterator[Violation]:
        """Everything in the metadata that the schema does not allow, in the order of the schema.

        `tree` gives the metadata with spans; it is not asked when everything fits.
        """
        if not self.check(values, context):
            yield from self.explained(values, tree, context)

    def explained(
        self, values: Mapping[str, Any], tree: Tree, context: Context
    ) -> Iterator[Violation]:
        """The same of metadata of which it is known that it does not fit."""
        program = self.exact
        program.context = context
        node = tree()
        if node is None:
            return
        spot = replace(spots.root(node, context.source), value=plain(values))
        yield from reported(self.declared, program.explain((), spot), context)

    @cached_property
    def exact(self) -> Program:
        """The form that explains, made for the first document that does not fit."""
        return Program(self.declared, quick=False)


def _personal(part: tuple[Path, Mapping[str, Any]]) -> bool:
    """Whether a table of a schema asks for more of a document than the value: other fields."""
    table = part[1]
    if "x-hash" in table or "x-listed" in table:
        return True
    bounds = (table.get("x-not-after"), table.get("x-not-before"))
    if any(isinstance(bound, str) and "{" in bound for bound in bounds):
        return True
    template = table.get("x-equals")
    if not isinstance(template, str):
        return False
    return not all(name.startswith("file.") for name in Template(template).fields)


def plain(value: Any) -> Any:
    """`value` as JSON has it: keys are text, and text has no lone surrogates."""
    if isinstance(value, Mapping):
        return {_text(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if value is None or isinstance(value, bool | int | float):
        return value
    return _text(value)


def _text(value: Any) -> str:
    text = value if isinstance(value, str) else str(value)
    return text.encode("utf-8", "replace").decode() if not text.isascii() else text


@memo
def compiled(declared: Declared) -> Schema:
    """The schema that was declared, compiled. Raises ValueError as `Schema`."""
    return Schema(declared)

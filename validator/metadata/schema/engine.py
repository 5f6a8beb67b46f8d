"""A compiled schema: a quick form says whether metadata fits, an exact one says why it does not."""

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
        """Compile `declared`. Raises ValueError for a schema that `loading.checked` refuses."""
        self.declared = declared
        self._quick = Program(declared, quick=True)
        self._valid = self._quick.fits(())
        self._personal = any(map(_personal, subschemas(dict(declared))))

    def fits(self, values: Mapping[str, Any], document: Document) -> bool:
        """Whether the metadata of a document (`values`) fits the schema."""
        return self.check(values, Context(values, document))

    def check(self, values: Mapping[str, Any], context: Context) -> bool:
        """Whether metadata fits the schema; if not, `violations` says why, or that it is exempt."""
        self._quick.context = context
        try:
            return self._valid(values)
        except (ValueError, RecursionError):
            return self._valid(plain(values))

    def check_all(self, records: Sequence[Mapping[str, Any]], place: Place) -> bool:
        """Whether the metadata of all of these documents of a file fits, in one call.

        Also False if the schema compares fields of one document: then each must be checked alone.
        """
        if self._personal:
            return False
        self._quick.context = Context(document=Document(_NO_TEXT, (0, 0), place=place))
        try:
            return self._quick.fit_all(records)
        except (ValueError, RecursionError):
            return False

    def of_field(self, name: str) -> Callable[[Any], bool]:
        """A function that says whether a value fits the schema of the field `name`."""
        return self._quick.fits(("properties", name))

    def violations(
        self, values: Mapping[str, Any], tree: Tree, context: Context
    ) -> Iterator[Violation]:
        """The violations of the schema, in its order; none if the metadata fits.

        `tree` gives the metadata with spans; it is called only if something does not fit.
        """
        if not self.check(values, context):
            yield from self.explained(values, tree, context)

    def explained(
        self, values: Mapping[str, Any], tree: Tree, context: Context
    ) -> Iterator[Violation]:
        """The violations of metadata that is known not to fit."""
        program = self.exact
        program.context = context
        node = tree()
        if node is None:
            return
        spot = replace(spots.root(node, context.source), value=plain(values))
        yield from reported(self.declared, program.explain((), spot), context)

    @cached_property
    def exact(self) -> Program:
        """The exact form, compiled for the first document that does not fit."""
        return Program(self.declared, quick=False)


def _personal(part: tuple[Path, Mapping[str, Any]]) -> bool:
    """Whether a table of a schema looks at other fields or bytes of the document."""
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
    """`value` as plain JSON: keys are text, and text has no lone surrogates."""
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
    """The compiled form of a declared schema, cached. Raises ValueError as `Schema` does."""
    return Schema(declared)

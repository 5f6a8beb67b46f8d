"""A schema compiled: quick to say that metadata fits, exact about what does not."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any, Final
from urllib.parse import quote

from msgspec.structs import replace

from . import spots, structure, words
from .checks import Check
from .days import Date, NotAfter, NotBefore
from .formats import OURS
from .judging import shown
from .lists import Order, Sorted, Split, Steps, Unique
from .prepare import VIEWS, prepared
from .report import finished, grouped
from .spots import Spot
from .values import Coerce, Deprecated, Equals, Hash, Renamed, Vocabulary
from .violation import Context, Path, Tree, Violation

CHECKS: Final[Mapping[str, type[Check]]] = {
    "x-split": Split,
    "x-coerce": Coerce,
    "x-steps": Steps,
    "x-date": Date,
    "x-not-after": NotAfter,
    "x-not-before": NotBefore,
    "x-equals": Equals,
    "x-hash": Hash,
    "x-sorted": Sorted,
    "x-unique": Unique,
    "x-order": Order,
    "x-vocabulary": Vocabulary,
    "x-deprecated": Deprecated,
    "x-renamed": Renamed,
}
"""The keywords that judge a value; the others of the vocabulary say how that is reported."""

_BASE: Final = "urn:seed-validator:schema"
_NOTHING: Final = Context()


class Schema:
    """A declared schema, compiled. Not for use by several threads at once."""

    def __init__(self, declared: Mapping[str, Any]) -> None:
        """Compile. Raises ValueError for what `reading.checked` would have refused."""
        from jsonschema_rs import Registry

        self.declared = declared
        self.context = _NOTHING
        self._root, self._number, self._origin = prepared(declared)
        self._registry = Registry([(_BASE, self._root)])
        self._checks: dict[Path, Check] = {}
        self._validators: dict[Path, Any] = {}
        self._valid = self._validator(()).is_valid

    def check(self, values: Mapping[str, Any], context: Context) -> bool:
        """Whether metadata fits; if not, `violations` says why, or that it is exempt."""
        self.context = context
        try:
            return bool(self._valid(values))
        except (ValueError, RecursionError):
            return bool(self._valid(plain(values)))

    def violations(
        self, values: Mapping[str, Any], tree: Tree, context: Context
    ) -> Iterator[Violation]:
        """Everything in the metadata that the schema does not allow, in the order of the schema.

        `tree` gives the metadata with spans; it is not asked when everything fits.
        """
        if self.check(values, context):
            return
        node = tree()
        if node is None:
            return
        spot = replace(spots.root(node, context.data), value=plain(values))
        seen = set()
        for violation in grouped(self.declared, self.explain((), spot)):
            known = (violation.cause, violation.keyword, violation.path, violation.start)
            said = None if known in seen else finished(self.declared, violation, context)
            seen.add(known)
            if said is not None:
                yield said

    def valid(self, path: Path, value: Any) -> bool:
        """Whether `value` fits the part of the schema at `path`."""
        return bool(self._validator(path).is_valid(value))

    def explain(self, path: Path, spot: Spot) -> Iterator[Violation]:
        """What is wrong with a value by the part of the schema at `path`."""
        for error in self._validator(path).iter_errors(spot.value):
            yield from self._explained(path, spot, error)

    def view(self, path: Path) -> Path | None:
        """The schema of what the table at `path` makes of a text."""
        number = self._number.get(self._canonical(path))
        return None if number is None else (VIEWS, number)

    def _canonical(self, path: Path) -> Path:
        """The path in the schema as it was declared."""
        if path[:1] == (VIEWS,) and len(path) > 1:
            return (*self._origin[int(path[1])], *path[2:])
        return path

    def _validator(self, path: Path) -> Any:
        found = self._validators.get(path)
        if found is None:
            from jsonschema_rs import Draft202012Validator, RegexOptions

            steps = (quote(str(step).replace("~", "~0").replace("/", "~1")) for step in path)
            found = Draft202012Validator(
                {"$ref": "/".join((f"{_BASE}#", *steps)) if path else _BASE},
                registry=self._registry,
                formats=dict(OURS),
                validate_formats=True,
                ignore_unknown_formats=False,
                pattern_options=RegexOptions(),
                keywords={name: self._factory(kind) for name, kind in CHECKS.items()},
                offline=True,
            )
            self._validators[path] = found
        return found

    def _factory(self, kind: type[Check]) -> Any:
        return partial(self._enlisted, kind)

    def _enlisted(self, kind: type[Check], parent: Any, value: Any, path: list[str | int]) -> Check:
        """A keyword of ours, remembered by its path so that it can explain itself."""
        check = kind(self, parent, value, tuple(path))
        self._checks[check.path] = check
        return check

    def _explained(self, start: Path, base: Spot, error: Any) -> Iterator[Violation]:
        """What one error comes to, of the validator for the part of the schema at `start`."""
        spot = base.descend(error.instance_path)
        path = tuple(error.schema_path)
        steps = tuple(error.evaluation_path)
        if steps[:1] == ("$ref",):  # ours, that leads to `start`
            trail = (*self._canonical(start), *steps[1:])
        else:  # jsonschema-rs does not tell the way to a keyword of ours, only its place
            trail = self._canonical(path)
        check = self._checks.get(path)
        if check is not None:
            known = self._canonical(path[:-1])
            for one in check.explain(spot):
                own = self._canonical(one.schema)
                same = own[: len(known)] == known
                yield replace(one, schema=(*trail[:-1], *own[len(known) :]) if same else own)
        elif type(error.kind).__name__ in {"AnyOf", "OneOfNotValid"}:
            node = self._table(path)
            explained: Callable[[Any], Iterator[Violation]] = partial(self._explained, start, base)
            yield from structure.nearest_branch(error, trail, spot, node, explained)
        else:
            yield from self._plain(trail, spot, error, self._table(path))

    def _plain(
        self, trail: Path, spot: Spot, error: Any, node: Mapping[str, Any]
    ) -> Iterator[Violation]:
        """What an error of plain JSON Schema comes to."""
        name = error.kind.name
        if name == "required":
            found = structure.missing(
                error.kind.property, trail, spot, self.declared, node, self.context.anchor
            )
            if found is not None:
                yield found
        elif name in {"additionalProperties", "unevaluatedProperties"}:
            yield from structure.unknown(error.kind.unexpected, trail, spot, node)
        elif name == "uniqueItems":
            yield from structure.repeated_items(trail, spot)
        elif name == "propertyNames":
            yield from self._key(trail, spot, error)
        else:
            yield from words.violation(error, trail, spot, node)

    def _key(self, path: Path, spot: Spot, error: Any) -> Iterator[Violation]:
        """A key that is not written as `propertyNames` demands."""
        key = error.kind.error.instance
        child = spot.child(key)
        start, end = child.key_span
        yield Violation(
            "unknown-field",
            "propertyNames",
            child.path,
            path,
            start,
            end,
            f"`{shown(key)}` is not a name that a field may have here",
            data={"keyword": "propertyNames", "field": key},
        )

    def _table(self, path: Path) -> Mapping[str, Any]:
        """The table of the schema that the keyword at the end of `path` stands in."""
        node: Any = self._root
        for step in path[:-1]:
            try:
                node = node[step]
            except (KeyError, IndexError, TypeError):
                return {}
        return node if isinstance(node, Mapping) else {}


def plain(value: Any) -> Any:
    """`value` as JSON has it: keys are text, text has no lone surrogates, days are text."""
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


_MADE: dict[int, tuple[Mapping[str, Any], Schema]] = {}


def compiled(declared: Mapping[str, Any]) -> Schema:
    """The schema for a declared table, compiled once in a process."""
    found = _MADE.get(id(declared))
    if found is None or found[0] is not declared:
        found = _MADE[id(declared)] = (declared, Schema(declared))
    return found[1]

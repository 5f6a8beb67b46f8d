"""One compiled form of a schema: jsonschema-rs with our keywords; its errors become violations."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property, partial
from typing import Any, Final
from weakref import WeakMethod, proxy

from msgspec.structs import replace

from . import structure, words
from .checks import Check
from .days import Date, Day, NotAfter, NotBefore
from .formats import OURS
from .judging import shown
from .listed import Listed
from .lists import Order, Sorted, Split, Steps, Unique
from .parts import pointer
from .prepare import VIEWS, prepared
from .spots import Spot
from .values import Coerce, Deprecated, Equals, Hash, Renamed, Vocabulary
from .violation import Context, Path, Violation

CHECKS: Final[Mapping[str, type[Check]]] = {
    "x-split": Split,
    "x-coerce": Coerce,
    "x-steps": Steps,
    "x-date": Date,
    "x-not-after": NotAfter,
    "x-not-before": NotBefore,
    "x-equals": Equals,
    "x-listed": Listed,
    "x-hash": Hash,
    "x-sorted": Sorted,
    "x-unique": Unique,
    "x-order": Order,
    "x-vocabulary": Vocabulary,
    "x-deprecated": Deprecated,
    "x-renamed": Renamed,
    "x-day": Day,
}
"""Our keywords that check a value; the others of the vocabulary are about reports."""

_BASE: Final = "urn:seed-validator:schema"


class Program:
    """A prepared schema; each part of it is compiled when it is first needed.

    `context` is the document that is checked; our keywords ask it.
    """

    def __init__(self, declared: Mapping[str, Any], *, quick: bool) -> None:
        """Prepare `declared`: `quick`, or so that it can explain. Nothing is compiled yet."""
        from jsonschema_rs import Registry

        self.context = Context()
        self._declared, self._quick = declared, quick
        self._prepared = prepared(declared, quick)
        self._registry = Registry([(_BASE, self._prepared.root)])
        self._kinds = dict(CHECKS)
        if quick:
            del self._kinds["x-steps"]  # written in plain JSON Schema
        self._checks: dict[Path, Check] = {}
        self._validators: dict[Path, Any] = {}
        views = range(len(self._prepared.origin))
        self._shared: list[Path] = [(), *((VIEWS, at) for at in views)]

    def fits(self, path: Path) -> Callable[[Any], bool]:
        """A function that says whether a value fits the part of the schema at `path`."""
        if self._quick and path in self._shared:
            return self._fits_among(path)
        fits: Callable[[Any], bool] = self.validator(path).is_valid
        return fits

    def _fits_among(self, path: Path) -> Callable[[Any], bool]:
        """The same for the whole schema or a view, which are compiled together."""
        program, name = proxy(self), pointer(path)  # keywords keep the function, see `_compiled`
        return lambda value: bool(program.fit_together({name: value}))

    @cached_property
    def fit_together(self) -> Callable[[Any], bool]:
        """A function that says whether a value fits the whole or a view, given as {name: value}.

        They are compiled at once, so that parts which they share are compiled only once.
        """
        parts = {pointer(one): {"$ref": f"{_BASE}#{pointer(one)}"} for one in self._shared}
        together: Callable[[Any], bool] = self._compiled({"properties": parts}).is_valid
        return together

    def explain(self, path: Path, spot: Spot) -> Iterator[Violation]:
        """The violations of the part of the schema at `path` by the value of `spot`."""
        for error in self.validator(path).iter_errors(spot.value):
            yield from self._explained(path, spot, error)

    def view(self, path: Path) -> Path | None:
        """The path of the schema for the value that the table at `path` reads from a text."""
        number = self._prepared.views.get(self._canonical(path))
        return None if number is None else (VIEWS, number)

    def _canonical(self, path: Path) -> Path:
        """The path in the declared schema: a path in a view becomes one in the view's table."""
        if path[:1] == (VIEWS,) and len(path) > 1:
            return (*self._prepared.origin[int(path[1])], *path[2:])
        return path

    def validator(self, path: Path) -> Any:
        """The validator of jsonschema-rs for the part of the schema at `path`.

        Raises ValueError where it cannot be compiled.
        """
        found = self._validators.get(path)
        if found is None:
            found = self._compiled({"$ref": f"{_BASE}#{pointer(path)}"})
            self._validators[path] = found
        return found

    def _compiled(self, schema: dict[str, Any]) -> Any:
        from jsonschema_rs import Draft202012Validator, RegexOptions

        # jsonschema-rs keeps these functions and the keywords that they make, invisible for the
        # garbage collector: neither may refer to this program, or it would never be freed. They may
        # be any callable, though the type stub of jsonschema-rs asks for classes.
        enlisted = WeakMethod(self._enlisted)
        keywords: Any = {name: partial(_made, enlisted, kind) for name, kind in self._kinds.items()}
        return Draft202012Validator(
            schema,
            registry=self._registry,
            formats=dict(OURS),
            validate_formats=True,
            ignore_unknown_formats=False,
            pattern_options=RegexOptions(),
            keywords=keywords,
            offline=True,
        )

    @cached_property
    def fit_all(self) -> Callable[[Any], bool]:
        """A function that says whether each value of a list fits the schema."""
        fits: Callable[[Any], bool] = self._compiled({"items": {"$ref": _BASE}}).is_valid
        return fits

    def _enlisted(self, kind: type[Check], parent: Any, value: Any, path: list[str | int]) -> Check:
        """Make one of our keywords, and keep it by its path so that it can explain violations."""
        check = kind(proxy(self), parent, value, tuple(path))
        self._checks[check.path] = check
        return check

    def _explained(self, start: Path, base: Spot, error: Any) -> Iterator[Violation]:
        """The violations for one error of the validator for the part of the schema at `start`."""
        spot = base.descend(error.instance_path)
        path = tuple(error.schema_path)
        steps = tuple(error.evaluation_path)
        if steps[:1] == ("$ref",):  # the reference to `start`, added by `validator`
            trail = (*self._canonical(start), *steps[1:])
        else:  # of our own keywords jsonschema-rs tells only the place, not the steps to it
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
        """The violations for an error of a plain keyword of JSON Schema."""
        name = error.kind.name
        if name == "required":
            found = structure.missing(
                error.kind.property, trail, spot, self._declared, node, self.context.anchor
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
            where = structure.condition(self._declared, trail)
            one = words.violation(error, trail, spot, node)
            yield replace(one, message=f"{one.message} ({where})") if where else one

    def _key(self, path: Path, spot: Spot, error: Any) -> Iterator[Violation]:
        """The violation by a key that does not fit `propertyNames`."""
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
        """The table of the schema around the keyword at the end of `path`; else an empty one."""
        node: Any = self._prepared.root
        for step in path[:-1]:
            try:
                node = node[step]
            except (KeyError, IndexError, TypeError):
                return {}
        return node if isinstance(node, Mapping) else {}


def _made(enlisted: WeakMethod[Callable[..., Check]], kind: type[Check], *words: Any) -> Check:
    """The keyword, made by its program when jsonschema-rs compiles a schema that has it."""
    make = enlisted()
    assert make is not None
    return make(kind, *words)

"""Completes violations for reports: groups missing fields, adds the schema's own words, exempts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from msgspec.structs import replace

from .judging import Tables, exempt, nodes_along, own_words, severity, shown, tables_up
from .violation import Context, Path, Violation


def reported(
    root: Mapping[str, Any], found: Iterator[Violation], context: Context
) -> Iterator[Violation]:
    """The violations, each once, as the schema `root` wants them reported for this document."""
    reporter, seen = _Reporter(root, context), set()
    for violation in _grouped(root, found):
        known = (violation.cause, violation.keyword, violation.path, violation.start)
        said = None if known in seen else reporter.finished(violation)
        seen.add(known)
        if said is not None:
            yield said


def _grouped(root: Any, found: Iterator[Violation]) -> Iterator[Violation]:
    """The violations; missing fields of a table are one, where the schema says so (`x-group`)."""
    groups: dict[tuple[Path, Path], list[Violation]] = {}
    for violation in found:
        schema = violation.schema
        if violation.cause == "missing-field" and _as_one(root, schema):
            groups.setdefault((violation.path[:-1], schema), []).append(violation)
        else:
            yield violation
    for members in groups.values():
        names = [str(one.data["field"]) for one in members]
        listed = ", ".join(f"`{shown(name)}`" for name in names)
        first = members[0]
        if len(members) > 1:
            message = f"{len(members)} fields are missing: {listed}"
            data = {**first.data, "fields": names}
            first = replace(first, message=message, help=f"add {listed}", data=data)
        yield first


def _as_one(root: Any, schema: Path) -> bool:
    """Whether the fields that this keyword misses are reported as one violation."""
    return bool(nodes_along(root, schema[:-1])[-1].get("x-group") == "all")


class _Reporter:
    """Adds what a schema says about its violations, for one document; its tables are cached."""

    def __init__(self, root: Mapping[str, Any], context: Context) -> None:
        self._root, self._context = root, context
        self._known: dict[Path, Tables] = {}

    def finished(self, violation: Violation) -> Violation | None:
        """The violation with the schema's own message, help and severity; None if it is exempt."""
        schema = deep = violation.schema
        name = violation.path[-1] if violation.path else ""
        if violation.cause == "missing-field":  # the field's own table may have a message, too
            deep = (*schema[:-1], "properties", name, schema[-1])
        tables = self._tables(deep)
        fields = tuple(str(step) for step in violation.path[:1])
        free, ended = exempt(tables, fields, self._context)
        if free:
            return None
        message, helped = violation.message, violation.help
        keyword = str(schema[-1]) if schema else ""
        # for a value that is no text our message stays: that of the schema is about texts
        ours = violation.cause == "wrong-type" and keyword == "not"
        ways = () if ours else (self._tables(schema), tables) if deep != schema else (tables,)
        for above in ways:
            message = own_words(above, keyword, "x-message") or message
            helped = own_words(above, keyword, "x-help") or helped
        filled = partial(_filled, violation=violation)
        return replace(
            violation,
            message=filled(message) if message is not violation.message else message,
            help=filled(helped) if helped is not violation.help else helped,
            severity=severity(tables, self._context),
            notes=(ended,) if ended else (),
        )

    def _tables(self, schema: Path) -> Tables:
        found = self._known.get(schema)
        if found is None:
            found = self._known[schema] = tables_up(self._root, schema)
        return found


def _filled(text: str, violation: Violation) -> str:
    """A message of the schema, with `{key}` and `{value}` replaced."""
    if "{" not in text:
        return text
    key = next((step for step in reversed(violation.path) if isinstance(step, str)), "")
    value = violation.data.get("value", "")
    return text.replace("{key}", shown(key)).replace("{value}", shown(value))

"""Documents and schemas for tests: metadata as a header block, with the bytes of each value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from validator.document import Document, Node, Place
from validator.metadata.schema.engine import Schema
from validator.metadata.schema.loading import schema_of
from validator.metadata.schema.violation import Context, Violation
from validator.settings.exemptions import Exemption
from validator.text.lines import Window

TODAY = date(2026, 3, 7)


def header(values: Mapping[str, Any], body: bytes = b"Text.\n", **fields: str) -> Document:
    """A document whose metadata block has a line `name: value` for each field."""
    head = "".join(f"{name}: {value}\n" for name, value in values.items()).encode(
        "utf-8", "surrogatepass"
    )
    names = {f"file.{name}": value for name, value in fields.items()}
    data = head + b"\n" + body
    return Document(
        Window(data),
        (len(head) + 1, len(data)),
        block=(0, len(head)),
        syntax="headers",
        place=Place(b"docs/a.txt", names, TODAY),
    )


def tree(document: Document, values: Mapping[str, Any]) -> Node:
    """The nodes of the fields of `header`."""
    nodes, at = {}, 0
    for name, value in values.items():
        key = str(name).encode()
        text = str(value).encode("utf-8", "surrogatepass")
        start = at + len(key) + 2
        items = [Node(item, start, start + len(text)) for item in _items(value)]
        nodes[str(name)] = Node(value, start, start + len(text), (at, at + len(key)), items)
        at = start + len(text) + 1
    return Node(dict(values), *document.block, children=nodes)


def _items(value: object) -> Sequence[object]:
    return value if isinstance(value, list) else ()


def judged(
    schema: object,
    values: Mapping[str, Any],
    document: Document | None = None,
    name: str = "",
    exempt: tuple[Exemption, ...] = (),
) -> list[Violation]:
    """The violations of a schema; `check` says the same as long as nobody is exempt."""
    compiled = Schema(schema_of(schema, "."))
    document = document or header(values)
    context = Context(values, document, name, exempt)
    clean = compiled.check(values, context)
    found = list(compiled.violations(values, lambda: tree(document, values), context))
    assert not (clean and found)
    return found


def said(schema: object, values: Mapping[str, Any], **more: Any) -> list[str]:
    """The messages of the violations."""
    return [one.message for one in judged(schema, values, **more)]


def marked(schema: object, values: Mapping[str, Any], **fields: str) -> list[tuple[str, str]]:
    """Cause and marked text of each violation."""
    document = header(values, b"Text.\n", **fields)
    return [
        (one.cause, document.data[one.start : one.end].decode("utf-8", "replace"))
        for one in judged(schema, values, document)
    ]

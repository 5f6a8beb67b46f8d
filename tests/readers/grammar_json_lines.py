"""Files of JSON Lines: some records of the same fields, with the values that readers dispute."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from .grammar import Chance, sentence, word

Value = Callable[[Chance], Any]

TEXTS = [
    "", "001", "12", "1.5", "1e5", "true", "null", "NaN", "2024-01-31", "2024-01-31T10:00:00", "10:00:00", "n/a",
    "2024-01-31T10:00:00+02:00", "a\tb", "a\nb", '"', "\\", "/", "é", "日本", "😀", "12345678901234567890", "-1",
    "3f2a", "12345e7", "[null", "{}", " a ", "a:b", "123e4567-e89b-12d3-a456-426614174000", "1,000", "0x1F",
]  # fmt: skip
NUMBERS = [
    "0",
    "-0",
    "1",
    "-1",
    "9007199254740991",
    "-9007199254740991",
    "123456789012",
    "2147483648",
]
FRACTIONS = [
    "0.0", "-0.0", "0.5", "1.0", "1.50", "1e5", "1E+5", "1e-7", "1e-12", "0.1", "1.2345678901234567",
    "1.7976931348623157e308", "5e-320", "1e15", "123456789.123456789", "0.30000000000000004", "1e22",
]  # fmt: skip


class Raw(str):
    """A number as it is written."""


def text(chance: Chance) -> Any:
    return chance.choice(TEXTS) if chance.random() < 0.5 else sentence(chance)


def whole(chance: Chance) -> Any:
    return Raw(
        chance.choice(NUMBERS) if chance.random() < 0.5 else str(chance.randrange(-999, 9999))
    )


def fraction(chance: Chance) -> Any:
    return Raw(chance.choice(FRACTIONS))


def truth(chance: Chance) -> Any:
    return chance.random() < 0.5


def list_of(inner: Value) -> Value:
    def make(chance: Chance) -> Any:
        found = [inner(chance) for _ in range(chance.choice((0, 1, 1, 2, 3)))]
        if found and chance.random() < 0.1:
            found.insert(chance.randrange(len(found) + 1), None)
        return found

    return make


def object_of(fields: dict[str, Value]) -> Value:
    def make(chance: Chance) -> Any:
        return {name: inner(chance) for name, inner in fields.items() if chance.random() < 0.9}

    return make


def kind(chance: Chance, depth: int = 0) -> Value:
    """A type of values."""
    simple: list[Value] = [text, text, whole, whole, fraction, truth]
    at = chance.randrange(len(simple) + (3 if depth < 2 else 0))
    if at < len(simple):
        return simple[at]
    if at == len(simple):
        return object_of({name: kind(chance, depth + 1) for name in names(chance)})
    return list_of(kind(chance, depth + 1))


def names(chance: Chance) -> list[str]:
    """Names of fields."""
    known = ["n", "meta", "tags", "date", "a b", "x.y", "é", "score", "N", "type", "message"]
    return chance.sample(known, chance.randint(0, 3))


def written(chance: Chance, value: Any) -> str:
    """JSON with blanks, escapes and numbers as chance has them."""
    gap = " " if chance.random() < 0.3 else ""
    if isinstance(value, Raw):
        return str(value)
    if isinstance(value, dict):
        pairs = (f"{json.dumps(key)}:{gap}{written(chance, item)}" for key, item in value.items())
        return "{" + f",{gap}".join(pairs) + "}"
    if isinstance(value, list):
        return "[" + f",{gap}".join(written(chance, item) for item in value) + "]"
    return json.dumps(value, ensure_ascii=chance.random() < 0.5)


def json_lines(chance: Chance) -> bytes:
    """A file of some records."""
    fields: dict[str, Value] = {"id": text, "text": lambda c: word(c) + "."}
    fields |= {name: kind(chance) for name in names(chance)}
    odd = chance.random()
    lines = []
    for number in range(chance.choice((1, 2, 5, 5, 8, 12))):
        record = {name: make(chance) for name, make in fields.items() if chance.random() < 0.92}
        record = {"id": f"d{number}", **record}
        if odd < 0.1 and chance.random() < 0.3:
            record[chance.choice([*fields])] = kind(chance)(chance)
        lines.append(written(chance, record) + "\n")
    if odd > 0.98:
        lines = [lines[0]] * 110 + lines
    return "".join(lines).encode()

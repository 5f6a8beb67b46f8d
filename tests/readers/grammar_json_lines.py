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
    shown = json.dumps(value, ensure_ascii=chance.random() < 0.5)
    if isinstance(value, str) and chance.random() < 0.02:
        shown = shown[:-1] + chance.choice(ESCAPES) + '"'
    return shown


def deep(chance: Chance) -> Any:
    """Lists or objects in each other, up to a depth that some readers refuse."""
    value: Any = Raw("1")
    way = chance.choice((lambda one: [one], lambda one: {"a": one}))
    for _ in range(chance.choice((3, 20, 50, 61, 62, 63, 64, 70))):
        value = way(value)
    return value


ESCAPES = [
    r"\u0041", r"\/", r"\b", r"\f", r"\u00e9", r"\ud83d\ude00", r"\ud83d", r"\u0000", r"\u2028", r"\u0085", r"\uFEFF",
    r"\u000a", r"\\u0041", "\u2028", "\u0085", "\ufeff", "\x7f", "\u200b", r"\u007f",
]  # fmt: skip

ODD_NUMBERS = [
    "9007199254740993", "18446744073709551616", "-9223372036854775809", "9223372036854775807", "1e400", "1e-400",
    "18446744073709551616.0", "123456789012345678901234567890.5", "0.1e1", "1E400", "1e0", "-0e0", "1.0e-310", "NaN",
    "2.2250738585072011e-308", "9223372036854775808.0", "100000000000000000000", "1e19", "4294967296", "01", "1.", "+1",
]  # fmt: skip


def odd_record(chance: Chance, fields: dict[str, Value], line: str) -> str:
    """A line that is a bit odd."""
    key = chance.choice([*fields])
    value = written(chance, fields[key](chance))
    return chance.choice(
        (
            *("{}", "{ }", "", " " + line, line + " ", line + "\t", line + "\r", "[]", "1", "null", line + line, line[:-1]),
            line[:-1] + f',"{key}":{value}' + "}",
            line[:-1] + f',"{key.upper()}":{value}' + "}",
            line[:-1] + f', "":{value}' + "}",
            line[:-1] + ',"z":' + written(chance, deep(chance)) + "}",
            line[:-1] + ',"z":[null,' + value + "]}",
            line[:-1] + ',"z":[[null],[' + value + "]]}",
            line[:-1] + ',"z":{}}',
            line[:-1] + ',"z":[{}]}',
            line[:-1] + ',"z":[]}',
            line[:-1] + ',"z":[' + value + ",null]}",
            line[:-1] + ',"z":null}',
            line[:-1] + ',"z":"' + "a" * chance.choice((5000, 70_000)) + '"}',
            *(line[:-1] + ',"z":' + chance.choice(ODD_NUMBERS) + "}" for _ in range(6)),
        )
    )  # fmt: skip


def json_lines(chance: Chance) -> bytes:
    """A file of some records."""
    fields: dict[str, Value] = {"id": text, "text": lambda c: word(c) + "."}
    fields |= {name: kind(chance) for name in names(chance)}
    if chance.random() < 0.03:
        fields["deep"] = deep
    odd = chance.random()
    lines = []
    for number in range(chance.choice((1, 2, 5, 5, 8, 12))):
        record = {name: make(chance) for name, make in fields.items() if chance.random() < 0.92}
        record = {"id": f"d{number}", **record}
        if odd < 0.1 and chance.random() < 0.3:
            record[chance.choice([*fields])] = kind(chance)(chance)
        line = written(chance, record)
        lines.append((odd_record(chance, fields, line) if chance.random() < 0.02 else line) + "\n")
    if odd > 0.98:
        lines = [lines[0]] * 110 + lines
    return "".join(lines).encode()

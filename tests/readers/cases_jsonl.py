"""Files of JSONL: right ones, and one for each fault that readers answer differently."""

from __future__ import annotations

import json
from typing import Any

from .case import Case, packed

Document = dict[str, Any]


def five(**more: Any) -> list[Document]:
    """Five documents with an id and a text, each with these fields besides."""
    return [{"id": f"d{n}", "text": f"Text of document {n}.", **more} for n in range(5)]


def written(documents: list[Document], *, ascii_only: bool = False) -> bytes:
    """Documents as a careful program writes them."""
    lines = [json.dumps(one, ensure_ascii=ascii_only) + "\n" for one in documents]
    return "".join(lines).encode("utf-8", "surrogatepass")


def third(**changed: Any) -> list[Document]:
    """Five documents of which the third is changed."""
    documents = five()
    documents[2] |= changed
    return documents


def each(key: str, *values: Any) -> list[Document]:
    """Five documents that have these values in turn."""
    documents = five()
    for number, one in enumerate(documents):
        one[key] = values[number % len(values)]
    return documents


FIVE = written(five())
MANY = [{"id": f"d{n}", "text": "Text. " * 90} for n in range(21_000)]  # 12 MB


def late(first: Document, last: Document) -> list[Document]:
    """Many documents with the fields of `first`, and one with those of `last`."""
    return [*(one | first for one in MANY), {"id": "z", "text": "Text."} | last]


LATE_FIELD = late({}, {"x": 1})
LATE_NULL = late({"x": None}, {"x": "y"})
LATE_TYPE = late({"x": 1}, {"x": "y"})
EARLY_FIELD = [one | ({"x": n} if n >= 150 else {}) for n, one in enumerate(MANY[:300])]
EVER_NEW = [one | {"m": {f"k{n}": n}} for n, one in enumerate(MANY[:300])]
DEEP = [json.loads("[" * depth + "]" * depth) for depth in (60, 100, 200)]


def right(name: str, what: str, meant: list[Document], data: bytes | None = None) -> Case:
    """A file that should pass."""
    return Case("jsonl", name, what, written(meant) if data is None else data, meant)


def wrong(
    name: str,
    what: str,
    data: bytes,
    meant: list[Any],
    *rules: str,
    suffix: str = "",
    profile: str = "",
) -> Case:
    """A file with a fault."""
    return Case("jsonl", name, what, data, meant, rules, suffix, profile)


def swap(old: bytes, new: bytes, data: bytes = FIVE) -> bytes:
    """The five documents with one thing replaced."""
    assert old in data
    return data.replace(old, new, 1)


TWO = b"Text of document 2."
WORLD = each("text", "Ärger im Café.", "数据集中的一段文字。", "नमस्ते दुनिया", "Hello 👩‍🔬!", "שלום")
RIGHT = [
    right("plain", "five documents, ASCII", five()),
    right("one-record", "one document", five()[:1]),
    right("scripts", "five scripts and an emoji, as UTF-8", WORLD),
    right("escapes", "the same, in `\\u` escapes", WORLD, written(WORLD, ascii_only=True)),
    right("short-escapes", "quotes, backslashes, tabs, line ends", third(text='a "b" \\ c\td\ne/')),
    right("whole-numbers", "up to 2^53 - 1, below zero, zero", each("n", 0, -7, 2**53 - 1, 5, 12)),
    right("fractions", "numbers with a point", each("n", 0.1, -2.25, 3.141592653589793, 1e-7, 5.5)),
    right("large-fractions", "numbers up to the largest that a double holds", each("n", 1e22, -1.7976931348623157e308)),
    right("booleans", "true and false", each("flag", True, False)),
    right("nulls", "null in some documents", each("note", None, "x")),
    right("missing-field", "a field that some documents do not have", [*five()[:4], *five(x="y")[4:]]),
    right("object", "an object in each document", five(meta={"lang": "en", "pages": 3})),
    right("list-of-text", "a list in each document", each("tags", ["a", "b"], ["c"])),
    right("list-of-objects", "a list of objects", five(parts=[{"n": 1}, {"n": 2}])),
    right("empty-list", "lists of which some are empty", each("tags", ["a"], [])),
    right(
        "key-order",
        "fields in another order",
        five(),
        b"".join(written([dict(reversed(one.items())) if n % 2 else one]) for n, one in enumerate(five())),
    ),
    right("blanks-inside", "blanks around the marks", five(), FIVE.replace(b'":', b'" :  ')),
    right("dates", "text that looks like a day", five(date="2024-01-01")),
    right("moments", "text that looks like a moment", five(date="2024-01-01T10:00:00Z")),
    right("times", "text that looks like a time of day", five(at="10:30:00")),
    right("digits", "text of digits", [one | {"id": f"00{n}"} for n, one in enumerate(five())]),
    right("decimals", "text that looks like a fraction", five(v="1.10")),
    right("long-digits", "ids of 20 digits", [one | {"id": f"1234567890123456789{n}"} for n, one in enumerate(five())]),
    right("digits-and-e", "ids of digits and an `e`: digests, say", [one | {"id": f"12345{n}e7"} for n, one in enumerate(five())]),
    right("text-nan", "text that says NaN", five(v="NaN")),
    right("text-null", "text that says null", five(v="null")),
    right("text-true", "text that says true", five(v="true")),
    right("empty-values", "a field of empty text", five(v="")),
    right("missing-number", "a number that some documents do not have", [one | ({"n": n} if n else {}) for n, one in enumerate(five())]),
    right("fraction-and-whole", "1 and 1.5 in one field", each("n", 1, 1.5)),
    right("type-and-message", "fields that are called `type` and `message`", five(type="user", message={"role": "user", "content": "x"})),
    right("metadata-object", "an object that is called `metadata`", five(metadata={"source": "x"})),
    right("number-words", "text that looks like a number or a word of JSON", each("v", "1.10", "true", "null", "NaN", "1e5")),
    right("uuids", "text that looks like a UUID", five(key="6f9619ff-8b86-4d01-b42d-00c04fc964ff")),
    right("line-separator-escaped", "U+2028 and U+2029, in escapes", third(text="a\u2028b\u2029c"), written(third(text="a\u2028b\u2029c"), ascii_only=True)),
    right("line-of-200-kb", "a document of 200 kB", third(text="word " * 40_000)),
    right("lines-of-1-mb", "five documents of 1 MB", five(text="x" * 10**6)),
    right("many-records", "21 000 documents", MANY),
    right("deep-60", "60 lists in each other", five(m=DEEP[0])),
    Case("jsonl", "gzip", "compressed with gzip", packed(FIVE), five(), (), ".jsonl.gz"),
    Case("jsonl", "gzip-members", "two gzip members", packed(written(five()[:2])) + packed(written(five()[2:])), five(), (), ".jsonl.gz"),
]  # fmt: skip
BYTES = [
    wrong("latin-1-byte", "one byte of Latin-1", swap(TWO, b"Caf\xe9."), third(text="Café."), "legacy-encoding", "invalid-utf8"),
    wrong("overlong", "`/` in two bytes", swap(TWO, b"a\xc0\xafb"), third(text="a/b"), "overlong-utf8", "legacy-encoding"),
    wrong("raw-surrogate", "half of a pair, encoded", swap(TWO, b"a\xed\xa0\xbdb"), third(text="a\ud83db"), "surrogate-utf8", "legacy-encoding"),
    wrong("byte-order-mark", "a byte-order mark", b"\xef\xbb\xbf" + FIVE, five(), "byte-order-mark"),
    wrong("inner-byte-order-mark", "one before the third record", swap(b'{"id": "d2"', b'\xef\xbb\xbf{"id": "d2"'), five(), "inner-byte-order-mark"),
    wrong("utf-16", "UTF-16 with its mark", FIVE.decode().encode("utf-16"), five(), "utf16-file"),
    wrong("utf-32", "UTF-32 with its mark", FIVE.decode().encode("utf-32"), five(), "utf16-file", "binary-file", "nul-byte"),
    wrong("crlf", "lines end in CR LF", FIVE.replace(b"\n", b"\r\n"), five(), "wrong-newline"),
    wrong("one-crlf", "one line ends in CR LF", swap(b"\n", b"\r\n"), five(), "wrong-newline", "mixed-newlines"),
    wrong("cr", "lines end in CR", FIVE.replace(b"\n", b"\r"), five(), "wrong-newline"),
    wrong("raw-nul", "a NUL in a text", swap(TWO, b"a\0b"), third(text="a\0b"), "nul-byte"),
    wrong("nul-run", "NULs between two lines", swap(b"\n", b"\n" + bytes(8)), five(), "nul-byte"),
    wrong("raw-control", "U+0001 in a text, raw", swap(TWO, b"a\x01b"), third(text="a\x01b"), "control-character"),
    wrong("raw-tab", "a TAB in a text, raw", swap(TWO, b"a\tb"), third(text="a\tb"), "unparsable-metadata", "tab-character"),
    wrong("raw-newline", "a line feed in a text, raw", swap(TWO, b"a\nb"), third(text="a\nb"), "unparsable-metadata", "cut-json", "broken-record"),
    wrong("del", "U+007F in a text", swap(TWO, b"a\x7fb"), third(text="a\x7fb"), "control-character"),
    wrong("line-separator", "U+2028 in a text, raw", swap(TWO, "a\u2028b".encode()), third(text="a\u2028b"), "line-separator"),
    wrong("next-line", "U+0085 in a text, raw", swap(TWO, "a\u0085b".encode()), third(text="a\u0085b"), "line-separator", "c1-control"),
    wrong("noncharacter", "U+FFFF in a text", swap(TWO, "a\uffffb".encode()), third(text="a\uffffb"), "noncharacter-code-point"),
    wrong("gzip-cut", "gzip, cut in half", packed(FIVE * 50)[: len(packed(FIVE * 50)) // 2], five() * 50, "truncated-stream", suffix=".jsonl.gz"),
    wrong("gzip-tail", "gzip, and bytes after it", packed(FIVE) + b"tail of something", five(), "trailing-garbage", suffix=".jsonl.gz"),
    wrong("gzip-zeros", "gzip, and NULs after it", packed(FIVE) + bytes(16), five(), "trailing-garbage", suffix=".jsonl.gz"),
    wrong("gzip-checksum", "gzip with a wrong checksum", packed(FIVE)[:-8] + b"\1\2\3\4" + packed(FIVE)[-4:], five(), "damaged-stream", suffix=".jsonl.gz"),
    wrong("gzip-named-plain", "gzip that is not named so", packed(FIVE), five(), "compressed-file", "false-suffix", "binary-file"),
    wrong("plain-named-gzip", "JSONL that is named gzip", FIVE, five(), "false-suffix", "damaged-stream", suffix=".jsonl.gz"),
]  # fmt: skip
LINES = [
    wrong("empty-file", "no byte at all", b"", [], "empty-file"),
    wrong("blank-file", "one line end", b"\n", [], "blank-file", "blank-line-between-records"),
    wrong("no-final-newline", "the last line has no end", FIVE[:-1], five(), "final-newline"),
    wrong("blank-line", "a blank line between two", swap(b"\n", b"\n\n"), five(), "blank-line-between-records"),
    wrong("blanks-line", "a line of two blanks", swap(b"\n", b"\n  \n"), five(), "blank-line-between-records"),
    wrong("blank-line-last", "a blank line at the end", FIVE + b"\n", five(), "blank-line-between-records", "final-newline"),
    wrong("fused", "two records on one line", swap(b"\n", b""), five(), "fused-records"),
    wrong("fused-blank", "two on a line, a blank between", swap(b"\n", b" "), five(), "fused-records"),
    wrong("fused-comma", "two on a line, a comma between", swap(b"\n", b","), five(), "fused-records"),
    wrong("cut-last-line", "the last line is cut", FIVE[:-20], five(), "cut-json"),
    wrong("cut-inner-line", "a line within is cut", swap(b' document 2."}', b""), five(), "cut-json"),
    wrong("record-over-lines", "a record over several lines", b"".join(json.dumps(one, indent=1).encode() + b"\n" for one in five()), five(), "broken-record"),
    wrong("array", "one array of all", json.dumps(five()).encode() + b"\n", five(), "not-json-lines"),
    wrong("array-over-lines", "one array, a record a line", b"[\n" + b",\n".join(FIVE[:-1].split(b"\n")) + b"\n]\n", five(), "not-json-lines"),
    wrong("comma-after-each", "a comma after each record", FIVE.replace(b"\n", b",\n"), five(), "fused-records"),
    wrong("sequence-marks", "U+001E before each record (RFC 7464)", b"".join(b"\x1e" + line + b"\n" for line in FIVE[:-1].split(b"\n")), five(), "control-character"),
    wrong("not-an-object", "a line is a text", swap(b"\n", b'\n"a text"\n'), [*five()[:1], "a text", *five()[1:]], "metadata-not-a-mapping", "not-json-lines"),
    wrong("null-line", "a line is null", swap(b"\n", b"\nnull\n"), [*five()[:1], None, *five()[1:]], "metadata-not-a-mapping", "not-json-lines"),
    wrong("list-line", "a line is a list", swap(b"\n", b"\n[1,2]\n"), [*five()[:1], [1, 2], *five()[1:]], "metadata-not-a-mapping", "not-json-lines"),
    wrong("empty-object", "a line is `{}`", swap(b"\n", b"\n{}\n"), [*five()[:1], {}, *five()[1:]], "empty-metadata", profile="dolma"),
    wrong("blanks-before", "two blanks before a record", swap(b'\n{"id"', b'\n  {"id"'), five(), "trailing-blanks"),
    wrong("blanks-after", "two blanks after a record", swap(b"\n", b"  \n"), five(), "trailing-blanks"),
    wrong("no-break-space", "U+00A0 between two marks", swap(b'": "', '":\u00a0"'.encode()), five(), "exotic-space", "unparsable-metadata"),
    wrong("lines-of-1-mib", "five documents of 1 MiB", written(five(text="x" * 2**20)), five(text="x" * 2**20), "oversized-document", "oversized-metadata"),
    wrong("line-of-3-mb", "a document of 3 MB", written(third(text="word " * 600_000)), third(text="word " * 600_000), "oversized-document", "oversized-metadata"),
    wrong("line-of-20-mb", "a document of 20 MB", written(third(text="word " * 4_000_000)), third(text="word " * 4_000_000), "oversized-document", "oversized-metadata"),
    wrong("comment", "a `//` line", b"// made by hand\n" + FIVE, five(), "unparsable-metadata"),
    wrong("header-line", "a line of another kind first", b"# made by hand\n" + FIVE, five(), "unparsable-metadata"),
    wrong("trailing-comma", "a comma before `}`", swap(b'"}', b'",}'), five(), "unparsable-metadata"),
    wrong("single-quotes", "Python's quotes", b"".join(repr(one).encode() + b"\n" for one in five()), five(), "unparsable-metadata"),
    wrong("bad-escape", "`\\x41` in a text", swap(TWO, b"\\x41"), third(text="A"), "unparsable-metadata"),
    wrong("text-after", "a word after a record", swap(b"\n", b" end\n"), five(), "fused-records"),
]  # fmt: skip
VALUES = [
    wrong("nul-escape", "`\\u0000` in a text", swap(TWO, b"a\\u0000b"), third(text="a\0b"), "nul-byte"),
    wrong("control-escape", "`\\u0001` in a text", swap(TWO, b"a\\u0001b"), third(text="a\x01b"), "control-character"),
    wrong("lone-surrogate", "`\\ud83d` alone", swap(TWO, b"a\\ud83db"), third(text="a\ud83db"), "lone-surrogate-escape"),
    wrong("lone-low-surrogate", "`\\ude00` alone", swap(TWO, b"a\\ude00b"), third(text="a\ude00b"), "lone-surrogate-escape"),
    wrong("noncharacter-escape", "`\\uffff` in a text", swap(TWO, b"a\\uffffb"), third(text="a\uffffb"), "noncharacter-code-point"),
    wrong("duplicate-key", "a key twice in a record", swap(b'"d2"', b'"d2", "id": "X"'), third(id="X"), "duplicate-key"),
    wrong("duplicate-key-escaped", "the same, one of them in escapes", swap(b'"d2"', b'"d2", "\\u0069d": "X"'), third(id="X"), "duplicate-key"),
    wrong("duplicate-key-inside", "a key twice in an object within", written(five(m={"a": 1})).replace(b'{"a": 1}', b'{"a": 1, "a": 2}'), five(m={"a": 2}), "duplicate-key"),
    wrong("case-of-keys", "`id` and `ID` in a record", written(five(ID="Y")), five(ID="Y"), "unsafe-key"),
    wrong("case-of-keys-apart", "`id` in some records, `Id` in others", swap(b'"id": "d2"', b'"Id": "d2"'), [{("Id" if n == 2 else "id"): f"d{n}", "text": f"Text of document {n}."} for n in range(5)], "unsafe-key"),
    wrong("empty-key", "a key without a letter", written(five(**{"": "v"})), five(**{"": "v"}), "unsafe-key"),
    wrong("key-with-point", "a key with a point", written(five(**{"a.b": "v"})), five(**{"a.b": "v"})),
    wrong("key-with-nul", "a key with `\\u0000`", written(five(**{"a\0b": "v"})), five(**{"a\0b": "v"}), "unsafe-key"),
    wrong("nan", "NaN", written(each("n", 0.5, float("nan"))), each("n", 0.5, float("nan")), "non-finite-number"),
    wrong("infinity", "Infinity", written(each("n", 0.5, float("inf"))), each("n", 0.5, float("inf")), "non-finite-number"),
    wrong("huge-number", "1e400", written(each("n", 0.5, 1.5)).replace(b"1.5", b"1e400"), each("n", 0.5, float("inf")), "unsafe-integer", "non-finite-number"),
    wrong("tiny-number", "1e-400", written(each("n", 0.5, 1.5)).replace(b"1.5", b"1e-400"), each("n", 0.5, 0.0), "vanishing-number", "non-finite-number"),
    wrong("least-number", "5e-324, of which a double holds one digit", written(each("n", 0.5, 5e-324)), each("n", 0.5, 5e-324), "vanishing-number"),
    wrong("large-number-then-text", "a field is 1e22, then text", written(each("m", 1e22, "a")), each("m", 1e22, "a"), "mixed-field-types"),
    wrong("beyond-2-53", "2^53 + 1", written(each("n", 7, 2**53 + 1)), each("n", 7, 2**53 + 1), "unsafe-integer", "non-finite-number"),
    wrong("beyond-2-53-gap", "2^53 + 1 in a field that a document lacks", written([*each("n", 7, 2**53 + 1)[:4], *five()[4:]]), [*each("n", 7, 2**53 + 1)[:4], *five()[4:]], "unsafe-integer"),
    wrong("type-and-mixed-message", "`type`, and a `message` that is text or an object", written([one | {"type": "user", "message": {"role": "user"} if n % 2 else "x"} for n, one in enumerate(five())]), [one | {"type": "user", "message": {"role": "user"} if n % 2 else "x"} for n, one in enumerate(five())], "mixed-field-types"),
    wrong("beyond-2-63", "2^63", written(each("n", 7, 2**63)), each("n", 7, 2**63), "unsafe-integer", "non-finite-number"),
    wrong("beyond-2-64", "2^64", written(each("n", 7, 2**64)), each("n", 7, 2**64), "unsafe-integer", "non-finite-number"),
    wrong("thirty-digits", "30 digits", written(each("n", 7, 10**30 + 1)), each("n", 7, 10**30 + 1), "unsafe-integer", "non-finite-number"),
    wrong("many-digits", "a fraction of 30 digits", written(each("n", 0.5, 1.5)).replace(b"1.5", b"0.123456789012345678901234567890"), each("n", 0.5, 0.123456789012345678901234567890), "unsafe-integer", "non-finite-number"),
    wrong("minus-zero", "-0.0 and -0", written(each("n", 0.5, -0.0)), each("n", 0.5, -0.0), "unsafe-integer", "non-finite-number"),
    wrong("whole-minus-zero", "-0", written(each("n", 5, 99)).replace(b"99", b"-0"), each("n", 5, 0), "unsafe-integer", "non-finite-number"),
    wrong("leading-zero", "a number 007", written(each("n", 5, 99)).replace(b"99", b"007"), each("n", 5, 7), "unparsable-metadata"),
    wrong("plus-sign", "a number +1", written(each("n", 5, 99)).replace(b"99", b"+1"), each("n", 5, 1), "unparsable-metadata"),
    wrong("bare-point", "a number .5", written(each("n", 0.25, 9.5)).replace(b"9.5", b".5"), each("n", 0.25, 0.5), "unparsable-metadata"),
    wrong("exponent", "whole numbers with an exponent", written(each("n", 5, 99)).replace(b"99", b"1e3"), each("n", 5, 1000.0)),
    wrong("id-sometimes-number", "an id is a number once", written(third(id=7)), third(id=7), "mixed-field-types"),
    wrong("text-then-object", "a field is text, then an object", written(each("m", "a", {"b": 1})), each("m", "a", {"b": 1}), "mixed-field-types"),
    wrong("object-then-list", "a field is an object, then a list", written(each("m", {"b": 1}, [1])), each("m", {"b": 1}, [1]), "mixed-field-types"),
    wrong("boolean-then-number", "a field is true, then 1", written(each("m", True, 1)), each("m", True, 1), "mixed-field-types"),
    wrong("text-then-number", "a field is text, then a number", written(each("m", "a", 1)), each("m", "a", 1), "mixed-field-types"),
    wrong("mixed-list", "a number and a text in one list", written(five(m=[1, "a"])), five(m=[1, "a"]), "mixed-field-types"),
    wrong("late-type", "a field turns to text in record 21 001", written(LATE_TYPE), LATE_TYPE, "mixed-field-types"),
    wrong("late-field", "a field that only record 21 001 has", written(LATE_FIELD), LATE_FIELD, "mixed-field-types"),
    wrong("field-from-150", "a field that begins in record 150 of 300", written(EARLY_FIELD), EARLY_FIELD, "mixed-field-types"),
    wrong("late-null", "a field that is null up to record 21 000", written(LATE_NULL), LATE_NULL, "mixed-field-types"),
    wrong("many-fields", "other keys in each object of 300", written(EVER_NEW), EVER_NEW, "mixed-field-types"),
    wrong("null-only", "a field that is always null", written(five(note=None)), five(note=None)),
    wrong("empty-object-value", "a field that is always `{}`", written(five(m={})), five(m={})),
    wrong("empty-list-value", "a field that is always `[]`", written(five(m=[])), five(m=[])),
    wrong("empty-text", "the text of a document is empty", written(third(text="")), third(text=""), "out-of-range", profile="dolma"),
    wrong("no-text", "a document has no text", swap(b', "text": "Text of document 2."', b""), [one if n != 2 else {"id": "d2"} for n, one in enumerate(five())], "missing-field", profile="dolma"),
    wrong("null-text", "the text of a document is null", written(third(text=None)), third(text=None), "wrong-type", profile="dolma"),
    wrong("no-id", "no document has an id", written([{"text": one["text"]} for one in five()]), [{"text": one["text"]} for one in five()], "missing-field", profile="dolma"),
    wrong("number-ids", "every id is a number", written([one | {"id": n} for n, one in enumerate(five())]), [one | {"id": n} for n, one in enumerate(five())], "wrong-type", profile="dolma"),
    wrong("media-field", "a field that is called `media`", written(five(media="x")), five(media="x"), "reserved-key", profile="dolma"),
    wrong("path-field", "a field that is called `file_path`", written(five(file_path="x")), five(file_path="x"), "reserved-key", profile="dolma"),
    wrong("deep-100", "100 lists in each other", written(five(m=DEEP[1])), five(m=DEEP[1]), "too-deep-metadata"),
    wrong("deep-200", "200 lists in each other", written(five(m=DEEP[2])), five(m=DEEP[2]), "too-deep-metadata"),
    wrong("deep-5000", "5000 lists in each other", swap(b'"d2"', b'"d2", "m": ' + b"[" * 5000 + b"]" * 5000), third(m="deep"), "too-deep-metadata"),
]  # fmt: skip
CASES = [*RIGHT, *BYTES, *LINES, *VALUES]

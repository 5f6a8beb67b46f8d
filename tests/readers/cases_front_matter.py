"""Files of front matter: right ones, and one for each fault that readers answer differently."""

from __future__ import annotations

from typing import Any

from .case import Case

BODY = "A paragraph.\n\nAnother one."


def right(name: str, what: str, head: str, metadata: dict[str, Any], body: str = BODY) -> Case:
    """A file that should pass."""
    data = f"---\n{head}---\n\n{body}\n".encode()
    return Case("front-matter", name, what, data, [{"metadata": metadata, "body": body}])


def wrong(
    name: str, what: str, data: bytes, metadata: dict[str, Any], *rules: str, body: str = BODY
) -> Case:
    """A file with a fault."""
    meant = [{"metadata": metadata, "body": body}]
    return Case("front-matter", name, what, data, meant, rules)


def value(name: str, what: str, written: str, meant: Any, *rules: str) -> Case:
    """A fault in a value: how it is written, and what a person means by it."""
    data = f"---\nid: a\nv: {written}\n---\n\n{BODY}\n".encode()
    return wrong(name, what, data, {"id": "a", "v": meant}, *rules)


def read_as(name: str, what: str, written: str, read: Any) -> Case:
    """A value that both readers take for more than text, and alike."""
    return right(name, what, f"id: a\nv: {written}\n", {"id": "a", "v": read})


def block(name: str, what: str, head: str, metadata: dict[str, Any], *rules: str) -> Case:
    """A fault in the block between the fences."""
    return wrong(name, what, f"---\n{head}---\n\n{BODY}\n".encode(), metadata, *rules)


PLAIN = f"---\nid: a\ntitle: A title\n---\n\n{BODY}\n".encode()
META = {"id": "a", "title": "A title"}
LINES = BODY.encode() + b"\n"
RIGHT = [
    read_as("leading-zero", "`0123`", "0123", 83),
    read_as("hexadecimal", "`0x1F`", "0x1F", 31),
    read_as("binary", "`0b11`", "0b11", 3),
    read_as("underscore", "`1_000`", "1_000", 1000),
    read_as("underscore-fraction", "`1_0.5`", "1_0.5", 10.5),
    read_as("clock", "`12:30:45`", "12:30:45", 45045),
    read_as("clock-short", "`10:00`", "10:00", 600),
    read_as("clock-fraction", "`10:00.5`", "10:00.5", 600.5),
    read_as("version", "`1.10`", "1.10", 1.1),
    read_as("plus", "`+12`", "+12", 12),
    read_as("point-first", "`.5`", ".5", 0.5),
    read_as("point-last", "`5.`", "5.", 5),
    read_as("day", "`2024-01-31`", "2024-01-31", {"$date": "2024-01-31"}),
    read_as("moment", "`2024-01-31 10:00:00`", "2024-01-31 10:00:00", {"$date": "2024-01-31 10:00:00"}),
    read_as("moment-zone", "`2024-01-31T10:00:00+02:00`", "2024-01-31T10:00:00+02:00", {"$date": "2024-01-31 08:00:00"}),
    right("plain", "two fields", "id: a\ntitle: A title\n", META),
    right("quotes", "quoted text with marks in it", "id: 'a: b'\ntitle: \"x # y\"\n", {"id": "a: b", "title": "x # y"}),
    right("escapes", "escapes in double quotes", 'id: a\ntitle: "a\\tb \\u00e9 \\"c\\""\n', {"id": "a", "title": 'a\tb é "c"'}),
    right("scripts", "other scripts", "id: a\ntitle: 数据集 für Café נ\n", {"id": "a", "title": "数据集 für Café נ"}, "一段文字。\n\nÄrger 👩‍🔬."),
    right("list", "a list, an item a line", "id: a\ntags:\n  - x\n  - y z\n", {"id": "a", "tags": ["x", "y z"]}),
    right("flow-list", "a list in brackets", "id: a\ntags: [x, 'y, z']\n", {"id": "a", "tags": ["x", "y, z"]}),
    right("object", "fields within a field", "id: a\nby:\n  name: N\n  mail: m\n", {"id": "a", "by": {"name": "N", "mail": "m"}}),
    right("literal-text", "text in a block with `|`", "id: a\nnote: |\n  one\n  two\n", {"id": "a", "note": "one\ntwo\n"}),
    right("folded-text", "text in a block with `>`", "id: a\nnote: >-\n  one\n  two\n", {"id": "a", "note": "one two"}),
    right("whole-numbers", "whole numbers", "id: a\nn: 12\nm: -7\nz: 0\n", {"id": "a", "n": 12, "m": -7, "z": 0}),
    right("fractions", "numbers with a point", "id: a\nn: 1.5\nm: -0.25\n", {"id": "a", "n": 1.5, "m": -0.25}),
    right("booleans", "true and false", "id: a\nx: true\ny: false\n", {"id": "a", "x": True, "y": False}),
    right("nulls", "null, and a field without a value", "id: a\nx: null\ny:\nz: ~\n", {"id": "a", "x": None, "y": None, "z": None}),
    right("quoted-day", "a day in quotes", 'id: a\ndate: "2024-01-31"\n', {"id": "a", "date": "2024-01-31"}),
    right("quoted-words", "words and numbers in quotes", "id: '0123'\nlang: 'no'\nv: '1.10'\n", {"id": "0123", "lang": "no", "v": "1.10"}),
    right("comments", "comments", "# about\nid: a  # here\ntitle: A title\n", META),
    right("empty-list", "an empty list and an empty object", "id: a\ntags: []\nmore: {}\n", {"id": "a", "tags": [], "more": {}}),
    right("rule-in-body", "a line `---` in the body", "id: a\n", {"id": "a"}, "Before.\n\n---\n\nAfter."),
    right("fence-in-value", "`---` within a value", "id: a\ntitle: x --- y\n", {"id": "a", "title": "x --- y"}),
    right("no-blank-between", "no blank line after the fence", "id: a\n", {"id": "a"}, "Text."),
    right("heading", "a heading and code", "id: a\n", {"id": "a"}, "# Heading\n\n    code\n\ntext"),
    right("url", "an address, plain", "id: a\nurl: https://example.org/a?b=c#d\n", {"id": "a", "url": "https://example.org/a?b=c#d"}),
]  # fmt: skip
RIGHT[34] = RIGHT[34]._replace(data=b"---\nid: a\n---\nText.\n")
FENCES = [
    wrong("no-front-matter", "no metadata at all", LINES, {}, "missing-metadata-block"),
    wrong("unclosed", "no closing fence", PLAIN.replace(b"title\n---\n", b"title\n"), META, "unclosed-metadata-block"),
    wrong("byte-order-mark", "a byte-order mark before the fence", b"\xef\xbb\xbf" + PLAIN, META, "byte-order-mark"),
    wrong("blank-line-first", "a blank line before the fence", b"\n" + PLAIN, META, "late-metadata-block", "missing-metadata-block"),
    wrong("blank-first", "a blank before the fence", b" " + PLAIN, META, "late-metadata-block", "near-miss-marker", "unclosed-metadata-block", "missing-metadata-block"),
    wrong("text-first", "a line of text before the fence", b"Text.\n" + PLAIN, META, "late-metadata-block", "missing-metadata-block"),
    wrong("comment-first", "a comment before the fence", b"<!-- x -->\n" + PLAIN, META, "late-metadata-block", "missing-metadata-block"),
    wrong("closed-by-dots", "the closing fence is `...`", PLAIN.replace(b"title\n---", b"title\n..."), META, "unclosed-metadata-block"),
    wrong("four-dashes-first", "the opening fence has four dashes", b"-" + PLAIN, META, "near-miss-marker", "unclosed-metadata-block", "missing-metadata-block"),
    wrong("four-dashes-last", "the closing fence has four dashes", PLAIN.replace(b"title\n---", b"title\n----"), META, "near-miss-marker", "unclosed-metadata-block", "missing-metadata-block"),
    wrong("four-dashes-both", "both fences have four dashes", PLAIN.replace(b"---", b"----"), META, "near-miss-marker", "unclosed-metadata-block", "missing-metadata-block"),
    wrong("two-dashes-first", "the opening fence has two dashes", PLAIN[1:], META, "near-miss-marker", "unclosed-metadata-block", "missing-metadata-block"),
    wrong("two-dashes-last", "the closing fence has two dashes", PLAIN.replace(b"title\n---", b"title\n--"), META, "near-miss-marker", "unclosed-metadata-block", "missing-metadata-block"),
    wrong("spaced-dashes", "fences of `- - -`", PLAIN.replace(b"---", b"- - -"), META, "near-miss-marker", "unclosed-metadata-block", "missing-metadata-block"),
    wrong("em-dash", "fences of an em dash", PLAIN.replace(b"---", "—".encode()), META, "near-miss-marker", "unclosed-metadata-block", "missing-metadata-block"),
    wrong("blanks-after-first", "blanks after the opening fence", PLAIN.replace(b"---\n", b"---  \n", 1), META, "near-miss-marker", "unclosed-metadata-block", "missing-metadata-block", "trailing-blanks"),
    wrong("blanks-after-last", "blanks after the closing fence", PLAIN.replace(b"title\n---", b"title\n---  "), META, "near-miss-marker", "unclosed-metadata-block", "missing-metadata-block", "trailing-blanks"),
    wrong("indented-last", "blanks before the closing fence", PLAIN.replace(b"title\n---", b"title\n  ---"), META, "near-miss-marker", "unclosed-metadata-block", "missing-metadata-block"),
    wrong("language-named", "`---yaml` opens", PLAIN.replace(b"---", b"---yaml", 1), META, "near-miss-marker", "unclosed-metadata-block", "missing-metadata-block"),
    wrong("language-json", "`---json` opens", b'---json\n{"id": "a"}\n---\n\n' + LINES, {"id": "a"}, "near-miss-marker", "unclosed-metadata-block", "missing-metadata-block"),
    wrong("language-js", "`---js` opens: code that runs", b'---js\n({id: "a"})\n---\n\n' + LINES, {"id": "a"}, "near-miss-marker", "unclosed-metadata-block", "missing-metadata-block"),
    wrong("toml", "TOML between `+++`", b'+++\nid = "a"\n+++\n\n' + LINES, {"id": "a"}, "missing-metadata-block"),
    wrong("json", "JSON between `;;;`", b';;;\n{"id": "a"}\n;;;\n\n' + LINES, {"id": "a"}, "missing-metadata-block"),
    wrong("bare-json", "JSON without a fence", b'{\n"id": "a"\n}\n\n' + LINES, {"id": "a"}, "missing-metadata-block"),
    wrong("rule-first", "a rule, prose, a rule", b"---\n\nProse that opens.\n\n---\n\n" + LINES, {}, "metadata-not-a-mapping", body=f"---\n\nProse that opens.\n\n---\n\n{BODY}"),
    wrong("prose-with-colon", "a rule, `Note: prose`, a rule", b"---\n\nNote: prose.\n\n---\n\n" + LINES, {}, "blank-line-after-fence", body=f"---\n\nNote: prose.\n\n---\n\n{BODY}"),
    wrong("fence-in-literal", "a line `---` in a text of the metadata", b"---\nid: a\nnote: |\n  one\n---\n  two\n---\n\n" + LINES, {"id": "a", "note": "one\n---\ntwo\n"}, "padded-body", "unparsable-metadata"),
    wrong("indented-fence-in-literal", "the same, indented", b"---\nid: a\nnote: |\n  one\n  ---\n  two\n---\n\n" + LINES, {"id": "a", "note": "one\n---\ntwo\n"}, "padded-body", "unparsable-metadata"),
    wrong("fence-starts-value", "a line that begins with `---`", b"---\nid: a\n--- x: y\n---\n\n" + LINES, {"id": "a"}, "second-yaml-document", "near-miss-marker", "unclosed-metadata-block", "missing-metadata-block"),
    wrong("text-on-closing-line", "text after the closing fence", b"---\nid: a\n--- Text.\n\n" + LINES, {"id": "a"}, "near-miss-marker", "unclosed-metadata-block", "missing-metadata-block", body=f"Text.\n\n{BODY}"),
    wrong("two-blocks", "two blocks of metadata", PLAIN + PLAIN, META, "marker-in-body", body=f"{BODY}\n{PLAIN.decode()[:-1]}"),
    wrong("empty-block", "nothing between the fences", b"---\n---\n\n" + LINES, {}, "empty-metadata"),
    wrong("comments-only", "only a comment between the fences", b"---\n# none\n---\n\n" + LINES, {}, "empty-metadata"),
    wrong("no-body", "no body", b"---\nid: a\n---\n", {"id": "a"}, "missing-body", body=""),
    wrong("no-body-no-newline", "it ends with the closing fence", b"---\nid: a\n---", {"id": "a"}, "missing-body", "final-newline", body=""),
    wrong("crlf", "lines end in CR LF", PLAIN.replace(b"\n", b"\r\n"), META, "wrong-newline"),
    wrong("cr", "lines end in CR", PLAIN.replace(b"\n", b"\r"), META, "wrong-newline"),
    wrong("crlf-metadata", "CR LF in the metadata alone", b"---\r\nid: a\r\ntitle: A title\r\n---\r\n\n" + LINES, META, "mixed-newlines", "wrong-newline"),
    wrong("crlf-fence", "CR LF at the closing fence alone", PLAIN.replace(b"title\n---\n", b"title\n---\r\n"), META, "mixed-newlines", "wrong-newline"),
    wrong("empty-file", "no byte at all", b"", {}, "empty-file", body=""),
    wrong("latin-1-byte", "one byte of Latin-1", PLAIN.replace(b"A title", b"Caf\xe9"), {"id": "a", "title": "Café"}, "legacy-encoding", "invalid-utf8"),
    wrong("utf-16", "UTF-16 with its mark", PLAIN.decode().encode("utf-16"), META, "utf16-file"),
    wrong("nul-in-metadata", "a NUL in a value", PLAIN.replace(b"A title", b"A\0title"), {"id": "a", "title": "A\0title"}, "nul-byte"),
    wrong("nul-in-body", "a NUL in the body", PLAIN + b"x\0y\n", META, "nul-byte", body=BODY + "\nx\0y"),
    wrong("control-in-metadata", "U+0001 in a value", PLAIN.replace(b"A title", b"A\x01title"), {"id": "a", "title": "A\x01title"}, "control-character"),
    wrong("del-in-metadata", "U+007F in a value", PLAIN.replace(b"A title", b"A\x7ftitle"), {"id": "a", "title": "A\x7ftitle"}, "control-character"),
    wrong("indented-body", "the body begins with a code block", b"---\nid: a\n---\n\n    code\n", {"id": "a"}, "padded-body", body="    code"),
    wrong("ideographic-space-first", "the body begins with U+3000", "---\nid: a\n---\n\n　文字。\n".encode(), {"id": "a"}, "padded-body", "exotic-space", body="　文字。"),
    wrong("blank-lines-before-body", "three blank lines before the body", b"---\nid: a\n---\n\n\n\nText.\n", {"id": "a"}, "blank-line", body="Text."),
    wrong("blanks-at-end", "blanks after the last word", b"---\nid: a\n---\n\nText.  \n", {"id": "a"}, "padded-body", body="Text.  "),
    wrong("blank-lines-at-end", "blank lines after the last", b"---\nid: a\n---\n\nText.\n\n\n", {"id": "a"}, "blank-line", body="Text."),
    wrong("no-final-newline", "the last line has no end", PLAIN[:-1], META, "final-newline"),
    wrong("line-separator-in-body", "U+2028 in the body", PLAIN + "x\u2028y\n".encode(), META, "line-separator", body=BODY + "\nx\u2028y"),
]  # fmt: skip
FAULTS = [
    block("list-on-top", "a list instead of fields", "- a\n- b\n", {}, "metadata-not-a-mapping"),
    block("text-on-top", "a text instead of fields", "only words\n", {}, "metadata-not-a-mapping"),
    block("number-on-top", "a number instead of fields", "12\n", {}, "metadata-not-a-mapping"),
    block("no-blank-after-colon", "`id:a`", "id:a\ntitle: A title\n", META, "unparsable-metadata"),
    block("no-blank-after-colons", "`id:a` and nothing else", "id:a\n", {"id": "a"}, "metadata-not-a-mapping"),
    block("no-break-space", "`id:` and U+00A0", "id:\u00a0a\n", {"id": "a"}, "exotic-space", "metadata-not-a-mapping"),
    block("no-break-space-value", "a value begins with U+00A0", "id: \u00a0a\n", {"id": "\u00a0a"}, "exotic-space"),
    block("duplicate-key", "a key twice", "id: a\nid: b\n", {"id": "b"}, "duplicate-key"),
    block("duplicate-key-quoted", "a key twice, once in quotes", "id: a\n'id': b\n", {"id": "b"}, "duplicate-key"),
    block("duplicate-key-inside", "a key twice, within a field", "by:\n  x: 1\n  x: 2\n", {"by": {"x": 2}}, "duplicate-key"),
    block("blank-line-inside", "a blank line between two fields", "id: a\n\ntitle: A title\n", META),
    block("colon-in-value", "`title: Part 1: The start`", "title: 'x'\nv: Part 1: The start\n", {"title": "x", "v": "Part 1: The start"}, "unparsable-metadata"),
    block("tab-indent", "indented with a TAB", "by:\n\tname: N\n", {"by": {"name": "N"}}, "tab-in-yaml", "tab-character", "unparsable-metadata"),
    block("tab-after-colon", "a TAB after a colon", "id:\ta\n", {"id": "a"}, "tab-character"),
    block("tab-at-end", "a TAB after a value", "id: a\t\n", {"id": "a"}, "trailing-blanks", "tab-character"),
    block("bracket-open", "a list that is not closed", "id: a\ntags: [x, y\n", {"id": "a", "tags": ["x", "y"]}, "unparsable-metadata"),
    block("quote-open", "a quote that is not closed", 'id: a\ntitle: "A title\n', META, "unparsable-metadata"),
    block("at-sign", "a value begins with `@`", "id: a\nby: @name\n", {"id": "a", "by": "@name"}, "unparsable-metadata"),
    block("percent-first", "a line begins with `%`", "id: a\n%x: y\n", {"id": "a", "%x": "y"}, "unparsable-metadata"),
    block("backtick", "a value begins with a backtick", "id: a\nv: `x`\n", {"id": "a", "v": "`x`"}, "unparsable-metadata"),
    block("star", "a value begins with `*`", "id: a\nv: *x*\n", {"id": "a", "v": "*x*"}, "unparsable-metadata"),
    block("ampersand", "a value begins with `&`", "id: a\nv: &x y\n", {"id": "a", "v": "&x y"}, "yaml-anchor"),
    block("bang", "a value begins with `!`", "id: a\nv: !x y\n", {"id": "a", "v": "!x y"}, "yaml-tag"),
    block("python-tag", "a tag that makes objects", "id: a\nv: !!python/name:os.system x\n", {"id": "a"}, "yaml-tag"),
    block("js-tag", "a tag of JavaScript", "id: a\nv: !!js/regexp /x/\n", {"id": "a", "v": "/x/"}, "yaml-tag"),
    block("binary-tag", "bytes in base64", "id: a\nv: !!binary aGk=\n", {"id": "a", "v": "hi"}, "yaml-tag"),
    block("set-tag", "a set", "id: a\nv: !!set {x, y}\n", {"id": "a", "v": ["x", "y"]}, "yaml-tag"),
    block("string-tag", "`!!str 12`", "id: a\nv: !!str 12\n", {"id": "a", "v": "12"}, "yaml-tag"),
    block("alias", "an anchor and an alias", "id: &x a\nv: *x\n", {"id": "a", "v": "a"}, "yaml-anchor"),
    block("merge", "a merge of fields `<<`", "b: &b {x: 1}\nc:\n  <<: *b\n  y: 2\n", {"b": {"x": 1}, "c": {"x": 1, "y": 2}}, "yaml-merge-key", "yaml-anchor"),
    block("merge-key", "`<<` without an alias", "id: a\nv:\n  <<: {x: 1}\n", {"id": "a", "v": {"<<": {"x": 1}}}, "yaml-merge-key", "yaml-anchor"),
    block("number-key", "a key that is a number", "id: a\n1: one\n", {"id": "a", "1": "one"}, "key-not-text"),
    block("boolean-key", "a key `on`", "id: a\non: push\n", {"id": "a", "on": "push"}, "key-not-text", "ambiguous-scalar"),
    block("null-key", "a key `null`", "id: a\nnull: x\n", {"id": "a", "null": "x"}, "key-not-text"),
    block("day-key", "a key that is a day", "id: a\n2024-01-31: x\n", {"id": "a", "2024-01-31": "x"}, "ambiguous-scalar", "key-not-text"),
    block("list-key", "a key that is a list", "id: a\n? [x, y]\n: z\n", {"id": "a", "[x, y]": "z"}, "key-not-text"),
    block("proto-key", "a key `__proto__`", "id: a\n__proto__:\n  x: y\n", {"id": "a", "__proto__": {"x": "y"}}, "reserved-key"),
    block("content-key", "a key `content`", "id: a\ncontent: x\n", {"id": "a", "content": "x"}, "reserved-key"),
    block("no-value-after-key", "a key without a colon", "id: a\ntitle\n", {"id": "a", "title": None}, "unparsable-metadata"),
    block("line-wraps", "a value over two lines", "id: a\ntitle: one\n  two\n", {"id": "a", "title": "one two"}),
    block("smart-quotes", "typographic quotes", "id: “a: b”\n", {"id": "“a: b”"}, "unparsable-metadata"),
    block("next-line-in-value", "U+0085 in a value", "id: a\ntitle: x\u0085y\n", {"id": "a", "title": "x\u0085y"}, "line-separator", "c1-control"),
    block("line-separator-in-value", "U+2028 in a value", "id: a\ntitle: x\u2028y\n", {"id": "a", "title": "x\u2028y"}, "line-separator"),
    block("noncharacter-in-value", "U+FFFF in a value", "id: a\ntitle: x\uffffy\n", {"id": "a", "title": "x\uffffy"}, "noncharacter-code-point"),
    block("surrogate-escape", "`\\ud83d` in double quotes", 'id: a\nv: "x\\ud83d"\n', {"id": "a", "v": "x\ud83d"}, "unparsable-metadata"),
    block("pair-escape", "`\\ud83d\\ude00` in double quotes", 'id: a\nv: "\\ud83d\\ude00"\n', {"id": "a", "v": "😀"}, "unparsable-metadata"),
    block("nul-escape", "`\\0` in double quotes", 'id: a\nv: "x\\0y"\n', {"id": "a", "v": "x\0y"}, "nul-byte"),
    block("slash-escape", "`\\/` in double quotes", 'id: a\nv: "x\\/y"\n', {"id": "a", "v": "x/y"}, "unparsable-metadata"),
    block("emoji-value", "an emoji, plain", "id: a\nv: 😀 x\n", {"id": "a", "v": "😀 x"}),
]  # fmt: skip
SCALARS = [
    value("word-no", "`no`", "no", "no", "ambiguous-scalar"),
    value("word-yes", "`Yes`", "Yes", "Yes", "ambiguous-scalar"),
    value("word-on", "`on`", "on", "on", "ambiguous-scalar"),
    value("word-y", "`y`", "y", "y", "ambiguous-scalar"),
    value("word-true", "`True`", "True", True, "ambiguous-scalar"),
    value("word-true-upper", "`TRUE`", "TRUE", True, "ambiguous-scalar"),
    value("word-null", "`Null`", "Null", None, "ambiguous-scalar"),
    value("word-null-upper", "`NULL`", "NULL", None, "ambiguous-scalar"),
    value("leading-zero-nine", "`0189`", "0189", "0189", "ambiguous-scalar"),
    value("octal", "`0o17`", "0o17", "0o17", "ambiguous-scalar"),
    value("version-three", "`1.10.2`", "1.10.2", "1.10.2"),
    value("whole-fraction", "`1.0`", "1.0", 1.0, "ambiguous-scalar"),
    value("exponent", "`1e5`", "1e5", "1e5", "ambiguous-scalar"),
    value("exponent-point", "`1.5e5`", "1.5e5", "1.5e5", "ambiguous-scalar"),
    value("exponent-signed", "`1.5e+5`", "1.5e+5", 150000.0, "ambiguous-scalar"),
    value("hash-like", "`12345e7`, a digest of digits and `e`", "12345e7", "12345e7", "ambiguous-scalar"),
    value("not-a-number", "`.nan`", ".nan", float("nan"), "ambiguous-scalar"),
    value("infinite", "`.inf`", ".inf", float("inf"), "ambiguous-scalar"),
    value("beyond-2-53", "2^53 + 1", str(2**53 + 1), 2**53 + 1, "ambiguous-scalar", "unsafe-integer"),
    value("twenty-digits", "20 digits", "12345678901234567890", 12345678901234567890, "ambiguous-scalar", "unsafe-integer"),
    value("minus-zero", "`-0`", "-0", 0, "ambiguous-scalar"),
    value("day-short", "`2024-1-31`", "2024-1-31", "2024-1-31", "ambiguous-scalar"),
    value("day-impossible", "`2024-02-31`", "2024-02-31", "2024-02-31", "ambiguous-scalar"),
    value("day-zero", "`0000-00-00`", "0000-00-00", "0000-00-00", "ambiguous-scalar"),
    value("month", "`2024-01`", "2024-01", "2024-01"),
    value("equals-sign", "`=`", "=", "=", "ambiguous-scalar"),
    value("merge-sign", "`<<`", "<<", "<<", "ambiguous-scalar"),
    value("tilde", "`~user`", "~user", "~user"),
    value("dash", "`-`", "-", "-", "ambiguous-scalar", "unparsable-metadata"),
    value("question", "`? x`", "? x", "? x", "unparsable-metadata"),
    value("hash-glued", "`a#b`", "a#b", "a#b"),
    value("empty-quotes", "`''`", "''", ""),
]  # fmt: skip
CASES = [*RIGHT, *FENCES, *FAULTS, *SCALARS]

"""What readers of a format dispute, beside unquoted scalars: a question each, with an example.

The words of an answer follow "is": "`---a` is a key to one, the end of the block to another". An
answer that begins with "an error" is a refusal: a document of which one reader of a profile makes
that does not pass, whatever the others say.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from . import disputed
from .question import Question

FORMATS: Final = {
    "front-matter": "YAML between `---`, then text",
    "json-lines": "a JSON value a line",
    "mbox": "mails in a row",
    "conllu": "sentences of Universal Dependencies",
    "warc": "records of a web archive",
    "headers": "lines `Name: value`, then text",
    "txtar": "files after lines `-- NAME --`",
    "tagged": "documents between `<doc …>` and `</doc>`",
    "compressed": "files ending in `.gz`, `.bz2`, `.xz` or `.zst`",
}
"""What may be read, and what it is."""


def _late(value: str, count: int = 120) -> bytes:
    return b'{"x":1}\n' * count + b'{"x":' + value.encode() + b"}\n"


def _block(text: str) -> bytes:
    return b"---\n" + text.encode() + b"---\nText.\n"


QUESTIONS: Final[Mapping[str, Question]] = {
    one.name: one
    for one in (
        Question(
            "glued-fence",
            "front-matter",
            "a line that begins with `---` and goes on",
            "a line of the block",
            "put what follows `---` in quotes, or begin the line with something else",
            _block("---a: b\n"),
        ),
        Question(
            "second-start",
            "front-matter",
            "a line `---` with a comment or a value behind it",
            "a line of the block",
            "remove the line",
            _block("--- # c\na: b\n"),
        ),
        Question(
            "blank-behind-fence",
            "front-matter",
            "a line `---` with blanks behind it",
            "a line of the block",
            "remove the blanks",
            _block("a: b\n--- \n"),
        ),
        Question(
            "capital-key",
            "front-matter",
            "a key with capitals",
            "a field of this name",
            "write it in small letters",
            _block("Foo: a\n"),
            is_ours=False,
        ),
        Question(
            "dots-line",
            "front-matter",
            "a line `...` before the closing fence",
            "no fence",
            "remove the line: `---` alone closes the block",
            _block("a: b\n...\n"),
        ),
        Question(
            "kept-block-last",
            "front-matter",
            "the line end that a text `|+` keeps before the closing fence",
            "a part of the text",
            "write `|`, or put another field behind this one",
            _block("v: |+\n  a\n\n"),
            is_ours=False,
        ),
        Question(
            "empty-block",
            "front-matter",
            "a block without a line between its fences",
            "a block without fields",
            "write a field, or remove both fences",
            b"---\n---\nText.\n",
        ),
        Question(
            "unended-fence",
            "front-matter",
            "a closing fence at the end of the file, without a line end",
            "a fence",
            "end the line",
            b"---\na: b\n---",
        ),
        Question(
            "slash-escape",
            "front-matter",
            "`\\/` in double quotes",
            "a slash",
            "write `/`",
            _block('v: "\\/"\n'),
        ),
        Question(
            "flow-at-margin",
            "front-matter",
            "a list or mapping in brackets that goes on at the first column",
            "a part of the value",
            "indent its lines",
            _block("v: {a: b,\nc: d}\n"),
        ),
        Question(
            "keys-by-case",
            "front-matter",
            "a key that stood before in other capitals",
            "another field",
            "give the fields names that differ in more than their capitals",
            _block("foo: a\nFoo: b\n"),
        ),
        Question(
            "dash-in-flow",
            "front-matter",
            "a lone `-` in brackets",
            "text",
            "put it in quotes",
            _block("v: [-]\n"),
        ),
        Question(
            "question-first",
            "front-matter",
            "a value in brackets that begins with `?`",
            "a key without a value",
            "put it in quotes",
            _block("v: [?a]\n"),
        ),
        Question(
            "question-within",
            "front-matter",
            "an unquoted value in brackets with a `?` in it",
            "text",
            "put it in quotes",
            _block("v: [a?b]\n"),
        ),
        Question(
            "dashes-alone",
            "front-matter",
            "the next item of an outer list, behind an empty item,",
            "an item of the outer list",
            "write `null` behind the dash",
            _block("v:\n- -\n- a\n"),
        ),
        Question(
            "folded-in-flow",
            "front-matter",
            "an unquoted text in brackets that goes on at the column of its key",
            "a part of the text",
            "indent the line, or put the text in quotes on one line",
            _block("x:\n  v: [a\n  b]\n"),
        ),
        Question(
            "second-dots",
            "front-matter",
            "a second line `...`",
            "nothing",
            "remove the line: `---` alone closes the block",
            _block("a: b\n... # c\n... # c\n"),
        ),
        Question(
            "blank-before-fold",
            "front-matter",
            "a blank at the end of a line in quotes",
            "dropped",
            "remove the blanks",
            _block('v: "a \n  b"\n'),
        ),
        Question(
            "mixed-types",
            "json-lines",
            "a field of another type than in the records before",
            "the value that is written",
            "give the field one type in all records",
            b'{"x":1}\n{"x":"a"}\n',
        ),
        Question(
            "late-fraction",
            "json-lines",
            "the first fraction in a field of whole numbers",
            "the value that is written",
            "write `1.0` in one of the first records, or tell the reader the type",
            _late("0.5"),
        ),
        Question(
            "very-late-fraction",
            "json-lines",
            "the first fraction in a field of whole numbers, after 20,480 records",
            "the value that is written",
            "write `1.0` in one of the first records, or tell the reader the type",
            _late("0.5", 20_500),
        ),
        Question(
            "late-field",
            "json-lines",
            "a field that the first records do not have",
            "a field",
            "give it a value in one of the first records",
            b'{"x":1}\n' * 120 + b'{"x":1,"y":2}\n',
        ),
        Question(
            "null-first",
            "json-lines",
            "a null at the head of a list",
            "null",
            "put a value first, or leave the null out",
            b'{"x":[null,1]}\n{"x":[2]}\n',
        ),
        Question(
            "moment-text",
            "json-lines",
            "a text that looks like a day or a moment",
            "text",
            "tell the reader the type: its other name here ends in `-typed`",
            b'{"date":"2024-01-31T10:00:00"}\n',
        ),
        Question(
            "digit-text",
            "json-lines",
            "a text of digits",
            "text",
            "tell the reader the type: its other name here ends in `-typed`",
            b'{"x":"001"}\n',
        ),
        Question(
            "huge-fraction",
            "json-lines",
            "a fraction of 2^64 and more, written with all its digits",
            "the number that is written",
            "write it with an exponent",
            b'{"x":18446744073709551616.0}\n',
        ),
        *disputed.questions(),
    )
}
"""The questions by name."""

"""What readers of front matter dispute: fences, YAML, and white space at the ends of the text."""

from __future__ import annotations

from functools import partial
from typing import Final

from ..question import Question

_asked = partial(Question, "front-matter")


def _block(text: str) -> bytes:
    return b"---\n" + text.encode() + b"---\nText.\n"


QUESTIONS: Final = (
    _asked(
        "glued-fence",
        "a line that begins with `---` and goes on",
        "a line of the block",
        "put what follows `---` in quotes, or begin the line with something else",
        _block("---a: b\n"),
    ),
    _asked(
        "second-start",
        "a line `---` with a comment or a value behind it",
        "a line of the block",
        "remove the line",
        _block("--- # c\na: b\n"),
    ),
    _asked(
        "blank-behind-fence",
        "a line `---` with blanks behind it",
        "a line of the block",
        "remove the blanks",
        _block("a: b\n--- \n"),
    ),
    _asked(
        "capital-key",
        "a key with capitals",
        "a field of this name",
        "write it in small letters",
        _block("Foo: a\n"),
        is_ours=False,
    ),
    _asked(
        "dots-line",
        "a line `...` before the closing fence",
        "no fence",
        "remove the line: `---` alone closes the block",
        _block("a: b\n...\n"),
    ),
    _asked(
        "kept-block-last",
        "the line end that a text `|+` keeps before the closing fence",
        "a part of the text",
        "write `|`, or put another field behind this one",
        _block("v: |+\n  a\n\n"),
        is_ours=False,
    ),
    _asked(
        "empty-block",
        "a block without a line between its fences",
        "a block without fields",
        "write a field, or remove both fences",
        b"---\n---\nText.\n",
    ),
    _asked(
        "unended-fence",
        "a closing fence at the end of the file, without a line end",
        "a fence",
        "end the line",
        b"---\na: b\n---",
    ),
    _asked(
        "slash-escape",
        "`\\/` in double quotes",
        "a slash",
        "write `/`",
        _block('v: "\\/"\n'),
    ),
    _asked(
        "flow-at-margin",
        "a list or mapping in brackets that goes on at the first column",
        "a part of the value",
        "indent its lines",
        _block("v: {a: b,\nc: d}\n"),
    ),
    _asked(
        "keys-by-case",
        "a key that stood before in other capitals",
        "another field",
        "give the fields names that differ in more than their capitals",
        _block("foo: a\nFoo: b\n"),
    ),
    _asked(
        "dash-in-flow",
        "a lone `-` in brackets",
        "text",
        "put it in quotes",
        _block("v: [-]\n"),
    ),
    _asked(
        "question-first",
        "a value in brackets that begins with `?`",
        "a key without a value",
        "put it in quotes",
        _block("v: [?a]\n"),
    ),
    _asked(
        "question-within",
        "an unquoted value in brackets with a `?` in it",
        "text",
        "put it in quotes",
        _block("v: [a?b]\n"),
    ),
    _asked(
        "dashes-alone",
        "the next item of an outer list, behind an empty item,",
        "an item of the outer list",
        "write `null` behind the dash",
        _block("v:\n- -\n- a\n"),
    ),
    _asked(
        "folded-in-flow",
        "an unquoted text in brackets that goes on at the column of its key",
        "a part of the text",
        "indent the line, or put the text in quotes on one line",
        _block("x:\n  v: [a\n  b]\n"),
    ),
    _asked(
        "second-dots",
        "a second line `...`",
        "nothing",
        "remove the line: `---` alone closes the block",
        _block("a: b\n... # c\n... # c\n"),
    ),
    _asked(
        "blank-before-fold",
        "a blank at the end of a line in quotes",
        "dropped",
        "remove the blanks",
        _block('v: "a \n  b"\n'),
    ),
    _asked(
        "padded-body",
        "white space at an end of the body",
        "a part of it",
        "begin and end with a character that can be seen",
        b"---\na: b\n---\n    code\n",
    ),
    _asked(
        "blanks-alone-first",
        "a line of blanks at the start of the body",
        "a part of it",
        "remove the blanks",
        b"---\na: b\n---\n \nText.\n",
    ),
)

"""CoNLL-U beside level 1 of validate.py of UniversalDependencies/tools.

The checker needs packages of its own: ORACLE_PYTHON names the interpreter that has them.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from random import Random

from .bench import Anchor, Bench, Remark, Verdict, converse
from .mutation import NOISE, Mutator, table

DRIVER = """
import io, json, sys
sys.path.insert(0, sys.argv[1])
from udtools.src.udtools.argparser import parse_args_validator
from udtools.src.udtools.validator import Validator
args = parse_args_validator(["--lang", "ud", "--level", "1", "--quiet", "--max-err", "0", "-"])
for line in sys.stdin:
    found, crash = [], ""
    try:
        checker = Validator(lang="ud", level=1, max_store=0, args=args, output=io.StringIO())
        for one in checker.validate_files([line.rstrip("\\n")]).error_tracker:
            found.append([one.lineno, one.testid, one.message])
    except Exception as error:
        crash = f"{type(error).__name__}: {error}"
    print(json.dumps([found, crash]))
"""
SENTENCES = 40


def run(paths: Sequence[Path], tools: Path) -> list[Verdict]:
    """What validate.py says at level 1."""
    command = [os.environ.get("ORACLE_PYTHON", sys.executable), "-c", DRIVER, str(tools)]
    verdicts = []
    for line in converse(command, paths):
        found, crash = json.loads(line)
        remarks = tuple(Remark(row, kind, f"{kind}: {text}") for row, kind, text in found)
        verdicts.append(Verdict(remarks, crash))
    return verdicts


def _short(text: str) -> str:
    """The first sentences: a change to one shows no better in a longer file."""
    return "".join(f"{sentence}\n\n" for sentence in text.split("\n\n")[:SENTENCES] if sentence)


def _cut(change: Mutator) -> Mutator:
    def on_short(text: str, random: Random) -> str | None:
        return change(_short(text), random)

    on_short.__name__ = change.__name__
    return on_short


def _cells(change: Mutator) -> Mutator:
    """`change` to the cells of one token line, joined by TABs."""

    def on_line(text: str, random: Random) -> str | None:
        lines = _short(text).split("\n")
        fitting = [at for at, line in enumerate(lines) if line[:1].isdigit()]
        if not fitting:
            return None
        at = random.choice(fitting)
        changed = change(lines[at], random)
        return None if changed is None else "\n".join([*lines[:at], changed, *lines[at + 1 :]])

    on_line.__name__ = change.__name__
    return on_line


def cell(line: str, random: Random) -> str | None:
    cells = line.split("\t")
    at = random.randrange(len(cells))
    old = cells[at]
    cells[at] = random.choice(["", " ", f" {old}", f"{old} ", f"{old} {old}", f"{old}  {old}", "é"])
    return "\t".join(cells)


def columns(line: str, random: Random) -> str | None:
    cells = line.split("\t")
    at = random.randrange(len(cells))
    return "\t".join(random.choice([cells[:at] + cells[at + 1 :], [*cells, "_"], cells[:at]]))


def number(line: str, random: Random) -> str | None:
    _, tab, rest = line.partition("\t")
    new = random.choice("0 1 2 3-4 4-3 1-99 3.1 0.1 3.0 01 x 1- 1.1.1 2-2".split())
    return new + tab + rest


def inserted(text: str, random: Random) -> str | None:
    lines = _short(text).split("\n")
    new = random.choice(
        ["# a remark", "", " ", "\t", "text", "# text = x", "1\tx", "1.1" + "\t_" * 9]
        + [f"{a}-{a + 1}" + "\tx" + "\t_" * 8 for a in range(1, 6)]
    )
    lines.insert(random.randrange(len(lines)), new)
    return "\n".join(lines)


def ends(text: str, random: Random) -> str | None:
    body = _short(text).rstrip("\n")
    return body + random.choice(["", "\n", "\n\n\n", "\n\n# x\n", "\n\n# x\n\n", "\n \n"])


def line_ends(text: str, random: Random) -> str | None:
    text = _short(text)
    count = random.choice([1, text.count("\n")])
    return text.replace("\n", random.choice(["\r\n", "\r"]), count)


MUTATORS = table(
    *(_cut(noise) for noise in NOISE),
    *(_cells(change) for change in (cell, columns, number)),
    inserted,
    ends,
    line_ends,
)

_SEQUENCE = "the order of the numbers of a sentence"
OUTSIDE = dict.fromkeys(
    (
        "word-id-sequence",
        "word-interval-out",
        "misplaced-word-interval",
        "misplaced-empty-node",
        "reversed-word-interval",
        "overlapping-word-intervals",
    ),
    _SEQUENCE,
)
_NEWLINE = Anchor(("wrong-newline", "mixed-newlines"))
_MODEL = Anchor(("broken-content-model",), 2)

BENCH = Bench(
    profile="conllu",
    globs=("*.conllu",),
    past=("*.conllu",),
    select=("ENC", "TXT", "DEL", "MET", "BOD"),
    mutators=MUTATORS,
    run=run,
    outside=OUTSIDE,
    anchors={
        "non-unix-newline": _NEWLINE,
        "missing-empty-line": _MODEL,
        "empty-sentence": _MODEL,
    },
    runs=("misplaced-comment",),
    once=("ENC201 wrong-newline", "ENC202 mixed-newlines"),
)

"""CoNLL-U beside levels 1 and 2 of validate.py of UniversalDependencies/tools.

The checker needs packages of its own: ORACLE_PYTHON names the interpreter that has them.
"""

from __future__ import annotations

import json
import os
import sys
from bisect import bisect_left
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from random import Random

from .bench import Anchor, Bench, Deviation, Parts, Remark, Verdict, converse
from .mutation import NOISE, Mutator, numbered

DRIVER = """
import io, json, sys
sys.path.insert(0, sys.argv[1])
from udtools.src.udtools.argparser import parse_args_validator
from udtools.src.udtools.validator import Validator
level = sys.argv[2]
args = parse_args_validator(["--lang", "ud", "--level", level, "--quiet", "--max-err", "0", "-"])
for line in sys.stdin:
    found, crash = [], ""
    try:
        out = io.StringIO()
        checker = Validator(lang="ud", level=int(level), max_store=0, args=args, output=out)
        for one in checker.validate_files([line.rstrip("\\n")]).error_tracker:
            found.append([one.lineno, one.testid, one.message])
    except Exception as error:
        crash = f"{type(error).__name__}: {error}"
    print(json.dumps([found, crash]))
"""
SENTENCES = 40
NAMES = "ID FORM LEMMA UPOS XPOS FEATS HEAD DEPREL DEPS MISC".split()
Tokens = list[list[str]]
SentenceMutator = Callable[[list[str], Tokens, Random], list[str] | None]
"""Comments and the cells of tokens, which it may change; the token lines that come of it."""


def run(level: int, paths: Sequence[Path], tools: Path) -> list[Verdict]:
    """What validate.py says at a level."""
    python = os.environ.get("ORACLE_PYTHON", sys.executable)
    command = [python, "-c", DRIVER, str(tools), str(level)]
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


def _token(number: str, **cells: str) -> str:
    """A line of ten columns."""
    return "\t".join([number, "x", *(cells.get(name, "_") for name in NAMES[2:])])


def _sentence(change: SentenceMutator) -> Mutator:
    """`change` to the lines of one sentence: its comments, and its tokens as cells."""

    def on_sentence(text: str, random: Random) -> str | None:
        sentences = _short(text).split("\n\n")[:-1]
        at = random.randrange(len(sentences))
        lines = sentences[at].split("\n")
        comments = [line for line in lines if line.startswith("#")]
        tokens = [line.split("\t") for line in lines if not line.startswith("#")]
        if not all(len(token) == len(NAMES) for token in tokens):
            return None
        made = change(comments, tokens, random)
        if made is None:
            return None
        sentences[at] = "\n".join([*comments, *made])
        return "".join(f"{sentence}\n\n" for sentence in sentences)

    on_sentence.__name__ = change.__name__
    return on_sentence


def _joined(tokens: Sequence[Sequence[str]]) -> list[str]:
    return ["\t".join(token) for token in tokens]


def ids(comments: list[str], tokens: Tokens, random: Random) -> list[str]:
    at, count = random.randrange(len(tokens)), len(tokens)
    kind = random.choice(["from here", "one", "exchanged", "padded"])
    if kind == "from here":
        for token in tokens[at:]:
            token[0] = str(int(token[0]) + 1) if token[0].isdigit() else token[0]
    elif kind == "one":
        tokens[at][0] = str(random.randrange(1, count + 3))
    elif kind == "exchanged":
        other = random.randrange(count)
        tokens[at][0], tokens[other][0] = tokens[other][0], tokens[at][0]
    else:
        tokens[at][0] = f"0{tokens[at][0]}"
    return _joined(tokens)


def ranges(comments: list[str], tokens: Tokens, random: Random) -> list[str]:
    lines, count = _joined(tokens), len(tokens)
    for _ in range(random.choice([1, 1, 2])):
        first = random.randrange(1, count + 1)
        last = first + random.choice([-1, 0, 1, 1, 2, 5, 60])
        place = max(0, first - 1 + random.choice([0, 0, 0, 0, 1, 2]))
        lines.insert(place, _token(f"{first}-{max(last, 1)}"))
    return lines


def nodes(comments: list[str], tokens: Tokens, random: Random) -> list[str]:
    lines = _joined(tokens)
    at = random.randrange(len(lines) + 1)
    number = f"{at + random.choice([0, 0, 0, 1])}.{random.choice([1, 1, 1, 2])}"
    lines.insert(at, _token(number, DEPS=random.choice(["1:dep", "0:root", "99:dep", "_"])))
    return lines


def _column(name: str, *texts: str) -> SentenceMutator:
    """Another cell in a column; of `texts`, where `{}` stands for the old one."""

    def change(comments: list[str], tokens: Tokens, random: Random) -> list[str]:
        token = random.choice(tokens)
        at = NAMES.index(name)
        token[at] = random.choice(texts).replace("{}", token[at])
        return _joined(tokens)

    change.__name__ = name.lower()
    return change


def head(comments: list[str], tokens: Tokens, random: Random) -> list[str]:
    token = random.choice(tokens)
    some = random.choice(tokens)[0]
    token[6] = random.choice(["0", some, some, token[0], "99", "_", "x", f"0{some}", f"{some}.1"])
    return _joined(tokens)


def deps(comments: list[str], tokens: Tokens, random: Random) -> list[str]:
    token = random.choice(tokens)
    some, other, old = random.choice(tokens)[0], random.choice(tokens)[0], token[8]
    token[8] = random.choice(
        [
            f"{some}:obj",
            f"{old}|{some}:obj",
            f"{some}:obj|{other}:nsubj",
            f"{token[0]}:dep",
            f"{old}|{old}",
            f"{some}",
            f"{some}:Obj",
            f"{some}:foo",
            f"{some}:obl:på_grund:gen",
            f"{some}:obl:a:b:c",
            "99:dep",
            "x:dep",
            "01:dep",
            f"{old}|",
        ]
    )
    return _joined(tokens)


def feature(comments: list[str], tokens: Tokens, random: Random) -> list[str] | None:
    token = random.choice(tokens)
    found = token[5].split("|")
    if len(found) < 2:
        return None
    at = random.randrange(len(found))
    name, _, value = found[at].partition("=")
    change = random.choice(["order", "twice", "values", "other"])
    if change == "order":
        random.shuffle(found)
    elif change == "twice":
        found.insert(at, random.choice([found[at], f"{name}=Xyz"]))
    elif change == "values":
        found[at] = f"{name}={random.choice([f'{value},{value}', f'Zz,{value}', f'{value},Zz'])}"
    else:
        found[at] = random.choice(
            [
                *(name, f"{name}=", f"={value}", f"{name.lower()}={value}"),
                *(f"{name}={value.lower()}", f"{name}[psor]={value}", f"{name}={value}-x"),
                *("", f"{name}={value},"),
            ]
        )
    token[5] = "|".join(found)
    return _joined(tokens)


def filled(comments: list[str], tokens: Tokens, random: Random) -> list[str]:
    """A multiword token or an empty node with a cell that it may or may not have."""
    lines = _joined(tokens)
    at = random.randrange(len(lines))
    number = random.choice([f"{at + 1}-{at + 1}", f"{at}.1"])
    name = random.choice(NAMES[2:])
    value = {"FEATS": "Typo=Yes", "HEAD": "1", "DEPS": "1:dep", "MISC": "SpaceAfter=No"}
    lines.insert(at, _token(number, **{name: value.get(name, "det")}))
    return lines


def comment(comments: list[str], tokens: Tokens, random: Random) -> list[str]:
    at = random.randrange(len(comments))
    old = comments[at]
    key, _, value = old.partition(" = ")
    comments[at : at + 1] = random.choice(
        [
            [],
            [old, old],
            [f"{key} = "],
            [f"{key} = {value} "],
            [f"{key}={value}"],
            [f"{key} {value}"],
            [f"{key} = a b"],
            ["# sent_id = a/b/c"],
            [old, "# sent_id = x"],
            [old, "# newpar"],
            [old, "# newdoc", "# newdoc"],
            [old, "# parallel_id = " + random.choice(["pud/n1", "PUD/1", "pud", "pud/a/alt1"])],
        ]
    )
    return _joined(tokens)


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


_BACKBONE = (
    *(_cut(noise) for noise in NOISE),
    *(_cells(change) for change in (cell, columns, number)),
    *(_sentence(change) for change in (ids, ranges, nodes)),
    inserted,
    ends,
    line_ends,
)
_ANNOTATION = (
    head,
    head,
    deps,
    deps,
    feature,
    feature,
    filled,
    comment,
    _column("UPOS", "noun", "NOUNS", "_", "X", "{}{}"),
    _column("DEPREL", "Obj", "foo", "_", "nsubj:", "nsubj:pass", "obl:a:b", "ref", "obj:å"),
    _column("FEATS", "_", "Typo=Yes", "x", "A=B|A=C", "B=C|A=D"),
    _column("XPOS", "_", "a b", ""),
    _column("MISC", "{}|SpaceAfter=No", "SpaceAfter=Yes", "NoSpaceAfter=Yes", "_", "a=b||c"),
    _column("MISC", "=a", "a= b", "a =b", "gloss=x", "Gloss=x|Gloss=y", "a=b|a=c", "a=b|", "|"),
)

# What the profiles do not express, with the reason.
_TEXT = "the text of a sentence beside its words"
_STATE = "what other sentences have"
OUTSIDE = {
    "edeps-only-sometimes": _STATE,
    "parallel-id-alt": _STATE,
    "parallel-id-part": _STATE,
    "spaceafter-newdocpar": _STATE,
    "spaceafter-mwt-node": "words that a range covers",
    "text-form-mismatch": _TEXT,
    "missing-spaceafter": _TEXT,
    "text-extra-chars": _TEXT,
}
_NEWLINE = Anchor(("wrong-newline", "mixed-newlines"))
_MODEL = Anchor(("broken-content-model",), 2)
# They name the first token of the sentence, we the line that is wrong; how far that may be.
_FAR = 100
_NUMBERS = Anchor(("broken-numbering", "broken-content-model", "wrong-range"), _FAR)
_OF_GROUP = Anchor(("wrong-group", "forbidden-text", "repeated-label"), 12)
ANCHORS = {
    "non-unix-newline": _NEWLINE,
    "missing-empty-line": _MODEL,
    "empty-sentence": _MODEL,
    "word-id-sequence": _NUMBERS,
    "multiple-roots": Anchor(("wrong-root-count",), _FAR),
    "non-tree": Anchor(("circular-reference", "wrong-root-count"), _FAR),
    "unconnected-egraph": Anchor(("unreached-line",), _FAR),
    "nospaceafter-yes": Anchor(("unfit-cell",), _FAR, "NoSpaceAfter"),
    **dict.fromkeys(
        (
            "invalid-sent-id",
            "missing-sent-id",
            "multiple-sent-id",
            "non-unique-sent-id",
            "slash-in-sent-id",
            "invalid-parallel-id",
            "multiple-parallel-id",
            "non-unique-parallel-id",
            "multiple-newdoc",
            "multiple-newpar",
            "missing-text",
            "multiple-text",
            "empty-text",
            "text-trailing-whitespace",
        ),
        _OF_GROUP,
    ),
}


_STAGES = {
    "broken-content-model": 1,
    "unfit-line": 1,
    "wrong-column-count": 2,
    "broken-numbering": 3,
    "wrong-range": 3,
    "wrong-insertion": 3,
    "unknown-reference": 4,
    "circular-reference": 5,
    "wrong-root-count": 5,
    "unfit-cell": 6,
    "wrong-group": 7,
    "repeated-label": 7,
    "forbidden-text": 7,
    "unreached-line": 8,
}
_HALTS = {
    **dict.fromkeys(("invalid-line", "misplaced-comment", "empty-sentence"), 1),
    "number-of-columns": 2,
    **dict.fromkeys(
        (
            "invalid-word-id",
            "invalid-word-interval",
            "misplaced-word-interval",
            "misplaced-empty-node",
            "word-id-sequence",
            "reversed-word-interval",
            "word-interval-out",
            "overlapping-word-intervals",
        ),
        3,
    ),
    **dict.fromkeys(
        ("invalid-head", "unknown-head", "invalid-deps", "invalid-ehead", "unknown-ehead"), 4
    ),
    **dict.fromkeys(("head-self-loop", "multiple-roots", "non-tree"), 5),
    "invalid-feature": 6,
}


def _sentences(data: bytes) -> Callable[[int], int]:
    """The number of the sentence that a line is in, as validate.py reads them."""
    lines = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
    ends = [row for row, line in enumerate(lines, 1) if not line.strip()]
    return lambda line: bisect_left(ends, line)


def _is_word(line: bytes, remark: Remark) -> bool:
    """Whether a word is blamed for the range of its own number: the sequence is broken before."""
    return remark.kind == "word-interval-out" and line.partition(b"\t")[0].isdigit()


def _is_early(line: bytes, remark: Remark) -> bool:
    return "not before its first line" in remark.text


def _has_id(line: bytes, remark: Remark) -> bool:
    """Whether a second line opens a document or a paragraph, and names it: theirs knows no name."""
    return line.startswith((b"# newdoc", b"# newpar")) and "may stand at most once" in remark.text


def _is_ref(line: bytes, remark: Remark) -> bool:
    """Whether `ref` stands in DEPREL: theirs lets it pass once it has seen a cell of DEPS."""
    return "`ref` is a relation of DEPS only" in remark.text


DEVIATIONS = (
    Deviation("the relation `ref` in DEPREL", "ours", _is_ref),
    Deviation("a second `# newdoc id = …` or `# newpar id = …`", "ours", _has_id),
    Deviation("a number beyond the last, after a break in the sequence", "theirs", _is_word),
    Deviation("a range that stands too early", "ours", _is_early),
)


def _bench(profile: str, level: int, more: Sequence[Mutator] = ()) -> Bench:
    return Bench(
        profile=profile,
        globs=("*.conllu",),
        past=("*.conllu",),
        select=("ENC", "TXT", "DEL", "MET", "BOD"),
        mutators=numbered(*_BACKBONE, *more),
        run=partial(run, level),
        outside=OUTSIDE,
        anchors=ANCHORS,
        parts=Parts(_sentences, _HALTS, _STAGES, ("broken-numbering",)),
        deviations=DEVIATIONS,
        runs=("misplaced-comment",),
        once=("ENC201 wrong-newline", "ENC202 mixed-newlines"),
    )


BENCH = _bench("conllu", 1)
BENCH_UD = _bench("conllu-ud", 2, [_sentence(change) for change in _ANNOTATION])

"""tldr pages beside tldr-lint."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from random import Random

from .bench import Anchor, Bench, Remark, Verdict, converse
from .mutation import NOISE, Mutator, swap, table

DRIVER = """
const fs = require("fs"), path = require("path");
const linter = require(path.join(path.resolve(process.argv[1]), "lib", "tldr-lint.js"));
console.warn = console.error = () => {};
const out = [];
for (const file of fs.readFileSync(0, "utf8").split("\\n").filter(Boolean)) {
  let fatal = null;
  const parse = linter.parse;
  linter.parse = page => {
    try { return parse(page); } catch (error) { fatal = error; throw error; }
  };
  const result = linter.processFile(file);
  linter.parse = parse;
  const found = result.errors.map(e =>
    [Number(e.locinfo.first_line || e.locinfo.last_line - 1), e.code, e.description]);
  if (fatal) {
    const place = /line (\\d+)/.exec(fatal.toString());
    const words = fatal.toString().replace(/\\n/g, " | ");
    found.push([place ? Number(place[1]) : 1, "grammar", words]);
  }
  out.push(JSON.stringify(found));
}
fs.writeFileSync(1, out.join("\\n") + "\\n");
"""


def run(paths: Sequence[Path], lint: Path) -> list[Verdict]:
    """What tldr-lint says, in one node process; its grammar error counts as a remark."""
    verdicts = []
    for line in converse(["node", "-e", DRIVER, str(lint)], paths):
        found = json.loads(line)
        remarks = tuple(Remark(row, kind, f"{kind} {text}") for row, kind, text in found)
        stopped = next((row for row, kind, _ in found if kind == "grammar"), 0)
        verdicts.append(Verdict(remarks, stopped=stopped))
    return verdicts


def _on_line(start: str, change: Mutator) -> Mutator:
    """`change` to one of the lines that begin so."""

    def on_line(text: str, random: Random) -> str | None:
        lines = text.split("\n")
        fitting = [at for at, line in enumerate(lines) if line.startswith(start)]
        if not fitting:
            return None
        at = random.choice(fitting)
        changed = change(lines[at], random)
        return None if changed is None else "\n".join([*lines[:at], changed, *lines[at + 1 :]])

    on_line.__name__ = (
        f"{change.__name__}_{ {'#': 'title', '>': 'quote', '-': 'bullet'}.get(start, 'command') }"
    )
    return on_line


def marker_layout(line: str, random: Random) -> str | None:
    return line[0] + random.choice(["", "  ", " \t"]) + line[1:].lstrip()


def no_marker(line: str, random: Random) -> str | None:
    return line[1:].lstrip()


def lower_case(line: str, random: Random) -> str | None:
    return line[:2] + line[2:3].lower() + line[3:]


def last_character(line: str, random: Random) -> str | None:
    return line[:-1] + random.choice(["", ".", ",", ";", ":", "!", " ", ". ", ":\t", "`"])


def words(line: str, random: Random) -> str | None:
    new = ["stdin", "the Stdout", "regular expressions", "note: this", "NOTE: that", "`stderr`"]
    at = random.choice([2, len(line) - 1])
    return line[:at] + " " + random.choice(new) + " " + line[at:].lstrip()


def verb(line: str, random: Random) -> str | None:
    first = random.choice(["Writing", "Writes", "Process", "Bring", "writes", "[W]rite", "Écrit"])
    return f"- {first} {line[2:]}"


def inside(line: str, random: Random) -> str | None:
    return random.choice([f"` {line[1:]}", f"{line[:-1]} `", line[:-1], line[1:], "``", line + " "])


def link(text: str, random: Random) -> str | None:
    lines = text.split("\n")
    fitting = [at for at, line in enumerate(lines) if line.startswith("> More information")]
    if not fitting:
        return None
    line = lines[fitting[0]]
    bare = line.replace("<", "").replace(">", "")[1:].strip()
    lines[fitting[0]] = random.choice(
        [
            line.replace("More", "more"),
            line.replace("information", "info"),
            line.replace(": ", ":"),
            bare,
            f"> {bare}",
            line.rstrip("."),
            f"{line}\n{line}",
            line.replace("https", "ftp"),
            f"{line} ",
        ]
    )
    return "\n".join(lines)


def more_examples(text: str, random: Random) -> str | None:
    return text + "\n- Do it again:\n\n`again`\n" * random.randrange(1, 9)


def two_commands(text: str, random: Random) -> str | None:
    lines = text.split("\n")
    fitting = [at for at, line in enumerate(lines) if line.startswith("`")]
    if not fitting:
        return None
    at = random.choice(fitting)
    between = random.choice([[], [""]])
    return "\n".join([*lines[: at + 1], *between, lines[at], *lines[at + 1 :]])


def blank_lines(text: str, random: Random) -> str | None:
    lines = text.split("\n")
    blank = [at for at, line in enumerate(lines[:-1]) if not line]
    if not blank:
        return None
    at = random.choice(blank)
    lines[at : at + 1] = random.choice([[], ["", ""], [" "], ["\t"], ["", "", ""]])
    return "\n".join(lines)


def ends(text: str, random: Random) -> str | None:
    body = text.strip()
    before = random.choice(["", "", "\n", " ", "\n\n", "\t", "text\n"])
    return before + body + random.choice(["", "\n", "\n\n", " \n", "\n ", "\n\n\n", "\r\n"])


def line_ends(text: str, random: Random) -> str | None:
    if random.random() < 0.5:
        return text.replace("\n", "\r\n")
    at = random.randrange(text.count("\n") + 1)
    return text.replace("\n", "\r\n", at)


def tab(text: str, random: Random) -> str | None:
    at = random.randrange(len(text))
    return text[:at] + "\t" + text[at:]


MUTATORS = table(
    *NOISE,
    *(_on_line(start, marker_layout) for start in "#>-"),
    *(_on_line(start, no_marker) for start in "#>-"),
    *(_on_line(start, lower_case) for start in ">-"),
    *(_on_line(start, last_character) for start in "#>-`"),
    *(_on_line(start, words) for start in ">-"),
    _on_line("-", verb),
    _on_line("`", inside),
    _on_line("#", swap("character", ("#", "# é"), ("#", "# a&b"), ("#", "# a.b,"))),
    link,
    more_examples,
    two_commands,
    blank_lines,
    ends,
    line_ends,
    tab,
)

_MODEL = Anchor(("broken-content-model",), 4)
_COUNT = Anchor(("wrong-line-count",))
_LINE = Anchor(("unfit-line", "trailing-blanks"), 1)

BENCH = Bench(
    profile="tldr",
    globs=("pages/**/*.md",),
    past=("pages/**/*.md",),
    select=("FIL", "ENC", "TXT", "DEL", "MET", "BOD"),
    mutators=MUTATORS,
    run=run,
    anchors={
        "TLDR006": _MODEL,
        "TLDR008": Anchor(("broken-content-model", "trailing-blanks"), 1),
        "TLDR009": Anchor(("final-newline",)),
        "TLDR011": Anchor(("broken-content-model",), 2),
        "TLDR010": Anchor(("wrong-newline", "mixed-newlines"), 1),
        "TLDR014": Anchor(("trailing-blanks", "broken-content-model"), 1),
        "TLDR019": _COUNT,
        "TLDR021": _LINE,
        "TLDR101": _MODEL,
        "TLDR103": _LINE,
        "grammar": Anchor(
            ("broken-content-model", "unfit-line", "trailing-blanks", "forbidden-text"), 4
        ),
    },
    once=("BOD012 wrong-line-count", "TLDR010", "ENC201 wrong-newline", "ENC202 mixed-newlines"),
)

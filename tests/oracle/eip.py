"""Ethereum improvement proposals beside eipw, as its WebAssembly package (eipw-lint-js) has it.

eipw gets the lints of the repository's own config/eipw.toml. The package is older than that file:
what it does not know is left out, and what has another shape in it is put into that shape.
"""

from __future__ import annotations

import json
import re
import subprocess
import tomllib
from collections.abc import Sequence
from pathlib import Path
from random import Random

from . import eip_names
from .bench import Anchor, Bench, Deviation, Remark, Verdict
from .cases import Case
from .mutation import NOISE, Mutator, swap, table

DRIVER = """
const fs = require("fs"), path = require("path");
const {lint} = require(path.resolve(process.argv[1]));
const {config, files} = JSON.parse(fs.readFileSync(0, "utf8"));
const known = {};
const line = ({line_start, fold, source, annotations}) => {
  if (fold || !annotations.length) return line_start;
  return line_start + source.slice(0, annotations[0].range.start).split("\\n").length - 1;
};
(async () => {
  for (const [name, one] of Object.entries(config.lints)) {
    for (const shape of [one, {...one, prefix: "eip-", suffix: ".md"}]) {
      try {
        await lint([files[0]], {default_lints: {[name]: shape}, default_modifiers: []});
        known[name] = shape;
        break;
      } catch (error) {}
    }
  }
  const options = {default_lints: known, default_modifiers: config.modifiers};
  for (const file of files) {
    let answer = [[], ""];
    try {
      for (const {id, title, snippets} of await lint([file], options)) {
        const said = snippets.filter(snippet => snippet.origin);
        const lines = said.length ? said.map(line) : [1];
        const places = (id || "").startsWith("markdown-") ? lines : lines.slice(0, 1);
        for (const at of places) answer[0].push([at, id || "preamble", title]);
      }
    } catch (error) {
      answer = [[], `${error}`];
    }
    fs.writeSync(1, JSON.stringify(answer) + "\\n");
  }
})();
"""

OUTSIDE = {
    "preamble-trim": "blanks around a value: YAML takes them off",
}


def run(paths: Sequence[Path], checkout: Path) -> list[Verdict]:
    """What eipw says; `checkout` is the package, and the configuration stands beside it."""
    with open(checkout / "eipw.toml", "rb") as file:
        config = tomllib.load(file)
    command = ["node", "-e", DRIVER, str(checkout / "node_modules" / "eipw-lint-js")]
    verdicts: list[Verdict] = []
    while len(verdicts) < len(paths):
        left = [str(path) for path in paths[len(verdicts) :]]
        given = json.dumps({"config": config, "files": left})
        answer = subprocess.run(command, input=given, capture_output=True, text=True, check=False)
        for line in answer.stdout.split("\n")[:-1]:
            found, crash = json.loads(line)
            verdicts.append(Verdict(tuple(Remark(*one) for one in found), crash))
        if answer.returncode:  # a panic ends the process; the next document did it
            verdicts.append(Verdict((), "panic"))
    return verdicts


def lay_out(cases: Sequence[Case], folder: Path) -> list[Path]:
    """Documents at head lie beside each other, as they name each other; changed ones apart."""
    paths = []
    for number, case in enumerate(cases):
        below = "EIPS" if case.origin.startswith("head") else f"{number:06}"
        path = folder / below / case.name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(case.data)
        paths.append(path)
    return paths


def _preamble(change: Mutator) -> Mutator:
    """`change` to the lines between the fences, and to nothing else."""

    def in_preamble(text: str, random: Random) -> str | None:
        parts = text.split("---\n", 2)
        if len(parts) < 3:
            return None
        changed = change(parts[1], random)
        return None if changed is None else "---\n".join([parts[0], changed, parts[2]])

    in_preamble.__name__ = f"preamble_{change.__name__}"
    return in_preamble


def _field(name: str, *values: str) -> Mutator:
    def change(text: str, random: Random) -> str | None:
        lines = text.split("\n")
        value = f"{name}: {random.choice(values)}"
        for at, line in enumerate(lines):
            if line.startswith(f"{name}:"):
                return "\n".join([*lines[:at], value, *lines[at + 1 :]])
        at = random.randrange(len(lines))
        return "\n".join([*lines[:at], value, *lines[at:]])

    change.__name__ = name.replace("-", "_")
    return _preamble(change)


def layout(text: str, random: Random) -> str | None:
    lines = text.split("\n")
    at = random.randrange(len(lines))
    name, _, value = lines[at].partition(":")
    lines[at] = name + random.choice([":", ":  ", " : ", ": \t", ""]) + value.strip()
    lines[at] += random.choice(["", "", " "])
    return "\n".join(lines)


_PEOPLE = (
    "Ann Able (@ann)",
    "Ann Able (@ann) <ann@example.org>",
    "Ann Able <ann@example.org>",
    "Ann Able",
    "Ann Able (@ann),Bo Be (@bo)",
    "Ann Able (@ann), , Bo Be",
    "Ann Able (@ann),  Bo Be",
    "Ann Able (@ann_able)",
    "Ann (@ann",
    "@ann",
    "",
)

MUTATORS = table(
    *(_preamble(noise) for noise in NOISE),
    _preamble(layout),
    _field("eip", "1", "0001", "x", "-1", "1.0", ""),
    _field(
        "title", "A", "x" * 44, "x" * 45, "é" * 23, "A standard", "A: b", "EIP 20", "ERC20 again"
    ),
    _field(
        "description", "A", "x" * 140, "x" * 141, "Standardised", "A: b", "like EIP20", "erc 20"
    ),
    _field("author", *_PEOPLE),
    _field(
        "discussions-to", "https://ethereum-magicians.org/t/name/12", "https://example.org", "x", ""
    ),
    _field(
        "status", *"Draft Review Final Stagnant Withdrawn Living draft Done".split(), "Last Call"
    ),
    _field("type", "Standards Track", "Meta", "Informational", "Standard", ""),
    _field("category", "Core", "Networking", "Interface", "ERC", "core", ""),
    _field("created", "2024-01-01", "2024-1-1", "2024-02-30", "01-01-2024", "2024-01-01 ", ""),
    _field("last-call-deadline", "2024-01-01", "soon"),
    _field("withdrawal-reason", "There is a better one"),
    _field("requires", "1", "1, 2", "2, 1", "1,2", "1, x", "1, , 2", "1,  2", "", "20, 155, 2718"),
    swap("heading", ("\n## ", "\n##"), ("\n## ", "\n### "), ("\n## ", "\n## New "), ("# ", "")),
    swap("section", ("## Abstract", "## Summary"), ("## Rationale", "## Copyright")),
    swap("quotes", ('"', "“"), ("'", "’"), (" the ", " EIP1 "), (" a ", " `EIP-1` ")),
    swap("comment", ("\n\n", "\n\n<!-- not yet -->\n\n"), (" the ", " ERC 20 ")),
    swap(
        "fence",
        ("---\n", "--\n"),
        ("---\n", "--- \n"),
        ("---\n", ""),
        ("\n\n## ", "\n\nText.\n\n## "),
    ),
)

_USED = re.compile(rb"\]\[|\][^(:]|\]$")
_BARE = re.compile(rb"(?:^|[^(<\"'])https?://")
_DEFINED = re.compile(rb" {0,3}\[[^\]]+\]:")
_OF_LINKS = ("markdown-rel-links", "markdown-link-status")
_ADDRESS = ("out of the repository", "the text links to", ".md is not there")


def _used(line: bytes, remark: Remark) -> bool:
    return remark.kind in _OF_LINKS and _USED.search(line) is not None


def _defined(line: bytes, remark: Remark) -> bool:
    return any(words in remark.text for words in _ADDRESS) and _DEFINED.match(line) is not None


def _above(line: bytes, remark: Remark) -> bool:
    return remark.kind == "markdown-rel-links" and b"://" not in line


def _bare(line: bytes, remark: Remark) -> bool:
    return "out of the repository" in remark.text and _BARE.search(line) is not None


def _within_a_line(line: bytes, remark: Remark) -> bool:
    return remark.text.startswith("a comment") and line.lstrip()[:4] != b"<!--"


_UNREAD = ("unparsable-metadata", "unclosed-metadata-block", "missing-metadata-block")


def _aside(data: bytes, theirs: Verdict, ours: Verdict) -> str:
    stopped = any(one.kind == "preamble" for one in theirs.remarks)
    if stopped or any(one.kind.endswith(_UNREAD) for one in ours.remarks):
        return "a preamble that one of them cannot read: `key: value` to eipw, YAML to us"
    return ""


DEVIATIONS = (
    Deviation("an address is blamed where it stands", "theirs", _used),
    Deviation("an address is blamed where it stands", "ours", _defined),
    Deviation("a bare address is blamed on the first line of its paragraph", "theirs", _above),
    Deviation("a bare address is blamed on the first line of its paragraph", "ours", _bare),
    Deviation("comments within a line", "ours", _within_a_line),
)

_FIELD = Anchor(("missing-field", "schema-violation"), 7)
_SECTION = Anchor(("missing-section",))

BENCH = Bench(
    profile="eip",
    globs=("EIPS/eip-*.md",),
    past=("EIPS/eip-*.md",),
    select=("FIL", "DEL", "MET", "BOD", "COR"),
    mutators=MUTATORS,
    run=run,
    outside=OUTSIDE,
    ignore=("altered-section", "text-before-sections"),  # lints newer than the package
    aside=_aside,
    deviations=DEVIATIONS,
    anchors={
        "preamble-req": _FIELD,
        "preamble-req-category": _FIELD,
        "preamble-req-last-call-deadline": _FIELD,
        "preamble-req-withdrawal-reason": _FIELD,
        "preamble-order": Anchor(("key-order", "unknown-field"), 7),
        "preamble-no-dup": Anchor(("duplicate-key",), 7),
        "markdown-req-section": _SECTION,
        "markdown-json-cite": Anchor(("unreadable-code", "unfit-code")),
        "markdown-order-section": Anchor(("misplaced-section", "unknown-section")),
    },
    once=(
        "markdown-link-first",
        "preamble-order",
        "MET108 key-order",
        "BOD020 missing-section",
    ),
    lay_out=lay_out,
    in_place=eip_names.MUTATORS,
)

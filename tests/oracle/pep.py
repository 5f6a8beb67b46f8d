"""Python enhancement proposals beside check-peps.py of python/peps."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from random import Random

from .bench import Anchor, Bench, Deviation, Remark, Verdict, converse
from .mutation import NOISE, Mutator, table

CHECKER = "check-peps.py"

DRIVER = """
import importlib.util, json, pathlib, sys
spec = importlib.util.spec_from_file_location("checker", sys.argv[1])
checker = importlib.util.module_from_spec(spec)
sys.modules["checker"] = checker
spec.loader.exec_module(checker)
for line in sys.stdin:
    path, found, crash = pathlib.Path(line.rstrip("\\n")), [], ""
    try:
        for row, text in checker.check_peps(path, path.read_text("utf-8").splitlines()):
            found.append([row, text])
    except Exception as error:
        crash = f"{type(error).__name__}: {error}"
    print(json.dumps([found, crash]))
"""


def run(paths: Sequence[Path], checkout: Path) -> list[Verdict]:
    """What check-peps.py says, its file being loaded once for all documents."""
    command = [sys.executable, "-c", DRIVER, str(checkout / CHECKER)]
    verdicts = []
    for line in converse(command, paths):
        found, crash = json.loads(line)
        remarks = tuple(Remark(row, text.split(": ")[0], text) for row, text in found)
        verdicts.append(Verdict(remarks, crash))
    return verdicts


def _block(text: str) -> tuple[list[str], str]:
    """The headers, each with its continuation lines, and the rest from the blank line on."""
    head, blank, rest = text.partition("\n\n")
    return re.split(r"\n(?=\S)", head), blank + rest


def _joined(headers: Sequence[str], rest: str) -> str:
    return "\n".join(headers) + rest


def _index(headers: Sequence[str], name: str) -> int | None:
    found = (at for at, header in enumerate(headers) if header.startswith(f"{name}:"))
    return next(found, None)


def lost_header(text: str, random: Random) -> str | None:
    headers, rest = _block(text)
    del headers[random.randrange(len(headers))]
    return _joined(headers, rest)


def doubled_header(text: str, random: Random) -> str | None:
    headers, rest = _block(text)
    headers.insert(random.randrange(len(headers) + 1), random.choice(headers))
    return _joined(headers, rest)


def moved_header(text: str, random: Random) -> str | None:
    headers, rest = _block(text)
    header = headers.pop(random.randrange(len(headers)))
    headers.insert(random.randrange(len(headers) + 1), header)
    return _joined(headers, rest)


def misspelt_header(text: str, random: Random) -> str | None:
    headers, rest = _block(text)
    at = random.randrange(len(headers))
    name, colon, value = headers[at].partition(":")
    cut = random.randrange(len(name) + 1)
    wrong = random.choice([name.lower(), name.upper(), name[:cut] + name[cut + 1 :], name + "s"])
    headers[at] = wrong + colon + value
    return _joined(headers, rest)


def unknown_header(text: str, random: Random) -> str | None:
    headers, rest = _block(text)
    new = random.choice(
        ["Version: 1", "Last-Modified: 1-Jan-2020", "Content-Type: text/x-rst", "X:"]
    )
    headers.insert(random.randrange(len(headers) + 1), new)
    return _joined(headers, rest)


def colon_layout(text: str, random: Random) -> str | None:
    headers, rest = _block(text)
    at = random.randrange(len(headers))
    name, _, value = headers[at].partition(":")
    colon = random.choice([":", " :", " : ", ":  ", ":\n  ", ":\t", ": \n "])
    headers[at] = name + colon + value.strip()
    return _joined(headers, rest)


def foreign_value(text: str, random: Random) -> str | None:
    headers, rest = _block(text)
    one, other = random.randrange(len(headers)), random.randrange(len(headers))
    value = headers[other].partition(":")[2]
    headers[one] = headers[one].partition(":")[0] + ":" + value
    return _joined(headers, rest)


def broken_fold(text: str, random: Random) -> str | None:
    headers, rest = _block(text)
    folded = [at for at, header in enumerate(headers) if "\n" in header]
    if not folded:
        return None
    at = random.choice(folded)
    lines = headers[at].split("\n")
    place = random.randrange(1, len(lines))
    line = lines[place]
    lines[place] = random.choice([line.lstrip(), "     " + line, line + " "])
    lines[place - 1] = random.choice([lines[place - 1], lines[place - 1].rstrip(",")])
    headers[at] = "\n".join(lines)
    return _joined(headers, rest)


def body_link(text: str, random: Random) -> str | None:
    headers, rest = _block(text)
    lines = rest.split("\n")
    link = random.choice(
        [
            "See https://peps.python.org/pep-0008/ and",
            "   https://www.python.org/dev/peps/pep-0484",
            "`RFC <https://www.rfc-editor.org/rfc/rfc9110>`_",
            "(HTTPS://datatracker.ietf.org/doc/html/rfc7231#section-1)",
            "peps.python.org/topic/ is fine",
            "https://www.rfc-editor.org/info/rfc1 is fine, too",
        ]
    )
    lines.insert(random.randrange(1, len(lines) + 1), link)
    return _joined(headers, "\n".join(lines))


def _value(name: str, *values: str) -> Mutator:
    """Puts one of the values into the header, adding it behind the others if it is not there."""

    def change(text: str, random: Random) -> str | None:
        headers, rest = _block(text)
        at = _index(headers, name)
        value = f"{name}: {random.choice(values)}"
        if at is None:
            headers.append(value)
        else:
            headers[at] = value
        return _joined(headers, rest)

    change.__name__ = name.lower()
    return change


_DATES = (
    "01-Jan-2024 1-Jan-2024 31-Feb-2023 01-January-2024 2024-01-01 01-jan-2024 32-Dec-2020"
    " 01/02/2003 11-Nov-1989 31-Dec-1989 01-Jan-1990 01-Jan-2099 29-Feb-2023 29-Feb-2024 0"
    " 05-MAY-2020 5--May-2020"
).split()
_THREADS = (
    "https://discuss.python.org/t/12345",
    "https://discuss.python.org/t/name-of-it/12345",
    "https://discuss.python.org/t/name_of_it/12345/",
    "https://discuss.python.org/t/name-of-it/12345/6",
    "https://discuss.python.org/t/123/45",
    "https://discuss.python.org/t/name/",
    "https://discuss.python.org/c/peps/1",
    "https://mail.python.org/pipermail/python-dev/2010-March/098765.html",
    "https://mail.python.org/pipermail/python-dev/2010-03/098765.html",
    "https://mail.python.org/archives/list/python-dev@python.org/thread/ABC123/",
    "https://mail.python.org/archives/list/python-dev@python.org/message/ABC123/#ABC",
    "https://mail.python.org/archives/list/python-dev@python.org/thread/abc-1",
    "http://discuss.python.org/t/12345",
    "https://example.org/t/12345",
    "python-dev@python.org",
    "python dev@python.org",
    "numeric@googlegroups.com",
    "someone@example.org",
    "Pending",
    "pending",
    "",
)
_LINKS = tuple(f"`{date} <{url}>`__" for date, url in zip(_DATES, _THREADS, strict=False))
_PEOPLE = (
    "Ann Able",
    "Ann Able <ann@example.org>",
    "Ann Able <ann at example.org>",
    "Ann Able <ann@example.org>, Bo Be <bo@be.example>",
    "Ann Able <ann@example.org>,\n        Bo Be <bo@be.example>",
    "Ann Able <ann@example.org>\n        Bo Be <bo@be.example>",
    "Ann Able <ann@example.org>,\n         Bo Be <bo@be.example>",
    "Ann Able <ann@example.org>,\n  Bo <bo@be.example>,\n        Cy Ce",
    "Ann Able <ann@example.org>,Bo Be",
    "Ann Able <<ann@example.org>",
    "Ann Able <ann@example.org>>",
    "Ann Able <ann@@example.org>",
    "Ann Able <ann@example.org",
    "Ann Able ann@example.org",
    "Ann Able<ann@example.org>",
    "Ann Able <ann>",
    "Ann Able <ann@exa_mple.org>",
    "Ann Able <ann@example.org.>",
    "Ann Able <ann able@example.org>",
    "Ann Able <änn@example.org>",
    "Ann Able <ann@example.örg>",
    "Ann Able <ann@exämple.org>",
    "Änn D'Able-Şah, Jr. <ann@example.org>",
    "Ann 4ble <ann@example.org>",
    "ann@example.org",
    "Ann (Able) <ann@example.org>",
    "Ann Able <ann@example.org> ,",
    "Ann Able <ann@example.org>,",
    "",
)
_VERSIONS = (
    *"3.14 3.x 3.14.1 3.14.0 3.014 4.0 3 3.14.1.1 3.x.1 3.a 3.1.b 3.1.01 2.7,3.4".split(),
    *(".1", "12.1", "13.0", "3.1.", "3.0", "2.7, 3.4", "3.0, 9.9", "2.7, 3", "3.4 ", ""),
    "3.4, 3.5.1, 3.6",
)
_NUMBERS = ("8", "0", "08", "0008", "-8", "8.0", "eight", "٨", "9999", "10000", "")
_LISTS = ("8, 484", "8,484", "8, 0484", "8, x", "8 484", "8, 484,", "8,  484", "", "10000, 1", "8,")
_STATUSES = (
    "Draft",
    "draft",
    "Active",
    "April Fool!",
    "Final.",
    "Done",
    "Provisional",
    "",
    "Draft ",
)

MUTATORS = table(
    *NOISE,
    lost_header,
    doubled_header,
    moved_header,
    misspelt_header,
    unknown_header,
    colon_layout,
    foreign_value,
    broken_fold,
    body_link,
    _value("PEP", *_NUMBERS),
    _value("Title", "A", "", "x" * 79, "x" * 80, "é" * 79, "Long " * 20, "Over\n  two lines"),
    _value("Author", *_PEOPLE),
    _value("Sponsor", *_PEOPLE),
    _value("PEP-Delegate", *_PEOPLE),
    _value("BDFL-Delegate", *_PEOPLE),
    _value("Discussions-To", *_THREADS),
    _value("Status", *_STATUSES),
    _value(
        "Type", "Process", "Informational", "Standards", "standards track", "Process, Draft", ""
    ),
    _value("Topic", *"Typing Packaging,Typing typing Tests Release".split(), "Packaging, Typing"),
    _value("Topic", "Typing, Packaging", "Typing, Typing", "governance", "Release, Tests", ""),
    _value("Requires", *_NUMBERS, *_LISTS),
    _value("Replaces", *_NUMBERS, *_LISTS),
    _value("Superseded-By", *_NUMBERS, *_LISTS),
    _value("Created", *_DATES, ""),
    _value("Python-Version", *_VERSIONS),
    _value("Post-History", *_DATES, *_LINKS, "Pending", "", ", ".join(_DATES[:2])),
    _value("Post-History", ",\n              ".join(_LINKS[:3]), "`01-Jan-2024", *_THREADS),
    _value("Resolution", *_THREADS, *_LINKS, "`01-Jan-2024 <x", "01-Jan-2024"),
)


def _aside(data: bytes, theirs: Verdict, ours: Verdict) -> str:
    tab = re.search(rb"(?m)^[A-Za-z-]+:\t", data.partition(b"\n\n")[0])
    if tab or any(one.kind.endswith("malformed-header") for one in ours.remarks):
        return "a line that is no header for its colon is a continuation line to check-peps"
    return ""


def _python_version(line: bytes, remark: Remark) -> bool:
    return line.startswith(b"Python-Version:") and remark.kind.endswith("malformed-value")


def _built(line: bytes, remark: Remark) -> bool:
    asked = ("cannot be Active", "cannot be Provisional")
    return remark.kind.endswith("value-mismatch") or any(words in remark.text for words in asked)


def _month(line: bytes, remark: Remark) -> bool:
    found = re.search(rb"-([A-Za-z]{3})-", line)
    return remark.kind.endswith("bad-date") and found is not None and not found[1].istitle()


DEVIATIONS = (
    Deviation("trailing blanks", "theirs", lambda line, _: line[-1:] in (b" ", b"\t")),
    Deviation("PEP: with a fold", "theirs", lambda line, _: line == b"PEP:"),
    Deviation("all of Python-Version is read", "ours", _python_version),
    Deviation("asked when the site is built", "ours", _built),
    Deviation("months are written `Jan`", "ours", _month),
    Deviation("blanks before a comma", "ours", lambda line, _: b" ," in line),
)

BENCH = Bench(
    profile="pep",
    globs=("peps/pep-????.rst",),
    past=("pep-*.rst", "pep-*.txt", "peps/pep-*.rst"),
    select=("DEL", "MET", "BOD"),
    mutators=MUTATORS,
    run=run,
    aside=_aside,
    deviations=DEVIATIONS,
    anchors={
        "Headers must be in PEP 12 order. Correct order": Anchor(("key-order",)),
        "PEP must begin with the 'PEP:' header": Anchor(
            ("key-order", "missing-field"), says="`PEP`"
        ),
    },
)

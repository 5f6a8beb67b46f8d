"""JUnit's XML in the dialect of Jenkins: a test suite for each file, a test case for each finding.

What makes the run fail is a failure; a finding below that is a skipped test, so that the figures
agree with the exit code. A run without findings is one test that passes.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby, islice
from typing import Final

from ..model import Diagnostic, failing
from . import Findings, Format, LateSummary, Look
from ._words import checked, left, record
from ._xml import DECLARATION, content, quoted

MOST: Final = 1000
"""Test cases of a suite at most: a suite begins with their number. More become further suites."""


def render(findings: Findings, summary: LateSummary, look: Look) -> Iterator[str]:
    """See the package."""
    yield DECLARATION + '<testsuites name="seed-validator">\n'
    found = False
    for path, of_file in groupby(findings, key=lambda one: one.path):
        while cases := list(islice(of_file, MOST)):
            found = True
            yield _suite(path, cases, look)
    told = summary()
    if told.unfinished:
        words = quoted(f"Not checked: {left(told.unfinished)}")
        yield _one_case(f'<error type="unfinished" message="{words}"/>', "the run", errors=1)
    elif not found:
        yield _one_case("", f"checked {checked(told)}", errors=0)
    yield "</testsuites>\n"


FORMAT = Format("junit", "JUnit's XML: a test case a finding", render)


def _one_case(outcome: str, name: str, errors: int) -> str:
    """A suite with one test case, which stands for the whole run."""
    counts = f'tests="1" failures="0" errors="{errors}" skipped="0"'
    return (
        f'  <testsuite name="seed-validator" {counts}>\n'
        f'    <testcase name="{quoted(name)}" classname="seed-validator">{outcome}</testcase>\n'
        "  </testsuite>\n"
    )


def _suite(path: str, cases: list[Diagnostic], look: Look) -> str:
    fails = [failing(one.severity, look.fail_on) for one in cases]
    name = quoted(path)
    counts = f'tests="{len(cases)}" failures="{sum(fails)}" errors="0"'
    skipped = len(cases) - sum(fails)
    shown = content(path)
    told = "".join(_case(one, fail, name, shown) for one, fail in zip(cases, fails, strict=True))
    head = f'  <testsuite name="{name}" {counts} skipped="{skipped}" file="{name}">\n'
    return f"{head}{told}  </testsuite>\n"


def _case(found: Diagnostic, fails: bool, of_file: str, path: str) -> str:
    """The test case of a finding: failed or skipped. `of_file` and `path` are escaped already."""
    at = ""
    if not found.whole_file:
        place = f"{found.location.row}:{found.location.column}"
        at, path = f" ({place})", f"{path}:{place}, byte {found.byte_offset}"
    tag = "failure" if fails else "skipped"
    what = f'type="{found.severity.value}" message="{quoted(found.message)}"'
    lines = "\n        ".join((path, *map(content, _lines(found))))
    return (
        f'    <testcase name="{found.code} {found.name}{at}" classname="{of_file}">\n'
        f"      <{tag} {what}>{lines}</{tag}>\n"
        "    </testcase>\n"
    )


def _lines(found: Diagnostic) -> Iterator[str]:
    """The further lines of a finding: record, related places, notes, help."""
    if record(found):
        yield record(found)
    for related in found.related:
        at = f":{related.location.row}:{related.location.column}" if related.location else ""
        yield f"{related.path}{at} {related.message}"
    yield from found.notes
    if found.help:
        yield f"help: {found.help}"

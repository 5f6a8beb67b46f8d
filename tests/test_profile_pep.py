"""The profile `pep`: a sound proposal passes, and each check of docs/parity.md is made once."""

from __future__ import annotations

from datetime import date

import pytest

from validator import check_bytes, load_profile

PEP = """\
PEP: 42
Title: A short title
Author: Ann Able <ann@example.org>,
        Bo O'Be-Çe, Jr. <bo at be.example.org>
Sponsor: Cy Ce <cy@example.org>
PEP-Delegate: Di De
Discussions-To: https://discuss.python.org/t/name-of-thread/12345
Status: Final
Type: Standards Track
Topic: Packaging, Typing
Requires: 8, 484
Created: 07-Mar-2020
Python-Version: 3.14, 3.x, 2.7.18
Post-History: 08-Mar-2020, `09-Mar-2020 <https://discuss.python.org/t/12345>`__,
              10-Mar-2020
Replaces: 7,
Superseded-By: 9999
Resolution: `11-Mar-2020 <https://discuss.python.org/t/name/12345/6>`__

Abstract
========

See :pep:`8` and :rfc:`9110`.
"""
TODAY = date(2026, 3, 7)


def said(text: str, name: str = "pep-0042.rst") -> list[tuple[int, str, str]]:
    """Row, rule and message of each finding."""
    found = check_bytes(text.encode(), load_profile("pep"), name=name, today=TODAY)
    return [(one.location.row, one.name, one.message) for one in found]


def test_a_sound_proposal_passes() -> None:
    assert said(PEP) == []


CASES = [
    ("PEP: 42\n", "", 1, "missing-field", "`PEP`"),
    ("PEP: 42", "PEP:", 1, "out-of-range", "is missing"),
    ("PEP: 42", "PEP: 042", 1, "malformed-value", "leading zeros"),
    ("PEP: 42", "PEP: ٤٢", 1, "malformed-value", "not the number"),
    ("PEP: 42", "PEP: 10000", 1, "malformed-value", "larger than 9999"),
    ("PEP: 42", "PEP: 43", 1, "value-mismatch", "`42`"),
    ("Topic:", "Topics:", 10, "unknown-field", "did you mean `Topic`"),
    ("Type: S", "Status: Draft\nType: S", 9, "duplicate-key", "`Status`"),
    ("Type: Standards Track\n", "", 1, "missing-field", "`Type`"),
    (
        "Requires: 8, 484\nCreated: 07-Mar-2020\n",
        "Created: 07-Mar-2020\nRequires: 8\n",
        12,
        "key-order",
        "`Requires`",
    ),
    ("Title: A", "Title:A", 2, "malformed-header", ""),
    ("Title: A short title", "Title:", 2, "out-of-range", "no title"),
    ("A short title", "x" * 80, 2, "out-of-range", "79"),
    ("        Bo", "         Bo", 4, "malformed-value", "eight blanks"),
    ("<ann@example.org>,", "<ann@example.org>", 3, "malformed-value", "is not written"),
    ("Cy Ce <cy@", "Cy Ce <<cy@", 5, "malformed-value", "more than one `<`"),
    ("cy@example.org>", "cy@example.org>>", 5, "malformed-value", "more than one `>`"),
    ("cy@example.org>", "cy@@example.org>", 5, "malformed-value", "more than one `@`"),
    ("Di De", "D1 De", 6, "malformed-value", "does not begin with a name"),
    ("Cy Ce <", "Cy Ce<", 5, "malformed-value", "is not written `Name <"),
    ("cy@example.org", "cy@exam_ple.org", 5, "malformed-value", "no valid e-mail"),
    ("name-of-thread/12345", "12/12345", 7, "malformed-value", "no thread"),
    (
        "https://discuss.python.org/t/name-of-thread/12345",
        "a list@python.org",
        7,
        "malformed-value",
        "no mailing list",
    ),
    ("Status: Final", "Status: final", 8, "value-not-allowed", "did you mean `Final`"),
    ("Standards Track", "Standard", 9, "value-not-allowed", "`Standard`"),
    ("Packaging, Typing", "Typing, Typing", 10, "repeated-item", "`Typing`"),
    ("Packaging, Typing", "packaging", 10, "value-not-allowed", "did you mean `Packaging`"),
    ("Packaging, Typing", "Typing, Packaging", 10, "unsorted-list", "not sorted"),
    ("8, 484", "8,484", 11, "malformed-value", "more than one item"),
    ("8, 484", "8, 0484", 11, "malformed-value", "leading zeros"),
    ("3.14, 3.x, 2.7.18", "3", 13, "malformed-value", "no version"),
    ("3.14, 3.x, 2.7.18", "4.0", 13, "malformed-value", "not 1, 2 or 3"),
    ("3.14, 3.x, 2.7.18", "3.a", 13, "malformed-value", "is no number"),
    ("3.14, 3.x, 2.7.18", "3.014", 13, "malformed-value", "leading zeros"),
    ("3.14, 3.x, 2.7.18", "3.x.1", 13, "malformed-value", "after `x`"),
    ("3.14, 3.x, 2.7.18", "3.1.0", 13, "malformed-value", "begins with 0"),
    ("3.14, 3.x, 2.7.18", "3.1.a", 13, "malformed-value", "is no number"),
    ("07-Mar-2020", "7-Mar-2020", 12, "bad-date", "not a date"),
    ("07-Mar-2020", "07-Mar-1989", 12, "bad-date", "before"),
    ("07-Mar-2020", "22-Mar-2026", 12, "bad-date", "after"),
    ("              10-Mar", "              1-Mar", 15, "bad-date", "not a date"),
    (
        "`09-Mar-2020 <https://discuss.python.org/t/12345>",
        "`09-Mar-2020 <http://x.example>",
        14,
        "malformed-value",
        "not the URL of a thread",
    ),
    ("/t/name/12345/6>`__", "/t/name/12345/6>", 18, "malformed-value", "closed by"),
    (
        "`11-Mar-2020 <https://discuss.python.org/t/name/12345/6>`__",
        "no",
        18,
        "malformed-value",
        "a message",
    ),
    (":pep:`8`", "https://peps.python.org/pep-0008/", 23, "forbidden-text", "a PEP"),
    (":rfc:`9110`", "https://www.rfc-editor.org/rfc/rfc9110", 23, "forbidden-text", "an RFC"),
    ("Status: Final", "Status: Active", 9, "value-not-allowed", "cannot be Active"),
    ("Standards Track", "Process", None, "", ""),
]


@pytest.mark.parametrize(("old", "new", "row", "rule", "words"), CASES)
def test_one_fault(old: str, new: str, row: int | None, rule: str, words: str) -> None:
    assert old in PEP
    found = said(PEP.replace(old, new, 1))
    if row is None:
        assert found == []
        return
    assert [(at, name) for at, name, _ in found] == [(row, rule)], found
    assert words in found[0][2]


def test_five_old_proposals_may_link_as_they_like() -> None:
    text = PEP.replace("PEP: 42", "PEP: 9").replace(":pep:`8`", "https://peps.python.org/pep-0008/")
    assert said(text, "pep-0009.rst") == []


def test_a_provisional_proposal_is_on_the_standards_track() -> None:
    text = PEP.replace("Status: Final", "Status: Provisional")
    assert said(text) == []
    (found,) = said(text.replace("Standards Track", "Process"))
    assert found[:2] == (9, "value-not-allowed")
    assert "cannot be Provisional" in found[2]


def test_line_ends_of_windows_change_no_value() -> None:
    assert {name for _, name, _ in said(PEP.replace("\n", "\r\n"))} == {"wrong-newline"}

"""The profile `eip`: a sound proposal passes, and each check of docs/parity.md is made once."""

from __future__ import annotations

from pathlib import Path

import pytest

from validator import check_bytes, check_paths, load_profile

EIP = """\
---
eip: 42
title: A short title
description: What it does, in a line
author: Ann Able (@ann), Bo Be <bo@example.org>, Cy Ce (@cy-ce) <cy@example.org>, Di De
discussions-to: https://ethereum-magicians.org/t/name-of-thread/1234
status: Draft
type: Standards Track
category: Core
created: 2026-03-07
requires: 20, 1559
---

## Abstract

It is short.

## Specification

It MUST be short.

```
EIP20 may be written so in code.
```

## Rationale

See [EIP-20](./eip-20.md).

## Security Considerations

None are known.

## Copyright

Copyright and related rights waived via [CC0](../LICENSE.md).
"""


def said(text: str, name: str = "eip-42.md") -> list[tuple[int, str, str, str]]:
    """Row, rule, message and severity of each finding."""
    found = check_bytes(text.encode(), load_profile("eip"), name=name)
    return [(one.location.row, one.name, one.message, one.severity.value) for one in found]


def test_a_sound_proposal_passes() -> None:
    assert said(EIP) == []
    assert said(EIP.replace("requires: 20, 1559", "requires: 20")) == []


CASES = [
    ("---\neip", "eip", 1, "missing-metadata-block", ""),
    ("eip: 42", "eip: 43", 2, "value-mismatch", "`42`"),
    ("eip: 42", "eip: forty-two", 2, "wrong-type", "whole number"),
    ("title: A short title", "title: " + "x" * 45, 3, "out-of-range", "44"),
    ("title: A short title", "title: x", 3, "out-of-range", "2"),
    ("A short title", "A short standard", 3, "malformed-value", "`standard`"),
    ("A short title", "'A: b'", 3, "malformed-value", "colon"),
    ("A short title", "More EIP 20", 3, "malformed-value", "dash"),
    ("Bo Be <", "Bo Be (bo) <", 5, "malformed-value", "as an author is"),
    (
        "discussions-to: https://ethereum-magicians.org",
        "discussions-to: https://example.org",
        6,
        "malformed-value",
        "ethereum-magicians.org",
    ),
    ("status: Draft", "status: draft", 7, "value-not-allowed", "did you mean `Draft`"),
    ("type: Standards Track", "type: Meta", 9, "schema-violation", "only for proposals of type"),
    ("category: Core\n", "", 2, "missing-field", "`category`"),
    ("status: Draft", "status: Last Call", 2, "missing-field", "`last-call-deadline`"),
    ("2026-03-07", "2026-3-7", 10, "bad-date", "not a date"),
    ("20, 1559", "1559, 20", 11, "unsorted-list", "not sorted"),
    ("type: Standards Track", "type: Standards Track\ntipe: x", 9, "unknown-field", "`tipe`"),
    ("title: A short title\n", "", 2, "missing-field", "`title`"),
    ("category: Core", "category: Core\ncategory: Core", 10, "duplicate-key", "`category`"),
    (
        "status: Draft\ntype: Standards Track",
        "type: Standards Track\nstatus: Draft",
        8,
        "key-order",
        "`status`",
    ),
    ("It is short.", "It is EIP20.", 16, "forbidden-text", "dash"),
    ("It is short.", "It is “short”.", 16, "forbidden-text", "quote"),
    ("It is short.", "<!-- It is short. -->", 16, "forbidden-text", "comment"),
    ("It is short.", "It is `EIP-20`.", 16, "forbidden-text", "as code"),
    ("It is short.", "See https://example.org/x.", 16, "forbidden-text", "out of the repository"),
    ("It is short.", "See [x](http://a.example).", 16, "forbidden-text", "out of the repository"),
    ("It is short.", "![x](/assets/eip-42/x.png)", 16, "forbidden-text", "out of the repository"),
    (" 2026-03-07", "", 10, "wrong-type", "`created` is empty"),
    (" Core", "", 9, "value-not-allowed", "`category` is empty"),
    (" 20, 1559", "", 11, "malformed-value", "no numbers"),
    (" 20, 1559", " x, 20", 11, "malformed-value", "`x`"),
    ("It is short.", "It is like ERC-7, EIP-42 aside.", 16, "unlinked-mention", "of ERC-7 is"),
    ("It is short.", "It is like [eip-20](./eip-20.md).", 16, "forbidden-text", "small letters"),
    ("A short title", "More of EIP-7", 3, "value-mismatch", "`EIP-7`, which `requires`"),
    ("What it does,", "As ERC-7 does,", 4, "value-mismatch", "`ERC-7`, which `requires`"),
    ("What it does,", "As eip-20 does,", 4, "malformed-value", "small letters"),
    ("## Rationale", "## Rational", 26, "missing-section", "`## Rational` may be meant"),
    ("## Rationale", "##Rationale", 26, "forbidden-text", "blank after"),
    ("## Rationale", "## Reasons\n\nYes.\n\n## Rationale", 26, "unknown-section", "`## Reasons`"),
]


@pytest.mark.parametrize(("old", "new", "row", "rule", "words"), CASES)
def test_one_fault(old: str, new: str, row: int, rule: str, words: str) -> None:
    assert old in EIP
    found = said(EIP.replace(old, new, 1))
    assert (row, rule) in [one[:2] for one in found], found
    assert any(words in one[2] for one in found if one[:2] == (row, rule)), found


LINKS = """\
[a](./eip-20.md), [b](../assets/eip-42/b.png), [c](#rationale), `https://example.org/x`,
[d](https://www.rfc-editor.org/rfc/rfc2119),
<https://github.com/ethereum/devp2p/blob/0123456789abcdef0123456789abcdef01234567/rlpx.md>,
the data: one, two."""


def test_links_that_may_be() -> None:
    assert said(EIP.replace("It is short.", LINKS)) == []


def test_what_is_required_is_there_and_as_settled(tmp_path: Path) -> None:
    final = EIP.replace("status: Draft", "status: Final").replace("20, 1559", "20, 721, 1559")
    (tmp_path / "eip-42.md").write_text(final)
    for number, status in (("20", "Final"), ("1559", "Review")):
        text = EIP.replace("eip: 42", f"eip: {number}").replace(
            "status: Draft", f"status: {status}"
        )
        (tmp_path / f"eip-{number}.md").write_text(text.replace("requires: 20, 1559\n", ""))
    found = list(check_paths([str(tmp_path)], load_profile("eip")).diagnostics())
    assert [(one.name, one.location.row, one.location.column) for one in found] == [
        ("dangling-reference", 11, 15),
        ("target-mismatch", 11, 20),
    ]
    assert "at least Final" in found[1].message
    alone = check_paths([str(tmp_path / "eip-42.md")], load_profile("eip")).diagnostics()
    assert [one.name for one in alone] == ["dangling-reference"]


NAMES = """\
Of [EIP-20](./eip-20.md) and [ERC-721](./eip-721.md): ERC-20 is an ERC,
[a draft](./eip-721.md), [EIP-3](./eip-3.md), not there. Then [ERC-42](./eip-42.md) is itself, and
EIP-3 comes again."""


def test_what_the_text_names(tmp_path: Path) -> None:
    own = EIP.replace("It is short.", NAMES).replace("status: Draft", "status: Final")
    own = own.replace("A short title", "As EIP-20 and ERC-1559").replace("in a line", "as EIP-4")
    (tmp_path / "eip-42.md").write_text(own)
    others = ((20, "ERC", "Final"), (721, "Core", "Draft"), (1559, "Core", "Final"))
    for number, category, status in others:
        text = f"---\neip: {number}\ncategory: {category}\nstatus: {status}\n---\n"
        (tmp_path / f"eip-{number}.md").write_text(text)
    found = check_paths([str(tmp_path)], load_profile("eip")).diagnostics()
    told = [
        (one.location.row, one.name, one.message)
        for one in found
        if one.path.endswith("eip-42.md") and one.code.startswith("COR")
    ]
    names, leads = "target-mismatch", "dangling-reference"
    assert told == [
        (3, names, "`title` names `EIP-20`, whose `category` is ERC"),
        (3, names, "`title` names `ERC-1559`, whose `category` is Core"),
        (4, leads, "`description` names `EIP-4`, but eip-4.md is not there"),
        (16, names, "the text names `EIP-20`, whose `category` is ERC"),
        (16, names, "the text names `ERC-721`, whose `category` is Core"),
        (16, names, told[5][2]),
        (17, leads, "the text names `EIP-3`, but eip-3.md is not there"),
        (17, names, "the text names `ERC-42`, whose `category` is Core"),
    ]
    assert told[5][2].startswith("the text links to `eip-721.md`, whose `status` is Draft; it must")


def test_one_author_has_a_handle() -> None:
    ((row, _, message, _),) = said(
        EIP.replace("(@ann)", "<a@example.org>").replace(" (@cy-ce)", "")
    )
    assert row == 5
    assert "GitHub handle" in message


def test_what_is_no_longer_pursued_is_only_warned_of() -> None:
    text = EIP.replace("status: Draft", "status: Stagnant").replace("A short title", "x")
    assert [one[3] for one in said(text)] == ["warning"]


def test_what_is_stagnant_or_withdrawn_is_warned_of() -> None:
    changes = {
        "## Rationale": "## Reasons",
        "It is short.": "It is “short”. See `EIP-20` and https://example.org/x.",
        "title: A short title": "title: x",
    }
    for status, severity in (("Review", "error"), ("Stagnant", "warning")):
        text = EIP.replace("status: Draft", f"status: {status}")
        for old, new in changes.items():
            text = text.replace(old, new)
        found = said(text)
        assert len(found) > 5
        assert {one[3] for one in found} == {severity}


CITATION = """\
It is cited.[^1]

[^1]:
    ```csl-json
    {
      "type": "article",
      "id": 1,
      "author": [{"family": "Able", "given": "Ann"}],
      "DOI": "10.1000/182",
      "issued": {"date-parts": [[2026, 3]]},
      "URL": "https://example.org/182"
    }
    ```
"""


@pytest.mark.parametrize(
    ("old", "new", "row", "rule", "words"),
    [
        ("", "", 0, "", ""),
        ('"DOI"', '"doi"', 20, "unfit-code", "the field `DOI` is missing"),
        ('"id": 1', '"id": null', 22, "unfit-code", "`id` is empty"),
        ('"https://', '"', 26, "unfit-code", "not a URI"),
        ("[[2026, 3]]", "[]", 25, "unfit-code", "`issued.date-parts`"),
        ('182"\n    }', '182",\n    }', 26, "unreadable-code", "comma"),
        ('"Able", "given"', '"Able", "family"', 23, "unreadable-code", "a second time"),
    ],
)
def test_citations(old: str, new: str, row: int, rule: str, words: str) -> None:
    found = said(EIP.replace("It is short.\n", CITATION.replace(old, new) if old else CITATION))
    assert [(one[0], one[1], one[3]) for one in found] == ([(row, rule, "error")] if row else [])
    assert all(words in one[2] for one in found)

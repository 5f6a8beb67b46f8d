"""Laws that hold for every rule about bytes, present and future.

1. What `diagnose` would find, the screen has seen.
2. Windows say the same as the whole.
3. After its fixes a rule is silent.
4. Findings survive pickling.

Texts are made of the rule's own examples and of what breaks checkers, under the options of the
examples.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from validator import apply_edits
from validator.file.windows import cut
from validator.model import Hit
from validator.rules.catalog import catalog
from validator.rules.rule import Local, Rule, Whole
from validator.settings.options import Settings
from validator.text.lines import Window
from validator.text.screen.screen import Beyond, Screen

from .conftest import Examples
from .support import profile

BYTE_RULES = [rule for rule in catalog().rules.values() if isinstance(rule.check, Local | Whole)]
CRUMBS = [
    b"",
    b"a",
    b" ",
    b"\t",
    b"\n",
    b"\n",
    b"\r",
    b"\r\n",
    b"---",
    b"Text.",
    "é".encode(),
    "\u2028".encode(),
    b"\xff",
    b"\0",
]


def settings_of(rule: Rule) -> Settings:
    """The options of the rule's bad example."""
    return profile(rule.bad.profile).settings


def texts(rule: Rule) -> SearchStrategy[bytes]:
    """Texts in the rule's own words, never empty: a file without bytes is blocked before."""
    words = [
        piece
        for example in (rule.bad, rule.ok)
        for data in example.files.values()
        for piece in (data, *data.splitlines(keepends=True), *data.split())
    ]
    return (
        st.lists(st.sampled_from([*words, *CRUMBS, *CRUMBS]), max_size=12)
        .map(b"".join)
        .filter(bool)
    )


def hits(rule: Rule, windows: list[Window]) -> Iterator[Hit]:
    """What the rule says of a file in these windows, counted from its start."""
    settings = settings_of(rule)
    if isinstance(rule.check, Whole):
        yield from rule.check.diagnose(windows, settings)
    elif isinstance(rule.check, Local):
        for window in windows:
            for hit in rule.check.diagnose(window, settings):
                yield Hit(hit.start + window.offset, hit.end + window.offset, hit.message)


def windows_of(data: bytes, size: int) -> list[Window]:
    """`data` as the source would cut it, were its windows `size` bytes."""
    found: list[Window] = []
    offset, row = 0, 1
    while offset < len(data) or not found:
        rest = data[offset:]
        end = len(rest) if len(rest) <= size else cut(rest[:size]) or cut_at_line_end(rest)
        part = rest[:end]
        found.append(Window(part, offset, row, 1, offset == 0, offset + end == len(data)))
        row += len(Window(part).starts) - 1
        offset += end
    return found


def cut_at_line_end(data: bytes) -> int:
    """The first place where a window may end."""
    for size in range(1, len(data)):
        if cut(data[:size]):
            return cut(data[:size])
    return len(data)


@pytest.mark.parametrize("rule", BYTE_RULES, ids=lambda rule: rule.name)
@given(data=st.data())
def test_the_screen_never_misses(rule: Rule, data: st.DataObject) -> None:
    text = data.draw(texts(rule))
    assert isinstance(rule.check, Local | Whole)
    seen = Screen(rule.check.clues(settings_of(rule)))(text)
    if list(hits(rule, [Window(text)])):
        assert seen


@pytest.mark.parametrize("rule", BYTE_RULES, ids=lambda rule: rule.name)
@given(data=st.data())
def test_windows_say_the_same_as_the_whole(rule: Rule, data: st.DataObject) -> None:
    text = data.draw(texts(rule))
    size = data.draw(st.integers(1, 40))
    whole = [(hit.start, hit.end) for hit in hits(rule, [Window(text)])]
    parts = [(hit.start, hit.end) for hit in hits(rule, windows_of(text, size))]
    assert parts == whole


@pytest.mark.parametrize("rule", BYTE_RULES, ids=lambda rule: rule.name)
@given(data=st.data())
def test_after_its_fixes_a_rule_is_silent(rule: Rule, data: st.DataObject) -> None:
    text = data.draw(texts(rule))
    found = list(hits_with_fixes(rule, text))
    if found and all(hit.fix for hit in found):
        fixed = apply_edits(text, [edit for hit in found if hit.fix for edit in hit.fix.edits])
        assert not list(hits(rule, [Window(fixed)]))


def hits_with_fixes(rule: Rule, text: bytes) -> Iterator[Hit]:
    """The hits of a rule on one window."""
    assert isinstance(rule.check, Local | Whole)
    if isinstance(rule.check, Whole):
        yield from rule.check.diagnose([Window(text)], settings_of(rule))
    else:
        yield from rule.check.diagnose(Window(text), settings_of(rule))


@pytest.mark.parametrize("rule", BYTE_RULES, ids=lambda rule: rule.name)
def test_findings_survive_pickling(rule: Rule, examples: Examples) -> None:
    found = examples(rule.name)
    assert pickle.loads(pickle.dumps(found)) == found


def test_the_screen_of_all_rules_sees_what_that_of_each_sees() -> None:
    """Merged clues take other ways (one pass for dense text): none may lose a clue."""
    settings = {rule.name: settings_of(rule) for rule in BYTE_RULES}
    clues = [
        clue
        for rule in BYTE_RULES
        if isinstance(rule.check, Local | Whole)
        for clue in rule.check.clues(settings[rule.name])
        if isinstance(clue, Beyond)
    ]
    everything = Screen(clues)
    dense = "« été », l’ami… ".encode() * 40
    assert not everything(dense)
    for clue in clues:
        alone = Screen([clue])
        for rule in BYTE_RULES:
            for data in rule.bad.files.values():
                if alone(data):
                    assert everything(data)
                    assert everything(dense + data)
                    assert everything(data + dense)

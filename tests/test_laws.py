"""Laws that hold for every rule about bytes, present and future.

1. What `diagnose` would find, the screen has seen.
2. Hits of a local rule come in order.
3. Windows say the same as the whole.
4. After its fixes a rule is silent.
5. Findings survive pickling.

Texts are made of the rule's own examples and of what breaks checkers, under the options of the
examples.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from validator import apply_edits
from validator.check.watchers import Watcher, Watchers
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
    return _settings(rule.name)


@cache
def _settings(name: str) -> Settings:
    return profile(catalog().find(name).profile).settings


@cache
def watchers_of(name: str) -> Watchers:
    """A rule as the check asks it, among others."""
    rule = catalog().find(name)
    assert isinstance(rule.check, Local | Whole)
    clues = tuple(rule.check.clues(settings_of(rule)))
    entry = catalog().entries[rule.code]
    return Watchers([Watcher(entry, rule.severity, Screen(clues), clues)])


@cache
def screen_of(name: str) -> Screen:
    """The screen of one rule."""
    rule = catalog().find(name)
    assert isinstance(rule.check, Local | Whole)
    return Screen(rule.check.clues(settings_of(rule)))


@cache
def texts(name: str) -> SearchStrategy[bytes]:
    """Texts in a rule's own words, never empty: a file without bytes is blocked before."""
    rule = catalog().find(name)
    words = [
        piece
        for example in rule.examples
        for data in example.files.values()
        for piece in (data, *data.splitlines(keepends=True), *data.split())
    ]
    return (
        st.lists(st.sampled_from([*words, *CRUMBS, *CRUMBS]), min_size=1, max_size=12)
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
                yield hit.moved(window.offset)


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
def test_of_texts(rule: Rule, data: st.DataObject) -> None:
    """The first four, which share their texts: it costs more to draw one than to ask a rule."""
    text, size = data.draw(texts(rule.name)), data.draw(st.sampled_from([1, 1, 3, 10, 30]))
    found = list(hits(rule, [Window(text)]))
    whole = [(hit.start, hit.end) for hit in found]
    if found:
        assert screen_of(rule.name)(text), "the screen has missed it"
        assert [*watchers_of(rule.name).alarmed(text)], "it is not asked"
    if isinstance(rule.check, Local):
        assert [hit.start for hit in found] == sorted(hit.start for hit in found)
    parts = [(hit.start, hit.end) for hit in hits(rule, windows_of(text, size))]
    assert parts == whole, "windows do not say the same as the whole"
    if found and all(hit.fix and not hit.fix.recipe for hit in found):
        fixed = apply_edits(text, [edit for hit in found if hit.fix for edit in hit.fix.edits])
        assert not list(hits(rule, [Window(fixed)])), "it is not silent after its fixes"


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
            for data in rule.bad.values():
                if alone(data):
                    assert everything(data)
                    assert everything(dense + data)
                    assert everything(data + dense)

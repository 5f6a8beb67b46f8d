"""The profile `conllu`: a sound treebank passes, and each check of docs/parity.md is made once."""

from __future__ import annotations

import pytest

from validator import check_bytes, load_profile


def token(number: str, form: str) -> str:
    """A line of ten columns."""
    return "\t".join([number, form, form.lower(), *"_______"]) + "\n"


TREES = (
    "# sent_id = 1\n# text = Don't go to New York.\n"
    + token("1-2", "Don't")
    + token("1", "Do")
    + token("2", "n't")
    + token("3", "go")
    + token("3.1", "there")
    + token("4", "New York")
    + "\n# sent_id = 2\n"
    + token("1", "Yes")
    + "\n"
)


def said(text: str) -> list[tuple[int, str, str]]:
    """Row, rule and message of each finding."""
    found = check_bytes(text.encode(), load_profile("conllu"), name="x.conllu")
    return [(one.location.row, one.name, one.message) for one in found]


def test_a_sound_treebank_passes() -> None:
    assert said(TREES) == []


MULTI = "1-2\tDon't\tdon't"
CASES = [
    ("\n# sent_id = 2", "\n\n# sent_id = 2", 10, "broken-content-model", "too many"),
    ("\n# sent_id = 2", " \n# sent_id = 2", 9, "unfit-line", "looks empty"),
    (token("2", "n't"), "# late\n" + token("2", "n't"), 5, "broken-content-model", "a blank line"),
    (token("2", "n't"), "text\n" + token("2", "n't"), 5, "broken-content-model", "a token must"),
    ("2\tn't", "x\tn't", 5, "broken-content-model", "a token must"),
    ("2\tn't", "02\tn't", 5, "broken-content-model", "a token must"),
    (token("2", "n't"), "2\n", 5, "wrong-column-count", "has 1 column, 10 are expected"),
    ("n't\tn't\t_", "n't\tn't", 5, "wrong-column-count", "has 9 columns, 10 are expected"),
    ("n't\tn't\t_", "n't\tn't\t", 5, "unfit-cell", "`UPOS` is empty"),
    ("n't\tn't\t_", "n't\tn't\tA B", 5, "unfit-cell", "`UPOS` is `A B`: it may hold no blank"),
    ("n't\tn't", "n't \tn't", 5, "unfit-cell", "`FORM` begins or ends with a blank"),
    ("\tNew York", "\tNew  York", 8, "unfit-cell", "`FORM` has two blanks in a row"),
    ("Don't\tdon't", "Do n't\tdon't", 3, "unfit-cell", "`FORM` of a multiword token is `Do n't`"),
    ("\tNew York", "\tNo\u0301w York", 8, "unnormalized-text", ""),
    ("3\tgo", "5\tgo", 6, "broken-numbering", "expected 3 after `2`, found `5`"),
    (token("2", "n't"), "", 5, "broken-numbering", "expected 2 after `1`, found `3`"),
    (MULTI, MULTI.replace("1-2", "2-1"), 3, "wrong-range", "ends before it begins"),
    (MULTI, MULTI.replace("1-2", "1-9"), 3, "wrong-range", "beyond the last number of the sente"),
    (MULTI, MULTI.replace("1-2", "2-3"), 3, "wrong-range", "not before its first line"),
    (token("2", "n't"), token("1-2", "x") + token("2", "n't"), 5, "wrong-range", "after its first"),
    (token("2", "n't"), token("2-3", "x") + token("2", "n't"), 5, "wrong-range", "overlaps `1-2`"),
    ("3.1\t", "3.2\t", 7, "wrong-insertion", "expected `3.1` here, found `3.2`"),
    (token("2", "n't"), token("0.1", "x") + token("2", "n't"), 5, "wrong-insertion", "`1.1` here"),
]


@pytest.mark.parametrize(("old", "new", "row", "rule", "words"), CASES)
def test_one_fault(old: str, new: str, row: int, rule: str, words: str) -> None:
    assert old in TREES
    found = said(TREES.replace(old, new, 1))
    assert (row, rule) in [one[:2] for one in found], found
    assert any(words in one[2] for one in found if one[:2] == (row, rule)), found


@pytest.mark.parametrize(("old", "new", "row", "rule", "words"), CASES)
def test_one_fault_is_one_finding(old: str, new: str, row: int, rule: str, words: str) -> None:
    assert [one[:2] for one in said(TREES.replace(old, new, 1))] == [(row, rule)]


def test_the_last_sentence_ends_as_all_do() -> None:
    assert [rule for _, rule, _ in said(TREES[:-1])] == ["broken-content-model"]


def test_line_ends_of_windows_are_one_finding() -> None:
    assert [rule for _, rule, _ in said(TREES.replace("\n", "\r\n"))] == ["wrong-newline"]

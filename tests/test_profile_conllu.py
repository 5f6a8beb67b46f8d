"""The profiles of CoNLL-U: what is sound passes, and each check of docs/parity.md is made once."""

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


def said(text: str, profile: str = "conllu") -> list[tuple[int, str, str]]:
    """Row, rule and message of each finding."""
    found = check_bytes(text.encode(), load_profile(profile), name="x.conllu")
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


def node(number: str, head: str, relation: str, **cells: str) -> str:
    """A line of ten columns with its place in the tree."""
    row = {"UPOS": "X", "FEATS": "_", "DEPS": "_", "MISC": "_", **cells}
    lemma = "_" if "-" in number else "x"
    columns = [number, "x", lemma, row["UPOS"], "_", row["FEATS"], head, relation]
    return "\t".join([*columns, row["DEPS"], row["MISC"]]) + "\n"


TREEBANK = (
    "# newdoc id = a\n# sent_id = a1\n# text = x x x\n"
    + node("1", "2", "nsubj:pass", UPOS="NOUN", FEATS="Case=Acc,Dat|Number=Sing")
    + node("2", "0", "root", UPOS="VERB", DEPS="0:root", MISC="SpaceAfter=No|Gloss=see")
    + node("2.1", "_", "_", UPOS="_", DEPS="2:obl:på_grund:gen")
    + node("3-4", "_", "_", UPOS="_", FEATS="Typo=Yes")
    + node("3", "4", "det", DEPS="2:obj|2.1:ref")
    + node("4", "2", "obl", DEPS="2:obl")
    + "\n# sent_id = a2\n# parallel_id = pud/n1/alt1\n# text = x\n"
    + node("1", "0", "root")
    + "\n"
).replace("\t2\tnsubj:pass\t_", "\t2\tnsubj:pass\t2:nsubj:pass")


def test_a_sound_treebank_of_universal_dependencies_passes() -> None:
    assert said(TREEBANK, "conllu-ud") == []
    assert said(TREEBANK) == []


RING = "2:obj|2.1:ref\t_\n4\tx\tx\tX\t_\t_\t2\tobl\t2:obl"
FAULTS = [
    ("\tVERB\t", "\tVREB\t", 5, "unfit-cell", "did you mean `VERB`?"),
    ("\tVERB\t", "\t_\t", 5, "unfit-cell", "a word must have its `UPOS`"),
    ("=Acc,Dat|Number=Sing", "=Acc,Dat|number=Sing", 4, "unfit-cell", "`number=Sing` is no feat"),
    ("Case=Acc,Dat|Number=Sing", "Number=Sing|Case=Acc", 4, "unfit-cell", "`FEATS` is not sorted"),
    ("Acc,Dat", "Dat,Acc", 4, "unfit-cell", "item 1 of `FEATS` is not sorted"),
    ("Acc,Dat", "Acc,Acc", 4, "unfit-cell", "item 1 of `FEATS` has `Acc` twice"),
    ("Number=Sing", "Case=Nom", 4, "unfit-cell", "`FEATS` has `Case=Nom` twice"),
    ("nsubj:pass\t2", "nsbuj:pass\t2", 4, "unfit-cell", "did you mean `nsubj`?"),
    ("nsubj:pass\t2", "nsubj:Pass\t2", 4, "unfit-cell", "which is not written as a relation"),
    ("nsubj:pass\t2", "ref\t2", 4, "unfit-cell", "`ref` is a relation of DEPS only"),
    ("4\tdet\t", "x\tdet\t", 8, "unfit-cell", "`HEAD` is `x`, which is no number of a word"),
    ("4\tdet\t", "9\tdet\t", 8, "unknown-reference", "`HEAD` refers to `9`"),
    ("4\tdet\t", "3\tdet\t", 8, "circular-reference", "refers to its own line"),
    ("2\tobl\t", "3\tobl\t", 8, "circular-reference", "`3` → `4` → `3`"),
    ("4\tdet\t", "0\tdet\t", 8, "wrong-root-count", "2 lines of the sentence refer to the root"),
    ("2:obj|2.1:ref", "2.1:ref|2:obj", 8, "unfit-cell", "`DEPS` is not sorted"),
    ("2:obj|2.1:ref", "2:obl|2:obj", 8, "unfit-cell", "`DEPS` is not sorted"),
    ("2:obj|2.1:ref", "2:obj|2:obj", 8, "unfit-cell", "`DEPS` has `2:obj` twice"),
    ("2:obj|2.1:ref", "3:obj", 8, "circular-reference", "`DEPS` refers to its own line, `3`"),
    ("2:obj|2.1:ref", "2.2:ref", 8, "unknown-reference", "`DEPS` refers to `2.2`"),
    ("2:obj|2.1:ref", "obj", 8, "unfit-cell", "`obj` is no dependency"),
    ("2:obj|2.1:ref", "02:obj", 8, "unfit-cell", "the head in `02:obj` is no ID"),
    ("2:obj|2.1:ref", "2:Obj", 8, "unfit-cell", "the relation in `2:Obj` is not written as one"),
    ("2:obj|2.1:ref", "2:ojb", 8, "unfit-cell", "item 2 of item 1 of `DEPS` is `ojb`"),
    (
        RING,
        RING.replace("2:obj|2.1:ref", "4:obj").replace("2:obl", "3:obl"),
        8,
        "unreached-line",
        "2 lines are not reached from the root `0`",
    ),
    ("|Gloss=see", "|Gloss=a|Gloss=b", 5, "unfit-cell", "`MISC` has `Gloss=b` twice"),
    ("|Gloss=see", "|gloss=see", 5, "unfit-cell", "name of an attribute in other letters"),
    ("|Gloss=see", "|=see", 5, "unfit-cell", "`=see` has no name"),
    ("|Gloss=see", "|", 5, "unfit-cell", "item 2 of `MISC` is empty"),
    ("|Gloss=see", "|Gloss= see", 5, "unfit-cell", "there is a blank beside the `=`"),
    ("|Gloss=see", "| Gloss=see", 5, "unfit-cell", "item 2 of `MISC` has blanks around it"),
    ("SpaceAfter=No", "SpaceAfter=Yes", 5, "unfit-cell", "`SpaceAfter=Yes` is none of its values"),
    ("SpaceAfter=No", "NoSpaceAfter=Yes", 5, "unfit-cell", "is written `SpaceAfter=No`"),
    ("Typo=Yes", "Number=Sing", 7, "unfit-cell", "a multiword token has features of its words"),
    ("2.1\tx\tx\t_\t_\t_\t_", "2.1\tx\tx\t_\t_\t_\t2", 6, "unfit-cell", "stands in no basic tree"),
    ("gen\t_", "gen\tSpaceAfter=No", 6, "unfit-cell", "an empty node has no `SpaceAfter=No`"),
    ("# sent_id = a1\n", "", 1, "wrong-group", "must stand in each sentence; there is none"),
    ("# sent_id = a1\n", "# sent_id = a 1\n", 2, "wrong-group", "no line with the id of a sent"),
    ("# sent_id = a1\n", "# sent_id = a1\n# sent_id = b\n", 3, "wrong-group", "this is number 2"),
    ("# sent_id = a2", "# sent_id = a1", 11, "repeated-label", "`a1` stands on line 2 already"),
    ("# sent_id = a2", "# sent_id = a/b/c", 11, "forbidden-text", "has two slashes"),
    ("# text = x\n", "", 11, "wrong-group", "must stand in each sentence; there is none"),
    ("# text = x\n", "# text = x\n# text = y\n", 14, "wrong-group", "at most once in a sentence"),
    ("# text = x\n", "# text = \n", 13, "forbidden-text", "the text of the sentence is empty"),
    ("# text = x\n", "# text = x \n", 13, "forbidden-text", "ends in a blank"),
    ("# parallel_id = pud", "# parallel_id = PUD", 12, "wrong-group", "the id of a parallel sen"),
    ("# newdoc", "# newdoc\n# newdoc", 2, "wrong-group", "at most once in a sentence"),
]


@pytest.mark.parametrize(("old", "new", "row", "rule", "words"), FAULTS)
def test_one_fault_of_annotation(old: str, new: str, row: int, rule: str, words: str) -> None:
    assert old in TREEBANK
    found = said(TREEBANK.replace(old, new, 1), "conllu-ud")
    # what a reader makes of an attribute without a name is said besides
    ((at, name, message),) = (one for one in found if one[1] != "disputed-cell")
    assert (at, name) == (row, rule)
    assert words in message

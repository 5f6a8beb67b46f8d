"""Sentences of CoNLL-U, with the columns and comments that readers dispute."""

from __future__ import annotations

from .grammar import Chance, sentence

FORMS = ["a", "the", "Sea", "日本", "naïve", "''", '"', "#", "_", "a b", "a\u00a0b", "1", "-", "…"]
FEATURES = [
    "Number=Sing",
    "Case=Acc,Dat",
    "Gender[psor]=Fem",
    "Abbr=Yes",
    "Typo=Yes",
    "Case=Dat,Acc",
]
ODD_FEATURES = ["A", "A=", "=B", "A=B=C", "", "_", "A=B ", "a=b"]
ATTRIBUTES = [*FEATURES, "SpaceAfter=No", "Gloss=sea", "X", "Translit=a b", "A=", "Ref=3", "a:b=c"]
ODD_ATTRIBUTES = ["", "=B", "A=B=C", "_", "A==", "A=b\u00a0", " A=B", "Gloss=b,a,b"]
RELATIONS = ["root", "nsubj", "nsubj:pass", "obl:to:acc", "conj", "a_b", "ref"]
ODD_DEPS = ["1", "0:root|", "x:root", "0:", "00:a", "0:a:b:c:d:e", "1:a|1:b", "1.1:a", "|", "_|1:a"]
ODD_HEADS = ["x", "01", "+1", "１", "-1", "1.1", "1 ", "99"]
ODD_IDS = ["01", "2-1", "1.0", "0", "0.1", "3-3", "1.01"]
COMMENTS = [
    "# text = {}", "#text={}", "# newdoc", "# newdoc id = d1", "# newpar", "# x", "# x =", "# = x", "##", "#",
    "# a = b = c", "# global.columns = ID FORM LEMMA UPOS XPOS FEATS HEAD DEPREL DEPS MISC", "# text_en = {} ",
    "#\ta\t=\tb", "# a b = {}", "# x=",
]  # fmt: skip


def joined(chance: Chance, usual: list[str], odd: list[str]) -> str:
    if chance.random() < 0.6:
        return "_"
    found = chance.sample(usual, chance.randint(1, 3))
    if chance.random() < 0.04:
        found.insert(chance.randrange(len(found) + 1), chance.choice(odd))
    return "|".join(found)


def maybe(chance: Chance, usual: str, odd: list[str], rate: float = 0.015) -> str:
    return chance.choice(odd) if chance.random() < rate else usual


def dependencies(chance: Chance, count: int) -> str:
    if chance.random() < 0.7:
        return "_"
    heads = sorted(chance.sample(range(count + 1), min(chance.choice((1, 1, 2, 3)), count + 1)))
    return "|".join(f"{head}:{chance.choice(RELATIONS)}" for head in heads)


def row(chance: Chance, number: str, count: int) -> str:
    is_word = number.isdigit()
    head = str(chance.randint(0, count)) if is_word else "_"
    return "\t".join(
        (
            maybe(chance, number, ODD_IDS, 0.01),
            chance.choice(FORMS),
            chance.choice(FORMS),
            chance.choice(("NOUN", "VERB", "_", "X")),
            chance.choice(("_", "NN", "n-x")),
            joined(chance, FEATURES, ODD_FEATURES),
            maybe(chance, head if chance.random() < 0.95 else "_", ODD_HEADS),
            chance.choice((*RELATIONS, "_")) if is_word else "_",
            maybe(chance, dependencies(chance, count), ODD_DEPS),
            joined(chance, ATTRIBUTES, ODD_ATTRIBUTES),
        )
    )


def tokens(chance: Chance) -> list[str]:
    count = chance.choice((1, 1, 2, 3, 5))
    found = []
    for number in range(1, count + 1):
        if number < count and chance.random() < 0.1:
            found.append(row(chance, f"{number}-{number + 1}", count))
        found.append(row(chance, str(number), count))
        if chance.random() < 0.05:
            found.append(row(chance, f"{number}.1", count))
    return found


def one_sentence(chance: Chance, number: int) -> str:
    lines = [f"# sent_id = s{chance.getrandbits(60):x}-{number}"]
    if chance.random() < 0.6:
        few = chance.sample(COMMENTS, chance.randint(1, 2))
        lines += [comment.format(sentence(chance)) for comment in few]
    if chance.random() < 0.01:
        lines.insert(0, "# global.columns = ID FORM MISC")
    if chance.random() < 0.01:
        lines.append(lines[0])
    end = chance.choice(("\n\n",) * 60 + ("\n", "\n \n", "\n\n\n"))
    return "\n".join([*lines, *tokens(chance)]) + end


def treebank(chance: Chance) -> bytes:
    """A file of some sentences."""
    count = chance.choice((1, 1, 2, 4))
    return "".join(one_sentence(chance, number) for number in range(count)).encode()

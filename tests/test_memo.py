"""What is kept with a thing is found once, for each detail, and goes when the thing goes."""

from __future__ import annotations

import gc
import pickle
import weakref

import pytest
from msgspec.structs import replace

from validator.document import Document
from validator.memo import keep, memo
from validator.metadata.schema.declaration import Declared
from validator.settings.options import Settings
from validator.text.lines import Window

ASKED: list[tuple[str, str]] = []


@memo
def words(document: Document, word: str) -> list[str]:
    """The words like this one."""
    ASKED.append(("words", word))
    return [word] * document.size


@memo
def letters(document: Document, word: str) -> str:
    """As many letters."""
    ASKED.append(("letters", word))
    return word * document.size


@pytest.fixture(autouse=True)
def _forgotten() -> None:
    ASKED.clear()


def document(size: int = 2) -> Document:
    return Document(Window(b""), (0, 0), size=size)


def test_an_answer_is_worked_out_once_for_each_detail() -> None:
    one = document()
    assert words(one, "a") is words(one, "a")
    assert words(one, "b") == ["b", "b"]
    assert ASKED == [("words", "a"), ("words", "b")]


def test_two_functions_share_no_place() -> None:
    one = document()
    assert (words(one, "a"), letters(one, "a")) == (["a", "a"], "aa")


def test_a_changed_copy_begins_without_answers() -> None:
    one = document()
    words(one, "a")
    assert words(replace(one, size=1), "a") == ["a"]
    assert words(one, "a") == ["a", "a"]


def test_what_is_known_is_not_asked() -> None:
    one = document()
    keep(words, ["known"], one, "a")
    assert words(one, "a") == ["known"]
    assert not ASKED


def test_what_is_raised_is_not_kept() -> None:
    tries = []

    @memo
    def fails(document: Document) -> None:
        tries.append(document)
        raise KeyError(1)

    one = document()
    for _ in range(2):
        with pytest.raises(KeyError):
            fails(one)
    assert len(tries) == 2


@pytest.mark.parametrize("owner", [Settings({"a": 1}), Declared({"a": 1})])
def test_answers_do_not_travel(owner: Settings | Declared) -> None:
    @memo
    def answer(owner: Settings | Declared) -> object:
        return object()

    answer(owner)
    arrived = pickle.loads(pickle.dumps(owner))
    assert not arrived.__dict__
    assert arrived == owner or arrived.values == {"a": 1}


def test_answers_go_with_their_owner() -> None:
    class Answer:
        pass

    @memo
    def answer(owner: Settings) -> Answer:
        return Answer()

    owner = Settings({})
    seen = weakref.ref(answer(owner))
    assert seen() is not None
    del owner
    gc.collect()
    assert seen() is None

"""The page from start to finish names what is there."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from .support import ROOT
from .test_layers import ROOMS

PAGE = (ROOT / "docs/start-to-finish.md").read_text("utf-8")
WAYS = re.split(r"(?m)^\d\. ", PAGE.partition("## Six ways")[2].partition("## What holds")[0])[1:]


def test_every_room_is_there_in_its_order() -> None:
    rows = re.findall(r"(?m)^\| `([a-z/]+)` \|", PAGE)
    nouns = {"diagnostic", "errors", "model", "memo", "document"}
    assert rows == [room for room in ROOMS if room not in nouns]
    for noun in nouns:
        assert f"`{noun}`" in PAGE


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.partition("**")[2].partition("**")[0])
def test_a_way_is_six_files_or_fewer_each_of_which_is_there(way: str) -> None:
    files = re.findall(r"`([a-z_/]+\.py)`", way)
    assert 1 < len(files) <= 6
    for file in files:
        assert (ROOT / "validator" / file).is_file(), file
    assert all(first != second for first, second in pairwise(files))


def test_there_are_six_ways() -> None:
    assert len(WAYS) == 6


@pytest.mark.parametrize("name", sorted(set(re.findall(r"`([a-z]+/[a-z_/]+)`", PAGE))))
def test_what_the_page_names_is_there(name: str) -> None:
    path = ROOT / "validator" / name
    assert path.is_dir() or path.with_suffix(".py").is_file()

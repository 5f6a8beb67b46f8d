"""`file://` URLs: paths of this machine from the command line on, or one line of what is wrong."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import quote_from_bytes

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validator import check_paths
from validator.errors import UsageError
from validator.file.file_urls import local_path

from .support import run_cli

DIRTY = b"Title\n\xff\n"


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("file:///a/b.txt", "/a/b.txt"),
        ("file:///", "/"),
        ("file://localhost/a", "/a"),
        ("file://LocalHost/a", "/a"),
        ("file:///a%20b/%23%3f%25.txt", "/a b/#?%.txt"),
        ("file:///é/%C3%A9", "/é/é"),
        ("file:///%ff", "/\udcff"),
        ("file:////a//b/../c", "//a//b/../c"),
        ("/a%20b", "/a%20b"),
        ("./file:///a", "./file:///a"),
    ],
)
def test_which_path_it_is(url: str, path: str) -> None:
    assert local_path(url) == path


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("file://", "names another machine, or no absolute path: write `file:///PATH`"),
        ("file://a.txt", "names another machine, or no absolute path"),
        ("file://host/a.txt", "names another machine"),
        ("file://localhost", "no absolute path"),
        ("file://127.0.0.1/a", "names another machine"),
        ("file:///a?b", "has a query or a fragment: in a name write `?` as `%3F`"),
        ("file:///a#b", "`#` as `%23`"),
        ("file:///100%", "has a `%` without two digits behind it: in a name write it as `%25`"),
        ("file:///%zz", "has a `%` without two digits"),
        ("file:///a%2fb", "has `%2f`, which stands in no name of a file"),
        ("file:///a%00", "has `%00`"),
        ("file:///not/there", "`/not/there` is not there"),
        ("file:/a", "`file:/a` is not there"),
    ],
)
def test_what_names_no_file_ends_the_run(url: str, words: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError) as raised:
        run_cli(url)
    assert words in str(raised.value)
    (tmp_path / "list").write_text(url + "\n")
    with pytest.raises(UsageError) as raised:
        run_cli(files_from=str(tmp_path / "list"))
    assert words in str(raised.value)
    assert "\n" not in str(raised.value)


@given(st.binary(min_size=1, max_size=20).filter(lambda name: not {0, 47} & {*name}))
def test_every_name_has_a_url(name: bytes) -> None:
    assert os.fsencode(local_path(f"file:///{quote_from_bytes(name)}")) == b"/" + name


def test_it_is_shown_as_the_path(tmp_path: Path) -> None:
    folder = tmp_path / "a b"
    folder.mkdir()
    (folder / "é#.txt").write_bytes(DIRTY)
    plain = run_cli(str(tmp_path), isolated=True, output_format="concise")
    assert f"{folder}/é#.txt:2:1: ENC001" in plain[1]
    for url in (tmp_path.as_uri(), (folder / "é#.txt").as_uri()):
        assert run_cli(url, isolated=True, output_format="concise") == plain
    listed = f"{(folder / 'é#.txt').as_uri()}\n".encode()
    options = {"isolated": True, "output_format": "concise"}
    assert run_cli(files_from="-", stdin=listed, **options) == plain
    assert run_cli(str(tmp_path), tmp_path.as_uri(), **options) == plain
    (found,) = check_paths([folder.as_uri()], isolated=True).results().diagnostics
    assert found.path == f"{folder}/é#.txt"


def test_the_configuration_is_that_of_the_directory(tmp_path: Path) -> None:
    (tmp_path / "seed-validator.toml").write_text('[profiles.one]\nfiles = ["*.txt"]\n')
    (tmp_path / "a.txt").write_bytes(b"Text.\n")
    assert run_cli(tmp_path.as_uri(), show_files=True)[1] == f"{tmp_path}/a.txt: one\n"


def test_nothing_to_check_is_told_by_the_path(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=f"no file matched in `{tmp_path}`"):
        run_cli(tmp_path.as_uri())


def test_a_store_of_reports(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "a.txt").write_bytes(DIRTY)
    store = (tmp_path / "the store").as_uri()
    plain = run_cli(str(tmp_path / "corpus"), isolated=True, store=store)
    assert (tmp_path / "the store" / "seed-validator-store.json").is_file()
    merged = run_cli(str(tmp_path / "corpus"), isolated=True, store=store, merge=True)
    assert merged[:2] == plain[:2]

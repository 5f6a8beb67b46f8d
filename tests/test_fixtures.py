"""Every case under `fixtures/<family>/<rule>/`: ok ones are silent, bad ones say their `.expect`.

A case is a file, or a folder that is a small corpus. `seed-validator.toml` beside `ok` and `bad`
configures both; without it a profile of defaults holds. Cases are added by adding files.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from datetime import date
from fnmatch import fnmatch
from functools import cache
from pathlib import Path
from unicodedata import unidata_version

import pytest

from validator import Diagnostic, check_paths
from validator.check.plan import Named
from validator.cli.fixes import FixWishes
from validator.file.compression import packing_of
from validator.fix.rounds import Mended, Mender
from validator.profile.configuration import configuration
from validator.profile.resolve import Profile
from validator.rules.catalog import catalog
from validator.rules.index import FAMILIES
from validator.run.assemble import bind

from .conftest import Compare
from .support import FIXTURES, run_cli

RULE_FOLDERS = sorted(
    folder
    for family in FAMILIES.values()
    for folder in (FIXTURES / family).glob("*")
    if folder.is_dir()
)
SIDECARS = {".expect", ".fixed"}
WRITTEN_WITH = "14.0.0"
"""The Unicode of Python 3.11, which expectations name; later ones have another."""


def cases(kind: str) -> list[Path]:
    """The cases of all rules, `ok` or `bad`."""
    return sorted(
        case
        for folder in RULE_FOLDERS
        for case in folder.glob(f"{kind}/*")
        if case.suffix not in SIDECARS
    )


def name_of(case: Path) -> str:
    """`encoding/invalid-utf8/bad/latin1.txt`."""
    return case.relative_to(FIXTURES).as_posix()


def profile_of(case: Path) -> Profile:
    """The profile that a case is checked under: the first that has a pattern for a file of it."""
    files = case.rglob("*") if case.is_dir() else [case]
    names = [file.relative_to(case.parent).as_posix() for file in files]
    known = _profiles(config_of(case))
    fitting = (
        one
        for one in known
        if any(fnmatch(name, line) for line in one.files.lines for name in names)
    )
    return next(fitting, known[0])


@cache
def _profiles(config: Path) -> tuple[Profile, ...]:
    return tuple(configuration(".", str(config)).profiles)


@cache
def found_in(case: Path) -> tuple[Diagnostic, ...]:
    """What is found in a case."""
    return tuple(check_paths([str(case)], profile_of(case)).diagnostics())


def config_of(case: Path) -> Path:
    """The configuration of a case."""
    own = case.parent.parent / "seed-validator.toml"
    return own if own.exists() else FIXTURES / "defaults.toml"


@pytest.mark.parametrize("case", cases("ok"), ids=name_of)
def test_ok_cases_are_silent(case: Path) -> None:
    assert not found_in(case), [f"{one.code} {one.message}" for one in found_in(case)]


@pytest.mark.parametrize("case", cases("bad"), ids=name_of)
def test_bad_cases_say_what_is_expected(
    case: Path, compare: Compare, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(case.parent)
    code, out, _ = run_cli(
        case.name,
        config=str(config_of(case)),
        output_format="concise",
        quiet=True,
        fail_on="info",
    )
    rule = catalog().find(case.parent.parent.name)
    assert code == 1
    assert rule.code in out
    out = out.replace(f"in Unicode {unidata_version}", f"in Unicode {WRITTEN_WITH}")
    compare(case.with_name(case.name + ".expect"), out)


@pytest.mark.parametrize("case", cases("bad"), ids=name_of)
def test_fixes_give_the_fixed_file(case: Path, compare: Compare) -> None:
    """All fixes, the unsafe ones too, are proved; what comes of them is in the `.fixed` file."""
    if case.is_dir() or packing_of(os.fsencode(case.name)):
        return
    mended = mended_case(case)
    fixed = case.with_name(case.name + ".fixed")
    assert not mended.refused, mended.refused
    if mended.counts:
        compare(fixed, mended.data.decode("utf-8", "surrogateescape"))
    else:
        assert not fixed.exists()
    again = mended_case(case, mended.data)
    assert (again.data, again.counts) == (mended.data, {}), "a second run changes something"


@pytest.mark.parametrize("case", [case for case in cases("bad") if case.is_dir()], ids=name_of)
def test_fixes_of_a_corpus_give_the_fixed_files(case: Path, tmp_path: Path) -> None:
    """Of a case that is a directory, `.fixed` holds all files as they are when all is fixed."""
    shutil.copy(config_of(case), tmp_path / "seed-validator.toml")
    made = tmp_path / case.name
    shutil.copytree(case, made, symlinks=True)
    fixed = case.with_name(case.name + ".fixed")
    if packing_of(os.fsencode(case.name)) or not any(case.rglob("*")):
        return
    fixes = FixWishes(fix=True, unsafe_fixes=True)
    run_cli(str(made), config=str(tmp_path / "seed-validator.toml"), fixes=fixes)
    expected = fixed if fixed.exists() else case
    assert _held(made) == _held(expected)


def _held(folder: Path) -> Mapping[str, bytes]:
    """The bytes of all files below a directory."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def mended_case(case: Path, data: bytes | None = None) -> Mended:
    """What comes of a case, or of what it would hold, when all is fixed in memory."""
    mender = Mender(bind(profile_of(case), []), date.today(), unsafe=True)
    path = os.fsencode(case)
    file = Named(str(case), os.path.basename(path))
    return mender.mend(file, path, case.read_bytes() if data is None else data)


def test_every_folder_is_of_a_rule() -> None:
    for folder in RULE_FOLDERS:
        rule = catalog().find(folder.name)
        assert FAMILIES[rule.family] == folder.parent.name


# What no file in a checkout can show: rights, pipes, killed workers, and names that a Windows
# checkout refuses. `tests/test_walk.py` and `tests/test_executors.py` make them.
WITHOUT_FIXTURE = {
    "unreadable-file",
    "broken-link",
    "outside-link",
    "special-file",
    "linked-member",  # no profile names archives: test_archives has these
    "unsafe-member-name",
    "repeated-member",
    "disputed-member-name",
    "unchecked-file",
    "unproved-fix",
    "unwritten-fix",
    "unportable-name",
    "clashing-names",
}


@pytest.mark.parametrize("name", sorted(rule.name for rule in catalog().rules.values()))
def test_every_rule_has_fixtures(name: str) -> None:
    if name in WITHOUT_FIXTURE:
        return
    rule = catalog().find(name)
    folder = FIXTURES / FAMILIES[rule.family] / name
    for kind in ("ok", "bad"):
        assert any(folder.glob(f"{kind}/*")), f"{folder}/{kind} has no case"

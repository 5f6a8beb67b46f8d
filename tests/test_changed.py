"""Only what has changed, by git: which files, which lines, and what they do to the corpus."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from tests.support import run_cli, write
from validator.errors import UsageError
from validator.file.git_changes import changes

ZERO = "\u200b"
BAD = f"One{ZERO}two.\n\nThree{ZERO}four.\n"


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with bad files, on a branch of its own."""
    monkeypatch.chdir(tmp_path)
    for name in [*os.environ]:
        if name.startswith("GIT_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    git("init", "-q", "-b", "main")
    write(tmp_path, {name: BAD.encode() for name in ("a.md", "docs/b.md", "docs/c.md", "d.txt")})
    commit("old")
    git("checkout", "-qb", "work")
    return tmp_path


def git(*words: str) -> None:
    """Run git as nobody in particular."""
    own = ["-c", "user.name=N", "-c", "user.email=n@example.org", "-c", "commit.gpgsign=false"]
    own += ["-c", "protocol.file.allow=always"]
    subprocess.run(["git", *own, *words], check=True, capture_output=True)


def commit(message: str) -> None:
    """Commit all there is."""
    git("add", "-A")
    git("commit", "-qm", message)


def told(*paths: str, **options: object) -> list[str]:
    """The findings of a check, `path:row`."""
    options.setdefault("no_progress", True)
    code, out, _ = run_cli(*(paths or (".",)), output_format="json", **options)
    envelope = json.loads(out)
    found = [f"{one['path']}:{one['location']['row']}" for one in envelope["diagnostics"]]
    assert (code == 1) == bool(found)
    assert envelope["summary"]["findings"]["error"] == len(found)
    return found


def test_files_that_have_changed(repository: Path) -> None:
    (repository / "docs/b.md").write_text(BAD + "More.\n")
    commit("b")
    (repository / "a.md").write_text(BAD + f"More{ZERO}and more.\n")  # not staged
    (repository / "new.md").write_text(f"New{ZERO}one.\n")  # git does not know it
    assert told(since="main") == [
        "a.md:1",
        "a.md:3",
        "a.md:4",
        "docs/b.md:1",
        "docs/b.md:3",
        "new.md:1",
    ]
    assert told(since="main", lines=True) == ["a.md:4", "new.md:1"]
    assert told("docs", since="main") == ["docs/b.md:1", "docs/b.md:3"]
    git("checkout", "-q", "--detach", "main")
    git("stash", "-q")
    assert told(since="HEAD") == ["new.md:1"]


def test_what_came_on_the_other_branch_has_not_changed_here(repository: Path) -> None:
    git("checkout", "-q", "main")
    (repository / "a.md").write_text(f"New{ZERO}here.\n")
    commit("on main")
    git("checkout", "-q", "work")
    (repository / "d.txt").write_text(f"New{ZERO}here.\n")
    assert told(since="main") == ["d.txt:1"]


def test_what_is_staged(repository: Path) -> None:
    (repository / "a.md").write_text(f"One{ZERO}two.\n\nThree{ZERO}four.\n\nFive{ZERO}six.\n")
    git("add", "a.md")
    (repository / "docs/b.md").write_text(f"New{ZERO}one.\n")
    assert told(staged=True) == ["a.md:1", "a.md:3", "a.md:5"]
    assert told(staged=True, lines=True) == ["a.md:5"]


def test_what_is_staged_first_of_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    git("init", "-q")
    write(tmp_path, {"a.md": BAD.encode(), "b.md": BAD.encode()})
    git("add", "a.md")
    assert told(staged=True) == ["a.md:1", "a.md:3"]
    assert told(staged=True, lines=True) == ["a.md:1", "a.md:3"]
    with pytest.raises(UsageError, match="git knows no commit `main`"):
        told(since="main")


def test_lines_beside_those_taken_out_have_changed(repository: Path) -> None:
    (repository / "a.md").write_text(f"One{ZERO}two.\nThree{ZERO}four.\n")
    assert told(since="main", lines=True) == ["a.md:1", "a.md:2"]


def test_moved_and_deleted_files(repository: Path) -> None:
    git("mv", "docs/b.md", "docs/x.md")
    git("rm", "-q", "docs/c.md")
    commit("moved")
    assert told(since="main") == ["docs/x.md:1", "docs/x.md:3"]
    assert told(since="main", lines=True) == []  # its lines are as they were


def test_odd_names(repository: Path) -> None:
    names = ["b\nc.md", 'q"uote\\d.md', "tab\t.md", "täg.md", "end .md", "-x.md"]
    write(repository, dict.fromkeys(names, b"Well.\n"))
    (repository / os.fsdecode(b"n\xff.md")).write_text("Well.\n")
    commit("odd")
    for name in [*names, os.fsdecode(b"n\xff.md")]:
        (repository / name).write_text(f"Well.\nIll{ZERO}one.\n++ b/a.md\n")
    found = changes(["."], "HEAD", lines=True)
    assert sorted(os.path.basename(path) for path in found.files) == sorted(
        [*map(os.fsencode, names), b"n\xff.md"]
    )
    assert {tuple(one.lines or ()) for one in found.files.values()} == {((2, 3),)}
    assert len(told(since="HEAD", lines=True)) == len(names) + 1


def test_settings_of_the_user_change_nothing(repository: Path) -> None:
    for key, value in {
        "diff.noprefix": "true",
        "diff.mnemonicPrefix": "true",
        "diff.external": "false",
        "color.ui": "always",
        "diff.relative": "true",
        "diff.renames": "false",
        "diff.interHunkContext": "9",
        "core.quotePath": "false",
    }.items():
        git("config", key, value)
    git("mv", "docs/b.md", "docs/ä x.md")
    (repository / "docs/ä x.md").write_text(BAD + f"Five{ZERO}six.\n")
    assert told("docs", since="main", lines=True) == ["docs/ä x.md:4"]


def test_from_a_directory_below_and_through_a_link(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (repository / "docs/b.md").write_text(BAD + f"Five{ZERO}six.\n")
    monkeypatch.chdir(repository / "docs")
    assert told(".", since="main", lines=True) == ["b.md:4"]
    link = repository.parent / "link"
    link.symlink_to(repository)
    monkeypatch.chdir(repository.parent)
    assert told("link", since="main", lines=True) == ["link/docs/b.md:4"]


def test_no_program_that_a_repository_names_is_run(repository: Path, tmp_path: Path) -> None:
    """Its own settings git trusts; those of files that are a repository by themselves, too."""
    ran = tmp_path.parent / f"{tmp_path.name} ran"
    git("clone", "-q", "--bare", ".", "docs/inner")
    for name, value in (
        ("core.bare", "false"),
        ("core.worktree", str(repository / "docs/inner")),
        ("core.fsmonitor", f"touch '{ran}'; false"),
    ):
        git("-C", "docs/inner", "config", name, value)
    (repository / "docs/inner/a.md").write_text(BAD)
    with pytest.raises(UsageError, match=r"`docs/inner` is in no working tree of git: "):
        changes(["docs/inner"], "main", lines=True)
    git("config", "core.fsmonitor", f"touch '{ran}'; false")
    (repository / "a.md").write_text(BAD + "More.\n")
    assert told("a.md", since="main") == ["a.md:1", "a.md:3"]
    assert not ran.exists()


def test_a_submodule_that_moved_has_changed(repository: Path) -> None:
    inner = repository.parent / "inner"
    inner.mkdir()
    os.chdir(inner)
    git("init", "-q")
    write(inner, {"x.md": BAD.encode()})
    commit("x")
    os.chdir(repository)
    git("submodule", "--quiet", "add", str(inner), "sub")
    commit("sub")
    assert told(since="main") == ["sub/x.md:1", "sub/x.md:3"]
    assert told(since="HEAD") == []


def test_nothing_has_changed(repository: Path) -> None:
    assert told(since="main") == []
    assert run_cli(".", since="main")[:2] == (
        0,
        "Skipped: 1 hidden.\nNothing to check: no file that a profile is for has changed.\n",
    )
    (repository / "empty").mkdir()
    with pytest.raises(UsageError, match="no file matched"):
        told("empty", since="main")


CORPUS = """[profiles.p]
extends = "markdown"
files = ["*.md"]
[profiles.p.metadata]
id = "id"
[profiles.p.corpus]
unique = ["id"]
references = [{ field = "see", to = "file" }]
"""


def page(key: str, *see: str) -> bytes:
    """A page with an id, which refers to files."""
    return f"---\nid: {key}\nsee: [{', '.join(see)}]\n---\n\nText.\n".encode()


def test_the_corpus_is_seen_whole(repository: Path) -> None:
    write(
        repository,
        {
            "seed-validator.toml": CORPUS.encode(),
            "o/b.md": page("b"),
            "o/x.md": page("x", "gone.md"),  # an old fault
            "o/y.md": page("why", "b.md"),
            "o/z.md": page("z"),
        },
    )
    git("rm", "-qr", "a.md", "docs", "d.txt")
    commit("corpus")
    (repository / "o/a.md").write_bytes(page("z"))  # new, and before the old one
    code, out, _ = run_cli("o", since="HEAD", output_format="concise")
    assert (code, out.split("\n")[0][:23]) == (1, "o/z.md:2:5: COR001 `id`")
    assert "1 finding in what has not changed: not shown." in out
    (repository / "o/a.md").unlink()
    (repository / "o/b.md").unlink()  # y.md leads to it
    code, out, _ = run_cli("o", since="HEAD", output_format="concise")
    assert (code, [line[:19] for line in out.split("\n") if "COR" in line]) == (
        1,
        ["o/y.md:3:7: COR010 "],
    )


def test_with_a_baseline_what_is_new_of_the_corpus_is_told(repository: Path) -> None:
    write(repository, {"seed-validator.toml": CORPUS.encode(), "seed-validator.baseline": b""})
    (repository / "seed-validator.baseline").write_text("# seed-validator baseline 1\n")
    write(repository, {"a.md": page("a", "gone.md"), "docs/b.md": page("b")})
    commit("corpus")
    (repository / "docs/b.md").write_bytes(page("c"))
    code, out, _ = run_cli(".", since="HEAD", output_format="concise", select=["COR"])
    assert (code, out[:11]) == (1, "a.md:3:7: C")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"since": "nowhere"}, "git knows no commit `nowhere`"),
        ({"since": "origin/main"}, "git knows no commit `origin/main`; fetch it first"),
        ({"since": "--output=x"}, "--since wants a branch, a tag or a commit"),
        ({"since": ""}, "--since wants a branch, a tag or a commit"),
        ({"since": "main", "staged": True}, "--since and --staged do not go together"),
        ({"lines": True}, "--lines goes with --since or --staged"),
        ({"since": "lonely"}, "where this branch left `lonely`: they have no commit in common"),
    ],
)
def test_what_git_cannot_tell(options: dict[str, object], words: str, repository: Path) -> None:
    git("checkout", "-q", "--orphan", "lonely")
    commit("lonely")
    git("checkout", "-q", "work")
    with pytest.raises(UsageError) as error:
        told(**options)
    assert words in str(error.value)


def test_where_there_is_no_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    write(tmp_path, {"a.md": BAD.encode()})
    with pytest.raises(UsageError, match=r"`\.` is in no working tree of git: not a git rep"):
        told(since="main")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UsageError, match="git is not installed"):
        told(since="main")


def test_a_shallow_clone_is_told(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (repository / "a.md").write_text("Well.\n")
    commit("work")
    clone = repository.parent / "clone"
    git("clone", "-q", "--depth=1", "--no-single-branch", f"file://{repository}", str(clone))
    monkeypatch.chdir(clone)
    with pytest.raises(UsageError) as error:
        told(since="origin/main")
    assert "this clone is shallow: fetch more of it" in str(error.value)

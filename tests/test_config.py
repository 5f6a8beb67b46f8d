"""Configuration: where it is found, what counts, and that each mistake is pointed at."""

from __future__ import annotations

from pathlib import Path

import pytest

from validator import check_paths, load_profile
from validator.errors import ConfigError, UsageError
from validator.metadata.schema.loading import schema_of
from validator.metadata.schema.options import SCHEMA
from validator.model import Severity
from validator.profile.configuration import configuration
from validator.profile.selection import Selection, enabled_rules
from validator.profile.toml_file import built_in_names, position

from .support import run_cli, write

SEED = b"profile = 'seed'\n"


def test_discovery_order(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "pyproject.toml": b"[tool.seed-validator]\nprofile = 'seed'\nfail-on = 'info'\n",
            "sub/pyproject.toml": b"[project]\nname = 'x'\n",
            "sub/deep/a.txt": b"x",
        },
    )
    deep = str(tmp_path / "sub" / "deep")
    assert configuration(deep).fail_on == "info"
    (tmp_path / "seed-validator.toml").write_bytes(b"fail-on = 'warning'\n" + SEED)
    assert configuration(deep).fail_on == "warning"
    (tmp_path / ".seed-validator.toml").write_bytes(b"fail-on = 'never'\n" + SEED)
    assert configuration(deep).fail_on == "never"
    (tmp_path / "sub" / "seed-validator.toml").write_bytes(SEED)
    assert configuration(deep).fail_on == "error"
    assert configuration(deep, isolated=True).origin is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "[profiles.a.encodings]\n",
            "1:13: unknown key `profiles.a.encodings`; did you mean `encoding`?",
        ),
        (
            "\n[profiles.a]\nencoding.bomb = 'x'\n",
            "3:10: unknown key `profiles.a.encoding.bomb`; did you mean `bom`?",
        ),
        ("[profiles.a.encoding]\nbom = 'no'\n", '2:1: `encoding.bom` must be one of "forbid"'),
        ("[profiles.a.encoding]\nnewline = 'LF'\n", "did you mean `lf`?"),
        (
            "[profiles.a.file]\nname = '(?P<id>['\n",
            "2:1: `file.name` is not a pattern that RE2 accepts",
        ),
        (
            "[profiles.a.file]\nname = '(?<=x)a'\n",
            "it has no look-behind (`(?<=`), so that every text takes linear time",
        ),
        ("[profiles.a]\nselect = ['ENC', 'XYZ1']\n", "2:1: unknown rule `XYZ1` in `select`"),
        (
            "[profiles.a.severity]\nENC001 = 'fatal'\n",
            '2:1: `profiles.a.severity.ENC001` must be one of "info", "warning", "error", not',
        ),
        (
            "[profiles.a]\nextends = 'sead'\n",
            "2:1: `extends`: there is no profile `sead`; did you mean `seed`?",
        ),
        (
            "[profiles.a]\nextends = 'b'\n[profiles.b]\nextends = 'a'\n",
            "`extends` goes in a circle: a > b > a",
        ),
        ("profile = 'x'\n[profiles.a]\n", "1:1: `profile`: there is no profile `x`"),
        ("fail-on = 'errors'\n", "`fail-on` must be one of"),
        ("profiles = 3\n", "must be a table"),
        ("[profiles.a\n", "is not TOML"),
        ("[profiles.a]\nfiles = 'x'\n", "2:1: `profiles.a.files` must be a list of texts"),
        (
            "[profiles.a.text]\nallow-controls = [9]\n",
            "2:1: `text.allow-controls[1]` must be a control character such as 0x0C, not tab, ",
        ),
    ],
)
def test_mistakes_are_pointed_at(text: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "seed-validator.toml"
    path.write_text(text)
    with pytest.raises(ConfigError) as caught:
        configuration(str(tmp_path))
    assert said in str(caught.value)


CHAIN = "".join(f"[profiles.p{at}]\nextends = 'p{at + 1}'\n" for at in range(3000))
DEEP = ("[" * 100_000 + "]" * 100_000, "{a=" * 100_000 + "1" + "}" * 100_000)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        *((f"exclude = {value}\n", "toml: is nested too deeply to be read") for value in DEEP),
        ("[" + "a." * 40_000 + "a]\n", "toml: is nested too deeply to be read"),
        (f"limit = {'9' * 6000}\n", "toml: has a number that is too large to be read"),
        (f"respect-gitignore = 0x{'f' * 6000}\n", "has a number that is too large to be read"),
        (f"exclude = [{{ a = 0x{'f' * 6000} }}]\n", "has a number that is too large to be read"),
        (CHAIN, "102:1: `extends` goes on through more than 50 profiles"),
        ("profile = 5\n", "1:1: `profile` must be the name of a profile"),
        ("profile = ['x']\n", "1:1: `profile` must be the name of a profile"),
        (
            "[profile.posts]\n",
            "1:2: `profile` must be the name of a profile; did you mean `[profiles.posts]`?",
        ),
        (
            CHAIN.replace("extends", "summary") + "bad = 1\n",
            "6001:1: unknown key `profiles.p2999.bad",
        ),
        ("exclude = [\n" + " 'a',\n" * 20_000 + "]\nbad = 1\n", "toml: unknown key `bad`"),
    ],
)
def test_absurd_configurations(text: str, said: str, tmp_path: Path) -> None:
    """One line for each, and in a few seconds, not the square of its length."""
    (tmp_path / "seed-validator.toml").write_text(text)
    with pytest.raises(ConfigError) as caught:
        configuration(str(tmp_path))
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_schema_that_is_nested_too_deeply(tmp_path: Path) -> None:
    keys = "[profiles.a]\nmetadata.schema = 's.json'\n"
    (tmp_path / "seed-validator.toml").write_text(keys)
    for depth in (300, 900, 100_000):
        (tmp_path / "s.json").write_text('{"not":' * depth + "{}" + "}" * depth)
        with pytest.raises(ConfigError, match=r"toml:2:\d+: .*(nested too deeply|can be used)"):
            configuration(str(tmp_path))


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    (tmp_path / "seed-validator.toml").write_bytes(b"# caf\xe9\n")
    with pytest.raises(ConfigError, match="byte 5 is not UTF-8"):
        configuration(str(tmp_path))


def test_extends_merges_and_own_keys_win(tmp_path: Path) -> None:
    (tmp_path / "seed-validator.toml").write_text(
        "[profiles.mine]\nextends = 'seed'\ntext.blank-lines = 'allow'\nignore = ['COR']\n"
    )
    (profile,) = configuration(str(tmp_path)).profiles
    assert profile.settings.values["text.blank-lines"] == "allow"
    assert profile.settings.values["text.trailing-blanks"] == "forbid"
    assert not any(code.startswith("COR") for code in enabled_rules([profile.selection]))


def test_selection_in_layers() -> None:
    rules = enabled_rules([Selection(select=("ENC",), ignore=("ENC1",))])
    assert "ENC001" in rules
    assert "ENC101" not in rules
    assert "ENC101" in enabled_rules([Selection(select=("ENC101",), ignore=("ENC",))])
    assert list(enabled_rules([Selection(ignore=("ALL",)), Selection(extend=("nul-byte",))])) == [
        "TXT001"
    ]
    graded = enabled_rules(
        [Selection(severity=(("TXT", Severity.INFO), ("nul-byte", Severity.WARNING)))]
    )
    assert graded["TXT001"] is Severity.WARNING
    assert graded["TXT002"] is Severity.INFO


def test_files_route_to_profiles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(
        tmp_path,
        {
            "seed-validator.toml": b"exclude = ['drafts/']\n"
            b"[profiles.strict]\nfiles = ['strict/']\ntext.trailing-blanks = 'forbid'\n"
            b"[profiles.loose]\nfiles = ['*.txt']\nexclude = ['skip.txt']\n",
            "strict/a.txt": b"Text. \n",
            "a.txt": b"Text. \n",
            "skip.txt": b"Text. \n",
            "b.bin": b"x",
            "drafts/c.txt": b"Text. \n",
        },
    )
    code, out, _ = run_cli(".", output_format="concise")
    assert out.splitlines() == [
        "strict/a.txt:1:6: TXT101 a blank at the end of the line",
        "Found 1 error.",
        "Skipped: 1 excluded.",
        (
            "Checked 2 files, 2 documents (1 valid, 1 rejected), 14 bytes; 2 files skipped, "
            "without a profile (1 .bin, 1 .txt)."
        ),
    ]
    assert code == 1
    # Globs are relative to the configuration, wherever the command is run.
    monkeypatch.chdir(tmp_path / "strict")
    assert "a.txt:1:6: TXT101" in run_cli(".", output_format="concise")[1]


def test_profiles_are_detected_where_nothing_is_configured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, {"000_5d41402abc4b2a76.txt": b"Title\n\nText.\n", "x.unknown": b"x"})
    out = run_cli(".", isolated=True, output_format="concise")[1]
    assert "TXT102 a blank line" in out
    assert "1 file skipped, without a profile (1 .unknown)." in out
    with pytest.raises(UsageError, match=r"1 without a profile.*--profile"):
        run_cli("x.unknown", isolated=True)
    write(tmp_path, {"a.jsonl/b.unknown": b"x"})  # the name of a file counts, not its directory's
    with pytest.raises(UsageError, match="1 without a profile"):
        run_cli("a.jsonl", isolated=True)


def test_position_finds_keys_in_any_style() -> None:
    text = (
        'a = 1\n\n[x."y z"]\nb = """\nlong\n"""\nc.d = [\n 1,\n]\ne = { f = 1 }\n'
        "[[t]]\nk = 1\n[[t]]\nk = 2\n"
    )
    assert position(text, ["a"]) == (1, 1)
    assert position(text, ["x", "y z", "b"]) == (4, 1)
    assert position(text, ["x", "y z", "c", "d"]) == (7, 3)
    assert position(text, ["x", "y z", "e", "f"]) == (10, 7)
    assert position(text, ["t", 1, "k"]) == (14, 1)
    assert position(text, ["nope"]) is None


def test_the_library_refuses_unknown_rules_too(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="did you mean `invalid-utf8`"):
        check_paths([str(tmp_path)], load_profile("seed"), select=["invalid-utf"])


@pytest.mark.parametrize("name", built_in_names())
def test_schemas_of_built_in_profiles_are_right(name: str) -> None:
    """They are taken as they stand when a profile is read; here they are checked."""
    schema = load_profile(name).settings[SCHEMA]
    assert schema_of(schema, ".") == schema

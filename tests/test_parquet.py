"""Parquet files: their rows are records, and what is wrong is named by row group, row and byte."""

from __future__ import annotations

import json
import subprocess
import sys
from decimal import Decimal
from itertools import accumulate
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from validator import load_profile
from validator.check.cells import cell_at
from validator.cli.commands import cli
from validator.run.checker import Checker

from .test_look_ahead import both, tiny
from .test_stretches import engine_of

pyarrow = pytest.importorskip("pyarrow", reason="the extra `parquet` is not installed")
parquet = pytest.importorskip("pyarrow.parquet", reason="the extra `parquet` is not installed")

CONFIGURATION = """
[profiles.shards]
extends = "parquet"
files = ["*.parquet"]
metadata.id = "id"
metadata.schema.required = ["id", "text"]
metadata.schema.properties.text = { type = "string" }
corpus.unique = ["id"]
"""


def texts(values: list[bytes]) -> Any:
    """A column of texts with these bytes, which nobody checks."""
    ends = [*accumulate(map(len, values), initial=0)]
    offsets = pyarrow.array(ends, pyarrow.int32()).buffers()[1]
    return pyarrow.StringArray.from_buffers(
        len(values), offsets, pyarrow.py_buffer(b"".join(values))
    )


def written(path: Path, columns: dict[str, Any], **how: Any) -> Path:
    parquet.write_table(pyarrow.table(columns), path, **how)
    return path


def command(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["check", *arguments])


def run(path: Path, profile: str = "parquet") -> dict[str, Any]:
    result = command("--isolated", "--profile", profile, "--output-format", "json", str(path))
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_a_clean_file(tmp_path: Path) -> None:
    path = written(tmp_path / "a.parquet", {"id": ["a", "b"], "text": ["é", 'x "y" \n z']})
    found = run(path)
    assert found["diagnostics"] == []
    assert found["summary"]["documents"] == {"seen": 2, "valid": 2, "rejected": 0}
    lines = '{"id":"a","text":"é"}\n{"id":"b","text":"x \\"y\\" \\n z"}\n'
    assert found["summary"]["bytes"] == len(lines.encode())


@pytest.mark.parametrize("rows", [2, 30_000])
def test_invalid_bytes_are_named(tmp_path: Path, rows: int) -> None:
    """In a file that is read at once, and in one that goes by windows."""
    values = [b"caf\xc3\xa9"] * rows
    values[-1] = b'"na\n\xefve'
    columns = {"id": [str(at) for at in range(rows)], "text": texts(values)}
    path = written(tmp_path / "a.parquet", columns, row_group_size=max(1, rows // 2))
    found = run(path)
    (one,) = found["diagnostics"]
    assert (one["code"], one["location"]["row"], one["document"]["index"]) == ("ENC001", rows, rows)
    data = one["data"]
    assert {key: data[key] for key in ("row_group", "row", "column", "byte_of_value")} == {
        "row_group": 2,
        "row": rows,
        "column": "text",
        "byte_of_value": 4,
    }
    assert (
        f"in the table: row group 2, row {rows}, column `text`, byte 4 of the text" in one["notes"]
    )
    assert found["summary"]["documents"]["rejected"] == 1


def test_a_surrogate_and_a_nul(tmp_path: Path) -> None:
    columns = {"text": texts([b"a\xed\xa0\x80", b"b\0"])}
    found = run(written(tmp_path / "a.parquet", columns))
    said = [(one["code"], one["data"]["byte_of_value"]) for one in found["diagnostics"]]
    assert said == [("ENC004", 1), ("TXT001", 1)]
    assert all(one["fix"] is None for one in found["diagnostics"])


def test_schema_and_corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A null is a field that is not there; ids are unique in all files."""
    monkeypatch.chdir(tmp_path)
    Path("seed-validator.toml").write_text(CONFIGURATION, "utf-8")
    written(Path("a.parquet"), {"id": ["a", "b"], "text": ["x", None]})
    written(Path("b.parquet"), {"id": ["c", "a"], "text": [1, 2]}, row_group_size=1)
    result = command("--output-format", "json")
    found = json.loads(result.stdout)["diagnostics"]
    said = [(one["code"], one["path"], one["data"]["row"]) for one in found]
    assert said == [
        ("MET100", "a.parquet", 2),
        ("MET102", "b.parquet", 1),
        ("MET102", "b.parquet", 2),
        ("COR001", "b.parquet", 2),
    ]
    assert (found[-1]["data"]["row_group"], found[-1]["data"]["column"]) == (2, "id")


def test_values_as_json(tmp_path: Path) -> None:
    columns = {
        "moment": pyarrow.array([1], pyarrow.timestamp("ns")),
        "zone": pyarrow.array([1], pyarrow.timestamp("ms", "Europe/Paris")),
        "day": pyarrow.array([1], pyarrow.date32()),
        "money": [Decimal("1.50")],
        "bytes": [b"\xff"],
        "word": pyarrow.array(["x"]).dictionary_encode(),
        "none": pyarrow.array([None]),
        "pairs": pyarrow.array([[("k", 1)]], pyarrow.map_(pyarrow.string(), pyarrow.int64())),
        "inner": [{"a": ["é"], "b": None}],
    }
    expected = (
        '{"moment":"1970-01-01T00:00:00","zone":"1970-01-01T00:00:00.001000Z","day":"1970-01-02",'
        '"money":1.50,"bytes":"/w==","word":"x","pairs":[["k",1]],"inner":{"a":["é"],"b":null}}\n'
    )
    path = written(tmp_path / "a.parquet", columns)
    assert lines(path) == expected.encode()


def test_invalid_bytes_within_other_values(tmp_path: Path) -> None:
    """The exact way writes all else as the quick one does."""
    inner = pyarrow.StructArray.from_arrays(
        [texts([b"\xff", b"y"]), pyarrow.array([b"\xff", None])], ["a", "b"]
    )
    columns = {
        "inner": inner,
        "list": pyarrow.ListArray.from_arrays([0, 1, 2], texts([b"\xfe", b"z"])),
        "n": [1.5, None],
    }
    path = written(tmp_path / "a.parquet", columns)
    assert lines(path) == (
        b'{"inner":{"a":"\xff","b":"/w=="},"list":["\xfe"],"n":1.5}\n'
        b'{"inner":{"a":"y","b":null},"list":["z"]}\n'
    )


def test_two_columns_of_one_name(tmp_path: Path) -> None:
    table = pyarrow.Table.from_arrays([pyarrow.array(["x"])] * 2, ["text", "text"])
    parquet.write_table(table, tmp_path / "a.parquet")
    found = run(tmp_path / "a.parquet")
    assert [one["name"] for one in found["diagnostics"]] == ["duplicate-key"]


def lines(path: Path) -> bytes:
    from validator.file.compression import PARQUET, Bounds
    from validator.file.reading import Pages

    with Pages(bytes(path), None, PARQUET, Bounds(rows=True)).open() as file:
        parts = []
        while part := file.read(7):
            parts.append(part)
    return b"".join(parts)


def damaged(tmp_path: Path) -> dict[str, tuple[bytes, str]]:
    """Files that cannot be read, and the rule that says so."""
    whole = written(tmp_path / "whole", {"text": ["some text"] * 9}, compression="none")
    data = whole.read_bytes()
    whole.unlink()
    footer = data[:-40] + b"\xff" * 30 + data[-10:]
    return {
        "cut": (data[:-9], "FIL203"),
        "short": (b"PAR1", "FIL203"),
        "other": (b"text\n", "FIL202"),
        "none": (b"", "FIL102"),
        "footer": (footer, "FIL204"),
        "pages": (data[:4] + b"\xff" * 30 + data[34:], "FIL204"),
        "hidden": (b"PARE" + data[4:-4] + b"PARE", "FIL207"),
        "pointer": (
            b"version https://git-lfs.github.com/spec/v1\noid sha256:" + b"0" * 64 + b"\nsize 9\n",
            "FIL",
        ),
    }


def test_what_cannot_be_read_is_one_finding(tmp_path: Path) -> None:
    for name, (data, code) in damaged(tmp_path).items():
        path = tmp_path / f"{name}.parquet"
        path.write_bytes(data)
        (found,) = run(path)["diagnostics"]
        assert found["code"].startswith(code), name


def test_a_bomb_is_not_unfolded(tmp_path: Path) -> None:
    path = written(tmp_path / "a.parquet", {"text": ["a" * 1000] * 100_000})
    (found,) = run(path)["diagnostics"]
    assert found["code"] == "FIL206"


def test_other_profiles_do_not_read_it(tmp_path: Path) -> None:
    path = written(tmp_path / "a.parquet", {"text": ["x"]})
    (found,) = run(path, profile="text")["diagnostics"]
    assert (found["code"], "parquet" in found["help"]) == ("FIL105", True)


def test_rows_are_records(tmp_path: Path) -> None:
    path = tmp_path / "c.toml"
    path.write_text('[profiles.a]\nfiles = ["*"]\nfile.parquet = "rows"\n', "utf-8")
    result = command("--config", str(path), str(tmp_path))
    assert result.exit_code == 2
    assert "`delimiters.kind` must be `json-lines`" in result.stderr


def test_without_pyarrow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path / "a.parquet", {"text": ["x"]})
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    result = command("--isolated", "--profile", "parquet", str(path))
    assert result.exit_code == 2
    assert "pip install 'seed-validator[parquet]'" in result.stderr


def test_in_memory_and_by_path(tmp_path: Path) -> None:
    path = written(tmp_path / "a.parquet", {"text": texts([b"\xff!"])})
    checker = Checker("parquet")
    said = checker.check(path.read_bytes(), name="a.parquet").diagnostics
    assert [one.code for one in said] == ["ENC001"]
    assert said[0].data["row_group"] == 1
    assert checker.check_path(path).diagnostics[0].data["column"] == "text"


def test_cells() -> None:
    line = rb'{"id":1,"te\u0001xt":"a\n\"\u0000b","in":{"text":["x"]},"z":"\\"}'
    assert cell_at(line, line.index(b'b"')) == ("te\x01xt", 4)
    assert cell_at(line, line.index(b"1")) == ("id", -1)
    assert cell_at(line, line.index(b'"x"') + 1) == ("in", -1)
    assert cell_at(line, line.index(rb"\\")) == ("z", 0)
    assert cell_at(line, 0) == ("", -1)


@pytest.mark.parametrize("batch", [1, 3000])
def test_how_many_rows_come_at_once_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, batch: int
) -> None:
    columns = {"n": list(range(900)), "text": texts([b"caf\xe9", "é\n".encode(), b"x" * 500] * 300)}
    path = written(tmp_path / "a.parquet", columns, row_group_size=250)
    expected = lines(path)
    assert expected.count(b"\n") == 900
    monkeypatch.setattr("validator.file.parquet.BATCH", batch)
    assert lines(path) == expected


def test_a_text_that_is_written_once_and_there_many_times(tmp_path: Path) -> None:
    """The file is small, its rows are not: few of them are in memory at once."""
    from io import FileIO

    from validator.file.parquet import BATCH, _lines, _opened

    path = written(tmp_path / "a.parquet", {"text": ["x" * 10_000] * 5_000})
    with FileIO(path) as file:
        sizes = [len(one) for one in _lines(_opened(file))]
    assert sum(sizes) == 5_000 * 10_012
    assert max(sizes) <= BATCH


IMPORTED = """
import sys, validator
print(*validator.check_paths(sys.argv[1], "parquet", isolated=True).diagnostics())
print(*(name for name in sys.modules if name.startswith("pyarrow.")))
"""


def test_nothing_of_pyarrow_is_imported_that_is_not_needed(tmp_path: Path) -> None:
    """File systems alone take 10 MB."""
    path = written(tmp_path / "a.parquet", {"text": ["x"]})
    ran = subprocess.run([sys.executable, "-c", IMPORTED, path], stdout=subprocess.PIPE, check=True)
    names = {*ran.stdout.decode().split()}
    assert "pyarrow._parquet" in names
    assert not {"pyarrow.fs", "pyarrow._fs", "pyarrow.compute"} & names


def test_rows_too_long_to_be_taken_together(tmp_path: Path) -> None:
    """What a file says of its size is believed where rows are long: two of them may be too much."""
    from io import FileIO

    from validator.file.parquet import BATCH, _lines, _opened

    columns = {"text": [str(at) * BATCH for at in range(4)]}
    path = written(tmp_path / "a.parquet", columns, use_dictionary=False)
    with FileIO(path) as file:
        assert [len(one) for one in _lines(_opened(file))] == [BATCH + 12] * 4


@pytest.mark.parametrize("mortals", [[1000], [2, 1000]])
def test_helpers_look_ahead_in_rows(tmp_path: Path, mortals: list[int]) -> None:
    """One unfolds the table, and nothing that is said of it differs."""
    values = [b"plain", "é".encode()] * 200
    values[60], values[170] = b"a\x01b", b"caf\xe9"
    columns = {"id": [str(at) for at in range(400)], "text": texts(values)}
    path = written(tmp_path / "a.parquet", columns, row_group_size=90)
    with tiny(300):
        log = both(engine_of(load_profile("parquet"), 50), path, mortals)
    assert len(log) > 4

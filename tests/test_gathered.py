"""Keys that workers gather in a store: what is told is that of one run without a store."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

import pytest
from msgspec import Struct
from msgspec.msgpack import decode, encode
from msgspec.structs import replace

from validator.check.corpus_stage import CorpusStage
from validator.check.plan import Part, Plan
from validator.check.task_facts import KeyedOf, keyed_of
from validator.corpus.partitions import Question, SortedRun, in_turn
from validator.errors import UsageError
from validator.model import Report
from validator.rules.catalog import catalog
from validator.rules.rule import Corpus, Rule
from validator.store.envelope import unwrapped, wrapped
from validator.store.facts_object import Index, Pieces
from validator.store.task_groups import grouped

from .support import check_example, run_cli, write

CONFIGURATION = """
[profiles.rows]
extends = "jsonl"
files = ["rows/"]
metadata.id = "id"
[profiles.rows.corpus]
unique = ["id", ["lang", "n"], { fields = "alias", fallback = "id" }]
content = "unique"
sequence = [{ field = "n", within = "corpus" }, { field = "n", within = "file" }]
agree = ["lang", { field = "opt", what = "presence" }]
documents = 601
[[profiles.rows.corpus.references]]
field = "ref"
to = "id"
compare = { field = "status", must-be = "at-least", order = ["a", "b"] }
[[profiles.rows.corpus.references]]
field = "note"
split = ","
to = "title"
profile = "notes"
compare = { field = "lang", must-be = "same" }
[profiles.plain]
extends = "text"
files = ["a/"]
[profiles.notes]
extends = "markdown"
files = ["notes/"]
file.name = "(?P<n>[0-9]+)_(?P<id>[a-z]+)[.]md"
[profiles.notes.corpus]
unique = ["title", "file.id"]
content = "unique"
sequence = ["file.n"]
files = 41
"""

ROWS = 600


def rows() -> Iterator[dict[str, object]]:
    """Records with faults that are planted far from each other."""
    odd: dict[int, dict[str, object]] = {
        5: {"id": "d4"},
        300: {"id": "d4"},
        599: {"id": "d4"},
        77: {"ref": "nowhere"},
        400: {"ref": "nowhere"},
        301: {"n": 7},
        9: {"lang": "fr"},
        200: {"status": "a"},
        11: {"ref": "d200"},
        12: {"ref": "d200"},
        30: {"note": "t1, t2, gone"},
        500: {"alias": "d8"},
        31: {"note": "t3"},
    }
    for at in range(ROWS):
        row: dict[str, object] = {"id": f"d{at}", "n": at, "lang": "en", "status": "b", "opt": 1}
        row |= {"ref": f"d{at * 7 % ROWS}" if at * 7 % ROWS != 5 else "d1", "text": f"w{at}"}
        row |= odd.get(at, {})
        if at == 10:
            del row["opt"]
        if at == 401:
            row = dict(row, id="d4001") | {}
        yield row


class Told(Struct):
    """A corpus, and what one run says of it that has all facts in memory."""

    folder: Path
    code: int
    out: str

    def objects(self) -> list[Path]:
        """What is gathered in its store."""
        return sorted((self.folder / ".store").glob("*/facts/*"))

    def indexes(self) -> list[Path]:
        """Those that say what is there."""
        return [one for one in self.objects() if one.suffix == ".index"]


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Told:
    """A corpus whose facts are too many for memory, and for one object."""
    lines = [json.dumps(row).encode() + b"\n" for row in rows()]
    lines[450] = lines[449]
    for at in range(12):
        some = lines[at * ROWS // 12 : (at + 1) * ROWS // 12]
        write(tmp_path / f"rows/{at % 5}", {f"{at:02}.jsonl": b"".join(some)})
    for at in range(40):
        head = f"---\ntitle: t{at % 38}\nlang: {'de' if at == 3 else 'en'}\n---\n"
        name = f"{at + (at > 20)}_{'abcdefghij'[at % 9 + (at % 2 and at > 30)]}{at and 'x' * at}.md"
        text = "twice" if at in (2, 39) else f"n{at}"
        write(tmp_path / f"notes/{at % 3}", {name: f"{head}{text}\n".encode()})
    write(tmp_path / "a", {"first.txt": b"No fact is asked of this.\n"})
    write(tmp_path, {"seed-validator.toml": CONFIGURATION.encode()})
    (tmp_path / ".store").mkdir()
    monkeypatch.chdir(tmp_path)
    code, out, _ = told()
    as_if_many(monkeypatch)
    return Told(tmp_path, code, out)


def as_if_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have some hundred facts be too many for memory, and for one object."""
    few = partial(CorpusStage, kept=200, most=64)
    monkeypatch.setattr("validator.check.corpus_stage.CorpusStage", few)
    monkeypatch.setattr("validator.cli.stored.MANY", 1)
    monkeypatch.setattr("validator.run.workers.usable", lambda: 2)  # for `--jobs 0`, the default
    for room in ("stored_run", "gathered"):
        monkeypatch.setattr(f"validator.store.{room}.grouped", partial(grouped, most=100))
    monkeypatch.setattr("validator.store.gathering.Pieces", partial(Pieces, most=300))


def told(**more: object) -> tuple[int, str, str]:
    """What a run says."""
    return run_cli(".", output_format="json-lines", limit=0, **more)


CODES = {
    "COR001",
    "COR002",
    "COR003",
    "COR004",
    "COR010",
    "COR011",
    "COR012",
    "COR013",
    "COR014",
    "COR015",
}


def test_a_run_without_a_store_asks_partitions_too(corpus: Told) -> None:
    assert {json.loads(line).get("code") for line in corpus.out.splitlines()} >= CODES
    assert told()[:2] == (corpus.code, corpus.out)


@pytest.mark.parametrize("shards", [1, 4, 7])
def test_shards_put_together_are_one_run(corpus: Told, shards: int) -> None:
    for number in range(1, shards + 1):
        assert told(store=".store", shard=f"{number}/{shards}", jobs=number % 3)[0] == 0
    before = corpus.objects()
    assert len(corpus.indexes()) >= shards
    assert told(store=".store", merge=True, jobs=shards % 3)[:2] == (corpus.code, corpus.out)
    assert corpus.objects() == before


def test_what_is_not_gathered_is_gathered_by_the_merge(corpus: Told) -> None:
    assert told(store=".store")[:2] == (corpus.code, corpus.out)
    assert corpus.objects() == []
    assert told(store=".store", merge=True, jobs=2)[:2] == (corpus.code, corpus.out)
    before = corpus.indexes()
    assert len(before) > 4
    before[1].unlink()
    assert told(store=".store", merge=True, jobs=0)[:2] == (corpus.code, corpus.out)
    assert corpus.indexes() == before


def test_who_is_killed_while_gathering_goes_on(corpus: Told) -> None:
    child = os.fork()
    if not child:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("validator.store.gathering.put_index", die)
            told(store=".store", shard="1/1")
        os._exit(0)
    assert os.waitpid(child, 0)[1] == signal.SIGKILL
    assert corpus.objects()
    assert not corpus.indexes()
    assert told(store=".store", merge=True)[:2] == (corpus.code, corpus.out)
    assert told(store=".store", shard="1/1")[0] == 0
    assert told(store=".store", merge=True)[:2] == (corpus.code, corpus.out)


def die(*arguments: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def test_a_file_that_has_changed_is_gathered_anew(corpus: Told) -> None:
    assert told(store=".store", shard="1/1")[0] == 0
    before = corpus.objects()
    file = corpus.folder / "rows/2/02.jsonl"
    file.write_bytes(file.read_bytes().replace(b'"d101"', b'"d100"'))
    assert told(store=".store", shard="1/1")[0] == 0
    both = corpus.objects()
    expected = told()
    assert expected[1] != corpus.out
    assert told(store=".store", merge=True)[:2] == expected[:2]
    after = corpus.objects()
    assert len(both) > len(before) == len(after)  # what is of the file as it was has gone
    assert {*both} - {*before} < {*after}
    assert told(store=".store", merge=True)[:2] == expected[:2]


def test_what_is_gathered_of_other_files_stays(corpus: Told) -> None:
    assert told(store=".store", shard="1/1")[0] == 0
    before = corpus.objects()
    some = partial(run_cli, "rows", output_format="json-lines", limit=0)
    expected = some(store=".store")[:2]
    assert some(store=".store", merge=True)[:2] == expected
    assert {*before} < {*corpus.objects()}  # more was gathered, of some of the same reports


def remove(path: Path) -> None:
    path.unlink()


def empty(path: Path) -> None:
    path.write_bytes(b"")


def scribble(path: Path) -> None:
    path.write_bytes(b"{}")


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-30])


def spoil(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[-40] ^= 1
    path.write_bytes(data)


def count_wrongly(path: Path) -> None:
    index = decode(unwrapped(path.read_bytes()), type=Index)
    first, *rest = index.pieces[0]
    bounds = (*first.bounds[:-1], 0)
    pieces = ((replace(first, bounds=bounds), *rest), *index.pieces[1:])
    path.write_bytes(wrapped(encode(replace(index, pieces=pieces))))


def replace_by_another(path: Path) -> None:
    others = (one for one in path.parent.iterdir() if one.suffix == path.suffix and one != path)
    path.write_bytes(max(others, key=lambda one: one.stat().st_size).read_bytes())


@pytest.mark.parametrize(
    ("suffix", "damage", "words"),
    [
        (".index", cut, "is torn"),
        (".index", spoil, "is torn"),
        (".index", empty, "is empty"),
        (".index", scribble, "is no report"),
        (".index", replace_by_another, "is of other reports: it was put there under this name"),
        (".index", count_wrongly, "its numbers do not fit each other"),
        (".0", remove, "is not there"),
        (".0", cut, "is cut off"),
        (".0", spoil, "is torn"),
        (".0", replace_by_another, "the object is "),
    ],
    ids=lambda value: getattr(value, "__name__", None) or str(value),
)
def test_what_cannot_be_relied_upon_is_named(
    corpus: Told, suffix: str, damage: Callable[[Path], None], words: str
) -> None:
    assert told(store=".store", shard="1/1")[0] == 0
    first = next(one for one in corpus.objects() if one.suffix == suffix)
    damage(first)
    with pytest.raises(UsageError) as raised:
        told(store=".store", merge=True)
    message = str(raised.value)
    assert (
        f"the facts in `.store/{first.relative_to(corpus.folder / '.store')}` cannot be used"
        in message
    )
    assert words in message
    index = first.with_suffix(".index")
    assert (
        f"Remove `.store/{index.relative_to(corpus.folder / '.store')}`, then merge again"
        in message
    )
    index.unlink()
    assert told(store=".store", merge=True)[:2] == (corpus.code, corpus.out)


class Noted:
    """Notes which keys are asked for, and has none."""

    def __init__(self) -> None:
        self.asked: list[KeyedOf] = []

    def begin(self, part: Part, report: Report, firsts: Sequence[tuple[int, int]]) -> None:
        """See `Gathered`."""

    def runs(self, keyed: KeyedOf) -> list[SortedRun]:
        """See `Gathered`."""
        self.asked.append(keyed)
        return []

    def ask(self, question: Question) -> Iterator[bytes]:
        """See `Gathered`."""
        return in_turn(question)


CORPUS_RULES = [rule for rule in catalog().rules.values() if isinstance(rule.check, Corpus)]


@pytest.mark.parametrize("rule", CORPUS_RULES, ids=lambda rule: rule.name)
def test_a_rule_says_which_keys_it_brings_together(
    rule: Rule, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    noted, plans = Noted(), []

    def stage(plan: Plan, **more: object) -> CorpusStage:
        plans.append(plan)
        return CorpusStage(plan, kept=1, gathered=noted)

    monkeypatch.setattr("validator.check.corpus_stage.CorpusStage", stage)
    check_example(tmp_path, rule.examples[0])
    assert set(noted.asked) <= set(keyed_of(plans[0]))
    assert bool(noted.asked) == (rule.name in NAMES)


NAMES = {"duplicate-id", "duplicate-content", "dangling-reference", "target-mismatch"}
"""Rules that bring keys together."""

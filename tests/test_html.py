"""The page: what it says, that nothing in it can act, and that it is quick."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import shutil
import subprocess
from collections.abc import Iterable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from validator import Diagnostic, Severity
from validator.cli.outputs import about
from validator.encoding.stock import Stock, stock
from validator.model import Location, Summary, Totals
from validator.render import Look, renderer
from validator.render.html import CAUSES

from .hostile import BYTES, TEXTS, findings
from .support import FIXTURES, run_cli, write

HOSTILE = [*TEXTS, *(data.decode("utf-8", "surrogateescape") for data in BYTES)]
MARKUP = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</script><b>",
    "<!--",
    "]]>",
]
STOCK = Stock({"UTF-8": 3}, {"LF": 2, "CRLF": 1}, {"under 1 kB": 3}, {"Latin": 3})
LOOK = Look(about=about, stock=lambda: STOCK)


class Page(HTMLParser):
    """The tags of a page, and its text by the tag that it stands in."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.inside: list[str] = []
        self.texts: dict[str, list[str]] = {}
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """See `HTMLParser`."""
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "input"):
            self.inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """See `HTMLParser`."""
        assert self.inside.pop() == tag

    def handle_data(self, data: str) -> None:
        """See `HTMLParser`."""
        self.texts.setdefault(self.inside[-1] if self.inside else "", []).append(data)

    @property
    def data(self) -> Any:
        """What the script reads."""
        (text,) = [one for one in self.texts["script"] if one.startswith('{"causes"')]
        return json.loads(text)


def page(found: Iterable[Diagnostic], summary: Summary | None = None, look: Look = LOOK) -> str:
    each = list(found)
    totals = summary or Summary(Totals(1, 1, 1, 10, len(each)), 1, {})
    return "".join(renderer("html")(each, lambda: totals, look))


def test_a_page_is_whole() -> None:
    out = run_cli(str(FIXTURES / "seeds" / "broken"), profile="seed", output_format="html")[1]
    told = Page(out)
    assert not told.inside
    assert {attrs["id"] for _, attrs in told.tags if "id" in attrs} >= {
        "causes", "rules", "directories", "findings", "by-rule", "by-directory", "data"
    }  # fmt: skip
    assert len(told.data["findings"]) == 23
    assert "Files by encoding" in told.texts["figcaption"]
    assert "Found 23 errors." in told.texts["p"]
    for _, _, row, column, offset, _, _ in told.data["findings"]:
        assert row == 0 or (column > 0 and offset >= 0)


def test_nothing_is_asked_of_a_network() -> None:
    out = run_cli(str(FIXTURES / "seeds" / "broken"), profile="seed", output_format="html")[1]
    for tag, attrs in Page(out).tags:
        assert tag not in ("link", "img", "iframe", "base", "object")
        assert not attrs.keys() & {"src", "srcset", "action"}
        assert (attrs.get("href") or "#").startswith("#")
    assert "default-src 'none'" in out
    assert not re.search(r"url\(|@import|fetch\(|XMLHttpRequest|https?:", out)


@pytest.mark.parametrize("text", [*HOSTILE, *MARKUP])
def test_text_never_becomes_markup(text: str) -> None:
    """The tags of the page are the same whatever stands in messages, paths and lines."""
    told = Page(page(findings(text)))
    plain = Page(page(findings("harmless")))
    kinds = [(tag, sorted(attrs)) for tag, attrs in told.tags]
    assert {tag for tag, _ in kinds} == {tag for tag, _ in plain.tags}
    assert not any(name.startswith("on") for _, names in kinds for name in names)
    assert told.data.keys() == plain.data.keys()


def test_the_policy_allows_the_script_of_the_page_only() -> None:
    out = page(findings("x"))
    (script,) = re.findall(r"<script>(.*?)</script>", out, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}'" in out


def test_a_clean_run_says_so() -> None:
    told = Page(page([], Summary(Totals(8, 8, 0, 1800), 8, {})))
    assert "All checks passed." in told.texts["p"]
    assert told.data == {"causes": [], "findings": [], "files": []}


def diagnostics(count: int) -> list[Diagnostic]:
    (one, *_) = findings("x")
    place = Location(3, 7)
    return [
        replace(
            one,
            code="TXT101" if n % 2 else one.code,
            name="trailing-blanks" if n % 2 else one.name,
            path=f"d{n % 300}/{n // 40}.txt",
            message=f"the word `w{n}` is wrong",
            severity=Severity.ERROR,
            location=place,
            end_location=place,
            byte_offset=n,
        )
        for n in range(count)
    ]


def test_many_findings_are_a_page_still() -> None:
    """What grows with the number of findings is a line of data each, not markup."""
    few, many = page(diagnostics(2_000)), page(diagnostics(20_000))
    assert len(Page(many).data["findings"]) == 20_000
    assert many.count("<details>") == few.count("<details>") <= CAUSES
    assert len(many) - len(few) < 18_000 * 90


def test_stock_of_files(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "a.txt": b"Hello\n",
            "b.txt": "Привет, мир\n".encode(),
            "c.txt": "\ufeff世界\r\n".encode(),
            "d.txt": b"",
            "e.txt": "123 \u2014\n".encode() * 2000,
        },
    )
    paths = [
        str(tmp_path / name).encode() for name in ("a.txt", "b.txt", "c.txt", "d.txt", "e.txt")
    ]
    found = stock([*paths, str(tmp_path / "gone").encode()])
    assert found.encodings["UTF-8"] == 2
    assert found.encodings["UTF-8 with a byte order mark"] == 1
    assert found.encodings["unreadable"] == found.encodings["empty"] == 1
    assert found.newlines == {"LF": 3, "none": 2, "CRLF": 1}
    assert found.sizes == {"under 1 kB": 5, "10 to 100 kB": 1}
    assert found.scripts["Cyrillic"] == found.scripts["Latin"] == 1
    assert found.scripts["Han and Kana"] == 1


BROWSER = (
    shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
)
NO_BROWSER = pytest.mark.skipif(not BROWSER, reason="needs Chromium (apt install chromium)")

USES_IT = """
<script>
addEventListener("load", () => {
  const by = (id) => document.getElementById(id);
  const said = {};
  const rows = () => [...by("rows").rows];
  said.first = rows().length;
  said.told = by("told").textContent;
  by("after").click();
  said.next = by("told").textContent;
  by("rule").value = "TXT101";
  by("rule").dispatchEvent(new Event("change"));
  said.rule = rows().map((row) => row.cells[1].textContent);
  const head = document.querySelector("#by-directory th button");
  head.click();
  said.down = document.querySelector("#by-directory tbody tr").cells[0].textContent;
  head.click();
  said.up = document.querySelector("#by-directory tbody tr").cells[0].textContent;
  const filter = document.querySelector("input[data-filters=by-directory]");
  filter.value = "d7/";
  filter.dispatchEvent(new Event("input"));
  const shown = [...document.querySelectorAll("#by-directory tbody tr")];
  said.filtered = shown.filter((row) => !row.hidden).length;
  by("theme").click();
  said.theme = document.documentElement.dataset.theme;
  said.wide = document.documentElement.scrollWidth <= innerWidth;
  document.title = JSON.stringify(said);
});
</script>
"""


def opened(file: Path) -> str:
    """The page as a browser has it once its scripts have run."""
    done = subprocess.run(
        [BROWSER or "", "--headless", "--no-sandbox", "--disable-gpu", "--window-size=400,900",
         "--virtual-time-budget=10000", "--dump-dom", f"file://{file}"],
        capture_output=True, check=True, text=True, timeout=120,
    )  # fmt: skip
    return done.stdout


@NO_BROWSER
def test_a_browser_shows_it(tmp_path: Path) -> None:
    """With its policy in force: the script of the page runs, and it fills the list."""
    file = tmp_path / "page.html"
    file.write_text(page(diagnostics(250)), "utf-8")
    shown = opened(file)
    assert "1 to 100 of 250" in shown
    assert shown.count('class="path"') >= 100


@NO_BROWSER
def test_a_person_sorts_filters_and_turns_pages(tmp_path: Path) -> None:
    found = [*diagnostics(250), *findings("x")]
    text = re.sub('<meta http-equiv="Content-Security-Policy"[^>]*>', "", page(found))
    file = tmp_path / "page.html"
    file.write_text(text.replace("</body>", USES_IT + "</body>"), "utf-8")
    said = json.loads(re.findall("<title>(.*?)</title>", opened(file))[0].replace("&quot;", '"'))
    assert said["first"] == 100
    assert said["told"].startswith("1 to 100 of")
    assert said["next"].startswith("101 to 200 of")
    assert said["rule"] == ["TXT101 trailing-blanks"] * 100
    assert said["down"] > said["up"]
    assert said["filtered"] == 1
    assert said["theme"] in ("light", "dark")
    assert said["wide"]

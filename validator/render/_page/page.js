"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const by = (id) => document.getElementById(id);
  const PAGE = 100;

  // Colours: those of the system, or the others.
  const root = document.documentElement;
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const theme = by("theme");
  const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : dark.matches);
  const nameTheme = () => { theme.textContent = isDark() ? "Light colours" : "Dark colours"; };
  theme.hidden = false;
  theme.addEventListener("click", () => { root.dataset.theme = isDark() ? "light" : "dark"; nameTheme(); });
  dark.addEventListener("change", nameTheme);
  nameTheme();

  // Tables: sorted by the button in a heading, filtered by the words above.
  const key = (cell) => (cell.dataset.n === undefined ? cell.textContent.toLowerCase() : Number(cell.dataset.n));
  for (const table of document.querySelectorAll("table.sorted")) {
    const body = table.tBodies[0];
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, at) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = head.textContent;
      head.replaceChildren(button);
      button.addEventListener("click", () => {
        const down = head.getAttribute("aria-sort") === "descending";
        heads.forEach((one) => one.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", down ? "ascending" : "descending");
        const rows = [...body.rows].map((row) => [key(row.cells[at]), row]);
        rows.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0) * (down ? 1 : -1));
        body.append(...rows.map(([, row]) => row));
      });
    });
  }
  for (const input of document.querySelectorAll("input[data-filters]")) {
    input.parentElement.hidden = false;
    const rows = [...by(input.dataset.filters).tBodies[0].rows];
    const texts = rows.map((row) => row.textContent.toLowerCase());
    input.addEventListener("input", () => {
      const word = input.value.toLowerCase();
      rows.forEach((row, at) => { row.hidden = !texts[at].includes(word); });
    });
  }

  // All findings, a page at a time: [file, cause, row, column, byte, record, message].
  const section = by("findings");
  if (!section) return;
  section.hidden = false;
  const words = by("words"), rule = by("rule"), grade = by("grade");
  const rows = by("rows"), told = by("told"), before = by("before"), after = by("after");
  const { findings, causes, files } = data;
  let found = [], first = 0;
  for (const code of [...new Set(causes.map((one) => one[0]))].sort()) rule.append(new Option(code, code));

  const message = (one) => one[6] || causes[one[1]][3];
  const search = () => {
    const word = words.value.toLowerCase();
    const fits = causes.map((one) => (!rule.value || one[0] === rule.value) && (!grade.value || one[2] === grade.value));
    found = findings.filter((one) => fits[one[1]]
      && (!word || files[one[0]].toLowerCase().includes(word) || message(one).toLowerCase().includes(word)));
    first = 0;
    show();
  };
  const cell = (row, text, kind) => { const one = row.insertCell(); one.textContent = text; if (kind) one.className = kind; };
  const show = () => {
    const page = found.slice(first, first + PAGE);
    rows.replaceChildren();
    for (const one of page) {
      const [code, name, severity] = causes[one[1]];
      const row = rows.insertRow();
      cell(row, severity === "info" ? "note" : severity, `grade ${severity}`);
      cell(row, `${code} ${name}`);
      cell(row, one[2] ? `${files[one[0]]}:${one[2]}:${one[3]}` : files[one[0]], "path");
      cell(row, one[2] ? String(one[4]) : "", "number");
      cell(row, message(one) + (one[5] ? ` [record ${one[5]}]` : ""), "message");
    }
    const last = first + page.length;
    told.textContent = found.length ? `${first + 1} to ${last} of ${found.length}` : "none";
    before.disabled = first === 0;
    after.disabled = last >= found.length;
  };
  let waiting = 0;
  words.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(search, 150); });
  rule.addEventListener("change", search);
  grade.addEventListener("change", search);
  before.addEventListener("click", () => { first = Math.max(0, first - PAGE); show(); });
  after.addEventListener("click", () => { first += PAGE; show(); });
  for (const link of document.querySelectorAll("a[data-rule]")) {
    link.addEventListener("click", () => { rule.value = link.dataset.rule; search(); });
  }
  search();
})();

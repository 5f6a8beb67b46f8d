"""Documents with YAML front matter."""

from __future__ import annotations

from .grammar import Chance, sentence, some, word

TOKENS = """
true false True FALSE yes no Yes NO on off On OFF y n Y N null ~ Null NULL tRue yEs oN nUll TrUe fAlse
.inf -.inf +.inf .Inf .iNf .nan .NaN .Nan 0 1 -1 +1 12 007 012 08 09 0o7 0o17 0x1F 0X1F 0b11 0B1 -0x1f
1_000 1_0 1__0 _1 1_ 0_7 1,000 1,2,3 12,5 0,5 1,0.5 1.0 1.5 1.10 1.00 01.5 09.5 0.5 .5 5. +.5 -5. ._ .
1e5 1E5 1e+5 1.5e5 1.5e+5 1.e5 .5e3 1e-7 12e03 12345e7 1e400 1.5e-400 12:30 1:2 12:30:45 12:60 1:2:3:4
190:20:30 12:30.5 -12:30 +1:30 2024-01-31 2024-1-31 2024-02-31 2024-13-01 0000-01-01 0001-01-01
2024-01-31T10:00:00Z 2024-01-31T10:00:00+02:00 2024-01-31t10:00:00.5Z 2024-1-1T1:00:00Z
2024-01-31T24:00:00Z 2024-01-31T10:00:00.123456789Z 2024-01-31T10:00:00-0500 2024-01-31T10:00
:foo ::1 :a foo: a:b = << - -- --- a#b @a `a %a ?a !a &a *a 12a 1a2b 0.1.2 v1.2 1.2.3 1-2 a, ,a
9007199254740993 12345678901234567890 -0 +0 00 0.0 -0.0 1e0 0e0 0x 0b 0o 0x_1 0b_ 1_000.5 1.5_0 1_.5 .5_0 .5_ ._5 .5__0 .5e1_0 1_0:30
""".split()

SPACED = [
    "2024-01-31 10:00:00", "2024-01-31 10:00:00 +0100", "2024-01-31 10:00:00 +01:00",
    "2024-01-31 10:00:00.5 Z", "2024-02-31 10:00:00", "2024-01-31 25:00:00", "2024-01-31  10:00:00 -5",
    "2024-01-31 10:00:60", "1 000", "12 # c", "true # c", "a: b", "a #b", "no way", "1 2", "2024-01-31 a",
]  # fmt: skip

DOUBLE = [r"a\nb", r"\t", r"\/", r"\"", r"\\", r"\x41", r"\u00e9", r"\U0001F600", r"\e", r"\0", r"\N",
          r"\_", r"\L", r"\a", r"a\ b", "é", "a: b", "# no", "", " a ", "1", "no", "---", "..."]  # fmt: skip

KEYS = ["v", "w", "k", "id", "name", "Foo", "foo", "a b", "a-b", "x.y", "é", "v", "w"]
ODD_KEYS = [
    '"q"',
    "'q'",
    "yes",
    "y",
    "12",
    "on",
    "2024-01-31",
    "~",
    "---a",
    "? a",
    ":a",
    "<<",
    "1.5",
    '"a b"',
    '"a: b"',
    "'#a'",
    "a#b",
    "a:b",
    "true",
    "null",
    '""',
    "[a]",
    "{a: b}",
    "-a",
    "- a",
    "%a",
    "@a",
    "a?",
    "?a",
    "__proto__",
    "constructor",
    "=",
    "!a",
    "a ",
    "\u00a0a",
    "tags",
    "0",
    "-1",
    "01",
    "1_0",
    "a,b",
    "a'b",
    "\U0001f600",
    '"\\u00e9"',
    '"\\x41"',
]


ODD_IN_FLOW = [
    "?a", "a?", "a?b", "-", "- a", "-a", "a:", "a:b", ":a", ": a", "a: b", '"a":b', '"a": b', "{a}", "{a, b}",
    "{a: }", "a # b", "a#b", "# c\n  ", "a b", "a\n  b", "http://a/b", "a\\b", "%a", "@a", "`a", "|", ">", "!a", "&a b", "*",
    "''", '""', "'a'b", "a'b", "a''", "[]", "{}", "\t", "a\t", "+?a", "=", "<<", "~", "*a", "a*", "a&b", "a!", "(a)",
]  # fmt: skip


def mutated(chance: Chance, token: str) -> str:
    """A token with a character more, less, or of another kind."""
    if not token or chance.random() < 0.7:
        return token
    at = chance.randrange(len(token))
    sign = chance.choice("0123456789_,.:+-eExTZ oabn")
    return chance.choice(
        (
            token[:at] + sign + token[at:],
            token[:at] + token[at + 1 :],
            token[:at] + sign + token[at + 1 :],
        )
    ).strip()


def plain(chance: Chance) -> str:
    if chance.random() < 0.45:
        return sentence(chance)
    if chance.random() < 0.15:
        return chance.choice(SPACED)
    return mutated(chance, chance.choice(TOKENS))


def quoted(chance: Chance) -> str:
    if chance.random() < 0.5:
        return f'"{"".join(chance.choice(DOUBLE) for _ in range(chance.randint(0, 3)))}"'
    return "'{}'".format(chance.choice([*TOKENS, "it''s", "a\\b", "a: b", ""]))


def odd_in_flow(chance: Chance) -> str:
    return chance.choice(ODD_IN_FLOW)


def flow(chance: Chance, depth: int = 0) -> str:
    ways = [quoted, lambda c: mutated(c, c.choice(TOKENS)), word, odd_in_flow]
    if depth < 2:
        ways.append(lambda c: flow(c, depth + 1))
    items = [some(chance, ways) for _ in range(chance.randint(0, 3))]
    gap = chance.choice((", ", ", ", ",", ",\n  ", ",\n", " , "))
    if chance.random() < 0.6:
        return "[" + gap.join(items) + chance.choice(("]", "]", "]", ",]", "\n]", "\n  ]"))
    pairs = (f"{chance.choice(KEYS)}: {one}" for one in items)
    return "{" + gap.join(pairs) + chance.choice(("}", "}", "\n}", " }"))


def block_text(chance: Chance) -> str:
    head = chance.choice(
        ("|", ">", "|-", ">-", "|+", ">+", "|2", "|  # c", ">2-", "|-2", ">\t", "| ")
    )
    lines = "".join(
        chance.choice(
            (
                f"  {sentence(chance)}\n",
                f"  {sentence(chance)}\n",
                "\n",
                "    deeper\n",
                "  # no comment\n",
                "  ---\n",
                "   \n",
                "  \n",
                "  a \n",
                "  \tb\n",
                " \n",
                "# c\n",
            )
        )
        for _ in range(chance.randint(0, 4))
    )
    return f"{head}\n  a\n{lines}".removesuffix("\n")


def items(chance: Chance, indent: str = "") -> str:
    indent += chance.choice(("  ", "  ", "", "    "))
    ways = (plain, quoted, flow, lambda c: odd_item(c, indent))
    lines = [f"{indent}- {some(chance, ways)}" for _ in range(chance.randint(1, 3))]
    return "\n" + "\n".join(lines)


def odd_item(chance: Chance, indent: str) -> str:
    """What may stand behind `- ` beside a scalar on the line."""
    if chance.random() < 0.2 and len(indent) < 8:
        return items(chance, indent + " ")
    a, b = (some(chance, (plain, quoted)) for _ in range(2))
    return chance.choice(
        (
            f"a: {a}\n{indent}  b: {b}",
            f"a: {a}\n{indent}  b:\n{indent}  - {b}",
            f"- {a}\n{indent}  - {b}",
            f"- {a}",
            f"\n{indent}  {a}",
            f"\n{indent}  a: {a}",
            f"a:\n{indent}    b: {b}",
            f"# c\n{indent}  {a}",
            f"|\n{indent}  a\n{indent}   b",
            f">-\n{indent}    a\n{indent}    b",
            "",
            "-",
            "- -",
            "\ta",
            " a",
            "a:",
            "? a",
            "a: - b",
            "a: b: c",
        )
    )


def fields(chance: Chance) -> str:
    return "\n" + "\n".join(
        f"  {chance.choice(KEYS)}: {some(chance, (plain, quoted, flow))}"
        for _ in range(chance.randint(1, 3))
    )


def folded(chance: Chance) -> str:
    mark = chance.choice(("", '"', "'"))
    gap = chance.choice(
        ("\n  ", "\n  ", "\n  ", "\n\n  ", " \n  ", "\n    ", "\n \n  ", "\n ", "\n\t", "\n  \t")
    )
    end = f"\n  {word(chance)}" if chance.random() < 0.3 else ""
    return f"{mark}{word(chance)}{gap}{sentence(chance)}{end}{mark}"


def odd_value(chance: Chance) -> str:
    a = some(chance, (plain, quoted))
    return chance.choice(
        (
            *(f"!!str {a}", f"!t {a}", f"&a {a}", f"\n  {a}", f" # c\n  {a}", f"\n  # c\n  {a}"),
            *("a:b", "a :b", "a: b", "- a", "-a", "?a", "? a", "a ?", ":", "a:", "@a", "`a`", "%a", "a%", "!a", "*"),
            *("a # b", "a#b", "#a", "'a' b", '"a" b', "'a'#b", '"a"#b', "[a] b", "[a]#b", "{{ a }}", "{a: b} # c", "a, b"),
            *("|a", ">a", "| a", "a | b", "a > b", "> a", "'", '"', "a'b", 'a"b', "''", "'a''b'", '"a\\\n  b"', '"a \\\n  b"'),
            *("a\u00a0b", "\u00a0", "a\u2003", "\u200ba", "a\u0085b", "a\u2028b", "a\ufeffb", "a\x7fb", "\U0001F600", "e\u0301"),
            *('"a\u2028b"', '"\u0085"', "'a\u2029b'", '"\ufeff"', '"\U0001F600"', "\ufeff", "a\u2028", "\u2028", "a\x0cb"),
            *("https://a.b/c?d=e#f", "C:\\a", "a\\nb", "a@b.c", "<a>", "a=b", "=a", "1 a", "1,a", "$a", "a*", "&a", "*a b"),
        )
    )  # fmt: skip


def field(chance: Chance) -> str:
    key = chance.choice(KEYS) if chance.random() < 0.94 else chance.choice(ODD_KEYS)
    key += str(chance.randrange(10)) if chance.random() < 0.6 else ""
    colon = chance.choice((": ", ": ", ": ", ": ", ": ", ":  ", ":\t", " : "))
    value = some(
        chance,
        (plain, quoted, flow, block_text, items, fields, folded, odd_value, lambda c: ""),
        rare=8,
    )
    tail = (
        chance.choice(("", "", "", "", "", "", " ", "  # note", "\t# note", "\t"))
        if "\n" not in value
        else ""
    )
    return f"{key}{colon}{value}{tail}\n"


def other_line(chance: Chance) -> str:
    return chance.choice(
        (
            "# comment\n",
            "\n",
            "  # deep\n",
            "---a: 1\n",
            "...\n",
            "--- \n",
            "  \n",
            "----\n",
            "--- # c\n",
            " ---\n",
            "\t\n",
            "\t# c\n",
            "  # c\n",
            "#\n",
            "# \u2028 c\n",
            "%YAML 1.2\n",
            "=====\n",
            "+++\n",
            "a\n",
            "- a\n",
            ": a\n",
            "? a\n: b\n",
            "a:b\n",
            "}\n",
            "... # c\n",
            "...a: b\n",
        )
    )


def body(chance: Chance) -> str:
    lines = (
        chance.choice(
            (
                f"{sentence(chance)}.\n",
                "---\n",
                "\n",
                "# Title\n",
                "...\n",
                "a: b\n",
                "    code\n",
                "----\n",
                " \n",
                "\u3000a \n",
            )
        )
        if chance.random() < 0.4
        else f"{sentence(chance)}.\n"
        for _ in range(chance.randint(0, 4))
    )
    return "".join(lines)


def front_matter(chance: Chance) -> bytes:
    """A document: fields between fences, then text."""
    lines = [
        field(chance) if chance.random() < 0.96 else other_line(chance)
        for _ in range(chance.choice((0, 1, 1, 1, 1, 2, 2, 3, 5)))
    ]
    close = chance.choice(("---\n",) * 40 + ("---", "--- \n", "...\n", "----\n"))
    text = f"---\n{''.join(lines)}{close}{body(chance)}"
    if chance.random() < 0.02:
        text = text.removesuffix("\n")
    if chance.random() < 0.03:
        text = text.replace("\n", "\r\n")
    if chance.random() < 0.02:
        text = chance.choice(("\ufeff", "\n", " ", "\n\n", "\r", "# c\n")) + text
    return text.encode()

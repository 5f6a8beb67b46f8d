"""What may be wrong in a module: every mutant of it, found by its syntax tree."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from copy import copy
from typing import Final

from msgspec import Struct


class Mutant(Struct, frozen=True, order=True):
    """A fault: the text `before`, at bytes `start:end` of a module, becomes `after`.

    `scope` is the function or class that it is in. `path` is relative to the tree.
    """

    path: str
    line: int
    start: int
    end: int
    scope: str
    before: str
    after: str

    def applied(self, source: bytes) -> bytes:
        """The module with the fault."""
        return source[: self.start] + self.after.encode() + source[self.end :]

    def __str__(self) -> str:
        before, after = (" ".join(text.split()) for text in (self.before, self.after))
        return f"{self.path}:{self.line} {self.scope}: {before}  ->  {after}"


_COMPARED: Final[dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]]] = {
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt, ast.GtE),
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.LtE),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
}
_COUNTED: Final[dict[type[ast.operator], type[ast.operator]]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.FloorDiv,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}
_CALLED: Final = {"min": "max", "max": "min", "any": "all", "all": "any"}


def mutants_of(source: bytes, path: str) -> list[Mutant]:
    """All mutants of a module, in order."""
    finder = _Finder(source, path)
    finder.visit(ast.parse(source))
    return sorted(set(finder.found))


class _Finder(ast.NodeVisitor):
    """Goes over a module.

    Types, docstrings, assertions and decorators are left alone, and constants of the module.
    """

    def __init__(self, source: bytes, path: str) -> None:
        self.found: list[Mutant] = []
        self._source, self._path = source, path
        self._lines = [0, 0]
        for line in source.splitlines(keepends=True):
            self._lines.append(self._lines[-1] + len(line))
        self._scopes: list[str] = []
        self._is_truth = False

    def _add(self, node: ast.expr | ast.stmt, after: str) -> None:
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        start = self._lines[node.lineno] + node.col_offset
        end = self._lines[node.end_lineno] + node.end_col_offset
        before = self._source[start:end].decode()
        if isinstance(node, ast.expr) and not isinstance(node, ast.Constant | ast.Name):
            after = f"({after})"
        scope = ".".join(self._scopes) or "module"
        if before != after:
            made = Mutant(self._path, node.lineno, start, end, scope, before, after)
            self.found.append(made)

    def _instead(self, node: ast.expr, *others: ast.expr) -> None:
        for other in others:
            self._add(node, ast.unparse(other))

    # What is gone over

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self._inside(node.name, node.body)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        truth, self._is_truth = self._is_truth, ast.unparse(node.returns or node) == "bool"
        for default in (*node.args.defaults, *filter(None, node.args.kw_defaults)):
            self.visit(default)
        self._inside(node.name, node.body)
        self._is_truth = truth

    def _inside(self, name: str, body: Sequence[ast.stmt]) -> None:
        self._scopes.append(name)
        for statement in body:
            self.visit(statement)
        self._scopes.pop()

    def visit_Assert(self, node: ast.Assert) -> None:
        """For mypy."""

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        """Python 3.11 does not know where its parts stand."""

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if node.value is not None:
            self.visit(node.value)

    def visit_If(self, node: ast.If) -> None:
        if ast.unparse(node.test) != "TYPE_CHECKING":
            self._condition(node.test)
            self.generic_visit(node)

    # What becomes wrong

    def _condition(self, test: ast.expr) -> None:
        if isinstance(test, ast.Name | ast.Attribute | ast.Call | ast.BoolOp):
            self._instead(test, ast.UnaryOp(ast.Not(), test))

    def visit_While(self, node: ast.While) -> None:
        self._condition(node.test)
        self.generic_visit(node)

    def visit_IfExp(self, node: ast.IfExp) -> None:
        self._condition(node.test)
        self.generic_visit(node)

    def visit_comprehension(self, node: ast.comprehension) -> None:
        for test in node.ifs:
            self._instead(test, ast.Constant(True))
        self.generic_visit(node)

    def visit_Compare(self, node: ast.Compare) -> None:
        for at, operator in enumerate(node.ops):
            for other in _COMPARED.get(type(operator), ()):
                changed = copy(node)
                changed.ops = [*node.ops[:at], other(), *node.ops[at + 1 :]]
                self._instead(node, changed)
        self.generic_visit(node)

    def visit_BoolOp(self, node: ast.BoolOp) -> None:
        other = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        self._instead(node, ast.BoolOp(other, node.values))
        for at in range(len(node.values)):
            rest = [*node.values[:at], *node.values[at + 1 :]]
            self._instead(node, rest[0] if len(rest) == 1 else ast.BoolOp(node.op, rest))
        self.generic_visit(node)

    def visit_UnaryOp(self, node: ast.UnaryOp) -> None:
        if isinstance(node.op, ast.Not | ast.USub):
            self._instead(node, node.operand)
        self.generic_visit(node)

    def visit_BinOp(self, node: ast.BinOp) -> None:
        if type(node.op) in _COUNTED and not _is_text(node.left) and not _is_text(node.right):
            self._instead(node, ast.BinOp(node.left, _COUNTED[type(node.op)](), node.right))
            if isinstance(node.op, ast.Add | ast.Sub) and isinstance(node.right, ast.Constant):
                self._instead(node, node.left)
        self.generic_visit(node)

    def visit_AugAssign(self, node: ast.AugAssign) -> None:
        if type(node.op) in _COUNTED:
            changed = ast.AugAssign(node.target, _COUNTED[type(node.op)](), node.value)
            self._add(node, ast.unparse(changed))
        self._add(node, "pass")
        self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> None:
        value = node.value
        if not self._scopes:
            pass  # data, or a bound that is a matter of taste
        elif isinstance(value, bool):
            self._instead(node, ast.Constant(not value))
        elif isinstance(value, int):
            self._instead(node, ast.Constant(value + 1), ast.Constant(value - 1 if value else -1))
        elif isinstance(value, bytes) and value:
            self._instead(node, ast.Constant(value[:-1]))

    def visit_Subscript(self, node: ast.Subscript) -> None:
        part = node.slice
        if isinstance(part, ast.Slice) and part.step is None and isinstance(node.ctx, ast.Load):
            if part.lower is not None:
                self._instead(node, ast.Subscript(node.value, ast.Slice(None, part.upper)))
            if part.upper is not None:
                self._instead(node, ast.Subscript(node.value, ast.Slice(part.lower, None)))
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        if isinstance(node.func, ast.Name) and node.func.id in _CALLED:
            changed = copy(node)
            changed.func = ast.Name(_CALLED[node.func.id])
            self._instead(node, changed)
        self.generic_visit(node)

    def visit_Expr(self, node: ast.Expr) -> None:
        if isinstance(node.value, ast.Call | ast.Yield | ast.YieldFrom):
            self._add(node, "pass" if isinstance(node.value, ast.Call) else "yield from ()")
        if not isinstance(node.value, ast.Constant):
            self.generic_visit(node)

    def visit_Return(self, node: ast.Return) -> None:
        if self._is_truth and isinstance(node.value, ast.Name | ast.Call | ast.Attribute):
            self._instead(node.value, ast.UnaryOp(ast.Not(), node.value))
        self.generic_visit(node)

    def visit_Continue(self, node: ast.Continue) -> None:
        self._add(node, "break")

    def visit_Break(self, node: ast.Break) -> None:
        self._add(node, "continue")


def _is_text(node: ast.expr) -> bool:
    """Whether it is surely no number."""
    known = ast.JoinedStr | ast.List | ast.Tuple | ast.Dict | ast.ListComp
    return isinstance(node, known) or (
        isinstance(node, ast.Constant) and isinstance(node.value, str | bytes)
    )


def is_python(source: bytes) -> bool:
    """Whether a module can be compiled; a mutant of it may not."""
    try:
        compile(source, "mutant", "exec", dont_inherit=True)
    except (SyntaxError, ValueError):
        return False
    return True

"""Expressions of the kernel's part of Python, written as C.

`scheduling.engine.translate` says what that part is.
"""

import ast
from collections.abc import Callable
from dataclasses import dataclass, field

SIGNS: dict[type, str] = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.BitAnd: "&", ast.BitOr: "|", ast.BitXor: "^",
    ast.LShift: "<<", ast.RShift: ">>", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=",
    ast.Eq: "==", ast.NotEq: "!=",
}  # fmt: skip
FOLDED = {"min": "least", "max": "most"}


class Untranslatable(Exception):
    """A construct that the kernel's part of Python does not have."""


@dataclass(frozen=True, slots=True)
class Signature:
    """How a function is called: which parameters are arrays, how many integers it returns."""

    name: str
    arrays: tuple[bool, ...]
    returns: int


@dataclass(frozen=True, slots=True)
class Source:
    """One function to translate.

    `called(name)`: the signature of another kernel function by its name here, None if it is none;
    `constant(module or None, name)`: the value of a constant.
    """

    signature: Signature
    tree: ast.FunctionDef
    file: str
    called: Callable[[str], Signature | None]
    constant: Callable[[str | None, str], int]


@dataclass
class Values:
    """Writes expressions of one function; `local` are its own names."""

    source: Source
    local: set[str] = field(default_factory=set)

    def refuse(self, node: ast.AST) -> Untranslatable:
        line = getattr(node, "lineno", "?")
        return Untranslatable(f"{self.source.file}:{line}: {ast.unparse(node)!r} is no kernel code")

    def number(self, node: ast.expr) -> int:
        """The value of a constant."""
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            return self.source.constant(node.value.id, node.attr)
        if isinstance(node, ast.Name) and node.id not in self.local:
            return self.source.constant(None, node.id)
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
            return -self.number(node.operand)
        try:
            return int(ast.literal_eval(node))
        except (TypeError, ValueError) as error:
            raise self.refuse(node) from error

    def signature(self, node: ast.expr) -> Signature | None:
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            return self.source.called(node.func.id)
        return None

    def truth(self, node: ast.expr) -> str:
        """An expression of which only the truth matters."""
        if isinstance(node, ast.BoolOp):
            sign = " && " if isinstance(node.op, ast.And) else " || "
            return "(" + sign.join(self.truth(one) for one in node.values) + ")"
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            return f"!({self.truth(node.operand)})"
        return self.value(node)

    def value(self, node: ast.expr) -> str:
        writer = getattr(self, f"value_{type(node).__name__.lower()}", None)
        if writer is None:
            raise self.refuse(node)
        text: str = writer(node)
        return text

    def value_boolop(self, node: ast.BoolOp) -> str:
        return self.truth(node)

    def value_constant(self, node: ast.Constant) -> str:
        if not isinstance(node.value, int):
            raise self.refuse(node)
        return f"INT64_C({int(node.value)})"

    def value_name(self, node: ast.Name) -> str:
        if node.id in self.local:
            return f"{node.id}_"
        return f"INT64_C({self.source.constant(None, node.id)})"

    def value_attribute(self, node: ast.Attribute) -> str:
        if not isinstance(node.value, ast.Name):
            raise self.refuse(node)
        return f"INT64_C({self.source.constant(node.value.id, node.attr)})"

    def value_subscript(self, node: ast.Subscript) -> str:
        return f"{self.value(node.value)}[{self.value(node.slice)}]"

    def value_unaryop(self, node: ast.UnaryOp) -> str:
        if isinstance(node.op, ast.USub):
            return f"(-{self.value(node.operand)})"
        if isinstance(node.op, ast.Not):
            return f"(i64)!({self.truth(node.operand)})"
        if isinstance(node.op, ast.Invert):
            return f"(~{self.value(node.operand)})"
        raise self.refuse(node)

    def value_binop(self, node: ast.BinOp) -> str:
        return self.combine(node.op, self.value(node.left), self.value(node.right), node)

    def combine(self, sign: ast.operator, left: str, right: str, node: ast.AST) -> str:
        if isinstance(sign, ast.FloorDiv):
            return f"over({left}, {right})"
        if isinstance(sign, ast.Mod):
            return f"rest({left}, {right})"
        if type(sign) not in SIGNS:
            raise self.refuse(node)
        return f"({left} {SIGNS[type(sign)]} {right})"

    def value_compare(self, node: ast.Compare) -> str:
        choices = node.comparators[0]
        if isinstance(choices, (ast.Tuple, ast.Set)) and len(node.ops) == 1:
            left = self.value(node.left)
            found = " || ".join(f"{left} == {self.value(one)}" for one in choices.elts)
            return f"({'!' if isinstance(node.ops[0], ast.NotIn) else ''}({found}))"
        values = [self.value(one) for one in [node.left, *node.comparators]]
        parts = []
        for i, sign in enumerate(node.ops):
            if type(sign) not in SIGNS:
                raise self.refuse(node)
            parts.append(f"{values[i]} {SIGNS[type(sign)]} {values[i + 1]}")
        return "(" + " && ".join(parts) + ")"

    def value_ifexp(self, node: ast.IfExp) -> str:
        then, other = self.value(node.body), self.value(node.orelse)
        return f"({self.truth(node.test)} ? {then} : {other})"

    def value_call(self, node: ast.Call) -> str:
        if not isinstance(node.func, ast.Name) or node.keywords:
            raise self.refuse(node)
        values = [self.value(argument) for argument in node.args]
        name = node.func.id
        signature = self.source.called(name)
        if signature is not None and len(values) == len(signature.arrays):
            return f"{signature.name}({', '.join(values)})"
        if name in FOLDED and len(values) > 1:
            folded = values[0]
            for one in values[1:]:
                folded = f"{FOLDED[name]}({folded}, {one})"
            return folded
        if name == "abs" and len(values) == 1:
            return f"size({values[0]})"
        if name in {"int", "bool"} and len(values) == 1:
            return values[0] if name == "int" else f"({values[0]} != 0)"
        raise self.refuse(node)

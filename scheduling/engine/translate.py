"""From the kernel's part of Python to C, so that any C compiler makes it fast.

A kernel function works on integers of 64 bits and on flat arrays of them (its parameters annotated
`Array`), calls other kernel functions, and returns nothing, an integer or a tuple of integers. Such
code means the same in both languages but for a few signs: `//`, `%` and `**` round as Python does,
`for` leaves its variable at the last value, constants of modules become numbers. Anything else is
refused with its file and line.
"""

import ast
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from scheduling.engine.translate_values import Signature, Source, Untranslatable, Values

HEAD = """#include <stdint.h>
typedef int64_t i64;
static inline i64 least(i64 a, i64 b) { return a < b ? a : b; }
static inline i64 most(i64 a, i64 b) { return a > b ? a : b; }
static inline i64 size(i64 a) { return a < 0 ? -a : a; }
static inline i64 rest(i64 a, i64 b) { i64 r = a % b; return r && (r < 0) != (b < 0) ? r + b : r; }
static inline i64 over(i64 a, i64 b) { return (a - rest(a, b)) / b; }
"""


def signature_of(name: str, tree: ast.FunctionDef) -> Signature:
    """The signature of a kernel function that will be called `name` in C."""
    arrays = tuple(
        ast.unparse(arg.annotation or ast.Name("int")) == "Array" for arg in tree.args.args
    )
    returns = ast.unparse(tree.returns) if tree.returns else "None"
    if returns.startswith("tuple["):
        return Signature(name, arrays, returns.count(",") + 1)
    return Signature(name, arrays, 0 if returns == "None" else 1)


def to_c(sources: list[Source]) -> str:
    """A whole C file; every function can be called from outside."""
    wide = sorted({s.signature.returns for s in sources if s.signature.returns > 1})
    parts = [HEAD]
    parts += [f"typedef struct {{ i64 v[{n}]; }} i64x{n};" for n in wide]
    parts += [_prototype(s) + ";" for s in sources]
    parts += [_Function(s).text() for s in sources]
    return "\n".join(parts) + "\n"


def _type(returns: int) -> str:
    return {0: "void", 1: "i64"}.get(returns, f"i64x{returns}")


def _prototype(source: Source) -> str:
    names = [arg.arg for arg in source.tree.args.args]
    marks = ["*restrict " if is_array else "" for is_array in source.signature.arrays]
    arguments = ", ".join(f"i64 {m}{n}_" for m, n in zip(marks, names, strict=True))
    return f"{_type(source.signature.returns)} {source.signature.name}({arguments or 'void'})"


@dataclass
class _Function(Values):
    """Writes one function."""

    lines: list[str] = field(default_factory=list)
    temporaries: int = 0

    def text(self) -> str:
        tree = self.source.tree
        parameters = {arg.arg for arg in tree.args.args}
        self.local = set(parameters)
        for node in ast.walk(tree):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                self.local.add(node.id)
        fresh = sorted(self.local - parameters)
        body = tree.body[1:] if ast.get_docstring(tree) else tree.body
        self.block(body)
        start = f"i64 {', '.join(f'{name}_ = 0' for name in fresh)};" if fresh else ""
        return "\n".join([_prototype(self.source) + " {", start, *self.lines, "}"])

    def block(self, body: list[ast.stmt]) -> None:
        for node in body:
            self.statement(node)

    def statement(self, node: ast.stmt) -> None:
        writer = getattr(self, f"write_{type(node).__name__.lower()}", None)
        if writer is None:
            raise self.refuse(node)
        writer(node)

    def write_pass(self, _node: ast.Pass) -> None:
        self.lines.append(";")

    def write_break(self, _node: ast.Break) -> None:
        self.lines.append("break;")

    def write_continue(self, _node: ast.Continue) -> None:
        self.lines.append("continue;")

    def write_expr(self, node: ast.Expr) -> None:
        self.lines.append(self.value(node.value) + ";")

    def write_if(self, node: ast.If) -> None:
        self.lines.append(f"if ({self.truth(node.test)}) {{")
        self.block(node.body)
        self.lines.append("} else {")
        self.block(node.orelse)
        self.lines.append("}")

    def write_while(self, node: ast.While) -> None:
        if node.orelse:
            raise self.refuse(node)
        self.lines.append(f"while ({self.truth(node.test)}) {{")
        self.block(node.body)
        self.lines.append("}")

    def write_for(self, node: ast.For) -> None:
        call = node.iter
        if node.orelse or not isinstance(node.target, ast.Name) or not isinstance(call, ast.Call):
            raise self.refuse(node)
        if not isinstance(call.func, ast.Name) or call.func.id != "range":
            raise self.refuse(node)
        ends = [self.value(argument) for argument in call.args]
        first, last = (["0", *ends] if len(ends) == 1 else ends)[:2]
        step = self.number(call.args[2]) if len(ends) == 3 else 1
        n, sign = self.fresh(), "<" if step > 0 else ">"
        self.lines.append(
            f"for (i64 {n} = {first}, {n}e = {last}; {n} {sign} {n}e; {n} += {step}) {{"
        )
        self.lines.append(f"{node.target.id}_ = {n};")
        self.block(node.body)
        self.lines.append("}")

    def write_return(self, node: ast.Return) -> None:
        if node.value is None:
            self.lines.append("return;")
        elif isinstance(node.value, ast.Tuple):
            values = ", ".join(self.value(one) for one in node.value.elts)
            kind = _type(self.source.signature.returns)
            self.lines.append(f"return ({kind}){{{{{values}}}}};")
        else:
            self.lines.append(f"return {self.value(node.value)};")

    def write_annassign(self, node: ast.AnnAssign) -> None:
        if node.value is None:
            raise self.refuse(node)
        self.assign([node.target], node.value)

    def write_assign(self, node: ast.Assign) -> None:
        self.assign(node.targets, node.value)

    def write_augassign(self, node: ast.AugAssign) -> None:
        target = self.value(node.target)
        self.lines.append(
            f"{target} = {self.combine(node.op, target, self.value(node.value), node)};"
        )

    def assign(self, targets: list[ast.expr], value: ast.expr) -> None:
        if isinstance(value, ast.Tuple):
            names = []
            for one in value.elts:
                names.append(self.fresh())
                self.lines.append(f"i64 {names[-1]} = {self.value(one)};")
            for target in targets:
                self.spread(target, names)
            return
        signature = self.signature(value)
        if signature is not None and signature.returns > 1:
            name = self.fresh()
            self.lines.append(f"i64x{signature.returns} {name} = {self.value(value)};")
            for target in targets:
                self.spread(target, [f"{name}.v[{i}]" for i in range(signature.returns)])
            return
        name = self.fresh()
        self.lines.append(f"i64 {name} = {self.value(value)};")
        for target in targets:
            self.lines.append(f"{self.value(target)} = {name};")

    def spread(self, target: ast.expr, values: list[str]) -> None:
        if not isinstance(target, ast.Tuple) or len(target.elts) != len(values):
            raise self.refuse(target)
        for one, value in zip(target.elts, values, strict=True):
            self.lines.append(f"{self.value(one)} = {value};")

    def fresh(self) -> str:
        self.temporaries += 1
        return f"x{self.temporaries}"


def constants_of(module: Mapping[str, object]) -> Callable[[str | None, str], int]:
    """Looks constants up in a module's names, or in a module it names."""

    def look_up(owner: str | None, name: str) -> int:
        found = module[name] if owner is None else getattr(module[owner], name)
        if not isinstance(found, int):
            raise Untranslatable(f"{name} is no integer constant")
        return int(found)

    return look_up

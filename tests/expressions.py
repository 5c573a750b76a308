"""Every regular expression of the package, its uses, and strings of its own alphabet to pump it with."""

import ast
import importlib
import pkgutil
import random
import re
from collections.abc import Iterator
from pathlib import Path
from re import _constants as op
from re import _parser
from types import ModuleType
from typing import NamedTuple

import helpers

METHODS = ("match", "fullmatch", "search", "finditer", "findall", "sub", "split")
CATEGORIES = {
    op.CATEGORY_DIGIT: "1",
    op.CATEGORY_NOT_DIGIT: "a",
    op.CATEGORY_SPACE: " \n",
    op.CATEGORY_NOT_SPACE: "aA",
    op.CATEGORY_WORD: "aA1",
    op.CATEGORY_NOT_WORD: " ,",
}
ANYTHING = "aA1 ,.\n\"'“-"


class Used(NamedTuple):
    """An expression and one way it is used."""

    place: str
    expression: re.Pattern
    method: str


def modules() -> list[ModuleType]:
    """Return every module of the package."""
    names = [found.name for found in pkgutil.walk_packages(helpers.__path__, "helpers.")]
    return [importlib.import_module(name) for name in names if not name.endswith(".engines_spark")]


def used() -> tuple[list[Used], list[str]]:
    """Return every expression with its uses, and the calls whose expression is made from data."""
    found: dict[tuple[str, str], Used] = {}
    made: list[str] = []
    trees = {module: ast.parse(Path(module.__file__).read_text(encoding="utf-8")) for module in modules()}
    calls = [node for tree in trees.values() for node in ast.walk(tree) if isinstance(node, ast.Call)]
    by_name: dict[str, set[str]] = {}
    for node in calls:
        function = node.func
        if isinstance(function, ast.Attribute) and function.attr in METHODS:
            owner = function.value
            name = owner.id if isinstance(owner, ast.Name) else getattr(owner, "attr", "")
            by_name.setdefault(name, set()).add(function.attr)
    for module, tree in trees.items():
        for name, value in vars(module).items():
            for k, expression in enumerate(_patterns(value)):
                for method in sorted(by_name.get(name, set())) or ["search"]:
                    place = f"{module.__name__}.{name}{f'[{k}]' if k else ''}"
                    found.setdefault((repr(expression), method), Used(place, expression, method))
        for node in ast.walk(tree):
            if _of_re(node):
                place = f"{module.__name__.removeprefix('helpers.')}:{ast.unparse(node.args[0])[:60]}"
                try:
                    pattern = eval(ast.unparse(node.args[0]), vars(module))
                    flags = _flags(node, module)
                except NameError:
                    made.append(place)
                    continue
                if node.func.attr != "compile":
                    expression = re.compile(pattern, flags)
                    found.setdefault(
                        (repr(expression), node.func.attr), Used(place, expression, node.func.attr)
                    )
    return sorted(found.values(), key=lambda one: (one.place, one.method)), sorted(made)


def _of_re(node: ast.AST) -> bool:
    """Return whether a node calls a function of the module re."""
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "re"
        and node.func.attr in (*METHODS, "compile")
    )


def _flags(node: ast.Call, module: ModuleType) -> int:
    """Return the flags a call gives."""
    given = [word.value for word in node.keywords if word.arg == "flags"]
    place = {"sub": 4}.get(node.func.attr, 2)
    given += node.args[place : place + 1] if node.func.attr != "compile" else node.args[1:2]
    return eval(ast.unparse(given[0]), vars(module)) if given else 0


def _patterns(value: object) -> Iterator[re.Pattern]:
    """Yield the expressions in a value of a module."""
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, tuple | list | set | frozenset):
        for one in value:
            yield from _patterns(one)
    elif isinstance(value, dict):
        for one in value.values():
            yield from _patterns(one)


def pumped(expression: re.Pattern, sizes: tuple[int, ...], seed: int = 0) -> Iterator[tuple[str, ...]]:
    """Yield a string of each size that repeats what the expression repeats, or letters it knows."""
    chance = random.Random(seed)
    pattern = expression.pattern
    parsed = _parser.parse(pattern, expression.flags & ~(re.LOCALE if isinstance(pattern, bytes) else 0))
    repeats: list[tuple[str, str]] = []
    for _ in range(4):
        _walk(parsed, "", repeats, chance)
    alphabet = sorted({char for before, body in repeats for char in before + body} | set(" aA,"))
    units = [(before, body) for before, body in repeats if body]
    units += [("", char) for char in alphabet]
    units += [("", "".join(chance.choices(alphabet, k=k))) for k in (2, 3, 5, 8) for _ in range(4)]
    units += [("", _sample(parsed, chance) + " ") for _ in range(4)]
    seen: set[tuple[str, str, str]] = set()
    for before, body in units:
        for after in ("", "\x01", chance.choice(alphabet) + "!"):
            if (before, body, after) not in seen:
                seen.add((before, body, after))
                yield tuple(before + body * max(1, n // len(body)) + after for n in sizes)


def _walk(sequence, before: str, repeats: list[tuple[str, str]], chance: random.Random) -> None:
    """Add to `repeats` what stands before each repetition, and what it repeats."""
    for kind, value in sequence:
        if kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
            repeats.append((before, _sample(value[2], chance)))
            _walk(value[2], before, repeats, chance)
        for inner in _bodies(kind, value):
            _walk(inner, before, repeats, chance)
        before += _sample([(kind, value)], chance)


def _bodies(kind, value) -> list:
    """Return the parts of a node that are sequences."""
    if kind is op.BRANCH:
        return list(value[1])
    if kind in (op.SUBPATTERN, op.ASSERT, op.ASSERT_NOT):
        return [value[-1]]
    return [value] if kind is op.ATOMIC_GROUP else []


def _sample(sequence, chance: random.Random) -> str:
    """Return a string that a parsed expression is likely to match."""
    out = ""
    for kind, value in sequence:
        if kind is op.LITERAL:
            out += chr(value)
        elif kind in (op.ANY, op.NOT_LITERAL):
            out += chance.choice([char for char in ANYTHING if kind is op.ANY or ord(char) != value])
        elif kind is op.IN:
            out += _one_of(value, chance)
        elif kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
            for _ in range(min(max(value[0], chance.randint(0, 2)), value[1])):
                out += _sample(value[2], chance)
        elif kind is op.BRANCH:
            out += _sample(chance.choice(value[1]), chance)
        elif kind is op.SUBPATTERN:
            out += _sample(value[-1], chance)
        elif kind is op.ATOMIC_GROUP:
            out += _sample(value, chance)
        elif kind is op.ASSERT and value[0] < 0 and not out:
            out += _sample(value[1], chance)
    return out


def _one_of(choices, chance: random.Random) -> str:
    """Return a character of a set."""
    if choices and choices[0][0] is op.NEGATE:
        barred = re.compile(f"[{''.join(map(_class, choices[1:]))}]")
        free = [char for char in ANYTHING if not barred.match(char)]
        return chance.choice(free or ["\x02"])
    kind, value = chance.choice(choices)
    if kind is op.RANGE:
        return chr(chance.choice([value[0], value[1], (value[0] + value[1]) // 2]))
    return chr(value) if kind is op.LITERAL else chance.choice(CATEGORIES.get(value, "a"))


def _class(choice) -> str:
    """Return a choice of a set as it is written in one."""
    kind, value = choice
    if kind is op.RANGE:
        return f"{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}"
    if kind is op.LITERAL:
        return re.escape(chr(value))
    letters = "d D s S w W".split()
    order = (op.CATEGORY_DIGIT, op.CATEGORY_NOT_DIGIT, op.CATEGORY_SPACE)
    order += (op.CATEGORY_NOT_SPACE, op.CATEGORY_WORD, op.CATEGORY_NOT_WORD)
    return f"\\{letters[order.index(value)]}"

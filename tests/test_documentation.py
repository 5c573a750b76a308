"""Every public name is listed, typed and documented; every example in a docstring is run."""

import ast
import doctest
import importlib
import inspect

import pytest

from helpers.text.corpus import ROOT

SOURCE = ROOT / "src"
ROOMS = sorted(
    ".".join(path.relative_to(SOURCE / "helpers").with_suffix("").parts)
    for path in (SOURCE / "helpers").rglob("[!_]*.py")
)


def public_functions(room):
    module = importlib.import_module(f"helpers.{room}")
    return [
        value for name, value in vars(module).items() if name in module.__all__ and inspect.isfunction(value)
    ]


@pytest.mark.parametrize("room", ROOMS)
def test_public_functions_are_typed_and_documented(room):
    for function in public_functions(room):
        signature = inspect.signature(function)
        assert function.__doc__, f"{room}.{function.__name__} has no docstring"
        assert signature.return_annotation is not inspect.Signature.empty, function.__name__
        for parameter in signature.parameters.values():
            assert parameter.annotation is not inspect.Parameter.empty, (
                f"{function.__name__}: {parameter.name}"
            )


@pytest.mark.parametrize("room", ROOMS)
def test_every_name_without_underscore_is_public_or_a_constant(room):
    path = SOURCE / "helpers" / f"{room.replace('.', '/')}.py"
    tree = ast.parse(path.read_text(encoding="utf-8"))
    defined = {node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}
    listed = set(importlib.import_module(f"helpers.{room}").__all__)
    assert {name for name in defined if not name.startswith("_")} <= listed


@pytest.mark.parametrize("room", ROOMS)
def test_examples_in_docstrings_hold(room):
    result = doctest.testmod(importlib.import_module(f"helpers.{room}"))
    assert result.failed == 0

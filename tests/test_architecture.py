"""The house keeps its shape: imports go one way, the core stays pure, starting stays cheap."""

import ast
import functools
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "qcity_xl"
FILES = sorted(PACKAGE.rglob("*.py"))
LAYERS = ("core", "adapters", "steps")  # what stands beside them may import all of them
LONGEST = 400  # lines of a product file

OUTSIDE = {  # what the core never touches: files, programs, networks, clocks, chance
    *("os", "io", "pathlib", "shutil", "tempfile", "glob", "zipfile", "csv", "sqlite3", "logging"),
    *("subprocess", "socket", "ssl", "smtplib", "imaplib", "urllib", "http", "asyncio"),
    *("time", "random", "secrets", "uuid", "getpass", "platform", "threading", "sys"),
    *("openpyxl", "xlwings", "pandas", "docx", "python_calamine", "click", "lxml"),
}
CLOCKS = {"now", "today", "utcnow", "monotonic", "perf_counter"}
FILE_CALLS = {"open", "print", "input"}

# Imported only where they are used.
SLOW = ("openpyxl", "pandas", "docx", "numpy", "xlwings", "msoffcrypto", "cryptography")
STEPS = ("score", "merge", "split")


def module_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@functools.cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


MODULES: Mapping[str, Path] = {module_of(path): path for path in FILES}


def imported(node: ast.AST) -> Iterator[str]:
    """The modules that one import statement names; `from x import y` means x.y if that is one."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        assert not node.level, "imports name the whole path"
        for alias in node.names:
            inner = f"{node.module}.{alias.name}"
            yield inner if inner in MODULES else str(node.module)


def imports_of(module: str, *, at_load: bool = False) -> set[str]:
    """What a module imports anywhere; with `at_load`, only what it imports when it is loaded."""
    whole = tree(MODULES[module])
    nodes = _at_load(whole) if at_load else ast.walk(whole)
    return {name for node in nodes for name in imported(node)}


def _at_load(node: ast.AST) -> Iterator[ast.AST]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test):
            continue
        yield child
        yield from _at_load(child)


def layer(module: str) -> int:
    """0 for the core, counting outward."""
    parts = module.split(".")
    return LAYERS.index(parts[1]) if len(parts) > 1 and parts[1] in LAYERS else len(LAYERS)


@pytest.mark.parametrize("module", MODULES)
def test_imports_go_one_way(module: str) -> None:
    own = {name for name in imports_of(module) if name.startswith("qcity_xl.")}
    outward = {name for name in own if layer(name) > layer(module)}
    assert not outward, f"{module} imports {', '.join(sorted(outward))}"


def test_no_module_imports_itself_by_a_detour() -> None:
    graph = {
        module: {name for name in imports_of(module, at_load=True) if name in MODULES} - {module}
        for module in MODULES
    }
    done: set[str] = set()

    def visit(module: str, path: tuple[str, ...]) -> None:
        assert module not in path, " -> ".join([*path[path.index(module) :], module])
        if module not in done:
            for name in sorted(graph[module]):
                visit(name, (*path, module))
            done.add(module)

    for module in MODULES:
        visit(module, ())


CORE = [module for module in MODULES if layer(module) == 0]


@pytest.mark.parametrize("module", CORE)
def test_the_core_touches_nothing_outside(module: str) -> None:
    foreign = {name.split(".")[0] for name in imports_of(module)} & OUTSIDE
    assert not foreign, f"{module} imports {', '.join(sorted(foreign))}"
    for node in ast.walk(tree(MODULES[module])):
        if isinstance(node, ast.Call):
            called = node.func
            clock = isinstance(called, ast.Attribute) and called.attr in CLOCKS
            assert not clock, f"{module}:{node.lineno} asks the clock"
            named = isinstance(called, ast.Name) and called.id in FILE_CALLS
            assert not named, f"{module}:{node.lineno} reads or writes"


@pytest.mark.parametrize("path", FILES, ids=[module_of(path) for path in FILES])
def test_no_file_is_too_long_to_read(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST


@pytest.mark.parametrize("path", FILES, ids=[module_of(path) for path in FILES])
def test_every_file_says_what_it_is(path: Path) -> None:
    assert ast.get_docstring(tree(path))


def test_a_button_press_does_not_pay_for_libraries_it_does_not_use() -> None:
    steps = "; ".join(f"import qcity_xl.steps.{name}" for name in STEPS)
    code = f"import sys; import qcity_xl.cli; {steps}; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True
    )
    loaded = set(done.stdout.split())
    assert not loaded & set(SLOW)
    assert {f"qcity_xl.steps.{name}" for name in STEPS} <= loaded

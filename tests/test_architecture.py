"""The house keeps its shape: imports go one way, the core stays pure, starting stays cheap."""

import ast
import functools
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "qcity_xl"
FILES = sorted(PACKAGE.rglob("*.py"))
LONGEST = 400  # lines of a product file

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


def imports_of(module: str) -> set[str]:
    """What a module imports when it is loaded."""
    return {name for node in _at_load(tree(MODULES[module])) for name in imported(node)}


def _at_load(node: ast.AST) -> Iterator[ast.AST]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test):
            continue
        yield child
        yield from _at_load(child)


def contracts(folder: Path) -> subprocess.CompletedProcess[str]:
    """What import-linter says of the package in a folder, by the contracts of pyproject.toml."""
    program = Path(sys.executable).with_name("lint-imports")
    command = [str(program), "--no-cache", str(PACKAGE.with_name("pyproject.toml"))]
    path = {**os.environ, "PYTHONPATH": str(folder), "PYTHONUTF8": "1"}
    return subprocess.run(
        command, cwd=folder, env=path, capture_output=True, encoding="utf-8", check=False
    )


def test_imports_keep_to_the_contracts() -> None:
    done = contracts(PACKAGE.parent)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("module", "other"),
    [
        ("adapters.disk", "qcity_xl.steps.split"),
        ("core.scoring.score", "qcity_xl.core.merge.decide"),
        ("core.text", "os"),
        ("steps.why", "qcity_xl.steps.score"),
    ],
)
def test_an_arrow_that_runs_backwards_breaks_a_contract(
    tmp_path: Path, module: str, other: str
) -> None:
    copy = tmp_path / PACKAGE.name
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__"))
    with copy.joinpath(*module.split(".")).with_suffix(".py").open("a", encoding="utf-8") as file:
        file.write(f"\nimport {other}\n")
    done = contracts(tmp_path)
    assert done.returncode == 1, done.stdout
    assert f"{PACKAGE.name}.{module} -> {other}" in done.stdout


def test_no_module_imports_itself_by_a_detour() -> None:
    graph = {
        module: {name for name in imports_of(module) if name in MODULES} - {module}
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


CORE = [module for module in MODULES if module.startswith("qcity_xl.core")]


def test_the_core_asks_no_clock_and_opens_no_file() -> None:
    for module in CORE:
        for node in ast.walk(tree(MODULES[module])):
            if isinstance(node, ast.Call):
                called = node.func
                clock = isinstance(called, ast.Attribute) and called.attr in CLOCKS
                assert not clock, f"{module}:{node.lineno} asks the clock"
                named = isinstance(called, ast.Name) and called.id in FILE_CALLS
                assert not named, f"{module}:{node.lineno} reads or writes"


def test_no_file_is_too_long_to_read() -> None:
    lengths = {module_of(p): len(p.read_text(encoding="utf-8").splitlines()) for p in FILES}
    assert {module: lines for module, lines in lengths.items() if lines > LONGEST} == {}


def test_every_file_says_what_it_is() -> None:
    assert [module_of(path) for path in FILES if not ast.get_docstring(tree(path))] == []


# Modules without a test file of their name, by the suite that tests them. Only ever shorter.
TESTED_ELSEWHERE = {
    # They need an open workbook, a screen, keys that are pressed: against mocks they say nothing.
    "tests/live": {
        "adapters/excel/reopening.py",
        "adapters/excel/table.py",
        "adapters/excel/workbook.py",
        "ribbon.py",
    },
}
TESTS = PACKAGE.with_name("tests")


def test_the_tests_of_a_module_are_found_by_its_name() -> None:
    modules = {path.relative_to(PACKAGE) for path in FILES if not path.name.startswith("__")}
    without = {
        module.as_posix()
        for module in modules
        if not (TESTS / module.parent / f"test_{module.name}").exists()
    }
    assert without == set().union(*TESTED_ELSEWHERE.values())


def test_a_name_means_one_thing() -> None:
    homes: dict[str, int] = {}
    for path in FILES:
        for name in {name for node in tree(path).body for name in _names_a_type(node)}:
            homes[name] = homes.get(name, 0) + 1
    assert {name for name, count in homes.items() if count > 1} == set()


def _names_a_type(node: ast.stmt) -> Iterator[str]:
    """The public class or alias that a statement defines."""
    names = [node.name] if isinstance(node, ast.ClassDef) else []
    if isinstance(node, ast.Assign):
        names = [target.id for target in node.targets if isinstance(target, ast.Name)]
    yield from (name for name in names if name[0].isupper() and not name.isupper())


ROOTS = (PACKAGE, PACKAGE.parent)
DOCS = [*PACKAGE.with_name("docs").glob("*.md"), *PACKAGE.parent.glob("*.md")]


@pytest.mark.parametrize("doc", DOCS, ids=[doc.name for doc in DOCS])
def test_what_a_document_names_is_there(doc: Path) -> None:
    text = doc.read_text(encoding="utf-8")
    named = re.findall(
        r"(?<![\w/])((?:tests|tools|docs|core|adapters|steps|addin)/[\w/.]+\w)", text
    )
    lost = [name for name in named if not any(_is_there(root / name) for root in ROOTS)]
    assert not lost


def _is_there(path: Path) -> bool:
    return path.exists() or path.with_name(f"{path.name}.py").exists()


def test_a_button_press_does_not_pay_for_libraries_it_does_not_use() -> None:
    steps = "; ".join(f"import qcity_xl.steps.{name}" for name in STEPS)
    code = f"import sys; import qcity_xl.cli; {steps}; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True
    )
    loaded = set(done.stdout.split())
    assert not loaded & set(SLOW)
    assert {f"qcity_xl.steps.{name}" for name in STEPS} <= loaded


def test_tests_run_with_the_versions_that_users_get() -> None:
    root = PACKAGE.parent
    ours, tested = (
        dict(re.findall(r"^([\w.-]+)==([^\s;]+)", (root / name).read_text("utf-8"), re.MULTILINE))
        for name in ("requirements.lock", "requirements-dev.lock")
    )
    assert len(ours) > 20
    assert {n: v for n, v in ours.items() if tested.get(n, v) != v} == {}

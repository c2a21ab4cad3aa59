"""The offline install folder for Windows: complete, checked, and nothing but what is needed."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from packaging.specifiers import SpecifierSet

from qcity_xl.adapters.disk import only_one, sha256_of
from qcity_xl.addin.build import build
from qcity_xl.addin.bundle import (
    INTERPRETER,
    CannotBundle,
    bundle,
    parse_lock,
    requirements,
    versions,
)
from qcity_xl.core.errors import AlreadyThere, AnotherStep

PROJECT = Path(__file__).parents[2]
PYTHON = "3.11"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made once, by the first of the workers that asks."""
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    made = shared / "安装" / "质量强市 离线安装"
    while not (made / "SHA256SUMS").exists():
        try:
            with only_one(shared / "bundle.lock", "bundle"):
                if not made.exists():
                    bundle(PROJECT, made, PYTHON)
        except AnotherStep:
            time.sleep(0.2)
        except CannotBundle as error:
            if "requirements.lock" in str(error) or os.environ.get("CI"):
                raise
            pytest.skip(f"no package index within reach: {error}")
    return made


def wheels_in(folder: Path) -> list[Path]:
    return sorted((folder / "wheels").glob("*.whl"))


def lacking(wheels: list[Path]) -> set[str]:
    """What the wheels want on Windows and do not find among themselves."""
    there = versions(wheels)
    return {
        name
        for name, wanted in requirements(wheels, PYTHON).items()
        if name not in there
        or not all(SpecifierSet(one, prereleases=True).contains(there[name]) for one in wanted)
    }


def resolved(folder: Path, target: Path) -> subprocess.CompletedProcess[str]:
    """What pip says of installing offline, as install.cmd does it, for Windows."""
    return subprocess.run(
        [
            *(sys.executable, "-I", "-m", "pip", "--isolated", "install", "--dry-run"),
            *("--no-index", "--find-links", str(folder / "wheels"), "--require-hashes"),
            *("--platform", "win_amd64", "--implementation", "cp", "--python-version", PYTHON),
            *("--only-binary=:all:", "--ignore-installed", "--target", str(target)),
            *("-r", str(folder / "requirements.txt")),
        ],
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_wheels_want_nothing_that_is_not_there(folder: Path) -> None:
    wheels = wheels_in(folder)
    assert lacking(wheels) == set()
    for wheel in wheels:
        if not wheel.name.startswith("qcity_xl-"):
            rest = [other for other in wheels if other != wheel]
            assert lacking(rest), f"{wheel.name} is there for nothing"


def test_windows_gets_what_it_alone_needs(folder: Path) -> None:
    assert "pywin32" in versions(wheels_in(folder))


def test_pip_resolves_it_offline(folder: Path, tmp_path: Path) -> None:
    done = resolved(folder, tmp_path)
    assert done.returncode == 0, done.stderr
    assert "Would install" in done.stdout
    assert len(done.stdout.rpartition("Would install ")[2].split()) == len(wheels_in(folder))


def test_a_changed_wheel_is_refused(folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    (copy / "wheels").mkdir(parents=True)
    for path in (*wheels_in(folder), folder / "requirements.txt"):
        (copy / path.relative_to(folder)).write_bytes(path.read_bytes())
    own = next((copy / "wheels").glob("qcity_xl-*"))
    own.write_bytes(own.read_bytes() + b"\0")
    done = resolved(copy, tmp_path)
    assert done.returncode != 0
    assert "DO NOT MATCH THE HASHES" in done.stderr


def test_every_file_has_its_checksum(folder: Path) -> None:
    lines = (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    sums = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    files = [p for p in folder.rglob("*") if p.is_file() and p.name != "SHA256SUMS"]
    assert sums == {p.relative_to(folder).as_posix(): sha256_of(p.read_bytes()) for p in files}


def test_the_add_in_runs_the_python_that_the_script_makes(folder: Path) -> None:
    assert (folder / "qcity.xlam").read_bytes() == build(INTERPRETER)
    script = (folder / "install.cmd").read_text(encoding="ascii")
    home = INTERPRETER.removesuffix(r"\Scripts\python.exe")
    assert f'set "HOME_FOLDER={home}"' in script
    assert r'set "PYTHON=%HOME_FOLDER%\Scripts\python.exe"' in script


def test_the_script_is_plain_and_names_files_that_are_there(folder: Path) -> None:
    data = (folder / "install.cmd").read_bytes()
    assert data.isascii()
    assert data.count(b"\n") == data.count(b"\r\n")
    script = data.decode("ascii")
    assert f"py -{PYTHON} -m venv" in script
    for name in ("wheels", "requirements.txt", "qcity.xlam", "done.txt", "no-python.txt"):
        assert f'"%HERE%{name}"' in script  # in quotes: folders have spaces and Chinese names
        assert (folder / name).exists()
    assert PYTHON in (folder / "no-python.txt").read_text(encoding="utf-8")


def test_the_installed_wheel_builds_the_same_add_in(folder: Path, tmp_path: Path) -> None:
    own = next((folder / "wheels").glob("qcity_xl-*"))
    pip = (sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index")
    subprocess.run([*pip, "--target", str(tmp_path), str(own)], check=True)
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); from qcity_xl.addin import build as b; "
        "from qcity_xl.adapters.disk import only_one, sha256_of; "
        "print(b.__file__.startswith(sys.argv[1]), sha256_of(b.build('/opt/python')))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["True", sha256_of(build("/opt/python"))]


def test_an_existing_folder_is_not_touched(tmp_path: Path) -> None:
    with pytest.raises(AlreadyThere):
        bundle(PROJECT, tmp_path)


def test_a_lock_without_a_package_is_told(tmp_path: Path) -> None:
    project = tmp_path / "项目"
    (project / "qcity_xl").mkdir(parents=True)
    (project / "qcity_xl" / "__init__.py").touch()
    (project / "requirements.lock").write_text("click==8.1.8 --hash=sha256:0", encoding="utf-8")
    (project / "pyproject.toml").write_text(
        '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n'
        '[project]\nname = "qcity-xl"\nversion = "0"\ndependencies = ["nothing-like-it"]\n',
        encoding="utf-8",
    )
    with pytest.raises(CannotBundle, match=r"requirements\.lock 里没有 nothing-like-it"):
        bundle(project, tmp_path / "out")


def test_the_lock_is_read_as_windows_reads_it() -> None:
    text = (
        "numpy==2.4 ; python_full_version < '3.12' \\\n    --hash=sha256:aa \\\n"
        "    --hash=sha256:bb\nnumpy==2.5 ; python_full_version >= '3.12' \\\n"
        "    --hash=sha256:cc\nuvloop==1.0 ; sys_platform != 'win32' \\\n    --hash=sha256:dd\n"
        "Some_Name==1 \\\n    --hash=sha256:ee\n# a comment\n"
    )
    assert parse_lock(text, "3.11") == {
        "numpy": "numpy==2.4 --hash=sha256:aa --hash=sha256:bb",
        "some-name": "Some_Name==1 --hash=sha256:ee",
    }

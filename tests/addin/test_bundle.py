"""The offline install folder for Windows: complete, checked, and nothing but what is needed."""

import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote

import pytest
from packaging.specifiers import SpecifierSet

from qcity_xl.adapters.disk import sha256_of
from qcity_xl.addin.build import build
from qcity_xl.addin.bundle import (
    INTERPRETER,
    CannotBundle,
    bundle,
    parse_lock,
    requirements,
    scripts,
    versions,
)
from qcity_xl.core.errors import AlreadyThere
from tests.addin.conftest import PROJECT, PYTHON, wheels_in


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


def test_every_package_is_there_with_its_licence(folder: Path) -> None:
    text = (folder / "THIRD-PARTY-LICENSES.txt").read_text(encoding="utf-8")
    found = re.findall(r"^=+\n(\S+) (\S+)\nLicence: *(.*)$", text, re.MULTILINE)
    licences = {re.sub(r"[-_.]+", "-", name).lower(): licence for name, _, licence in found}
    assert {*licences, "qcity-xl"} == set(versions(wheels_in(folder)))
    assert all(licences.values()), licences
    assert "Lesser" in licences["tnefparse"]
    assert "you may replace it" in text.partition("\ntnefparse ")[2].partition("======")[0]
    assert "MIT License" in (folder / "LICENSE.txt").read_text(encoding="utf-8")


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


# The script of the folder, where this system is taken for Windows with the Python that is wanted


def test_the_add_in_runs_the_python_that_the_script_makes(folder: Path) -> None:
    """Where that is, running the script shows: see test_install_cmd."""
    assert (folder / "qcity.xlam").read_bytes() == build(INTERPRETER)
    assert INTERPRETER == r"%LOCALAPPDATA%\qcity_xl\env\Scripts\python.exe"


def test_what_the_script_runs_and_shows_is_there(folder: Path) -> None:
    data = (folder / "install.cmd").read_bytes()
    assert data.count(b"\n") == data.count(b"\r\n")
    for name in re.findall(r'"%HERE%([\w.-]+)"', data.decode()):
        assert (folder / name).exists(), name
    for path in folder.glob("*.txt"):
        text = path.read_bytes().decode()
        assert text.endswith("\r\n") or path.name == "requirements.txt"
        assert "PYTHON_VERSION" not in text


@pytest.fixture(scope="module")
def installed(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the wheel of the folder is installed."""
    target = tmp_path_factory.mktemp("装好")
    own = next((folder / "wheels").glob("qcity_xl-*"))
    pip = (sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index")
    subprocess.run([*pip, "--target", str(target), str(own)], check=True)
    return target


def said(installed: Path, code: str) -> list[str]:
    """What code prints that runs the installed package."""
    first = "import sys; sys.path.insert(0, sys.argv[1]); import qcity_xl; "
    where = "assert qcity_xl.__file__.startswith(sys.argv[1]); "
    done = subprocess.run(
        [sys.executable, "-c", first + where + code, str(installed)],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return done.stdout.splitlines()


def test_the_installed_wheel_builds_the_same_add_in(installed: Path) -> None:
    code = (
        "from qcity_xl.addin.build import build; from qcity_xl.adapters.disk import sha256_of; "
        "print(sha256_of(build('/opt/python')))"
    )
    assert said(installed, code) == [sha256_of(build("/opt/python"))]


def test_the_installed_wheel_has_the_manual_with_its_pictures(installed: Path) -> None:
    manual = Path(
        said(installed, "from qcity_xl.adapters.resources import manual as m; print(m())")[0]
    )
    assert manual.is_relative_to(installed)
    text = manual.read_text(encoding="utf-8")
    named = re.findall(r'(?:src|href)="([^"#]+)"', text)
    assert any(name.endswith(".png") for name in named)
    for name in named:
        assert (manual.parent / unquote(name)).is_file(), name


def test_the_installed_wheel_makes_a_master_and_a_bundle_script(installed: Path) -> None:
    code = (
        "from qcity_xl.adapters.resources import master_template as m, pack_template as p; "
        "from qcity_xl.addin.bundle import scripts; "
        "print(m().is_file(), p().is_file(), len(scripts('3.11')))"
    )
    assert said(installed, code) == [f"True True {len(scripts(PYTHON))}"]


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

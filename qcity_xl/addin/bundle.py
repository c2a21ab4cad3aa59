"""An offline install folder for Windows: wheels, add-in, install script, checksums.

Every package comes at the version and with the hash of requirements.lock; which ones are needed
is read from the wheels themselves, by the conditions that hold on Windows. (pip would ask for
those of the system that it runs on, and leave out what Windows alone needs.)
"""

import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from qcity_xl import __version__
from qcity_xl.adapters.disk import load_bytes, make_file, sha256_of
from qcity_xl.addin.build import build
from qcity_xl.addin.licences import metadata, third_party_licences
from qcity_xl.core.errors import AlreadyThere, QcityError

INTERPRETER = r"%LOCALAPPDATA%\qcity_xl\env\Scripts\python.exe"
_OWN = "qcity-xl"
_TEMPLATES = Path(__file__).with_name("bundle_files")
_PIP = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet")


class CannotBundle(QcityError):
    """A wheel is not to be had, or the project's own files are not here."""

    def __init__(self, why: str) -> None:
        """Say why."""
        super().__init__(f"没有做成安装包：{why}。请在能联网的电脑上、在项目文件夹里运行。")


def bundle(project: Path, out: Path, python: str = "3.11") -> list[Path]:
    """The files of the folder `out`, which must not exist; `project` holds the lock.

    Raises AlreadyThere, CannotBundle, CannotWrite.
    """
    if out.exists():
        raise AlreadyThere(str(out))
    lock = parse_lock(load_bytes(project / "requirements.lock").decode(), python)
    with tempfile.TemporaryDirectory(prefix="qcity-") as private:
        wheels = Path(private)
        _pip("wheel", "--no-deps", "--no-build-isolation", "-w", str(wheels), str(project))
        names = _gather(lock, wheels, python)
        own = next(wheels.glob("qcity_xl-*.whl"))
        pins = [lock[name] for name in sorted(names)]
        pins.append(f"{_OWN}=={__version__} --hash=sha256:{sha256_of(own.read_bytes())}")
        others = [path for path in wheels.glob("*.whl") if path != own]
        licences = _for_notepad(third_party_licences(others))
        files = {f"wheels/{path.name}": path.read_bytes() for path in sorted(wheels.glob("*.whl"))}
    files["requirements.txt"] = ("\n".join(pins) + "\n").encode()
    files["THIRD-PARTY-LICENSES.txt"] = licences
    files["LICENSE.txt"] = _for_notepad((project / "LICENSE").read_text(encoding="utf-8"))
    files["qcity.xlam"] = build(INTERPRETER)
    files |= scripts(python)
    sums = "".join(f"{sha256_of(data)}  {name}\n" for name, data in sorted(files.items()))
    files["SHA256SUMS"] = sums.encode()
    for name, data in files.items():
        make_file(out / name, data)
    return [out / name for name in files]


def parse_lock(text: str, python: str) -> dict[str, str]:
    """Package -> its pin with hashes, on one line; those that don't hold on Windows left out."""
    from packaging.markers import Marker

    pins = {}
    for line in text.replace("\\\n", " ").splitlines():
        if "==" in line:
            head, *hashes = line.split("--hash=")
            pin, _, condition = (part.strip() for part in head.partition(";"))
            if not condition or Marker(condition).evaluate(_windows(python)):
                name = _normal(pin.split("==")[0])
                pins[name] = " --hash=".join([pin, *(one.strip() for one in hashes)])
    return pins


def requirements(wheels: Iterable[Path], python: str) -> dict[str, set[str]]:
    """Package -> the versions that the wheels want of it on Windows, as specifiers."""
    from packaging.requirements import Requirement

    wanted: dict[str, set[str]] = {}
    for path in wheels:
        for line in metadata(path).get_all("Requires-Dist") or ():
            need = Requirement(line)
            if need.marker is None or need.marker.evaluate(_windows(python)):
                wanted.setdefault(_normal(need.name), set()).add(str(need.specifier))
    return wanted


def versions(wheels: Iterable[Path]) -> dict[str, str]:
    """Package -> version of each wheel."""
    found = (metadata(path) for path in wheels)
    return {_normal(one["Name"]): one["Version"] for one in found}


def _gather(lock: Mapping[str, str], wheels: Path, python: str) -> set[str]:
    """Download until no wheel wants what is not there; the names downloaded."""
    names: set[str] = set()
    while new := requirements(wheels.glob("*.whl"), python).keys() - names:
        unknown = sorted(new - lock.keys())
        if unknown:
            raise CannotBundle(f"requirements.lock 里没有 {'、'.join(unknown)}")
        with tempfile.TemporaryDirectory(prefix="qcity-") as private:
            pins = Path(private, "pins.txt")
            pins.write_text("\n".join(lock[name] for name in sorted(new)), encoding="utf-8")
            _pip(
                *("download", "--no-deps", "--require-hashes", "--only-binary=:all:"),
                *("--platform", "win_amd64", "--implementation", "cp", "--python-version", python),
                *("-r", str(pins), "-d", str(wheels)),
            )
        names |= new
    return names


def scripts(python: str) -> dict[str, bytes]:
    """The install script (with the line ends of Windows) and what it runs and shows."""
    made = {}
    for path in sorted(_TEMPLATES.glob("*.*")):
        text = path.read_text(encoding="utf-8").replace("PYTHON_VERSION", python)
        made[path.name] = _for_notepad(text)
    return made


def _for_notepad(text: str) -> bytes:
    """With the line ends of Windows: older ones show others as one line."""
    return text.replace("\r\n", "\n").replace("\n", "\r\n").encode()


def _windows(python: str) -> dict[str, str]:
    return {
        "extra": "",
        "implementation_name": "cpython",
        "os_name": "nt",
        "platform_machine": "AMD64",
        "platform_python_implementation": "CPython",
        "platform_system": "Windows",
        "python_full_version": f"{python}.0",
        "python_version": python,
        "sys_platform": "win32",
    }


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).strip().lower()


def _pip(*arguments: str) -> None:
    done = subprocess.run([*_PIP, *arguments], capture_output=True, text=True, check=False)  # noqa: S603 - pip of this Python
    if done.returncode:
        lines = done.stderr.strip().splitlines() or ["pip 没有说明原因"]
        raise CannotBundle(lines[-1].removeprefix("ERROR: "))

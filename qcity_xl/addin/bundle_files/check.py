"""Whether this Python can run the product, and whether the folder came over whole.

Ends with 0 if so, with 1 if Python is another one, with 3 if files are missing or damaged, after
saying which.
"""

import hashlib
import sys
import sysconfig
from pathlib import Path

VERSION, PLATFORM = "PYTHON_VERSION", "win-amd64"
HERE = Path(__file__).parent


def fits() -> bool:
    """Whether the wheels are for this Python; that of the Store hides where it installs to."""
    version = ".".join(map(str, sys.version_info[:2]))
    from_store = "WindowsApps" in sys.base_prefix
    return (version, sysconfig.get_platform(), from_store) == (VERSION, PLATFORM, False)


def damaged() -> list[str]:
    """Names of the files that are not as they were made."""
    sums = (HERE / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    return [
        name for digest, _, name in (line.partition("  ") for line in sums) if differs(name, digest)
    ]


def differs(name: str, digest: str) -> bool:
    """Whether a file is missing or has another SHA-256."""
    path = HERE / name
    return not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != digest


def main() -> int:
    """The exit status."""
    if not fits():
        return 1
    wrong = damaged()
    if not wrong:
        return 0
    names = "、".join(wrong[:5]) + (f" 等{len(wrong)}个" if len(wrong) > 5 else "")
    sys.stdout.write(f"安装文件夹不完整或传坏了：{names}。请重新拷贝整个文件夹再装。\n")
    return 3


if __name__ == "__main__":
    sys.exit(main())

"""The model of cmd.exe reads lines as it does."""

import pytest

from tests.addin.cmd import commands


@pytest.mark.parametrize(
    ("line", "run"),
    [
        ("cmd.exe /C a & b", ["a", "b"]),
        ('cmd.exe /C "a & b" c', ['"a & b" c']),
        ("cmd.exe /C a ^& b", ["a & b"]),
        ('cmd.exe /C "a ^& b"', ['"a ^& b"']),
        ("cmd.exe /C a %PATH% %NONE% 100%", [r"a C:\Windows %NONE% 100%"]),
        ('cmd.exe /C a "%CMDCMDLINE%&calc&"', None),
    ],
)
def test_lines(line: str, run: list[str] | None) -> None:
    assert commands(line) == run if run else "calc" in commands(line)

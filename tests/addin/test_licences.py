"""The licences of the offline bundle: each wheel's own, and what the LGPL asks for."""

import zipfile
from email.message import Message
from pathlib import Path

import pytest

from qcity_xl.addin.licences import licence_of, third_party_licences


def wheel(folder: Path, name: str, about: str, **files: str) -> Path:
    path = folder / f"{name}-1.2-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr(
            f"{name}-1.2.dist-info/METADATA", f"Name: {name}\nVersion: 1.2\n{about}\n\n自述"
        )
        for file, text in files.items():
            package.writestr(file.replace("__", "/").replace("INFO", f"{name}-1.2.dist-info"), text)
    return path


def about(*lines: tuple[str, str]) -> Message:
    message = Message()
    for name, value in lines:
        message[name] = value
    return message


@pytest.mark.parametrize(
    ("lines", "licence"),
    [
        ([("License-Expression", "BSD-3-Clause"), ("License", "BSD")], "BSD-3-Clause"),
        ([("Classifier", "License :: OSI Approved :: MIT License")], "MIT License"),
        (
            [
                ("Classifier", "License :: OSI Approved"),
                ("Classifier", "License :: OSI Approved :: Apache Software License"),
                ("Classifier", "License :: OSI Approved :: BSD License"),
            ],
            "Apache Software License / BSD License",
        ),
        ([("License", "LGPL\n第二行")], "LGPL"),
        ([], ""),
    ],
)
def test_the_name_of_a_licence(lines: list[tuple[str, str]], licence: str) -> None:
    assert licence_of(about(*lines)) == licence


def test_each_package_with_the_texts_that_came_with_it(tmp_path: Path) -> None:
    one = wheel(
        tmp_path,
        "juzi",
        "License: MIT\nProject-URL: Source, https://example.com/juzi",
        **{"INFO__licenses__LICENSE": "许可全文", "juzi__LICENSE.py": "程序，不是许可"},
    )
    text = third_party_licences([one])
    assert "juzi 1.2\nLicence: MIT\nhttps://example.com/juzi\n" in text
    assert "许可全文" in text
    assert "程序，不是许可" not in text
    assert "Lesser" not in text


def test_a_library_under_the_lgpl_comes_with_its_terms(tmp_path: Path) -> None:
    one = wheel(tmp_path, "youtu", "License: LGPL\nHome-page: https://example.com/youtu")
    text = third_party_licences([one])
    assert "you may replace it" in text
    assert text.index("https://example.com/youtu") < text.index("the address above")

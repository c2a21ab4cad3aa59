"""The add-in file: the same bytes each time, and two other readers find in it what we put in."""

import io
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import olefile
import pytest
from lxml import etree
from oletools.olevba import VBA_Parser
from pyopenvba import ExcelFile, check_file

import qcity_xl.addin.build as builder
import qcity_xl.addin.package as packer
from qcity_xl.adapters.disk import sha256_of
from qcity_xl.adapters.resources import macros_folder
from qcity_xl.addin.build import (
    SHEET,
    build,
    modules,
    write_addin,
)

PYTHON = r"C:\质量 强市 & 100%\env\Scripts\python.exe"


@pytest.fixture(scope="module")
def addin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_addin(tmp_path_factory.mktemp("加载项"), PYTHON)


@pytest.fixture(scope="module")
def package(addin: Path) -> Iterator[zipfile.ZipFile]:
    with zipfile.ZipFile(addin) as opened:
        yield opened


def source_of(text: str) -> list[str]:
    """The lines of a module without attributes, which each reader shows in its own way."""
    return [
        line
        for line in text.replace("\r\n", "\n").rstrip("\n").split("\n")
        if not line.startswith("Attribute ")
    ]


@pytest.mark.parametrize(
    "surroundings",
    [
        {"TZ": "Asia/Shanghai", "PYTHONHASHSEED": "7"},
        {"TZ": "America/St_Johns", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"LANG": "de_DE.UTF-8", "USER": "somebody", "HOME": "/nonexistent", "PYTHONOPTIMIZE": "2"},
    ],
    ids=lambda given: "-".join(given),
)
def test_another_process_elsewhere_and_later_makes_the_same_bytes(
    surroundings: dict[str, str], addin: Path, tmp_path: Path
) -> None:
    if surroundings.get("LC_ALL") == "C" and not sys.prefix.isascii():
        pytest.skip("in locale C Python finds no package in a folder with a Chinese name")
    code = (
        "import os; os.umask(0o077); from qcity_xl.addin.build import build; "
        f"from qcity_xl.adapters.disk import sha256_of; print(sha256_of(build({PYTHON!a})))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, **surroundings},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == sha256_of(addin.read_bytes())


def test_sources_with_the_line_ends_of_windows_make_the_same_bytes(
    addin: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path in macros_folder().iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    for module in (builder, packer):
        monkeypatch.setattr(module, "macros_folder", lambda: tmp_path)
    assert build(PYTHON) == addin.read_bytes()


def test_nothing_in_it_says_who_built_it_when_and_where(package: zipfile.ZipFile) -> None:
    for info in package.infolist():
        assert info.date_time == (1980, 1, 1, 0, 0, 0)
        assert (info.create_system, info.extra, info.comment) == (0, b"", b"")
        assert str(Path(__file__).parents[2]).encode() not in package.read(info), info.filename
    properties = package.read("docProps/core.xml")
    assert b"created" not in properties
    assert b"creator" not in properties


def test_olevba_gives_back_the_sources(addin: Path) -> None:
    parser = VBA_Parser(str(addin))
    found = {
        Path(name).stem: source_of(code) for _, _, name, code in parser.extract_all_macros() if code
    }
    parser.close()
    for name, text in modules().items():
        assert found[name] == source_of(text), name


def test_pyopenvba_gives_back_the_sources_and_finds_no_fault(addin: Path) -> None:
    assert check_file(addin).issues == ()
    with ExcelFile(addin) as book:
        assert book.validate() == []
        found = {name: source_of(text) for name, text in book.vba_modules().items()}
        references = {reference.name: reference.guid for reference in book.references()}
    for name, text in modules().items():
        assert found[name] == source_of(text), name
    assert references == {
        "stdole": "{00020430-0000-0000-C000-000000000046}",
        "Office": "{2DF8D04C-5BFA-101B-BDE5-00AA0044DE52}",  # for IRibbonControl
    }


def test_the_compound_file_is_well_formed_and_has_no_compiled_code(
    package: zipfile.ZipFile,
) -> None:
    ole = olefile.OleFileIO(io.BytesIO(package.read("xl/vbaProject.bin")), raise_defects=20)
    assert ole.parsing_issues == []
    streams = {"/".join(path) for path in ole.listdir()}
    own = {"ThisWorkbook", "Sheet1", *modules()}
    assert streams == {"PROJECT", "PROJECTwm", "VBA/dir", "VBA/_VBA_PROJECT"} | {
        f"VBA/{name}" for name in own
    }
    assert not any(ole.openstream("VBA/_VBA_PROJECT").read()[4:])  # the cache is empty
    declared = ole.openstream("PROJECT").read().decode("ascii")
    assert set(re.findall(r"^Document=(\w+)/", declared, re.MULTILINE)) == {
        "ThisWorkbook",
        "Sheet1",
    }
    assert set(re.findall(r"^Module=(\w+)\r", declared, re.MULTILINE)) == own - {
        "ThisWorkbook",
        "Sheet1",
    }


def test_every_part_has_a_type_and_a_relationship(package: zipfile.ZipFile) -> None:
    names = set(package.namelist())
    assert package.testzip() is None
    types = etree.fromstring(package.read("[Content_Types].xml"))
    defaults = {e.get("Extension"): e.get("ContentType") for e in types.findall("{*}Default")}
    overrides = {e.get("PartName"): e.get("ContentType") for e in types.findall("{*}Override")}
    assert {str(part)[1:] for part in overrides} <= names
    assert overrides["/xl/workbook.xml"] == "application/vnd.ms-excel.addin.macroEnabled.main+xml"
    assert defaults["bin"] == "application/vnd.ms-office.vbaProject"
    related = dict(relations(package, "_rels/.rels", ""))
    related |= dict(relations(package, "xl/_rels/workbook.xml.rels", "xl/"))
    structure = {"[Content_Types].xml", "_rels/.rels", "xl/_rels/workbook.xml.rels"}
    assert set(related.values()) == names - structure
    assert related["ui/extensibility"] == "customUI/customUI14.xml"
    assert related["relationships/vbaProject"] == "xl/vbaProject.bin"


def relations(package: zipfile.ZipFile, part: str, folder: str) -> Iterator[tuple[str, str]]:
    """The end of each relationship's type, and the part that it leads to."""
    for element in etree.fromstring(package.read(part)):
        yield (
            "/".join(str(element.get("Type")).split("/")[-2:]),
            f"{folder}{element.get('Target')}",
        )


def test_code_names_match_the_document_modules(package: zipfile.ZipFile) -> None:
    workbook = package.read("xl/workbook.xml").decode()
    sheet = package.read("xl/worksheets/sheet1.xml").decode()
    assert 'codeName="ThisWorkbook"' in workbook
    assert 'codeName="Sheet1"' in sheet
    assert f'<sheet name="{SHEET}"' in workbook


def test_the_ribbon_is_in_the_file_as_it_stands_in_the_sources(package: zipfile.ZipFile) -> None:
    source = Path(__file__).parents[2] / "macros" / "customUI14.xml"
    assert package.read("customUI/customUI14.xml") == source.read_bytes()

"""workbook/template.xlsx: the master with the embedded table."""

import csv
from pathlib import Path

from qcity_xl.adapters.templates.finish import finish_master
from qcity_xl.adapters.templates.master import build_master
from qcity_xl.adapters.templates.source import load_plan
from qcity_xl.core.master.initial_rows import LetterRow, Setting, master_rows
from qcity_xl.core.master.upgrade import VERSION_ROW
from qcity_xl.core.schema import SCHEMA_VERSION


def build_template_bytes(source_dir: Path) -> bytes:
    """The template from the tables in `source_dir`; the same tables give the same bytes."""
    plan, settings = load_plan(source_dir), load_settings(source_dir)
    rows = master_rows(plan, settings, load_letters(source_dir))
    return finish_master(build_master(rows))


def load_settings(source_dir: Path) -> list[Setting]:
    """The rows of settings.tsv, header left out, and the version of the schema."""
    rows = [
        (group, item, value, note) for group, item, value, note in _lines(source_dir, "settings")
    ]
    group, item, note = VERSION_ROW
    return [*rows, (group, item, str(SCHEMA_VERSION), note)]


def load_letters(source_dir: Path) -> list[LetterRow]:
    """The rows of letters.tsv, header left out; | stands for a line break."""
    return [
        (use, subject, text.replace("|", "\n"), signature.replace("|", "\n"))
        for use, subject, text, signature in _lines(source_dir, "letters")
    ]


def _lines(source_dir: Path, name: str) -> list[list[str]]:
    with (source_dir / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))[1:]

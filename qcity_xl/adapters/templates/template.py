"""workbook/template.xlsx: the master with the embedded table."""

import csv
from pathlib import Path

from qcity_xl.adapters.templates.master import build_master
from qcity_xl.adapters.templates.source import load_plan
from qcity_xl.core.mail.settings import MailSettings
from qcity_xl.core.master.initial_rows import LetterRow, master_rows
from qcity_xl.core.master.settings import office_rows
from qcity_xl.core.master.upgrade import VERSION_ROW
from qcity_xl.core.rounds.first_state import rows_of, worked_out
from qcity_xl.core.schema import SCHEMA_VERSION
from qcity_xl.core.schema.setting import SettingRow, initial_rows


def build_template_bytes(source_dir: Path) -> bytes:
    """The template from the tables in `source_dir`; the same tables give the same bytes."""
    rows = master_rows(load_plan(source_dir), setting_rows(), load_letters(source_dir))
    master = worked_out(rows)
    return build_master(rows_of(master), master.figures)


def setting_rows() -> list[SettingRow]:
    """设置 of a new master: all defaults, and the version of the schema."""
    group, item, note = VERSION_ROW
    version = (group, item, str(SCHEMA_VERSION), note)
    return [*office_rows(), *initial_rows(MailSettings), version]


def load_letters(source_dir: Path) -> list[LetterRow]:
    """The rows of letters.tsv, header left out; | stands for a line break."""
    with (source_dir / "letters.tsv").open(encoding="utf-8", newline="") as file:
        lines = list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))[1:]
    return [
        (use, subject, text.replace("|", "\n"), signature.replace("|", "\n"))
        for use, subject, text, signature in lines
    ]

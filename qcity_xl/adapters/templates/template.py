"""workbook/template.xlsx: the master with the embedded table."""

import csv
from pathlib import Path

from qcity_xl.adapters.source import load_plan
from qcity_xl.adapters.templates.finish import finish_master
from qcity_xl.adapters.templates.master import build_master
from qcity_xl.core.layout import Setting, master_rows


def build_template_bytes(source_dir: Path) -> bytes:
    """The template from the tables in `source_dir`; the same tables give the same bytes."""
    rows = master_rows(load_plan(source_dir), load_settings(source_dir))
    return finish_master(build_master(rows))


def load_settings(source_dir: Path) -> list[Setting]:
    """The rows of settings.tsv, header left out."""
    with (source_dir / "settings.tsv").open(encoding="utf-8", newline="") as file:
        lines = list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [(group, item, value, note) for group, item, value, note in lines[1:]]

"""The shipped template is what the schema declares, and is read once."""

from qcity_xl.adapters.master_file.template import template, template_layout
from qcity_xl.core.changes import CHOICES, HEADER, SHEET
from qcity_xl.core.master.upgrade import schema_layout, version_of
from qcity_xl.core.schema import MASTER, SCHEMA_VERSION


def test_it_has_every_table_and_column() -> None:
    layout, wanted = template_layout(), schema_layout()
    for part in (SHEET, HEADER):
        assert {k: v for k, v in layout.items() if k[1] == part} == {
            k: v for k, v in wanted.items() if k[1] == part
        }
    assert set(template().tables) == {table.name for table in MASTER}


def test_it_offers_the_choices_of_the_schema() -> None:
    layout = template_layout()
    wanted = {k: v for k, v in schema_layout().items() if k[1] == CHOICES}
    assert len(wanted) > 10
    assert {k: layout.get(k) for k in wanted} == wanted


def test_it_is_of_this_version_and_read_once() -> None:
    assert version_of(template().master) == SCHEMA_VERSION
    assert template() is template()

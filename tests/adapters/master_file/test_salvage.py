"""Parts of a damaged master and of an older state of it are put together, where they belong."""

import io
import zipfile
from collections.abc import Mapping

from qcity_xl.adapters.master_file.salvage import lost_parts, salvaged
from qcity_xl.adapters.ooxml.salvage import whole_parts
from qcity_xl.adapters.resources import master_template
from qcity_xl.core.schema import ASSIGNMENTS, TASKS

BEFORE = master_template().read_bytes()
PARTS, _ = whole_parts(BEFORE)


def _zipped(parts: Mapping[str, bytes]) -> bytes:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as package:
        for name, body in parts.items():
            package.writestr(name, body)
    return raw.getvalue()


def _without(*names: str) -> dict[str, bytes]:
    return {name: body for name, body in PARTS.items() if name not in names}


def test_the_styles_of_before_serve_the_sheets_of_now() -> None:
    kept = salvaged("总表.xlsx", _zipped(_without("xl/styles.xml")), BEFORE)
    assert kept.mixed
    assert kept.broken == {"xl/styles.xml": "不见了"}
    assert {ASSIGNMENTS.name, TASKS.name} <= set(kept.found)


def test_a_lost_sheet_is_not_taken_for_read() -> None:
    kept = salvaged("总表.xlsx", _zipped(_without("xl/worksheets/sheet6.xml")), BEFORE)
    assert ASSIGNMENTS.name not in kept.found
    assert TASKS.name in kept.found


def test_styles_of_another_program_s_file_are_not_mixed() -> None:
    other = {**_without("xl/styles.xml"), "xl/workbook.xml": PARTS["xl/workbook.xml"] + b" "}
    kept = salvaged("总表.xlsx", _zipped(other), BEFORE)
    assert not kept.mixed
    assert kept.carrier == BEFORE
    assert not kept.found


def test_what_people_took_out_does_not_come_back() -> None:
    drawing = "xl/drawings/drawing1.xml"
    rels = {
        name: body.replace(b"drawing1.xml", b"none.xml")
        for name, body in PARTS.items()
        if name.endswith(".rels")
    }
    assert lost_parts({**_without(drawing)}, PARTS) == [drawing]
    assert drawing not in lost_parts({**_without(drawing), **rels}, PARTS)

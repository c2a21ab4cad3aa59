"""The formulas that stand in the cells of a column, however these are written."""

from qcity_xl.adapters.master_file.column_formulas import cell_formulas
from qcity_xl.adapters.ooxml.markup import Xml
from qcity_xl.adapters.ooxml.refs import Rect
from qcity_xl.adapters.ooxml.sheet import Sheet


def formulas(cells: str) -> dict[int, str]:
    sheet = f"<worksheet><sheetData>{cells}</sheetData></worksheet>"
    return cell_formulas(
        Sheet("指标", Xml("xl/worksheets/sheet1.xml", sheet.encode())), Rect(2, 3, 5, 3)
    )


def test_each_row_with_a_formula_has_its_text() -> None:
    found = formulas(
        '<row r="2"><c r="C2"><f aca="false">IF([分值]&gt;1,"是","")</f><v>1</v></c></row>'
        '<row r="3"><c r="C3"><v>2</v></c><c r="D3"><f>1+1</f></c></row>'
        '<row r="9"><c r="C9"><f>1+1</f></c></row>'
    )
    assert found == {2: 'IF([分值]>1,"是","")'}


def test_a_shared_formula_holds_for_all_that_share_it() -> None:
    found = formulas(
        '<row r="2"><c r="C2"><f t="shared" ref="C2:C4" si="0">[分值]*2</f></c></row>'
        '<row r="3"><c r="C3"><f t="shared" si="0"/></c></row>'
        '<row r="4"><c r="C4"><f t="shared" si="7"/></c></row>'
    )
    assert found == {2: "[分值]*2", 3: "[分值]*2"}

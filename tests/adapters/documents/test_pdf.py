"""PDFs written here by hand, object by object: text, ruled tables, pages that are pictures."""

from collections.abc import Sequence

import pytest

from qcity_xl.adapters.documents.errors import DocumentDamaged, DocumentScanned
from qcity_xl.adapters.documents.pdf import pdf_source
from qcity_xl.core.reading import Cell, Grid, Square, read_plan, refusal

LEFT, TOP, WIDTH, HEIGHT = 50, 700, 120, 30


def words(text: str, x: int, y: int) -> str:
    return f"BT /F1 12 Tf {x} {y} Td <{text.encode('utf-16-be').hex()}> Tj ET\n"


def table(rows: Sequence[Sequence[str]], top: int) -> str:
    """A ruled table, its upper edge at `top`."""
    drawn = ""
    for down, row in enumerate(rows, 1):
        for right, text in enumerate(row):
            x, y = LEFT + right * WIDTH, top - down * HEIGHT
            drawn += f"{x} {y} {WIDTH} {HEIGHT} re S\n" + words(text, x + 5, y + 10)
    return drawn


def pdf(*pages: str) -> bytes:
    """A PDF of these pages of A4, its font one that readers have: no file is embedded."""
    kids = " ".join(f"{5 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H"
        " /DescendantFonts [4 0 R] >>",
        "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo"
        " << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /DW 1000 /FontDescriptor"
        " << /Type /FontDescriptor /FontName /STSong-Light /Flags 4 /Ascent 880 /Descent -120"
        " /FontBBox [0 -120 1000 880] >> >>",
    ]
    for n, content in enumerate(pages):
        objects += [
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources"
            f" << /Font << /F1 3 0 R >> >> /Contents {6 + 2 * n} 0 R >>",
            f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
        ]
    data, places = b"%PDF-1.4\n", []
    for n, held in enumerate(objects, 1):
        places.append(len(data))
        data += f"{n} 0 obj\n{held}\nendobj\n".encode("ascii")
    listed = "".join(f"{place:010} 00000 n \n" for place in places)
    return data + (
        f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{listed}"
        f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(data)}\n%%EOF\n"
    ).encode("ascii")


def squares(rows: Sequence[Sequence[str]]) -> tuple[Square, ...]:
    return tuple(
        Square(text, n, column)
        for n, row in enumerate(rows, 1)
        for column, text in enumerate(row, 1)
    )


def test_lines_and_a_table_are_read_in_order_and_the_reader_is_warned() -> None:
    rows = (("任务", "牵头单位"), ("公布线网图", "市交通局"))
    source = pdf_source("表.pdf", pdf(words("公交准点方案", LEFT, 780) + table(rows, TOP)))
    assert source.blocks == [
        Cell("公交准点方案", "第1页第1行", free=True),
        Grid("表1", squares(rows)),
    ]
    assert [problem.code for problem in source.problems] == ["pdf"]


def test_what_stands_between_and_under_tables_is_read_but_no_page_number() -> None:
    one, two = (("任务", "单位"), ("公布线网图", "市交通局")), (("说明", "备注"), ("按季报", "无"))
    page = words("一、公交（20分）", LEFT, 780) + table(one, TOP) + words("二、停车", LEFT, 600)
    page += table(two, 560) + words("注：本表每季报送。", LEFT, 400) + words("— 1 —", LEFT, 40)
    source = pdf_source("表.pdf", pdf(page))
    assert source.blocks == [
        Cell("一、公交（20分）", "第1页第1行", free=True),
        Grid("表1", squares(one)),
        Cell("二、停车", "第1页第2行", free=True),
        Grid("表2", squares(two)),
        Cell("注：本表每季报送。", "第1页第3行", free=True),
    ]


def test_a_table_goes_on_over_the_page() -> None:
    first = (("序号", "任务", "单位"), ("1", "公布线网图", "市交通局"))
    then = (("2", "调整班次", "公交集团"),)
    source = pdf_source("表.pdf", pdf(table(first, TOP), table(then, 800)))
    assert source.blocks == [Grid("表1", squares((*first, *then)))]


def test_a_table_of_another_width_is_another_table() -> None:
    first, then = (("1", "公布线网图", "市交通局"),), (("说明", "按季报送"),)
    source = pdf_source("表.pdf", pdf(table(first, TOP), table(then, 800)))
    assert source.blocks == [Grid("表1", squares(first)), Grid("表2", squares(then))]


def test_pages_without_a_letter_are_pictures() -> None:
    with pytest.raises(DocumentScanned):
        pdf_source("扫描件.pdf", pdf("50 50 200 300 re S"))


def test_what_is_no_pdf_is_told() -> None:
    with pytest.raises(DocumentDamaged, match="不是完好的 PDF"):
        pdf_source("坏.pdf", b"%PDF-1.4\n")


def test_a_cell_over_two_columns_covers_both_and_a_wrapped_number_is_one() -> None:
    upper, lower = TOP - HEIGHT, TOP - 2 * HEIGHT
    drawn = f"{LEFT} {upper} {2 * WIDTH} {HEIGHT} re S\n" + words(
        "公交准点（10", LEFT + 5, upper + 18
    )
    drawn += words("分）", LEFT + 5, upper + 4)
    for right, text in enumerate(("市交通局", "公交集团")):
        x = LEFT + right * WIDTH
        drawn += f"{x} {lower} {WIDTH} {HEIGHT} re S\n" + words(text, x + 5, lower + 10)
    (grid,) = pdf_source("表.pdf", pdf(drawn)).blocks
    assert isinstance(grid, Grid)
    assert grid.squares == (
        Square("公交准点（10分）", 1, 1, 1, 2),
        Square("市交通局", 2, 1),
        Square("公交集团", 2, 2),
    )


def test_a_table_without_rules_is_the_reason_that_is_told() -> None:
    rows = [("Item", "Points", "Unit"), ("A", "5", "X"), ("B", "6", "Y"), ("C", "7", "Z")]
    drawn = "".join(
        words(text, 60 + 150 * column, 700 - 30 * row)
        for row, texts in enumerate(rows)
        for column, text in enumerate(texts)
    )
    source = pdf_source("名单.pdf", pdf(drawn))
    assert [problem.code for problem in source.problems] == ["table-unruled", "pdf"]
    why = refusal(read_plan(source.blocks, problems=source.problems))
    assert why.startswith("没有建总表：PDF 里的表格没有画线")


def test_lines_of_text_are_no_table_without_rules() -> None:
    drawn = "".join(words(f"line {n} of a letter", 60, 700 - 30 * n) for n in range(6))
    source = pdf_source("信.pdf", pdf(drawn))
    assert [problem.code for problem in source.problems] == ["pdf"]

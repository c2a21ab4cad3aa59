"""The damage matrix: what people and programs do to a pack, one row each, and what must follow."""

import copy
import io
import re
from collections.abc import Callable
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.comments import Comment

from qcity_xl.adapters.ooxml import Book
from qcity_xl.adapters.packs.locked import locked
from qcity_xl.core.schema.pack import IDENTITY_SHEET
from tests.adapters.ooxml.build import zipped
from tests.returns.hand import (
    CRITERIA,
    TASKS,
    by_openpyxl,
    cell_xml,
    edited,
    filled,
    in_sheet,
    parts_of,
    sheet_part,
)
from tests.returns.hostile import external, macro

Make = Callable[[bytes], bytes]
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360"
    "60606000000005000157e0c2b70000000049454e44ae426082"
)


@dataclass(frozen=True)
class Damage:
    """One kind of damage, done to an honestly filled pack.

    With a `reason` the file is refused. Else it is merged with these `notes`, and its decisions
    are those of the honest pack, `lost` ones left out and `more` added.
    """

    name: str
    make: Make
    reason: str = ""
    notes: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    more: tuple[str, ...] = ()


def _renamed(data: bytes) -> bytes:
    def edit(book: Workbook) -> None:
        book["本轮任务"].title = "任务（食药监）"

    return by_openpyxl(data, edit)


def without(*names: str) -> Make:
    """Sheets deleted."""

    def edit(book: Workbook) -> None:
        for name in names:
            del book[name]

    return lambda data: by_openpyxl(data, edit)


def _without_column(sheet: str, column: int) -> Make:
    return lambda data: by_openpyxl(data, lambda book: book[sheet].delete_cols(column))


def _header(sheet: str, cell: str, text: str) -> Make:
    def edit(book: Workbook) -> None:
        book[sheet].tables.clear()
        book[sheet][cell] = text

    return lambda data: by_openpyxl(data, edit)


def _moved_down(data: bytes) -> bytes:
    return by_openpyxl(data, lambda book: book["自评"].insert_rows(2, 5))


def _sorted_without_ids(data: bytes) -> bytes:
    def edit(book: Workbook) -> None:
        sheet = book["本轮任务"]
        lines = [[cell.value for cell in row] for row in sheet["B8:L14"]]
        for row, values in zip(sheet["B8:L14"], reversed(lines), strict=True):
            for cell, value in zip(row, values, strict=True):
                cell.value = value

    return by_openpyxl(data, edit)


def merged(data: bytes) -> bytes:
    """Three answers under one merged cell."""
    return by_openpyxl(data, lambda book: book["本轮任务"].merge_cells("I8:I10"))


def _pasted(data: bytes) -> bytes:
    def edit(book: Workbook) -> None:
        sheet = book["本轮任务"]
        sheet.data_validations.dataValidation = []
        sheet["I9"].value, sheet["I9"].number_format = "做完了", "0.00%"
        sheet["I9"].font = copy.copy(sheet["B1"].font)

    return by_openpyxl(data, edit)


def _cell(table: object, row: int, field: str, value: object) -> Make:
    return lambda data: filled(data, {(table, row, field): value})  # type: ignore[dict-item]  # rows of the matrix pair them


def _raw(sheet: str, cell: str, xml: str) -> Make:
    return lambda data: cell_xml(data, sheet, cell, xml)


def _total(data: bytes) -> bytes:
    def edit(book: Workbook) -> None:
        book["佐证"]["D30"], book["佐证"]["E30"] = "合计：", "=COUNTA(D5:D21)"
        book["本轮任务"]["B16"], book["本轮任务"]["J16"] = "合计", 7

    return by_openpyxl(data, edit)


def _hidden(data: bytes) -> bytes:
    def edit(book: Workbook) -> None:
        for line in (8, 9, 10):
            book["本轮任务"].row_dimensions[line].hidden = True
        book["佐证"].sheet_state = "hidden"

    return by_openpyxl(data, edit)


def _picture_over(data: bytes) -> bytes:
    return zipped({**parts_of(data), "xl/media/image1.png": PNG, "xl/media/image2.emf": b"x"})


def picture_in_cell(data: bytes) -> bytes:
    """As WPS does: a formula DISPIMG, the picture in xl/cellimages.xml and xl/media."""
    formula = "_xlfn.DISPIMG(&quot;ID_7F0A&quot;,1)"
    shown = "=DISPIMG(&quot;ID_7F0A&quot;,1)"
    xml = f'<c r="H5" t="str"><f>{formula}</f><v>{shown}</v></c>'
    parts = parts_of(cell_xml(data, "佐证", "H5", xml))
    rels = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        b'<Relationship Id="rId1" Type="image" Target="media/image1.png"/></Relationships>'
    )
    images = b'<a><b><c:cNvPr id="2" name="ID_7F0A"/></b><d><e r:embed="rId1"/></d></a>'
    added = {"xl/cellimages.xml": images, "xl/_rels/cellimages.xml.rels": rels}
    return zipped({**parts, **added, "xl/media/image1.png": PNG})


def _commented(data: bytes) -> bytes:
    def edit(book: Workbook) -> None:
        book["佐证"]["D5"].comment = Comment("原件在档案室", "李")

    return by_openpyxl(data, edit)


def _protected(data: bytes) -> bytes:
    def edit(book: Workbook) -> None:
        book["本轮任务"].protection.set_password("another")
        book.security.workbookPassword = "another"

    return by_openpyxl(data, edit)


def _strict(data: bytes) -> bytes:
    """Strict OOXML: other namespaces, dates as ISO text."""
    parts = parts_of(cell_xml(data, "本轮任务", "K8", '<c r="K8" t="d"><v>2016-05-01</v></c>'))
    swaps = (
        (b"http://schemas.openxmlformats.org/spreadsheetml/2006/main", b"spreadsheetml/main"),
        (
            b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            b"officeDocument/relationships",
        ),
    )
    for old, new in swaps:
        full = b"http://purl.oclc.org/ooxml/" + new
        parts = {name: body.replace(old, full) for name, body in parts.items()}
    return zipped(parts)


def _plain_writer(data: bytes) -> bytes:
    """No addresses, no dimension, no styles part, single quotes: the least that is allowed."""
    parts = parts_of(data)
    rels = parts["xl/_rels/workbook.xml.rels"]
    rels = re.sub(rb"<Relationship [^>]*styles[^>]*/>", b"", rels)
    made = {**parts, "xl/_rels/workbook.xml.rels": rels}
    del made["xl/styles.xml"]
    for name in [n for n in made if n.startswith("xl/worksheets/sheet")]:
        body = re.sub(rb"<dimension [^>]*/>", b"", made[name])
        made[name] = re.sub(rb' t="([a-zA-Z]+)"', rb" t='\1'", body)
    return zipped(made)


def _odd_namespaces(data: bytes) -> bytes:
    """Prefixes as some .NET writers make them, and a part's name with a leading slash."""
    parts = parts_of(data)
    main = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    for name in [n for n in parts if n.startswith(("xl/worksheets/sheet", "xl/workbook.xml"))]:
        body = re.sub(rb"<(/?)([A-Za-z]\w*)(?=[\s/>])", rb"<\1x:\2", parts[name])
        body = body.replace(b'xmlns="' + main, b'xmlns:x="' + main)
        parts[name] = body.replace(b"xmlns:r=", b"xmlns:d3p1=").replace(b" r:id=", b" d3p1:id=")
    rels = parts["xl/_rels/workbook.xml.rels"]
    rels = re.sub(rb'Target="/?(?:xl/)?(worksheets/)', rb'Target="/xl/\1', rels)
    return zipped({**parts, "xl/_rels/workbook.xml.rels": rels})


def _new_workbook(data: bytes) -> bytes:
    return without(IDENTITY_SHEET, "填写说明", "退回说明")(data)


def _base(edit: Callable[[bytes], bytes]) -> Make:
    return lambda data: edited(data, sheet_part(data, IDENTITY_SHEET), edit)


def stripped(body: bytes) -> bytes:
    """Identity stays, the base values are gone."""
    return re.sub(rb'<row r="(?:[5-9]|\d\d+)".*?</row>', b"", body, flags=re.DOTALL)


def forged(body: bytes) -> bytes:
    """One sent value is another."""
    return body.replace("食品安全监督抽检".encode(), "食品安全监督".encode())


def _own_additions(data: bytes) -> bytes:
    def edit(book: Workbook) -> None:
        book.create_sheet("附表一")["A1"] = "清单"
        book["本轮任务"]["O7"], book["本轮任务"]["O8"] = "科室", "认证科"

    return by_openpyxl(data, edit)


def _beside(data: bytes) -> bytes:
    def edit(book: Workbook) -> None:
        book["本轮任务"]["Q8"] = "张三，13800138000"

    return by_openpyxl(data, edit)


def moved_in(data: bytes, other: bytes, *sheets: str) -> bytes:
    """A workbook with sheets of another one moved in."""
    guest = Book.read(other)

    def edit(book: Workbook) -> None:
        for name in sheets:
            sheet = book.create_sheet(f"{name} (2)")
            for line in range(1, 60):
                for col in range(1, 10):
                    value = guest.cell_value(name, line, col)
                    if value is not None:
                        sheet.cell(line, col).value = value

    return by_openpyxl(data, edit)


DAMAGES: tuple[Damage, ...] = (
    Damage("如实填报", lambda data: data),
    Damage("工作表改名", _renamed, notes=("工作表「本轮任务」改名为「任务（食药监）」，已认出",)),
    Damage(
        "删了一张表",
        without("自评"),
        notes=(
            "「自评」：找不到这张工作表或它的表头，没有读；请把内容填回下发的原件再寄（可整列复制，选“只粘贴数值”）",
        ),
        lost=("采用 C13.4 answer=达成",),
    ),
    Damage(
        "三张表都删了",
        without("本轮任务", "自评", "佐证"),
        reason="「本轮任务」、「自评」、「佐证」三张表都找不到了（被删，或表头被改）；请把内容填回下发的原件再寄（可整列复制，选“只粘贴数值”）",
    ),
    Damage(
        "删了行键列",
        _without_column("本轮任务", 1),
        notes=("「本轮任务」的隐藏列“行键”被删，已按内容认行",),
    ),
    Damage(
        "删了行键列（佐证）",
        _without_column("佐证", 1),
        notes=("「佐证」的隐藏列“行键”被删，已按内容认行",),
    ),
    Damage(
        "删了填报列",
        _without_column("本轮任务", 10),
        notes=(
            "「本轮任务」第7行表头：找不到“进展说明”一列，没有读；请把表头改回原样，或把内容填回下发的原件",
            "「本轮任务」表格外面有1处下发的文字不见了或被改写",  # that stood over the column
        ),
        lost=("采用 T13.9/市食药监局 note=已落实",),
    ),
    Damage(
        "表头改写",
        _header("本轮任务", "J7", "进展"),
        notes=(
            "「本轮任务」第7行表头：找不到“进展说明”一列，没有读；请把表头改回原样，或把内容填回下发的原件",
            "「本轮任务」多出的列“进展”不并入总表，已随原件存档",
        ),
        lost=("采用 T13.9/市食药监局 note=已落实",),
    ),
    Damage("表头加字", _header("本轮任务", "J7", "进展说明（必填）")),
    Damage("表头下移", _moved_down),
    Damage(
        "排序没带行键",
        _sorted_without_ids,
        notes=(
            "「本轮任务」有6行的行键与内容对不上（多半是排序时没带上隐藏列），已按内容对回原来的行",
        ),
    ),
    Damage(
        "合并单元格",
        merged,
        notes=(
            "「本轮任务」I9：在合并单元格 I8:I10 里，没有读；请取消合并，逐格填写",
            "「本轮任务」I10：在合并单元格 I8:I10 里，没有读；请取消合并，逐格填写",
        ),
    ),
    Damage(
        "粘贴破坏下拉",
        _pasted,
        more=(
            "未采用 T29.2/市食药监局 progress=做完了："
            "“完成情况”只能填：未开始、推进中、已完成、有困难",
        ),
    ),
    Damage(
        "填了公式",
        _raw("本轮任务", "J8", '<c r="J8" t="str"><f>"已"&amp;"落实"</f><v>已落实</v></c>'),
        notes=("「本轮任务」J8填的是公式，按显示的结果读取",),
    ),
    Damage(
        "公式没有结果",
        _raw("本轮任务", "J8", '<c r="J8"><f>A1&amp;B1</f></c>'),
        notes=(
            "「本轮任务」J8：公式“=A1&B1”没有算出结果，没有读；"
            "请直接填内容，或用 Excel 打开保存一次再寄",
        ),
        lost=("采用 T13.9/市食药监局 note=已落实",),
    ),
    Damage("数字存成文本", _cell(CRITERIA, 1, "answer", "4.5"), more=("采用 C29.2 answer=4.5",)),
    Damage(
        "全角数字",
        _cell(CRITERIA, 1, "answer", "４．５批次"),
        more=("采用 C29.2 answer=４．５批次",),
    ),
    *(
        Damage(f"日期写成 {text}", _cell(TASKS, 0, "done_on", text))
        for text in (
            "2016-5-1",
            "2016/05/01",
            "2016.5.1",
            "2016年5月1日",
            "20160501",
            "２０１６－０５－０１",
        )
    ),
    Damage("日期是数字 20160501", _cell(TASKS, 0, "done_on", 20160501)),
    Damage(
        "日期不成日期",
        _cell(TASKS, 0, "done_on", "五月初"),
        lost=("采用 T13.9/市食药监局 done_on=2016-05-01",),
        more=("未采用 T13.9/市食药监局 done_on=五月初：不是日期，应写如 2016-05-01",),
    ),
    Damage(
        "日期在公元 216 年",
        _cell(TASKS, 0, "done_on", "0216-05-01"),
        lost=("采用 T13.9/市食药监局 done_on=2016-05-01",),
        more=("未采用 T13.9/市食药监局 done_on=0216-05-01：不是日期，应写如 2016-05-01",),
    ),
    Damage(
        "换行",
        _cell(TASKS, 1, "note", "第一条\r\n第二条\n第三条"),
        more=("采用 T29.2/市食药监局 note=第一条\n第二条\n第三条",),
    ),
    Damage(
        "32,767 字",
        _cell(TASKS, 1, "note", "长" * 32_767),
        more=("采用 T29.2/市食药监局 note=长长长长长长长长长长长长长长长长长长长长…32767",),
    ),
    Damage(
        "32,768 字",
        _raw("本轮任务", "J9", f'<c r="J9" t="inlineStr"><is><t>{"长" * 32_768}</t></is></c>'),
        notes=("「本轮任务」J9：有 32,768 个字，没有读；请精简后再寄",),
    ),
    Damage(
        "表情和生僻字",
        _cell(TASKS, 1, "note", "𠮷㐂👍🏽完成"),
        more=("采用 T29.2/市食药监局 note=𠮷㐂👍🏽完成",),
    ),
    Damage(
        "私用区字符",
        _cell(TASKS, 1, "note", "\ue5e5完成\uf030项"),
        notes=("「本轮任务」J9有私用区字符（别的电脑上显示为方框），已去掉",),
        more=("采用 T29.2/市食药监局 note=完成项",),
    ),
    Damage(
        "错误值",
        _raw("本轮任务", "J9", '<c r="J9" t="e"><f>NA()</f><v>#N/A</v></c>'),
        more=("未采用 T29.2/市食药监局 note=#N/A：是公式错误值 #N/A，请直接填内容",),
    ),
    Damage("隐藏和筛选", _hidden),
    Damage(
        "合计行",
        _total,
        notes=("「本轮任务」第16行是合计行，不并入总表", "「佐证」第30行是合计行，不并入总表"),
    ),
    Damage(
        "浮动图片",
        _picture_over,
        notes=("有2张图片（image1.png、image2.emf），已另存到存档文件夹，可作佐证",),
    ),
    Damage(
        "单元格图片（WPS）",
        picture_in_cell,
        notes=("有1张图片（image1.png），已另存到存档文件夹，可作佐证",),
        lost=("采用 E第1轮/市食药监局/001 location=佐证/1.pdf",),
        more=("采用 E第1轮/市食药监局/001 location=［图片 image1.png］",),
    ),
    Damage(
        "单元格图片（Excel）",
        _raw("佐证", "H5", '<c r="H5" t="e" vm="1"><v>#VALUE!</v></c>'),
        lost=("采用 E第1轮/市食药监局/001 location=佐证/1.pdf",),
        more=("采用 E第1轮/市食药监局/001 location=［图片］",),
    ),
    Damage("批注", _commented, notes=("有1处批注（「佐证」D5），不并入总表，已随原件存档",)),
    Damage("另设保护密码", _protected),
    Damage("存成 .xlsm", macro, notes=("文件带有宏，没有运行",)),
    Damage("外部链接", external, notes=("文件带有外部链接，没有更新",)),
    Damage("严格 OOXML", _strict),
    Damage("没有样式和范围", _plain_writer),
    Damage("命名空间前缀", _odd_namespaces),
    Damage(
        "复制到新工作簿",
        _new_workbook,
        reason="没有内部标识，可能是把表格复制到了新工作簿，从表头看是市食药监局第1轮的；请把内容填回下发的原件再寄（可整列复制，选“只粘贴数值”）",
    ),
    Damage("下发值被删", _base(stripped), notes=("文件里的下发基准被改动，已按留底核对",)),
    Damage("下发值被改", _base(forged), notes=("文件里的下发基准被改动，已按留底核对",)),
    Damage(
        "自己加了表和列",
        _own_additions,
        notes=(
            "「本轮任务」多出的列“科室”不并入总表，已随原件存档",
            "另有单位自己的工作表「附表一」，不并入总表，已随原件存档",
        ),
    ),
    Damage("表格旁边写字", _beside, notes=("「本轮任务」Q8在表格外面，不并入总表，已随原件存档",)),
    Damage(
        "无穷大",
        _raw("本轮任务", "J9", '<c r="J9"><v>1e999</v></c>'),
        notes=("「本轮任务」J9：数值超出范围，没有读；请改为文字或正确的数字",),
    ),
    Damage(
        "远处有字",
        lambda d: in_sheet(
            d,
            "本轮任务",
            "</sheetData>",
            '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>'
            "</sheetData>",
        ),
        notes=("「本轮任务」XFD1048576 等格在填报范围之外，不并入总表，已随原件存档",),
    ),
    Damage(
        "等号开头",
        _cell(TASKS, 1, "note", "=cmd|'/C calc'!A0"),
        more=("采用 T29.2/市食药监局 note==cmd|'/C calc'!A0",),
    ),
    Damage(
        "CSV",
        lambda _: "行键,任务,工作任务\nT1,1,做\n".encode("gb18030"),
        reason="是文本文件（如 .csv），行键和下发值都丢了；请把下发的 .xlsx 填报表填好报送",
    ),
    Damage(
        "PDF", lambda _: b"%PDF-1.7\n", reason="是 PDF，不是工作簿；请把下发的 .xlsx 填报表填好报送"
    ),
    Damage("空文件", lambda _: b"", reason="是空文件；请重新发送"),
    Damage("半个文件", lambda d: d[: len(d) // 2], reason="文件不完整，后半截没有传到；请重新发送"),
    Damage(
        "网页",
        lambda _: b"<html><table><tr><td>1</td></tr></table></html>",
        reason="是网页，只是改了扩展名；请把下发的 .xlsx 填报表填好报送",
    ),
    Damage("图片", lambda _: PNG, reason="是图片，不是工作簿；请把下发的 .xlsx 填报表填好报送"),
    Damage(
        "压缩包",
        lambda d: zipped({"第1轮.xlsx": d}),
        reason="是压缩包，没有解开；请解压后只寄里面的填报表",
    ),
    Damage(
        "Word 文档",
        lambda _: zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<a/>"}),
        reason="是 Word 文档，不是工作簿；请把下发的 .xlsx 填报表填好报送",
    ),
    Damage(
        "打开密码",
        lambda data: locked(data, "科室自己的口令"),
        reason="设有打开密码，「单位」里登记的打开口令都打不开；"
        "请单位取消密码后另存再寄，或在「单位」的“打开口令”填上它用的口令",
    ),
    Damage(
        "加密的部分是坏的",
        lambda _: (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
            + b"\0" * 600
            + "EncryptedPackage".encode("utf-16-le")
        ),
        reason="设有打开密码，加密的部分已损坏或不寻常，没有读；请单位取消密码后另存为 .xlsx 再寄",
    ),
    Damage(
        "别的工作簿",
        lambda _: _stranger(),
        reason="不是本工具下发的填报表（没有内部标识，也没有填报表的表头）；请把下发的原件填好报送",
    ),
)


def _stranger() -> bytes:
    """A workbook that has nothing to do with us."""
    raw = io.BytesIO()
    book = Workbook()
    book.active.append(["姓名", "电话"])  # type: ignore[union-attr]  # a new one has a sheet
    book.save(raw)
    return raw.getvalue()

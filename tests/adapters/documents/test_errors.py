"""Why a document can't be read: each cause says what to do."""

import pytest

from qcity_xl.adapters.documents import errors
from qcity_xl.adapters.documents.errors import DocumentError, DocumentTooLarge, UnsupportedDocument

KINDS = [
    kind
    for kind in vars(errors).values()
    if isinstance(kind, type) and issubclass(kind, DocumentError) and kind is not DocumentError
]
MORE = {"DocumentEmpty": ("没有表格",), "DocumentTooLarge": ("文件大小", 60_000, 50_000)}
MORE["DocumentDamaged"] = ("打不开",)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_a_refusal_names_the_document_and_ends_as_a_sentence(kind: type[DocumentError]) -> None:
    told = str(kind("任务分解表.doc", *MORE.get(kind.__name__, ())))
    assert "“任务分解表.doc”" in told
    assert told.endswith("。")


def test_what_is_read_is_said_where_it_is_not() -> None:
    told = str(UnsupportedDocument("照片.jpg"))
    assert all(kind in told for kind in (".docx", ".xlsx", ".pdf", ".txt"))
    assert "超过上限 50,000" in str(DocumentTooLarge("大.docx", "字数", 60_000, 50_000))

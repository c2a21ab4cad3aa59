"""Old documents through LibreOffice, where it is; without it the office is told what to do."""

import io

import docx
import pytest

import qcity_xl.adapters.documents.converted as module
from qcity_xl.adapters.documents.converted import converted
from qcity_xl.adapters.documents.errors import DocumentDamaged, NeedsConversion

TASK = "公布公交线网图"


def rich(text: str) -> bytes:
    """Rich text of one line."""
    return rb"{\rtf1\ansi " + "".join(f"\\u{ord(each)}?" for each in text).encode() + rb"\par}"


@pytest.mark.usefixtures("writer")
def test_rich_text_becomes_a_word_document_of_the_same_words() -> None:
    page = docx.Document(io.BytesIO(converted("任务.rtf", rich(TASK), ".rtf")))
    assert [paragraph.text for paragraph in page.paragraphs if paragraph.text] == [TASK]


@pytest.mark.usefixtures("writer")
def test_what_libreoffice_cannot_open_is_told() -> None:
    with pytest.raises(DocumentDamaged, match="LibreOffice 打不开"):
        converted("坏.doc", b"\0" * 10, ".doc")


def test_without_libreoffice_the_office_is_asked_to_convert(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "find_soffice", lambda: None)
    with pytest.raises(NeedsConversion, match="旧表"):
        converted("旧表.wps", rich(TASK), ".wps")

"""What a zip is, seen from its list of files."""

import pytest

from qcity_xl.adapters.mail.zips import entries_in, is_called_otherwise, is_document, opened
from tests.mail.formats import zipped


@pytest.mark.parametrize("count", [1, 7, 300])
def test_how_many_files_it_lists(count: int) -> None:
    assert entries_in(zipped(*((f"{n}", b"x") for n in range(count)))) == count


def test_a_zip_in_it_does_not_count() -> None:
    inner = zipped(*((f"{n}", b"x") for n in range(50)))
    assert entries_in(zipped(("内.zip", inner), ("外.txt", b""))) == 2


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"PK\x05\x06", zipped(("a", b"x" * 99))[:60]])
def test_a_broken_one(data: bytes) -> None:
    assert entries_in(data) == 0
    assert opened(data) is None


@pytest.mark.parametrize(
    ("name", "inside", "document"),
    [
        ("a.zip", "OFD.xml", True),
        ("a.zip", "XL\\..\\[CONTENT_TYPES].xml", False),
        ("a.zip", "[CONTENT_TYPES].xml", True),
        ("a.numbers", "x", True),
        ("a.zip", "材料/盖章页.pdf", False),
    ],
)
def test_a_document_is_known_by_its_inside_or_its_ending(
    name: str, inside: str, document: bool
) -> None:
    assert is_document(name, [inside]) == document


@pytest.mark.parametrize(("name", "otherwise"), [("a.ZIP", False), ("a", False), ("2016.5", False),
                                                 ("a.材料", False), ("a.dat", True)])  # fmt: skip
def test_an_ending_that_says_something_else(name: str, otherwise: bool) -> None:
    assert is_called_otherwise(name) == otherwise

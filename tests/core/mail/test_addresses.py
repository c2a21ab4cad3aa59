"""Addresses as people type them into one cell."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcity_xl.core.mail.addresses import Address, parse_addresses


@pytest.mark.parametrize(
    "cell",
    [
        "lilei@example.com；hanmm@example.com",
        " lilei@example.com ; hanmm@example.com ;",
        "lilei@example.com、hanmm@example.com",
        "lilei@example.com\nhanmm@example.com",
        "ｌｉｌｅｉ＠ｅｘａｍｐｌｅ．ｃｏｍ，hanmm@example.com",
        "lilei@example.com；hanmm@example.com；LILEI@example.com",
    ],
)
def test_two_contacts_however_they_are_divided(cell: str) -> None:
    found, faults = parse_addresses(cell)
    assert [address.mail for address in found] == ["lilei@example.com", "hanmm@example.com"]
    assert faults == ()


def test_a_name_before_the_address_is_kept() -> None:
    found, _ = parse_addresses('"李雷" <lilei@example.com>；韩梅梅 <hanmm@example.com>', "王敏")
    assert found == (Address("lilei@example.com", "李雷"), Address("hanmm@example.com", "韩梅梅"))


def test_the_contact_s_name_goes_with_the_first_address_without_one() -> None:
    found, _ = parse_addresses("lilei@example.com；hanmm@example.com", "李雷")
    assert [address.name for address in found] == ["李雷", ""]


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ('"Li, Lei" <lilei@example.com>', "Li, Lei"),
        ("“李雷、韩梅梅” <lilei@example.com>", "李雷、韩梅梅"),
        ("mailto:lilei@example.com", ""),
        ("李雷 <MAILTO:lilei@example.com?subject=x>", "李雷"),
    ],
)
def test_an_entry_as_address_books_and_pages_write_it(cell: str, name: str) -> None:
    found, faults = parse_addresses(f"{cell}；hanmm@example.com")
    assert [address.mail for address in found] == ["lilei@example.com", "hanmm@example.com"]
    assert (found[0].name, faults) == (name, ())


@pytest.mark.parametrize(
    "entry",
    [
        "李雷",
        "=?utf-8?Q?a=0D=0A?=@example.com",
        "lilei@",
        "@example.com",
        "li lei@example.com",
        "a@b..c",
    ],
)
def test_what_is_no_address_is_told(entry: str) -> None:
    found, faults = parse_addresses(f"hanmm@example.com；{entry}")
    assert [address.mail for address in found] == ["hanmm@example.com"]
    assert faults == (entry,)


@given(st.text(max_size=60))
def test_what_is_taken_for_an_address_fits_in_one_header_line(cell: str) -> None:
    for address in parse_addresses(cell, "李雷\r\nBcc: x@example.com")[0]:
        assert address.mail.isascii()
        assert "\n" not in address.mail + address.name
        assert "\r" not in address.mail + address.name

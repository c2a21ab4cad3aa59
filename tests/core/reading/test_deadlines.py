import pytest

from qcity_xl.core.reading.deadlines import is_deadline, parse_deadline


@pytest.mark.parametrize(
    ("text", "deadline", "known"),
    [
        ("2024", "2024", True),
        ("2024年", "2024", True),
        ("\uf0322024—2025年", "2024-2025", True),
        ("２０２４～２０２５", "2024-2025", True),
        ("2025年12月底前", "2025年12月底前", True),
        ("2024.1-2024.12", "2024.1-2024.12", True),
        ("长期", "长期", True),
        ("尽快 完成", "尽快完成", False),
        ("", "", False),
    ],
)
def test_deadlines(text: str, deadline: str, known: bool) -> None:
    assert parse_deadline(text) == (deadline, known)


def test_what_holds_more_than_a_time_is_no_deadline() -> None:
    assert [is_deadline(text) for text in ("2025年底前", "每季度开展", "1899", "2025年建成")] == [
        *(True, True, False, False)
    ]

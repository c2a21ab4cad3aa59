"""A wording cut into clauses: what each says, and where it stands."""

from qcity_xl.core.reading.wording.clauses import cut, flatten, joined


def kinds(wording: str) -> list[tuple[str, str, float]]:
    return [(clause.kind, clause.text, clause.points) for clause in cut(flatten(wording))]


def test_letters_are_made_plain_one_for_one() -> None:
    wording = "公开【服务】指南，得３．５分；"
    assert flatten(wording) == "公开(服务)指南,得3.5分;"
    assert len(flatten(wording)) == len(wording)


def test_a_clause_is_text_and_a_phrase_and_knows_its_place() -> None:
    wording = "①开设窗口得３分；②未开设的不得分。"
    one, other = cut(flatten(wording))
    assert (one.kind, one.text, one.points, one.item) == ("A", "开设窗口", 3, True)
    assert (wording[one.start : one.middle], wording[one.middle : one.end]) == (
        "①开设窗口",
        "得３分",
    )
    assert (other.kind, other.text, other.points, other.item) == ("Z", "未开设", 0, True)


def test_whole_sentences_before_a_phrase_and_words_behind_the_last_are_text() -> None:
    assert kinds("分工明确。窗口齐备得4分，另行通报") == [
        ("t", "分工明确", 0),
        ("A", "窗口齐备", 4),
        ("t", "另行通报", 0),
    ]


def test_a_mark_of_no_points_earns_nothing() -> None:
    assert kinds("举办开放日（2分）、印发折页（0分）") == [
        ("M", "举办开放日", 2),
        ("Z", "印发折页", 0),
    ]


def test_a_label_is_no_text_and_a_veto_as_a_thing_no_veto() -> None:
    assert kinds("加分项：获省级表彰得2分") == [("A", "获省级表彰", 2)]
    assert kinds("建立一票否决机制得2分") == [("A", "建立一票否决机制", 2)]


def test_texts_are_joined_to_the_clause_behind_them() -> None:
    flat = flatten("1. 分工明确。窗口齐备得4分")
    clause = joined(flat, cut(flat))
    assert (clause.kind, clause.text, clause.points) == ("A", "分工明确。窗口齐备", 4)
    assert (clause.start, clause.item) == (0, True)


def test_blanks_have_no_clauses() -> None:
    assert cut("") == cut(flatten("；。\n")) == []

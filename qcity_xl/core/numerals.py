"""Whole numbers written in Chinese: 八, 十二, 一百零五, 三万."""

_DIGITS = {numeral: value for value, numeral in enumerate("零一二三四五六七八九")}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"亿": 10**8, "万": 10**4}  # the larger one first
_SAME = {"〇": "零", "○": "零", "两": "二", "廿": "二十", "卅": "三十"}
_USUAL = str.maketrans(_SAME)

NUMERALS = "".join((*_DIGITS, *_UNITS, *_MYRIADS, *_SAME))  # letters for a character class


def chinese_number(text: str) -> int | None:
    """The number that Chinese numerals write, None for anything else.

    Two digits side by side are no number: 二三 is "two or three". 一百五 is 150.
    """
    return _parse(text.translate(_USUAL)) if text else None


def whole_number(text: str) -> int | None:
    """The number that digits or Chinese numerals write: 3, 三, 十二; None for anything else."""
    return int(text) if text.isdecimal() else chinese_number(text)


def numeral(number: int) -> str:
    """A number from 1 to 99 as headings count: 三, 十二, 二十."""
    tens, ones = divmod(number, 10)
    digits = "零一二三四五六七八九"
    before = ("" if tens == 1 else digits[tens]) + "十" if tens else ""
    return before + (digits[ones] if ones or not tens else "")


def _parse(text: str) -> int | None:
    for mark, size in _MYRIADS.items():
        head, found, tail = text.partition(mark)
        if found:
            many, rest = _parse(head), _parse_rest(tail, size)
            return None if not many or rest is None or rest >= size else many * size + rest
    return _parse_section(text)


def _parse_rest(text: str, size: int) -> int | None:
    """What stands after 万 or 亿: nothing, a number, or the one digit of 三万五."""
    if text in _DIGITS and text != "零":
        return _DIGITS[text] * size // 10
    return _parse(text.removeprefix("零")) if text else 0


def _parse_section(text: str) -> int | None:
    """A number below 一万."""
    total, digit, last = 0, None, 10_000
    zero = False
    for letter in text:
        if letter in _UNITS and _UNITS[letter] < last and digit != 0:
            if digit is None and letter != "十":
                return None
            last = _UNITS[letter]
            total, digit, zero = total + (1 if digit is None else digit) * last, None, False
        elif letter == "零" and digit is None and total and not zero:
            zero = True
        elif letter in _DIGITS and digit is None:
            digit = _DIGITS[letter]
        else:
            return None
    if digit is None:
        return total if total and not zero else None
    implied = last // 10 if total and not zero else 1
    return total + digit * implied

"""What a cell takes, as Excel stores it: a dropdown, a formula, a prompt."""

from collections.abc import Sequence

from openpyxl.worksheet.datavalidation import DataValidation

_LIST_LIMIT, _PROMPT_LIMIT = 255, 255


def choice_list(
    header: str, choices: Sequence[str], help_text: str = "", *, strict: bool = True
) -> DataValidation:
    """A dropdown; where not `strict`, other wordings pass after a question.

    Choices that don't fit Excel's limit become a prompt.
    """
    listed = ",".join(choices).replace('"', '""')
    text = help_text or f"请选择：{'、'.join(choices)}"
    if len(listed) > _LIST_LIMIT or any("," in choice for choice in choices):
        return prompt(header, text)
    rule = DataValidation(type="list", formula1=f'"{listed}"', allow_blank=True, showDropDown=False)
    rule.errorStyle = "stop" if strict else "warning"
    rule.showErrorMessage = True
    rule.errorTitle = header
    rule.error = _cut(f"应为：{'、'.join(choices)}。")
    return _prompting(rule, header, text)


def guarded(header: str, entry: str, text: str) -> DataValidation:
    """A prompt, and what makes the formula `entry` false is stopped."""
    rule = DataValidation(type="custom", formula1=entry, allow_blank=True)
    rule.errorStyle, rule.showErrorMessage = "stop", True
    rule.errorTitle, rule.error = header, _cut(f"应填：{text}。")
    return _prompting(rule, header, text)


def prompt(header: str, text: str) -> DataValidation:
    """A note that shows when the cell is chosen; anything may be typed."""
    return _prompting(DataValidation(allow_blank=True), header, text)


def _prompting(rule: DataValidation, header: str, text: str) -> DataValidation:
    rule.showInputMessage = True
    rule.promptTitle, rule.prompt = header, _cut(text)
    return rule


def _cut(text: str) -> str:
    return text if len(text) <= _PROMPT_LIMIT else text[: _PROMPT_LIMIT - 1] + "…"

"""The page in a real browser: filter, sort, keys, print, and nothing from the network."""

import base64
import io
import re
import shutil
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pypdf
import pytest
from selenium import webdriver
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.select import Select
from selenium.webdriver.support.wait import WebDriverWait

from qcity_xl.adapters.reports.page import page_bytes
from qcity_xl.core.master.model import Master
from qcity_xl.core.rounds.assignments import assignment_changes
from qcity_xl.core.schema import ASSIGNMENTS, CRITERIA, TASKS, UNITS
from qcity_xl.core.scoring.evaluate import evaluate
from tests.core.builders import assignment, embedded, set_cell, unit
from tests.core.reports.test_overview import overview
from tests.tools import unavailable

XSS = '</script><script>document.title="坏"</script><img src=x onerror="document.title=1">'


def page(master: Master) -> bytes:
    evaluation = evaluate(master, {})
    after = master.with_changes(evaluation.changes)
    return page_bytes(after, evaluation, overview(master))


@contextmanager
def chromium() -> Iterator[webdriver.Chrome]:
    program, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if program is None or driver is None:
        unavailable("Chromium", "install chromium and chromium-driver")
    options = webdriver.ChromeOptions()
    options.binary_location = program
    for argument in ("--headless=new", "--no-sandbox", "--window-size=1366,768", "--lang=zh-CN"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    with webdriver.Chrome(options, webdriver.ChromeService(driver)) as chrome:
        yield chrome


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[webdriver.Chrome]:
    """The embedded table, on a path as users have it, with a text that would be code elsewhere."""
    master = embedded()
    master = master.with_changes(assignment_changes(master)[0])
    master = set_cell(master, CRITERIA, "C2.1", "text", XSS)
    master = set_cell(master, CRITERIA, "C2.1", "points", 9.5)
    master = set_cell(master, CRITERIA, "C3.1", "points", 9.25)
    master = set_cell(master, CRITERIA, "C28.1", "answer", "96%")
    path = tmp_path_factory.mktemp("一览") / "质量 强市（２０１６）#1.html"
    path.write_bytes(page(master))
    with chromium() as browser:
        browser.get(path.as_uri())
        yield browser


def shown(browser: webdriver.Chrome, section: str) -> list[str]:
    rows = browser.find_elements(By.CSS_SELECTOR, f"#{section} tbody tr")
    return [row.find_element(By.TAG_NAME, "td").text for row in rows if row.is_displayed()]


def go(browser: webdriver.Chrome, tab: str) -> None:
    browser.find_element(By.LINK_TEXT, tab).click()


def test_one_tab_is_seen_and_arrow_keys_go_on(opened: webdriver.Chrome) -> None:
    go(opened, "总览")
    first = opened.find_element(By.LINK_TEXT, "总览")
    first.send_keys(Keys.ARROW_RIGHT)
    seen = [
        s.get_attribute("id")
        for s in opened.find_elements(By.TAG_NAME, "section")
        if s.is_displayed()
    ]
    assert seen == ["指标"]
    assert opened.switch_to.active_element.get_attribute("aria-selected") == "true"


def spoken(browser: webdriver.Chrome) -> list[tuple[str, str, dict[str, Any]]]:
    """What Chromium tells a screen reader: role, name and properties of what is there."""
    found: list[dict[str, Any]] = browser.execute_cdp_cmd("Accessibility.getFullAXTree", {})[
        "nodes"
    ]
    return [
        (
            node["role"]["value"],
            node.get("name", {}).get("value", ""),
            {p["name"]: p["value"].get("value") for p in node.get("properties", [])},
        )
        for node in found
        if not node["ignored"]
    ]


NAMED = {"button", "link", "tab", "tabpanel", "searchbox", "combobox", "table", "columnheader"}
NAMED |= {"rowheader", "heading", "image", "progressbar", "DisclosureTriangle", "option"}


@pytest.mark.parametrize(
    ("tab", "heading"),
    [
        ("总览", "单位与部分：任务完成"),
        ("指标", "指标和得分点"),
        ("单位", "各单位"),
        ("缺佐证", "缺佐证的得分点"),
        ("到期", "任务和时限"),
    ],
)
def test_a_screen_reader_is_told_what_everything_is(
    opened: webdriver.Chrome, tab: str, heading: str
) -> None:
    go(opened, tab)

    def told(browser: webdriver.Chrome) -> list[tuple[str, str, dict[str, Any]]]:
        nodes = spoken(browser)
        return nodes if ("heading", heading) in {node[:2] for node in nodes} else []

    nodes = WebDriverWait(opened, 20).until(told)
    assert [role for role, name, _ in nodes if role in NAMED and not name] == []
    named = {node[:2] for node in nodes}
    assert {("tab", tab), ("tabpanel", tab), ("table", heading), ("main", "")} <= named
    assert [name for role, name, p in nodes if role == "tab" and p["selected"]] == [tab]
    (live,) = (p["live"] for role, _, p in nodes if role == "status")
    assert live == "polite"


def test_keys_alone_find_and_open_an_indicator(opened: webdriver.Chrome) -> None:
    """Skip link, tabs by arrows, filter, list; what is found is told by the live region."""
    opened.refresh()

    def press(*keys: str) -> None:
        ActionChains(opened).send_keys(*keys).perform()

    def focus() -> str:
        element = opened.switch_to.active_element
        return str(element.accessible_name)

    press(Keys.TAB)
    assert focus() == "跳到内容"
    for _ in range(9):
        press(Keys.TAB)
        if opened.switch_to.active_element.get_attribute("role") == "tab":
            break
    for _ in range(5):
        press(Keys.ARROW_RIGHT)
        if focus() == "指标":
            break
    assert opened.find_element(By.ID, "指标").is_displayed()
    for _ in range(9):
        press(Keys.TAB)
        if opened.switch_to.active_element.aria_role == "searchbox":
            break
    press("满意度")
    output = opened.find_element(By.CSS_SELECTOR, "#指标 output")
    WebDriverWait(opened, 20).until(lambda _: output.text == "显示 6 / 112")
    WebDriverWait(opened, 20).until(
        lambda browser: "显示 6 / 112" in {name for _, name, _ in spoken(browser)}
    )
    for _ in range(30):
        press(Keys.TAB)
        if opened.switch_to.active_element.tag_name == "summary":
            break
    press(Keys.ENTER)
    details = opened.switch_to.active_element.find_element(By.XPATH, "..")
    assert details.get_attribute("open")
    assert "所属指标" in details.text
    opened.refresh()


def test_a_list_is_filtered_by_words_and_choices(opened: webdriver.Chrome) -> None:
    go(opened, "指标")
    assert len(shown(opened, "指标")) == 112
    section = Select(opened.find_element(By.CSS_SELECTOR, "#指标 select[name=section]"))
    section.select_by_value("9")
    assert {label.partition("(")[0] for label in shown(opened, "指标")} == {"44", "45", "46", "47"}
    search = opened.find_element(By.CSS_SELECTOR, "#指标 input[type=search]")
    search.send_keys("满意度")
    count = opened.find_element(By.CSS_SELECTOR, "#指标 output")
    WebDriverWait(opened, 5).until(lambda _: count.text.startswith("显示 2 "))
    assert all(label.startswith("47") for label in shown(opened, "指标"))
    search.send_keys(Keys.CONTROL, "a", Keys.DELETE)
    section.select_by_value("")


def test_a_list_is_sorted_by_a_click_on_its_header(opened: webdriver.Chrome) -> None:
    go(opened, "到期")
    header = opened.find_element(By.CSS_SELECTOR, "#到期 th button")
    header.click()
    up = shown(opened, "到期")
    header.click()
    down = shown(opened, "到期")
    assert up[:3] == ["1.1", "2.1", "2.2"]
    assert down == up[::-1]
    assert header.find_element(By.XPATH, "..").get_attribute("aria-sort") == "descending"


def test_what_was_written_by_people_is_no_code(opened: webdriver.Chrome) -> None:
    assert opened.title == "质量强市一览"
    go(opened, "指标")
    (row,) = opened.find_elements(By.XPATH, "//section[@id='指标']//tr[td[1]='2(1)']")
    assert row.find_element(By.TAG_NAME, "summary").text == XSS


def test_nothing_is_asked_of_the_network_and_nothing_fails(opened: webdriver.Chrome) -> None:
    loaded = opened.execute_script(
        "return performance.getEntriesByType('resource').map(e => e.name)"
    )
    assert loaded == []
    log = opened.get_log("browser")  # type: ignore[no-untyped-call]  # of selenium
    assert [entry["message"] for entry in log] == []


def test_print_holds_every_tab(opened: webdriver.Chrome) -> None:
    pdf = pypdf.PdfReader(io.BytesIO(base64.b64decode(opened.print_page())))
    plain = [unicodedata.normalize("NFKC", page.extract_text()) for page in pdf.pages]
    pages = [re.sub(r"\s", "", words) for words in plain]
    text = "".join(pages)
    for words in (
        "各部分得分",
        "指标和得分点",
        "各单位",
        "缺佐证的得分点",
        "任务和时限",
        "计分理由",
    ):
        assert words in text
    heads = sum("得分点内容单位分值自评佐证核定" in page for page in pages)
    assert heads > 20  # on each page that the list goes on
    assert len(pages) < 60


def crowded() -> Master:
    """1,000 units and 5,000 tasks: each unit leads five and helps with five."""
    master = embedded()
    tables = {name: dict(rows) for name, rows in master.tables.items()}
    names = [f"市第{number}局" for number in range(1_000)]
    tasks = list(tables[TASKS.name].values())
    tables[UNITS.name] = {
        key: {**values, "key": key} for _, key, values in (unit(name) for name in names)
    }
    tables[TASKS.name], tables[ASSIGNMENTS.name] = {}, {}
    for number in range(5_000):
        row = tasks[number % len(tasks)]
        no, lead, other = f"{row['indicator']}.{number + 1}", names[number % 1_000], names[-1]
        tables[TASKS.name][f"T{no}"] = {**row, "no": no, "leads": lead, "partners": other}
        for name, role in ((lead, "牵头"), (other, "配合")):
            _, key, values = assignment(no, name, role)
            tables[ASSIGNMENTS.name][key] = values
    return replace(master, tables=tables)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[webdriver.Chrome]:
    """The page of a crowded master."""
    path = tmp_path_factory.mktemp("大") / "一览.html"
    path.write_bytes(page(crowded()))
    with chromium() as browser:
        browser.get(path.as_uri())
        yield browser


def rows_of(browser: webdriver.Chrome, section: str) -> list[str]:
    """The first cells of the rows that stand in a list."""
    script = "return [...document.querySelectorAll(arguments[0])].map(c => c.textContent)"
    found: list[str] = browser.execute_script(script, f"#{section} tbody td:first-child")
    return found


def test_of_a_long_list_the_first_rows_stand_in_the_page(large: webdriver.Chrome) -> None:
    script = "return document.getElementsByTagName('*').length"
    assert large.execute_script(script) < 20_000
    go(large, "到期")
    assert len(rows_of(large, "到期")) == 200
    more = large.find_element(By.CSS_SELECTOR, "#到期 > button")
    assert more.text == "再显示 200 行"
    more.send_keys(Keys.ENTER)
    assert len(rows_of(large, "到期")) == 400
    first = large.switch_to.active_element
    assert first.find_element(By.TAG_NAME, "td").text == rows_of(large, "到期")[200]


def test_what_stands_beyond_the_first_rows_is_found_sorted_and_printed(
    large: webdriver.Chrome,
) -> None:
    go(large, "到期")
    units = Select(large.find_element(By.CSS_SELECTOR, "#到期 select[name=unit]"))
    units.select_by_visible_text("市第997局")
    assert [no.rpartition(".")[2] for no in rows_of(large, "到期")] == [
        *("998", "1998", "2998", "3998", "4998"),
    ]
    assert large.find_element(By.CSS_SELECTOR, "#到期 output").text == "显示 5 / 5000"
    assert not large.find_element(By.CSS_SELECTOR, "#到期 > button").is_displayed()
    units.select_by_index(0)
    assert len(rows_of(large, "到期")) == 200
    header = large.find_element(By.CSS_SELECTOR, "#到期 th button")
    header.click()
    assert rows_of(large, "到期")[0] == "1.1"
    header.click()
    assert rows_of(large, "到期")[0] == "50.4968"
    large.execute_script("window.dispatchEvent(new Event('beforeprint'))")
    assert len(set(rows_of(large, "到期"))) == 5_000
    large.execute_script("window.dispatchEvent(new Event('afterprint'))")
    assert len(rows_of(large, "到期")) == 200


def test_numbers_are_sorted_as_numbers_and_what_is_not_scored_comes_last(
    opened: webdriver.Chrome,
) -> None:
    go(opened, "指标")
    (points, claimed) = opened.find_elements(By.CSS_SELECTOR, "#指标 th button")[3:5]
    points.click()
    labels = rows_of(opened, "指标")
    assert labels.index("3(1)") < labels.index("2(1)")  # 9.25 and 9.5
    for _ in range(2):
        claimed.click()
        assert rows_of(opened, "指标")[0] == "28(1)"  # the only one with a score


def test_without_scripts_all_tables_stand_open() -> None:
    text = page(embedded()).decode()
    assert "<section hidden" not in text
    assert len(re.findall("<section ", text)) == 5
    assert len(text.encode()) < 500_000


def test_the_same_master_gives_the_same_page() -> None:
    assert page(embedded()) == page(embedded())

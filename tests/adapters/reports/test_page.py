"""The page in a real browser: filter, sort, keys, print, and nothing from the network."""

import base64
import io
import re
import shutil
from collections.abc import Iterator

import pypdf
import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.select import Select
from selenium.webdriver.support.wait import WebDriverWait

from qcity_xl.adapters.reports.page import page_bytes
from qcity_xl.core.master.model import Master
from qcity_xl.core.rounds.assignments import assignment_changes
from qcity_xl.core.schema import CRITERIA
from qcity_xl.core.scoring.evaluate import evaluate
from tests.core.builders import embedded, set_cell
from tests.core.reports.test_overview import overview
from tests.tools import unavailable

XSS = '</script><script>document.title="坏"</script><img src=x onerror="document.title=1">'


def page(master: Master) -> bytes:
    evaluation = evaluate(master, {})
    after = master.with_changes(evaluation.changes)
    return page_bytes(after, evaluation, overview(master))


@pytest.fixture(scope="module")
def browser() -> Iterator[webdriver.Chrome]:
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
def opened(browser: webdriver.Chrome, tmp_path_factory: pytest.TempPathFactory) -> webdriver.Chrome:
    """The embedded table, on a path as users have it, with a text that would be code elsewhere."""
    master = embedded()
    master = master.with_changes(assignment_changes(master)[0])
    master = set_cell(master, CRITERIA, "C2.1", "text", XSS)
    path = tmp_path_factory.mktemp("一览") / "质量 强市（２０１６）#1.html"
    path.write_bytes(page(master))
    browser.get(path.as_uri())
    return browser


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
    text = re.sub(r"\s", "", "".join(p.extract_text() for p in pdf.pages))
    for words in (
        "各部分得分",
        "指标和得分点",
        "各单位",
        "缺佐证的得分点",
        "任务和时限",
        "计分理由",
    ):
        assert words in text


def test_without_scripts_all_tables_stand_open() -> None:
    text = page(embedded()).decode()
    assert "<section hidden" not in text
    assert len(re.findall("<section ", text)) == 5
    assert len(text.encode()) < 500_000


def test_the_same_master_gives_the_same_page() -> None:
    assert page(embedded()) == page(embedded())

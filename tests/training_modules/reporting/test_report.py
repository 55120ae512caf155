"""The report of a simulated cohort, as page, workbook and text."""

import re
from collections.abc import Iterator
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest

from foundation.database import Sessions, open_engine, open_sessions
from foundation.migrating import migrate
from retrieval.receipts import Gap
from tests.golden import check_golden
from tests.training_modules.simulated_course import course
from tests.training_modules.small_log import START, SmallLog
from training_modules import log
from training_modules.indicators import KEYS
from training_modules.reporting import Report, as_html, compile_report, write_workbook
from training_modules.reporting.figures import (
    denominator_of,
    interval_of,
    people_of,
    value_of,
    verdict,
)
from training_modules.reporting.parts import told
from training_modules.rows import WordsRow
from training_modules.simulation import Simulation, simulate

TODAY = date(2026, 11, 21)
GAPS = [Gap("<b>古籍</b>修复师怎么定级？", 4, (), ()), Gap("=1+1", 2, (), ())]


@pytest.fixture(scope="module")
def rehearsed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sessions]:
    engine = open_engine(f"sqlite:///{tmp_path_factory.mktemp('cohort') / 'log.db'}")
    migrate(engine, START)
    sessions = open_sessions(engine)
    simulate(sessions, [course()], Simulation(200))
    yield sessions
    engine.dispose()


def report(sessions: Sessions, language: str = "zh", cohort: str | None = None) -> Report:
    with sessions() as session:
        return compile_report(
            session, (date(2026, 3, 1), TODAY), cohort, language=language, made_on=TODAY,
            modules=course().modules, gaps=GAPS,
        )  # fmt: skip


def as_text(made: Report) -> str:
    """All figures, a line each, as a person reads them."""
    lines = [made.headline, f"{made.period} · {made.cohort or '-'} · {made.made_on}", ""]
    for key in KEYS:
        one = made.indicators[key]
        lines.append(
            f"{one.name(made.language)} | {value_of(one, made.language)} | "
            f"{interval_of(one, made.language)} | {people_of(one.n)} | "
            f"{denominator_of(one, made.language)} | {verdict(one, made.language)}".rstrip(" |")
        )
        if one.cells and key != "scope.modules":
            lines.append(f"    {told(one, made.language)}")
    lines += ["", *(f"{w.module}: {w.prompt} {w.people}/{w.asked}" for w in made.wrong)]
    lines += ["", *made.stories, "", *(f"{gap.question} {gap.times}" for gap in made.gaps)]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_golden_report_of_two_hundred(rehearsed: Sessions, language: str) -> None:
    check_golden(f"reports/two_hundred_{language}.txt", as_text(report(rehearsed, language)))


def test_the_log_of_a_simulation_is_whole(rehearsed: Sessions) -> None:
    checked = log.verify(rehearsed)

    assert checked.is_whole
    assert checked.events > 9000


def test_cohorts_are_told_apart_and_add_up(rehearsed: Sessions) -> None:
    both = report(rehearsed).indicators["participants.funnel"].n
    parts = [
        report(rehearsed, cohort=name).indicators["participants.funnel"].n
        for name in ("2026 春季班", "2026 秋季班")
    ]

    assert both == 200
    assert parts == [100, 100]


class Page(HTMLParser):
    """What a page is made of."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.unclosed: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "img"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.open.pop() != tag:
            self.unclosed.append(tag)

    def named(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_stands_alone_and_is_well_formed(rehearsed: Sessions, language: str) -> None:
    html = as_html(report(rehearsed, language))
    page = Page(html)

    assert (page.open, page.unclosed) == ([], [])
    assert not page.named("script")
    assert not page.named("link")
    assert re.findall(r"(?:https?:)?//(?!www\.w3\.org)[a-z]+\.", html) == []
    assert all(img["src"].startswith("data:image/png;base64,") for img in page.named("img"))  # type: ignore[union-attr]
    assert len(page.named("img")) == 8
    assert all(len(img["alt"] or "") > 10 for img in page.named("img"))
    assert page.named("html") == [{"lang": "zh-CN" if language == "zh" else "en"}]
    assert len(page.named("h1")) == 1
    assert len(page.named("table")) >= 12
    assert "{" not in re.sub(r"<style>.*?</style>", "", html, flags=re.S)


def test_dates_are_written_as_people_write_them(rehearsed: Sessions) -> None:
    assert "2026年3月1日至2026年11月21日" in as_html(report(rehearsed))
    assert "1 March 2026 to 21 November 2026" in as_html(report(rehearsed, "en"))


def test_what_people_wrote_stays_text(rehearsed: Sessions) -> None:
    html = as_html(report(rehearsed))

    assert "&lt;b&gt;古籍&lt;/b&gt;" in html
    assert "<b>古籍" not in html


def test_simulated_people_are_said_to_be_simulated(rehearsed: Sessions) -> None:
    assert "均为模拟" in as_html(report(rehearsed))


def test_the_page_of_an_empty_log_says_so(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'log.db'}")
    migrate(engine, START)
    html = as_html(report(open_sessions(engine)))
    engine.dispose()

    assert "这一时段还没有足够的人可以报告。" in html
    assert "均为模拟" not in html
    assert Page(html).named("img") == []


def test_only_stories_that_may_be_shared_are_told(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'log.db'}")
    migrate(engine, START)
    sessions = open_sessions(engine)
    small = SmallLog()
    small.join("p1", "p2", "p3")
    said = [
        (small.say(person, "applied", 30, rating=3, share=share, has_words=True), words)
        for person, share, words in (
            ("p1", True, "可以讲"),
            ("p2", False, "别讲"),
            ("p3", None, "没问"),
        )
    ]
    taken_back = small.say("p1", "applied", 31, rating=3, share=True, has_words=True, attempt=2)
    small.correct(taken_back)
    small.write(sessions)
    with sessions.begin() as session:
        for event, words in [*said, (taken_back, "收回了")]:
            session.add(WordsRow(event=event.id, pseudonym=event.pseudonym, text=words))
    stories = report(sessions).stories
    engine.dispose()

    assert stories == ("可以讲",)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_workbook_holds_numbers_as_numbers_and_texts_as_texts(
    rehearsed: Sessions, tmp_path: Path, language: str
) -> None:
    made = report(rehearsed, language)
    path = tmp_path / "report.xlsx"

    write_workbook(made, path)

    book = openpyxl.load_workbook(path)
    sheets = book.worksheets
    assert len(sheets) == 6
    rows = {row[12].value: row for row in list(sheets[1].rows)[1:]}
    assert list(rows) == list(KEYS)
    gain = made.indicators["knowledge.gain"]
    values = [rows["knowledge.gain"][n].value for n in (1, 3, 4, 5, 6)]
    assert values == pytest.approx([gain.value, gain.low, gain.high, gain.n, gain.denominator])
    cells = [cell for sheet in sheets for row in sheet.rows for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert "=1+1" in [cell.value for cell in cells]
    with ZipFile(path) as file:
        assert len([name for name in file.namelist() if name.endswith(".png")]) == 8


def test_few_people_are_few_in_the_workbook_too(rehearsed: Sessions, tmp_path: Path) -> None:
    made = report(rehearsed)
    path = tmp_path / "report.xlsx"

    write_workbook(made, path)

    parts = [
        [cell.value for cell in row] for row in openpyxl.load_workbook(path).worksheets[2].rows
    ]
    regions = {row[1]: row[2:] for row in parts if row[0] == "学员所在地区的多样性"}
    assert regions["西藏"] == ["不足五人", None]


def test_the_names_of_the_strategy_stand_in_the_strategy() -> None:
    from foundation.wording import say
    from knowledge.founding import founding_documents

    (strategy,) = [d for d in founding_documents() if d.document == "ifla-strategy-2024-2029"]
    text = strategy.path.read_text("utf-8")

    for name in sorted(set(KEYS.values())):
        assert say(f"report.strategy.{name}", "zh") in text
    for area in range(1, 4):
        assert say(f"report.area.{area}", "zh")[2:] in text
    assert say("report.area.4", "zh") in text

"""The report as a workbook: the same figures as numbers, a sheet for each part of the page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from foundation.wording import say
from training_modules.dates import said_day
from training_modules.indicators.indicator import KEYS
from training_modules.reporting import parts
from training_modules.reporting.figures import verdict
from training_modules.reporting.pictures import picture
from training_modules.reporting.report import Report
from training_modules.reporting.sections import LIMITS, SECTIONS

_PLAIN: Final = {
    "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
}  # fmt: skip
_WIDTHS: Final = {
    "summary": (80, 40), "parts": (50, 40, 12, 12), "next": (40, 60, 14, 12), "stories": (110,),
    "limits": (110,), "indicators": (36, 11, 16, 11, 11, 9, 11, 9, 9, 30, 30, 44, 26),
}  # fmt: skip
_A4: Final = 9
_PICTURE_ROWS: Final = 18
Row = Sequence[str | float | int | None]


def write_workbook(report: Report, path: Path) -> None:
    """All sheets; a text is a text, whatever it begins with."""
    import xlsxwriter

    with xlsxwriter.Workbook(str(path), _PLAIN) as book:
        top = {"text_wrap": True, "valign": "top"}
        looks = _Looks(
            book.add_format({**top, "bold": True}), book.add_format(top),
            book.add_format({**top, "num_format": "#,##0"}),
            book.add_format({**top, "num_format": "0.000"}),
        )  # fmt: skip
        for name, rows in _sheets(report):
            page = book.add_worksheet(say(f"report.sheet.{name}", report.language))
            for at, row in enumerate(rows):
                _write(page, at, row, looks)
            page.freeze_panes(1, 0)
            for at, width in enumerate(_WIDTHS[name]):
                page.set_column(at, at, width)
            page.set_landscape()
            page.set_paper(_A4)
            page.fit_to_pages(1, 0)
        _pictures(report, book)


@dataclass(frozen=True, slots=True)
class _Looks:
    head: Any
    text: Any
    count: Any
    figure: Any


def _write(page: Any, at: int, row: Row, looks: _Looks) -> None:
    for column, value in enumerate(row):
        if isinstance(value, str):
            page.write_string(at, column, value, looks.text if at else looks.head)
        elif value is not None:
            is_count = float(value).is_integer()
            page.write_number(at, column, value, looks.count if is_count else looks.figure)


def _sheets(report: Report) -> Iterator[tuple[str, list[Row]]]:
    yield "summary", list(_summary(report))
    yield "indicators", [_heads(report, _INDICATOR), *_indicators(report)]
    yield "parts", [_heads(report, ("indicator", "part", "n", "share")), *_parts(report)]
    wrong: list[Row] = [(w.module, w.prompt, w.people, w.asked) for w in report.wrong]
    gaps: list[Row] = [(gap.question, gap.times) for gap in report.gaps]
    heads = (
        _heads(report, ("module", "item", "wrong", "asked")),
        _heads(report, ("question", "times")),
    )
    yield "next", [heads[0], *wrong, (), heads[1], *gaps]
    yield "stories", [_heads(report, ("story",)), *((story,) for story in report.stories)]
    limits: list[Row] = [(say(f"report.limit.{name}", report.language),) for name in LIMITS]
    yield "limits", [(say("report.section.limits", report.language),), *limits]


_INDICATOR: Final = (
    "indicator", "value", "unit", "low", "high", "n", "denominator", "before", "after",
    "reading", "strategy", "method", "key",
)  # fmt: skip


def _heads(report: Report, columns: Sequence[str]) -> Row:
    return [say(f"report.column.{name}", report.language) for name in columns]


def _summary(report: Report) -> Iterator[Row]:
    language = report.language
    yield (say("report.title", language),)
    yield (report.headline,)
    yield say("report.facts.cohort", language), report.cohort or say("report.facts.all", language)
    yield say("report.facts.period", language), report.period
    yield say("report.facts.made_on", language), said_day(report.made_on, language)
    if report.is_simulated:
        yield (say("report.section.simulated", language),)


def _indicators(report: Report) -> Iterator[Row]:
    language = report.language
    few = say("report.few", language)
    for one in (report.indicators[key] for key in KEYS):
        yield (
            one.name(language), few if one.is_suppressed else one.value,
            say(f"report.unit.{one.unit}", language), one.low, one.high, one.n, one.denominator,
            one.before, one.after, verdict(one, language), one.strategy(language),
            one.found_by(language), one.key,
        )  # fmt: skip


def _parts(report: Report) -> Iterator[Row]:
    language = report.language
    few = say("report.few", language)
    for one in report.indicators.values():
        if one.key == "scope.modules":
            yield from (
                (say(f"report.area.{s.area}", language), s.competency, s.modules)
                for s in report.scope
            )
            continue
        for cell in one.cells:
            name = parts.label(one, cell, language)
            yield one.name(language), name, few if cell.n is None else cell.n, cell.value


def _pictures(report: Report, book: Any) -> None:
    """Every chart below the other, on the sheet that is opened first."""
    from io import BytesIO

    page = book.worksheets()[0]
    at = 8
    for section in SECTIONS:
        found = picture(report, section)
        if found is not None:
            page.write_string(at, 0, say(f"report.section.{section}", report.language))
            how = {
                "image_data": BytesIO(found.png), "description": found.alt, "x_scale": 0.9,
                "y_scale": 0.9,
            }  # fmt: skip
            page.insert_image(at + 1, 0, f"{section}.png", how)
            at += _PICTURE_ROWS

"""The pictures of a report: which indicators a chart is made of, and how it is told in words."""

from collections.abc import Iterator
from dataclasses import dataclass

from foundation.wording import say
from training_modules import charts
from training_modules.indicators.indicator import Indicator
from training_modules.reporting import parts
from training_modules.reporting.figures import interval_of, percent, value_of
from training_modules.reporting.report import Report


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart as PNG, and the same in words."""

    png: bytes
    alt: str


def picture(report: Report, section: str) -> Picture | None:
    """The chart of a section; None where there is nothing to draw."""
    draw = {
        "participants": _funnel, "knowledge": _knowledge, "confidence": _confidence,
        "calibration": _calibration, "application": _application,
        "recommendation": _recommendation, "relevance": _relevance, "reach": _reach,
    }.get(section)  # fmt: skip
    return draw(report) if draw else None


def _funnel(report: Report) -> Picture | None:
    one = report.indicators["participants.funnel"]
    if not one.is_told or not one.n:
        return None
    png = charts.funnel_chart(parts.counts(one, report.language), report.language)
    return Picture(png, _bars_alt(one, report.language))


def _bars_alt(one: Indicator, language: str) -> str:
    return say("report.alt.funnel", language, said=parts.told(one, language))


def _spans(report: Report, wanted: dict[str, str]) -> Iterator[charts.Span]:
    for key, name in wanted.items():
        one = report.indicators[key]
        if one.is_told and one.before is not None and one.after is not None:
            people = say("report.value.people", report.language, count=one.n)
            note = people if report.language == "zh" else f"n = {people}"
            label = say(f"report.span.{name}", report.language)
            yield charts.Span(label, one.before, one.after, one.low, one.high, note)


def _compared(report: Report, wanted: dict[str, str], most: float) -> Picture | None:
    spans = list(_spans(report, wanted))
    if not spans:
        return None
    is_share = most == 1
    names = tuple(say(f"report.column.{time}", report.language) for time in ("before", "after"))
    png = charts.before_after_chart(
        spans, (names[0], names[1]), least=0 if is_share else 1, most=most, is_share=is_share
    )
    tell = percent if is_share else "{:.1f}".format
    said = "；".join(f"{s.label} {tell(s.before)} → {tell(s.after)}" for s in spans)
    return Picture(png, say("report.alt.spans", report.language, said=said))


def _knowledge(report: Report) -> Picture | None:
    return _compared(report, {"knowledge.gain": "knowledge", "skill.gain": "skill"}, 1)


def _confidence(report: Report) -> Picture | None:
    wanted = {
        "confidence.before_after": "before_after", "confidence.looking_back": "looking_back",
    }  # fmt: skip
    return _compared(report, wanted, 5)


def _calibration(report: Report) -> Picture | None:
    one = report.indicators["calibration.mark"]
    if not one.is_told or not one.n:
        return None
    levels = [
        charts.Sureness(parts.label(one, cell, report.language), cell.value, cell.low, cell.high)
        for cell in one.cells
    ]
    few = say("report.few", report.language)
    said = "；".join(
        f"{level.label} {few if level.share is None else percent(level.share)}" for level in levels
    )
    png = charts.calibration_chart(levels, report.language)
    return Picture(png, say("report.alt.funnel", report.language, said=said))


def _application(report: Report) -> Picture | None:
    return _levels(report, "application.of_respondents", {2, 3, 4})


def _relevance(report: Report) -> Picture | None:
    return _levels(report, "relevance.top_two", {3, 4})


def _reach(report: Report) -> Picture | None:
    return _levels(report, "reach.diversity", set(range(100)))


def _levels(report: Report, key: str, counted: set[int]) -> Picture | None:
    one = report.indicators[key]
    if not one.is_told or not one.cells:
        return None
    shown = parts.counts(one, report.language)[:12]
    png = charts.levels_chart(shown, counted, report.language)
    return Picture(png, _bars_alt(one, report.language))


def _recommendation(report: Report) -> Picture | None:
    one = report.indicators["recommendation.score"]
    if not one.is_told or one.value is None:
        return None
    groups = [(parts.label(one, cell, report.language), cell.value) for cell in one.cells]
    png = charts.recommendation_chart(one.value, one.low, one.high, groups, report.language)
    said = f"{value_of(one, report.language)}（{interval_of(one, report.language)}）"
    return Picture(png, say("report.alt.funnel", report.language, said=said))

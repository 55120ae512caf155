"""The report as one page of HTML that needs no network, no script and no other file."""

from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from pathlib import Path
from typing import Final

from foundation.wording import say
from training_modules.dates import said_day
from training_modules.indicators.indicator import KEYS, Indicator
from training_modules.reporting import parts
from training_modules.reporting.figures import (
    denominator_of,
    interval_of,
    people_of,
    value_of,
    verdict,
)
from training_modules.reporting.pictures import picture
from training_modules.reporting.report import Report
from training_modules.reporting.sections import CHARTED, FIRST, LIMITS, SECTIONS

_STYLE: Final = Path(__file__).with_name("page.css")
# A cell that begins with this stands to the right, in figures of one width.
_NUMBER: Final = "\x00"


def as_html(report: Report) -> str:
    """The whole page."""
    language = report.language
    title = escape(_say("title", language))
    body = [
        f"<h1>{title}</h1>", *_facts(report), *_notice(report),
        f'<p class="headline">{escape(report.headline)}</p>', *_tiles(report),
    ]  # fmt: skip
    for section, keys in SECTIONS.items():
        body += _section(report, section, [report.indicators[key] for key in keys])
        if section == "application":
            body += _stories(report)
    body += [*_next(report), *_limits(language), *_methods(report)]
    return "\n".join(
        (
            "<!doctype html>", f'<html lang="{"zh-CN" if language == "zh" else "en"}">', "<head>",
            '<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{title}</title>", f"<style>\n{_STYLE.read_text('utf-8')}</style>", "</head>",
            "<body>", "<main>", *body, "</main>", "</body>", "</html>", "",
        )
    )  # fmt: skip


def _say(key: str, language: str, **values: object) -> str:
    return say(f"report.{key}", language, **values)


def _facts(report: Report) -> Iterator[str]:
    language = report.language
    facts = {
        "cohort": report.cohort or _say("facts.all", language), "period": report.period,
        "made_on": said_day(report.made_on, language),
    }  # fmt: skip
    colon = "：" if language == "zh" else ": "
    said = (f"<span>{_say(f'facts.{k}', language)}{colon}{escape(v)}</span>"
            for k, v in facts.items())  # fmt: skip
    yield f'<p class="facts">{" ".join(said)}</p>'


def _notice(report: Report) -> Iterator[str]:
    if report.is_simulated:
        yield f'<p class="notice">{_say("section.simulated", report.language)}</p>'


def _tiles(report: Report) -> Iterator[str]:
    yield '<ul class="tiles">'
    for key in FIRST:
        one = report.indicators[key]
        between = interval_of(one, report.language)
        below = "" if between == "–" else f"<small>95%: {escape(between)}</small>"
        value = escape(value_of(one, report.language))
        yield f"<li><b>{value}</b>{escape(one.name(report.language))}{below}</li>"
    yield "</ul>"


def _section(report: Report, section: str, told: Sequence[Indicator]) -> Iterator[str]:
    language = report.language
    yield f'<section aria-labelledby="{section}">'
    yield f'<h2 id="{section}">{escape(_say(f"section.{section}", language))}</h2>'
    names = dict.fromkeys(one.strategy(language) for one in told)
    colon = "：" if language == "zh" else ": "
    words = escape(("；" if language == "zh" else "; ").join(names))
    yield f'<p class="strategy">{_say("column.strategy", language)}{colon}{words}</p>'
    found = picture(report, section)
    if found is not None:
        data = b64encode(found.png).decode()
        alt = escape(found.alt, quote=True)
        yield f'<figure><img alt="{alt}" src="data:image/png;base64,{data}"></figure>'
    yield f"<p>{escape(_say(f'means.{section}', language))}</p>"
    yield from _scope(report) if section == "scope" else _figures(told, language)
    yield from _parts(report, section)
    yield "</section>"


def _parts(report: Report, section: str) -> Iterator[str]:
    """What the chart shows, as a table to be opened; on paper the chart says it."""
    language = report.language
    one = report.indicators.get(CHARTED.get(section, ""))
    if one is None or not one.is_told:
        return
    rows = [
        [escape(name), _NUMBER + (_say("few", language) if count is None else f"{count:,}")]
        for name, count in parts.counts(one, language)
    ]
    yield f"<details><summary>{_say('table', language)}</summary>"
    yield from _table(language, ("part", "n!"), rows)
    yield "</details>"


def _figures(told: Sequence[Indicator], language: str) -> Iterator[str]:
    rows = []
    for one in told:
        says = verdict(one, language)
        name = escape(one.name(language))
        if says:
            name += f'<span class="verdict">{escape(says)}</span>'
        rows.append(
            [
                name, _NUMBER + escape(value_of(one, language)),
                _NUMBER + escape(interval_of(one, language)), _NUMBER + people_of(one.n),
                _NUMBER + escape(denominator_of(one, language)),
            ]
        )  # fmt: skip
    yield from _table(language, ("indicator", "value!", "interval!", "n!", "denominator!"), rows)


def _scope(report: Report) -> Iterator[str]:
    rows, before = [], 0
    for one in report.scope:
        area = escape(_say(f"area.{one.area}", report.language)) if one.area != before else ""
        rows.append([area, escape(one.competency), f"{_NUMBER}{one.modules}"])
        before = one.area
    told = report.indicators["scope.modules"]
    yield f"<p>{escape(told.name(report.language))}：{escape(value_of(told, report.language))}</p>"
    yield from _table(report.language, ("area", "competency", "modules!"), rows)


def _stories(report: Report) -> Iterator[str]:
    if not report.stories:
        return
    yield f"<h3>{_say('section.stories', report.language)}</h3>"
    yield f'<p class="strategy">{_say("means.stories", report.language)}</p>'
    yield from (f"<blockquote>{escape(story)}</blockquote>" for story in report.stories)


def _next(report: Report) -> Iterator[str]:
    language = report.language
    yield f'<section aria-labelledby="next"><h2 id="next">{_say("section.next", language)}</h2>'
    yield f"<h3>{_say('next.wrong', language)}</h3><p>{_say('next.wrong_says', language)}</p>"
    wrong = [
        [escape(w.module), escape(w.prompt), f"{_NUMBER}{w.people}", f"{_NUMBER}{w.asked}"]
        for w in report.wrong
    ]
    yield from _table(language, ("module", "item", "wrong!", "asked!"), wrong)
    yield f"<h3>{_say('next.gaps', language)}</h3><p>{_say('next.gaps_says', language)}</p>"
    gaps = [[escape(gap.question), f"{_NUMBER}{gap.times}"] for gap in report.gaps]
    yield from _table(language, ("question", "times!"), gaps)
    yield "</section>"


def _limits(language: str) -> Iterator[str]:
    yield f'<section aria-labelledby="limits"><h2 id="limits">{_say("section.limits", language)}'
    said = "".join(f"<li>{escape(_say(f'limit.{name}', language))}</li>" for name in LIMITS)
    yield f'</h2><ul class="limits">{said}</ul></section>'


def _methods(report: Report) -> Iterator[str]:
    language = report.language
    yield '<section class="methods" aria-labelledby="methods"><h2 id="methods">'
    yield f"{_say('section.methods', language)}</h2>"
    rows = [
        [escape(one.name(language)), escape(one.strategy(language)), escape(one.found_by(language))]
        for one in (report.indicators[key] for key in KEYS)
    ]
    yield from _table(language, ("indicator", "strategy", "method"), rows)
    yield "</section>"


def _table(language: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """A column whose name ends with ! holds numbers; the first cell of a row heads it."""
    lines = [list(row) for row in rows]
    if not lines:
        yield f'<p class="strategy">{_say("next.none", language)}</p>'
        return
    heads = "".join(_head(name, language) for name in columns)
    yield f"<table><thead><tr>{heads}</tr></thead><tbody>"
    for row in lines:
        cells = (
            f'<td class="number">{cell[1:]}</td>'
            if cell.startswith(_NUMBER)
            else f"<td>{cell}</td>"
            for cell in row[1:]
        )
        yield f'<tr><th scope="row">{row[0]}</th>{"".join(cells)}</tr>'
    yield "</tbody></table>"


def _head(name: str, language: str) -> str:
    how = ' class="number"' if name.endswith("!") else ""
    said = _say("column." + name.rstrip("!"), language)
    return f'<th scope="col"{how}>{escape(said)}</th>'

"""Figures in words: the value of an indicator, its interval, and what it allows to say."""

from typing import Final

from foundation.wording import say
from training_modules.indicators.indicator import Indicator, Unit

_PERCENT: Final = {Unit.SHARE}
_POINTS: Final = {Unit.DIFFERENCE}
_SIGNED: Final = {Unit.DIFFERENCE, Unit.RATING, Unit.NET}
_OF_ANSWERS: Final = {"share_of_answers", "certainty_marks"}
_CLEAR: Final = {Unit.DIFFERENCE, Unit.RATING}


def value_of(one: Indicator, language: str) -> str:
    if one.is_suppressed:
        return say("report.few", language)
    if one.value is None:
        return say("report.no_data", language)
    plain = _number(one, one.value)
    if one.unit in (Unit.PEOPLE, Unit.MODULES):
        return say(f"report.value.{one.unit}", language, count=plain)
    if one.unit in _POINTS:
        return say("report.value.points", language, count=plain)
    if one.unit in (Unit.RATING, Unit.MARK):
        return say("report.value.rating", language, count=plain)
    return plain


def interval_of(one: Indicator, language: str) -> str:
    if one.low is None or one.high is None:
        return "–"
    low, high = _number(one, one.low), _number(one, one.high)
    return say("report.value.between", language, low=low, high=high)


def people_of(count: int | None) -> str:
    """A number of people; a dash where it does not apply."""
    return "–" if count is None else f"{count:,}"


def denominator_of(one: Indicator, language: str) -> str:
    """Of how many people, or of how many answers."""
    if one.denominator is not None and one.method in _OF_ANSWERS:
        return say("report.value.answers", language, count=f"{one.denominator:,}")
    return people_of(one.denominator)


def percent(value: float) -> str:
    return f"{value:.0%}"


def verdict(one: Indicator, language: str) -> str:
    """What the interval allows to say, where it allows to say anything."""
    said = [say(f"report.warning.{w}", language) for w in one.warnings]
    key = _verdict(one)
    if key:
        said.insert(0, say(f"report.verdict.{key}", language))
    return ("" if language == "zh" else " ").join(said)


def direction(one: Indicator) -> str:
    """Whether a difference is up, down or unclear."""
    if one.low is None or one.high is None:
        return "unclear"
    return "up" if one.low > 0 else "down" if one.high < 0 else "unclear"


def _verdict(one: Indicator) -> str:
    if not one.is_told or one.value is None:
        return ""
    if one.key == "knowledge.class_gain":
        return "gain_low" if one.value < 0.3 else "gain_high" if one.value > 0.7 else "gain_medium"
    return direction(one) if one.unit in _CLEAR else ""


def _number(one: Indicator, value: float) -> str:
    """As many digits as the figure bears."""
    if one.unit in (Unit.PEOPLE, Unit.MODULES):
        return f"{value:,.0f}"
    if one.unit in _PERCENT or one.key.startswith("retention."):
        return percent(value)
    sign = "+" if one.unit in _SIGNED else ""
    if one.unit in _POINTS:
        return f"{100 * value:{sign}.0f}"
    if one.unit is Unit.NET:
        return f"{value:{sign}.0f}"
    return f"{value:{sign}.2f}" if one.unit is not Unit.RATING else f"{value:{sign}.1f}"

"""The columns of every sheet; what each means is told by the texts `outcomes.column.<name>`."""

from typing import Final

from training_modules.exporting.sheet import Column, Kind

INTEGER, NUMBER, YES_NO = Kind.INTEGER, Kind.NUMBER, Kind.YES_NO
_SHARE: Final = "0..1"
_PHASES: Final = "pre, practice, review, post, end, d30"
_PERSON: Final = (Column("pseudonym"), Column("enrolment"), Column("track"))
_AT: Final = (Column("at", Kind.INSTANT), Column("local_date", Kind.DATE), Column("zone"))

INDICATORS: Final = (
    Column("indicator"), Column("cell"), Column("name_zh"), Column("name_en"),
    Column("strategy_zh"), Column("strategy_en"), Column("unit"), Column("value", NUMBER),
    Column("n", INTEGER, "people"), Column("denominator", INTEGER), Column("low", NUMBER),
    Column("high", NUMBER), Column("before", NUMBER), Column("after", NUMBER),
    Column("method_zh"), Column("method_en"), Column("suppressed", YES_NO),
)  # fmt: skip

ENROLMENTS: Final = (
    *_PERSON, Column("cohort"), Column("first_form", values="A, B"), Column("post"),
    Column("region"), Column("is_emerging_leader", YES_NO),
    Column("enrolled_at", Kind.INSTANT), Column("baseline_at", Kind.INSTANT),
    Column("completed_at", Kind.INSTANT), Column("followed_up_at", Kind.INSTANT),
    Column("left_at", Kind.INSTANT), Column("left_because"),
    Column("pre_score", NUMBER, values=_SHARE), Column("post_score", NUMBER, values=_SHARE),
    Column("later_score", NUMBER, values=_SHARE),
)  # fmt: skip

MODULES: Final = (
    *_PERSON, Column("module"), Column("module_version", INTEGER),
    Column("opened_at", Kind.INSTANT), Column("module_completed_at", Kind.INSTANT),
    Column("answers", INTEGER), Column("first_attempts", INTEGER),
    Column("first_attempt_score", NUMBER, values=_SHARE), Column("seconds", NUMBER, "s"),
)  # fmt: skip

RESPONSES: Final = (
    Column("number", INTEGER), Column("event"), *_AT, *_PERSON, Column("module"),
    Column("module_version", INTEGER), Column("item"), Column("item_type"),
    Column("phase", values=_PHASES), Column("attempt", INTEGER, values="1.."),
    Column("is_first_attempt", YES_NO), Column("sitting"), Column("delivery"),
    Column("skipped", YES_NO), Column("response"), Column("correct", YES_NO),
    Column("score", NUMBER, values=_SHARE), Column("certainty", INTEGER, values="1, 2, 3"),
    Column("certainty_mark", INTEGER, values="-6, -2, 0, 1, 2, 3"),
    Column("seconds", NUMBER, "s"), Column("has_words", YES_NO), Column("consent", INTEGER),
)  # fmt: skip

RATINGS: Final = (
    Column("number", INTEGER), Column("event"), *_AT, *_PERSON, Column("module"),
    Column("scale", values="confidence, confidence-then, relevance, recommendation"),
    Column("item"), Column("phase", values=_PHASES), Column("rating", INTEGER),
    Column("scale_max", INTEGER, values="5, 10"), Column("consent", INTEGER),
)  # fmt: skip

APPLICATIONS: Final = (
    Column("number", INTEGER), Column("event"), *_AT, *_PERSON, Column("module"),
    Column("rating", INTEGER, values="0, 1, 2, 3, 4"), Column("scale_max", INTEGER, values="4"),
    Column("has_words", YES_NO), Column("share", YES_NO), Column("words"),
    Column("consent", INTEGER),
)  # fmt: skip

ITEMS: Final = (
    Column("track"), Column("module"), Column("module_version", INTEGER), Column("item"),
    Column("item_type"), Column("first_attempts", INTEGER, "answers"),
    Column("difficulty", NUMBER, values=_SHARE),
    Column("discrimination", NUMBER, values="-1..1"),
    Column("sure_and_wrong", NUMBER, values=_SHARE),
    Column("mean_seconds", NUMBER, "s"), Column("response_shares"), Column("flags"),
)  # fmt: skip

DICTIONARY: Final = (
    Column("in_sheet"), Column("column"), Column("type"), Column("unit"), Column("allowed_values"),
    Column("label_zh"), Column("label_en"),
)  # fmt: skip
README: Final = (Column("entry"), Column("content"))

DATA: Final = {
    "indicators": INDICATORS,
    "enrolments": ENROLMENTS,
    "modules": MODULES,
    "responses": RESPONSES,
    "ratings": RATINGS,
    "applications": APPLICATIONS,
    "items": ITEMS,
}

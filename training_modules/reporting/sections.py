"""The sections of a report, in their order, with the indicators that each one tells."""

from typing import Final

SECTIONS: Final = {
    "participants": ("participants.people", "participants.completion"),
    "knowledge": (
        "knowledge.gain", "knowledge.class_gain", "knowledge.effect", "skill.gain",
        "skill.practice", "recall.practice",
    ),
    "confidence": ("confidence.before_after", "confidence.looking_back"),
    "calibration": ("calibration.mark", "calibration.sure_and_wrong"),
    "retention": ("retention.test", "retention.review"),
    "application": ("application.of_completers", "application.of_respondents"),
    "recommendation": ("recommendation.score",),
    "relevance": ("relevance.top_two",),
    "leaders": ("leaders.people", "leaders.gain", "leaders.application", "leaders.relevance"),
    "reach": ("reach.diversity",),
    "scope": ("scope.modules",),
}  # fmt: skip
# Whose parts the chart of a section shows.
CHARTED: Final = {
    "participants": "participants.funnel", "calibration": "calibration.mark",
    "application": "application.of_respondents", "recommendation": "recommendation.score",
    "relevance": "relevance.top_two", "reach": "reach.diversity",
}  # fmt: skip
# The four that stand at the top.
FIRST: Final = (
    "participants.people", "knowledge.gain", "application.of_completers", "recommendation.score",
)  # fmt: skip
LIMITS: Final = ("small", "cause", "stayed", "said", "many")

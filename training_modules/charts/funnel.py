"""The funnel: how many people came how far."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from foundation.wording import say
from training_modules.charts.canvas import BLUE, INK, MUTED, PALE, bare, drawn, showable

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def funnel_chart(stages: Sequence[tuple[str, int | None]], language: str) -> bytes:
    """Bars of people, a stage each; None where too few people are to be told."""

    def draw(axes: "Axes") -> None:
        most = max((count or 0 for _, count in stages), default=0) or 1
        for at, (_, count) in enumerate(stages):
            axes.barh(at, most, color=PALE, height=0.62)
            axes.barh(at, count or 0, color=BLUE, height=0.62)
            axes.text(most * 1.02, at, _said(count, most, language), va="center",
                      color=INK if count is not None else MUTED)  # fmt: skip
        axes.set_yticks(range(len(stages)), [showable(label) for label, _ in stages])
        axes.set_xlim(0, most * 1.28)
        axes.set_xticks([])
        axes.invert_yaxis()
        bare(axes)

    return drawn(7.0, 0.46 * len(stages) + 0.3, draw)


def _said(count: int | None, most: int, language: str) -> str:
    if count is None:
        return say("report.chart.too_few", language)
    return say(
        "report.chart.people_share", language, count=f"{count:,}", share=f"{count / most:.0%}"
    )

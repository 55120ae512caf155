"""Distributions: how many people said what, as bars; and the net promoter score."""

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from foundation.wording import say
from training_modules.charts.canvas import (
    AMBER,
    BLUE,
    INK,
    LINE,
    MUTED,
    PALE,
    RED,
    TEAL,
    bare,
    drawn,
    showable,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def levels_chart(
    levels: Sequence[tuple[str, int | None]], counted: Collection[int], language: str
) -> bytes:
    """Bars of people, a level each; those of `counted` are what the headline counts."""
    known = sum(count or 0 for _, count in levels) or 1

    def draw(axes: "Axes") -> None:
        most = max((count or 0 for _, count in levels), default=0) or 1
        for at, (_, count) in enumerate(levels):
            axes.barh(at, most, color=PALE, height=0.62)
            axes.barh(at, count or 0, color=TEAL if at in counted else AMBER, height=0.62)
            told = say("report.chart.too_few", language)
            if count is not None:
                told = say("report.chart.people_share", language, count=f"{count:,}",
                           share=f"{count / known:.0%}") if all_told else f"{count:,}"  # fmt: skip
            axes.text(most * 1.02, at, showable(told), va="center",
                      color=MUTED if count is None else INK)  # fmt: skip
        axes.set_yticks(range(len(levels)), [showable(label) for label, _ in levels])
        axes.set_xlim(0, most * 1.28)
        axes.set_xticks([])
        axes.invert_yaxis()
        bare(axes)

    all_told = all(count is not None for _, count in levels)
    return drawn(7.0, 0.46 * len(levels) + 0.3, draw)


def recommendation_chart(
    score: float,
    low: float | None,
    high: float | None,
    groups: Sequence[tuple[str, float | None]],
    language: str,
) -> bytes:
    """The score with its error from -100 to 100; above it who is for and who against."""
    shares = [share for _, share in groups if share is not None]
    has_groups = len(shares) == len(groups) > 0

    def draw(axes: "Axes") -> None:
        if has_groups:
            _draw_groups(axes, groups)
        axes.plot([-100, 100], [0, 0], color=LINE, linewidth=6, solid_capstyle="round")
        axes.plot([0, 0], [-0.28, 0.28], color=MUTED, linewidth=1)
        if low is not None and high is not None:
            axes.plot([low, high], [0, 0], color=BLUE, alpha=0.4, linewidth=6)
        axes.scatter([score], [0], color=BLUE, s=150, zorder=5)
        axes.annotate(f"{score:+.0f}", (score, 0), (0, 12), textcoords="offset points",
                      ha="center", fontsize=13)  # fmt: skip
        axes.set_xticks([-100, -50, 0, 50, 100], ["-100", "-50", "0", "+50", "+100"])
        axes.set_yticks([])
        axes.set_xlim(-106, 106)
        axes.set_ylim(-0.6, 2.6 if has_groups else 1.2)
        axes.set_xlabel(showable(say("report.chart.net_axis", language)), color=MUTED, fontsize=9)
        bare(axes)

    return drawn(7.0, 2.1 if has_groups else 1.3, draw)


def _draw_groups(axes: "Axes", groups: Sequence[tuple[str, float | None]]) -> None:
    """One bar of all people, split; over the whole width whatever the scale below."""
    left = -100.0
    for (label, share), colour in zip(groups, (TEAL, LINE, RED), strict=True):
        width = 200 * (share or 0)
        axes.barh(1.75, width, left=left, color=colour, height=0.62, edgecolor="white")
        text = f"{label} {share or 0:.0%}"
        is_wide = width > 6 * len(text) * (1 if text.isascii() else 1.4)
        is_white = is_wide and colour != LINE
        axes.text(left + width / 2, 1.75 if is_wide else 2.3, showable(text), ha="center",
                  va="center", fontsize=9, color="white" if is_white else INK)  # fmt: skip
        left += width

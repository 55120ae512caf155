"""The picture of one trainee's progress: mastery, a bar for each competency."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from foundation.wording import say
from training_modules.charts.canvas import (
    BLUE,
    INK,
    MUTED,
    PALE,
    TEAL,
    bare,
    drawn,
    showable,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# From here on something is known well.
_WELL: Final = 0.8
_MOST: Final = 12


@dataclass(frozen=True, slots=True)
class Bar:
    """A competency as it is called, the share that was right, out of how many items."""

    label: str
    share: float
    answers: int


def progress_picture(bars: Sequence[Bar], language: str, title: str = "", note: str = "") -> bytes:
    """As large as a phone shows it; the best known first, at most twelve."""
    shown = bars[:_MOST]

    def draw(axes: "Axes") -> None:
        for at, bar in enumerate(shown):
            axes.barh(at, 1, color=PALE, height=0.56)
            axes.barh(at, bar.share, color=TEAL if bar.share >= _WELL else BLUE, height=0.56)
            axes.text(1.03, at - 0.04, f"{bar.share:.0%}", va="center", color=INK, fontsize=13)
            told = say("report.chart.items", language, count=bar.answers)
            axes.text(1.20, at - 0.04, showable(told), va="center", color=MUTED, fontsize=10)
        axes.set_yticks(range(len(shown)), [showable(bar.label) for bar in shown], fontsize=13)
        axes.set_xlim(0, 1.36)
        axes.set_ylim(len(shown) - 0.4, -0.6)
        axes.set_xticks([])
        if title:
            axes.set_title(showable(title), loc="left", fontsize=15, pad=14, x=-0.2)
        if note:
            axes.set_xlabel(showable(note), fontsize=10.5, color=MUTED, labelpad=10)
        bare(axes)

    return drawn(6.4, 0.52 * max(1, len(shown)) + 0.5, draw)

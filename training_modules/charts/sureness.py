"""Sureness: how often people were right when they were so sure, and how often they should be."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from foundation.wording import say
from training_modules.charts.canvas import BLUE, INK, MUTED, TEAL, bare, drawn, showable

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Where each certainty earns the most: below 67 %, up to 80 %, above.
_BANDS: Final = ((0.0, 0.67), (0.67, 0.80), (0.80, 1.0))


@dataclass(frozen=True, slots=True)
class Sureness:
    """One certainty: what was right of what was answered so; None where too few people did."""

    label: str
    share: float | None
    low: float | None = None
    high: float | None = None


def calibration_chart(levels: Sequence[Sureness], language: str) -> bytes:
    """A bar each with its error, before the band where it should end."""

    def draw(axes: "Axes") -> None:
        for at, (level, band) in enumerate(zip(levels, _BANDS, strict=True)):
            name = say("report.chart.band", language) if at == 0 else None
            axes.bar(at, band[1] - band[0], bottom=band[0], width=0.86, color=TEAL, alpha=0.16,
                     zorder=1, label=name)  # fmt: skip
            _draw_level(axes, at, level, language)
        axes.set_xticks(range(len(levels)), [showable(level.label) for level in levels])
        axes.set_xlim(-0.6, len(levels) - 0.4)
        axes.set_ylim(0, 1.02)
        axes.set_yticks([0, 0.25, 0.5, 0.75, 1], ["0%", "25%", "50%", "75%", "100%"])
        axes.set_ylabel(showable(say("report.chart.share_right", language)), color=MUTED)
        axes.legend(loc="lower right", bbox_to_anchor=(1, 1.0), frameon=False, fontsize=9,
                    borderaxespad=0)  # fmt: skip
        bare(axes, grid="y")

    return drawn(7.0, 3.0, draw)


def _draw_level(axes: "Axes", at: int, level: Sureness, language: str) -> None:
    if level.share is None:
        axes.text(at, 0.04, showable(say("report.chart.too_few", language)), ha="center",
                  color=MUTED)  # fmt: skip
        return
    axes.bar(at, level.share, width=0.42, color=BLUE, zorder=3)
    top = level.share
    if level.low is not None and level.high is not None:
        top = level.high
        axes.errorbar(
            [at], [level.share], [[level.share - level.low], [level.high - level.share]],
            color=INK, capsize=4, linewidth=1.4, zorder=4,
        )  # fmt: skip
    behind = {"facecolor": "white", "edgecolor": "none", "pad": 1, "alpha": 0.85}
    axes.text(at, top + 0.025, f"{level.share:.0%}", ha="center", va="bottom", zorder=5,
              bbox=behind)  # fmt: skip

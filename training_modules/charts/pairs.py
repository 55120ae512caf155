"""Before and after: two points on a line, and the interval of the second about the first."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from training_modules.charts.canvas import AMBER, BLUE, INK, LINE, MUTED, bare, drawn, showable

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@dataclass(frozen=True, slots=True)
class Span:
    """One comparison; `low` and `high` are the interval of the difference."""

    label: str
    before: float
    after: float
    low: float | None = None
    high: float | None = None
    note: str = ""


def before_after_chart(
    spans: Sequence[Span],
    names: tuple[str, str],
    *,
    least: float = 0,
    most: float = 1,
    is_share: bool = True,
) -> bytes:
    """The spans below one another on one scale; `names` are those of the two times."""

    def said(value: float) -> str:
        return f"{value:.0%}" if is_share else f"{value:.1f}"

    def draw(axes: "Axes") -> None:
        for at, span in enumerate(spans):
            axes.plot([least, most], [at, at], color=LINE, linewidth=1, zorder=1)
            _draw_span(axes, at, span, said)
        axes.set_yticks(range(len(spans)), [_label(span) for span in spans])
        axes.set_ylim(len(spans) - 0.45, -0.75)
        axes.set_xlim(least - 0.02 * (most - least), most + 0.02 * (most - least))
        ticks = [least + (most - least) * n / 4 for n in range(5)]
        axes.set_xticks(ticks, [said(tick) for tick in ticks])
        for name, colour in zip(names, (AMBER, BLUE), strict=True):
            axes.scatter([], [], color=colour, s=60, label=showable(name))
        axes.legend(
            loc="lower right", bbox_to_anchor=(1, 1.0), ncols=2, frameon=False, fontsize=9,
            borderaxespad=0, handletextpad=0.2,
        )  # fmt: skip
        bare(axes)

    return drawn(7.0, 0.75 * len(spans) + 0.7, draw)


def _draw_span(axes: "Axes", at: int, span: Span, said: object) -> None:
    """The way from one point to the other; the error of the difference on the second one."""
    tell = said if callable(said) else str
    axes.plot([span.before, span.after], [at, at], color=BLUE, alpha=0.35, linewidth=5, zorder=2,
              solid_capstyle="round")  # fmt: skip
    if span.low is not None and span.high is not None:
        ends = [span.before + span.low, span.before + span.high]
        axes.plot(ends, [at, at], color=INK, linewidth=1.4, zorder=4)
        for end in ends:
            axes.plot([end, end], [at - 0.12, at + 0.12], color=INK, linewidth=1.4, zorder=4)
    axes.scatter([span.before], [at], color=AMBER, s=80, zorder=5)
    axes.scatter([span.after], [at], color=BLUE, s=80, zorder=5)
    for value, colour in ((span.before, MUTED), (span.after, INK)):
        axes.annotate(tell(value), (value, at), (0, 9), textcoords="offset points", ha="center",
                      fontsize=9.5, color=colour)  # fmt: skip


def _label(span: Span) -> str:
    return showable(span.label) + (f"\n{showable(span.note)}" if span.note else "")

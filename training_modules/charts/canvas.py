"""The canvas: matplotlib without a screen, with a font that has Chinese, whatever is installed."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

FONT: Final = Path(__file__).parent.parent / "fonts" / "libcoach.otf"
_FAMILY: Final = "LibCoach Sans"
# For a letter that ours lacks, as in a rare name; taken where it is installed.
_OTHERS: Final = (
    "Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", "SimSun",
    "WenQuanYi Micro Hei", "Droid Sans Fallback",
)  # fmt: skip
# Stands for a letter that no font here has, as printers have always done.
_LACKING: Final = "〓"
_DPI: Final = 200

INK: Final = "#22313f"
MUTED: Final = "#6b7785"
LINE: Final = "#d5dbe1"
PALE: Final = "#e8eef4"
BLUE: Final = "#1f5f99"
TEAL: Final = "#1b8a7a"
AMBER: Final = "#d98e1f"
RED: Final = "#b8442f"


@cache
def _families() -> tuple[str, ...]:
    """Our font, made known to matplotlib, and those installed that may help it out."""
    from matplotlib.font_manager import fontManager

    fontManager.addfont(FONT)
    installed = {font.name for font in fontManager.ttflist}
    return (_FAMILY, *(name for name in _OTHERS if name in installed))


@cache
def _letters() -> frozenset[int]:
    """Every character that one of the fonts has."""
    from matplotlib.font_manager import FontProperties, findfont
    from matplotlib.ft2font import FT2Font

    fonts = [FT2Font(findfont(FontProperties(family=name))) for name in _families()]
    return frozenset(code for font in fonts for code in font.get_charmap())


def showable(text: str) -> str:
    """The text with what cannot be drawn marked, and on one line."""
    known = _letters()
    return "".join(c if ord(c) in known else _LACKING for c in " ".join(text.split()))


@contextmanager
def _style() -> Iterator[None]:
    import matplotlib as mpl

    values: Any = {
        "font.family": list(_families()), "font.size": 10, "text.color": INK,
        "axes.edgecolor": LINE, "axes.labelcolor": INK, "axes.spines.top": False,
        "axes.spines.right": False, "xtick.color": MUTED, "ytick.color": INK,
        "axes.unicode_minus": False, "text.parse_math": False, "pdf.fonttype": 3,
    }  # fmt: skip
    with mpl.rc_context(values):
        yield


def drawn(width: float, height: float, draw: Callable[["Axes"], None]) -> bytes:
    """One pair of axes as PNG; `width` and `height` in inches."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    with _style():
        figure = Figure(figsize=(width, height), dpi=_DPI, facecolor="white")
        FigureCanvasAgg(figure)
        draw(figure.subplots())
        # Without the date and the version of the program: the same picture is the same file.
        return _written(figure, format="png", metadata={"Software": None})


def page(width: float, height: float, draw: Callable[["Figure"], None], *, kind: str) -> bytes:
    """A whole page as PDF or PNG."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    with _style():
        figure = Figure(figsize=(width, height), dpi=_DPI, facecolor="white")
        FigureCanvasAgg(figure)
        draw(figure)
        nothing = {"Creator": None, "Producer": None, "CreationDate": None}
        metadata = nothing if kind == "pdf" else {"Software": None}
        return _written(figure, format=kind, metadata=metadata, tight=False)


def _written(figure: "Figure", *, tight: bool = True, **how: Any) -> bytes:
    out = BytesIO()
    figure.savefig(out, bbox_inches="tight" if tight else None, pad_inches=0.08, **how)
    return out.getvalue()


def bare(axes: "Axes", *, grid: str = "") -> None:
    """Only what is read: no frame, no ticks, faint lines where wanted."""
    for side in axes.spines.values():
        side.set_visible(False)
    axes.tick_params(length=0)
    if grid:
        axes.grid(visible=True, axis=grid, color=LINE, linewidth=0.7)  # type: ignore[arg-type]
        axes.set_axisbelow(True)

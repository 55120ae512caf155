"""The certificate: one page across, with a code by which anybody can verify it."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from foundation.wording import say
from training_modules.charts.canvas import AMBER, BLUE, INK, MUTED, page, showable
from training_modules.dates import said_day

if TYPE_CHECKING:
    from matplotlib.figure import Figure

# A4 across, in inches.
_WIDTH, _HEIGHT = 11.69, 8.27
_PAPER: Final = "#fdfbf6"


@dataclass(frozen=True, slots=True)
class Award:
    """What a certificate says; `code` is kept with the enrolment."""

    name: str
    track: str
    finished_on: date
    minutes: int
    modules: int
    code: str
    issuer: str = ""

    def hours(self) -> str:
        """In hours with one decimal at most."""
        return f"{max(0.5, round(self.minutes / 30) / 2):g}"


def certificate(award: Award, language: str, *, kind: str = "pdf") -> bytes:
    """The page as PDF (or PNG, to look at)."""

    def draw(figure: "Figure") -> None:
        figure.set_facecolor(_PAPER)
        _frame(figure)
        _words(figure, award, language)

    return page(_WIDTH, _HEIGHT, draw, kind=kind)


def _frame(figure: "Figure") -> None:
    """Two fine lines with a corner each, and a book's spine between heading and name."""
    from matplotlib.lines import Line2D
    from matplotlib.patches import Rectangle

    for inset, width, colour in ((0.035, 2.2, BLUE), (0.047, 0.7, AMBER)):
        across = inset * _HEIGHT / _WIDTH
        figure.add_artist(
            Rectangle((across, inset), 1 - 2 * across, 1 - 2 * inset, fill=False,
                      edgecolor=colour, linewidth=width)
        )  # fmt: skip
    for left, right, colour in ((0.40, 0.485, AMBER), (0.515, 0.60, AMBER)):
        figure.add_artist(Line2D([left, right], [0.705, 0.705], color=colour, linewidth=1))
    figure.add_artist(
        Line2D([0.5], [0.705], marker="D", markersize=6, color=BLUE, linestyle="none")
    )
    figure.add_artist(Line2D([0.27, 0.73], [0.515, 0.515], color=MUTED, linewidth=0.6))


def _words(figure: "Figure", award: Award, language: str) -> None:
    def put(x: float, y: float, words: str, size: float, colour: str = INK, **how: Any) -> None:
        heavy = how.pop("heavy", 0.0)
        place = {"fontsize": size, "color": colour, "va": "center", "ha": "center", **how}
        if heavy:
            # Only an outline; the words themselves stand above it as words, to be found and read.
            below = figure.text(x, y, showable(words), **place)
            below.set_path_effects([_stroke(heavy, colour)])
        figure.text(x, y, showable(words), **place)

    day = said_day(award.finished_on, language)
    facts = {
        "name": award.name, "track": award.track, "modules": award.modules,
        "hours": award.hours(),
    }  # fmt: skip
    put(0.5, 0.865, say("report.certificate.brand", language), 13, MUTED)
    put(0.5, 0.785, say("report.certificate.heading", language), 40, BLUE, heavy=1.2)
    put(0.5, 0.64, say("report.certificate.this", language), 14, MUTED)
    put(0.5, 0.56, award.name, _fitting(award.name, 38), INK, heavy=0.8)
    put(0.5, 0.455, say("report.certificate.did", language), 14, MUTED)
    track = say("report.certificate.track", language, **facts)
    put(0.5, 0.385, track, _fitting(track, 26), BLUE, heavy=0.5)
    put(0.5, 0.315, say("report.certificate.extent", language, **facts), 14)
    put(0.12, 0.165, day, 13, ha="left")
    put(0.12, 0.125, say("report.certificate.day", language), 10, MUTED, ha="left")
    if award.issuer:
        put(0.5, 0.165, award.issuer, _fitting(award.issuer, 13, 30))
        put(0.5, 0.125, say("report.certificate.issuer", language), 10, MUTED)
    put(0.88, 0.165, award.code, 15, ha="right", heavy=0.4)
    put(0.88, 0.125, say("report.certificate.code", language), 10, MUTED, ha="right")


def _fitting(words: str, size: float, fits: int = 34) -> float:
    """Smaller for what is longer than the line; a Chinese letter takes the room of two."""
    wide = sum(2 if ord(letter) > 0x2E80 else 1 for letter in words)
    room = fits * 38 / size if fits == 34 else fits
    return size if wide <= room else max(9.0, size * room / wide)


def _stroke(width: float, colour: str) -> Any:
    """A heavier face out of the only one there is."""
    from matplotlib.patheffects import Stroke

    return Stroke(linewidth=width, foreground=colour)

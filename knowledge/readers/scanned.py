"""Pages that are pictures, read by their dots when the optional extra `ocr` is installed."""

import logging
import time
from collections.abc import Callable, Iterable, Sequence
from importlib.util import find_spec
from io import BytesIO
from statistics import median
from typing import Any, Final

from foundation.errors import UnreadableDocument
from knowledge.layout.characters import plain
from knowledge.layout.composing import compose
from knowledge.layout.ink import Segment, Sheet
from knowledge.layout.sheets import laid_out
from knowledge.source import Source

DOTS_PER_INCH: Final = 150
ADVICE: Final = (
    "install text recognition with `.venv/bin/pip install -c constraints.txt rapidocr onnxruntime` "
    "and add the file again, or add a copy that has text"
)
_MOST_DOTS: Final = 40_000_000
LONGEST_SIDE: Final = 2600
_LEAST_CERTAIN: Final = 0.5
# Letters fill this much of the box that the recogniser draws about a line.
_FILLED: Final = 0.82
_BELOW_BASELINE: Final = 0.2
_SAME_SIZE: Final = 0.14


def is_available() -> bool:
    """Whether the extra is installed; asking loads nothing."""
    return all(find_spec(name) is not None for name in ("rapidocr", "onnxruntime"))


class Recogniser:
    """Reads pictures of pages, within a time that is shared by all of them.

    An engine takes a page's dots and gives `boxes` of four corners, `txts` and `scores`.
    """

    def __init__(
        self,
        seconds: float,
        *,
        clock: Callable[[], float] = time.monotonic,
        engine: Callable[[], Callable[[Any], Any]] | None = None,
    ) -> None:
        self._clock = clock
        self._seconds = seconds
        self._started = clock()
        self._recognise = (engine or _engine)()
        self._ready = clock()
        self._pages = 0

    def sheet(self, dots: Any, number: int, waiting: int) -> Sheet:
        """One page; refuses early when the pages still waiting cannot be read in time."""
        found = self._recognise(dots)
        self._pages += 1
        self._refuse_if_late(waiting)
        height, width = dots.shape[:2]
        points = 72 / DOTS_PER_INCH
        segments = _segments(_lines(found), points)
        flows = laid_out(segments, [], height * points)
        return Sheet(number, width * points, height * points, flows)

    def _refuse_if_late(self, waiting: int) -> None:
        now = self._clock()
        each = (now - self._ready) / self._pages
        if now + waiting * each <= self._started + self._seconds:
            return
        left = self._seconds - (self._ready - self._started)
        most = max(1, int(left / each))
        raise UnreadableDocument(
            "This scan takes too long to read at once: split it into smaller files, each with"
            f" this many pages at most: {most}."
        )


def read_image(data: bytes, *, seconds: float = 50) -> Source:
    """A picture file as a document; a TIFF may hold several pages."""
    if not is_available():
        raise UnreadableDocument(f"This file is a picture without text: {ADVICE}.")
    pictures = _pictures(data)
    recogniser = Recogniser(seconds)
    sheets = [
        recogniser.sheet(picture, number, len(pictures) - number)
        for number, picture in enumerate(pictures, 1)
    ]
    if not any(sheet.lines for sheet in sheets):
        raise UnreadableDocument("No text could be made out in this picture: scan it more sharply.")
    return compose(sheets, pages=len(sheets), warnings=(recognised(range(1, len(sheets) + 1)),))


def recognised(pages: Sequence[int]) -> str:
    """The warning that goes with text that was made out rather than read."""
    return f"{listed(pages)}: the text was made out from a picture; compare it before citing."


def listed(pages: Iterable[int]) -> str:
    """Page numbers as people write them: “Pages 3, 5–8”."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][-1] + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    said = [str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs]
    one = len(runs) == 1 and len(runs[0]) == 1
    return f"{'Page' if one else 'Pages'} {', '.join(said)}"


def _engine() -> Any:
    from rapidocr import RapidOCR

    # The library greets with a dozen lines of log, which belong to no answer of ours.
    logging.getLogger("RapidOCR").setLevel(logging.ERROR)
    return RapidOCR(
        params={
            "Global.use_cls": False,
            "Global.log_level": "error",
            "EngineConfig.onnxruntime.intra_op_num_threads": 2,
        }
    )


def _pictures(data: bytes) -> list[Any]:
    import numpy as np
    from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = _MOST_DOTS
    try:
        with Image.open(BytesIO(data)) as image:
            frames = [
                ImageOps.exif_transpose(f).convert("L") for f in ImageSequence.Iterator(image)
            ]
    except Image.DecompressionBombError as error:
        raise UnreadableDocument(
            "This picture has too many dots to be read: save it at 300 dots per inch or less."
        ) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise UnreadableDocument("This picture is damaged: save it anew and add that.") from error
    for frame in frames:
        frame.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    return [np.asarray(frame) for frame in frames]


def _lines(found: Any) -> list[tuple[Any, str]]:
    if found.boxes is None or found.txts is None:
        return []
    return [
        (box, plain(text.strip()))
        for box, text, score in zip(found.boxes, found.txts, found.scores, strict=True)
        if score >= _LEAST_CERTAIN and text.strip()
    ]


def _segments(lines: Sequence[tuple[Any, str]], points: float) -> list[Segment]:
    """Boxes as lines of text; heights that differ by chance count as one size."""
    placed = []
    for box, text in lines:
        xs, ys = [float(x) * points for x, _ in box], [float(y) * points for _, y in box]
        placed.append((text, min(xs), max(xs), min(ys), max(ys)))
    usual = median(bottom - top for *_, top, bottom in placed) if placed else 0.0
    segments = []
    for text, x0, x1, top, bottom in placed:
        high = bottom - top
        high = usual if abs(high - usual) < _SAME_SIZE * usual else high
        y = bottom - _BELOW_BASELINE * high
        segments.append(Segment(text, x0, x1, y, round(_FILLED * high, 1)))
    return segments

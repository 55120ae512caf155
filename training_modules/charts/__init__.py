"""Pictures of what was learned, and certificates: values in, bytes of PNG or PDF out."""

from training_modules.charts.certificate import Award, certificate
from training_modules.charts.distributions import levels_chart, recommendation_chart
from training_modules.charts.funnel import funnel_chart
from training_modules.charts.pairs import Span, before_after_chart
from training_modules.charts.progress import Bar, progress_picture
from training_modules.charts.sureness import Sureness, calibration_chart

__all__ = [
    "Award", "Bar", "Span", "Sureness", "before_after_chart", "calibration_chart", "certificate",
    "funnel_chart", "levels_chart", "progress_picture", "recommendation_chart",
]  # fmt: skip

"""What the outcome log proves: each indicator with its numbers, its error and its limits."""

from training_modules.indicators.computing import indicators
from training_modules.indicators.indicator import KEYS, Cell, Indicator
from training_modules.indicators.period import Period

__all__ = ["KEYS", "Cell", "Indicator", "Period", "indicators"]

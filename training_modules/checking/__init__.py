"""The checker: everything that keeps a module from being delivered, rule by rule."""

from training_modules.checking.checker import check
from training_modules.checking.sources import Holds

__all__ = ["Holds", "check"]

"""The errors of LibCoach, one tree: each carries a sentence a person may read.

AppError
├── ConfigurationError      settings that cannot be used
├── DatabaseUnavailable     the database does not open, or is newer than this program
├── UnreadableDocument      a file that cannot be read, and what to do about it
├── UnknownDocument         an id that the catalogue does not hold
├── UnknownReceipt          a code under which no answer was kept
├── UnknownEvent            an id that the outcome log does not hold
├── ExportRefused           a place that cannot be written
├── StoreUnavailable        the learning record store refuses or does not answer
├── IndexUnavailable        the index is missing, damaged or out of reach
├── ModelUnavailable        an embedding, reranking or language model cannot be used
├── InvalidModule           a training module that cannot be delivered
└── DeliveryFailed          a message that could not be sent
    └── FloodWait           too many at once; the channel says how long to wait
"""


class AppError(Exception):
    """Everything we raise on purpose; `str(error)` is one plain sentence for people."""


class ConfigurationError(AppError):
    """Settings that cannot be used."""


class DatabaseUnavailable(AppError):
    """The database does not open, or is newer than this program."""


class UnreadableDocument(AppError):
    """A file that cannot be read, and what to do about it."""


class UnknownDocument(AppError):
    """An id that the catalogue does not hold."""


class UnknownReceipt(AppError):
    """A code under which no answer was kept."""


class UnknownEvent(AppError):
    """An id that the outcome log does not hold."""


class ExportRefused(AppError):
    """A place that cannot be written."""


class StoreUnavailable(AppError):
    """The learning record store refuses or does not answer."""


class IndexUnavailable(AppError):
    """The index is missing, damaged or out of reach."""


class ModelUnavailable(AppError):
    """An embedding, reranking or language model cannot be used."""


class InvalidModule(AppError):
    """A training module that cannot be delivered."""


class DeliveryFailed(AppError):
    """A message that could not be sent."""

    def __init__(self, message: str, *, permanent: bool) -> None:
        super().__init__(message)
        self.permanent = permanent


class FloodWait(DeliveryFailed):
    """Too many at once: nothing was sent, and nothing in bulk is to be sent for so many seconds."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"The channel asks to wait {seconds:g} seconds.", permanent=False)
        self.seconds = seconds

"""The outermost edge of the command line: errors become one sentence and an exit status."""

import os
import sys
import traceback
import uuid
from pathlib import Path

import click

from foundation.errors import AppError
from foundation.telling import told


def shown_once(command: click.Command) -> int:
    """Call the command; 0 done, 1 could not, 2 wrong usage."""
    try:
        status = command.main(standalone_mode=False)
    except click.UsageError as error:
        return _wrong_usage(error)
    except (click.Abort, KeyboardInterrupt):
        return _said("Stopped.")
    except click.ClickException as error:
        return _said(error.format_message())
    except AppError as error:
        return _said(str(error))
    except BrokenPipeError:
        # Whoever read our output has seen enough.
        _close_output()
        return 0
    except OSError as error:
        return _refused_by_system(error)
    except Exception as error:  # noqa: BLE001 - the one place where the unexpected is shown
        return _unexpected(error)
    return status if isinstance(status, int) else 0


def _wrong_usage(error: click.UsageError) -> int:
    from bot.command_line.speaking import usage

    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        error.show()
    else:
        print(usage(error, language_set()), file=sys.stderr)
    return 2


def _said(sentence: str) -> int:
    print(told(sentence, language_set()), file=sys.stderr)
    return 1


def language_set() -> str:
    """The language of the settings, also where others of them cannot be used."""
    from foundation.settings import LANGUAGES, Settings, environment_with_file, read_settings

    try:
        return read_settings(environment_with_file(os.environ, Path.cwd())).language
    except AppError:
        wanted = os.environ.get("LIBCOACH_LANGUAGE", Settings().language)
        return wanted if wanted in LANGUAGES else "en"


def _refused_by_system(error: OSError) -> int:
    """A full disk, a folder that may not be written: no fault of the program."""
    _close_output()
    if "--debug" in sys.argv:
        traceback.print_exception(error)
    place = f" ({error.filename})" if error.filename else ""
    return _said(f"The system does not allow it: {error.strerror or error}{place}.")


def _close_output() -> None:
    """What is left to be printed goes nowhere, so that it does not fail once more."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _unexpected(error: Exception) -> int:
    from foundation import logs

    reference = uuid.uuid4().hex[:6].upper()
    logs.failed("unexpected", error, reference=reference)
    if "--debug" in sys.argv:
        traceback.print_exception(error)
    return _said(
        f"Something went wrong that should not (reference {reference}, {type(error).__name__})."
        " Run the same command with “libcoach --debug …” and report what it prints."
    )

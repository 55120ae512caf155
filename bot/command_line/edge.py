"""The outermost edge of the command line: errors become one sentence and an exit status."""

import os
import sys
import traceback
import uuid

import click

from foundation.errors import AppError


def shown_once(command: click.Command) -> int:
    """Call the command; 0 done, 1 could not, 2 wrong usage."""
    try:
        command.main(standalone_mode=False)
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.UsageError as error:
        error.show()
        return 2
    except (click.Abort, KeyboardInterrupt):
        print("Stopped.", file=sys.stderr)
        return 1
    except click.ClickException as error:
        print(error.format_message(), file=sys.stderr)
        return 1
    except AppError as error:
        print(error, file=sys.stderr)
        return 1
    except BrokenPipeError:
        # Whoever read our output has seen enough.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:  # noqa: BLE001 - the one place where the unexpected is shown
        return _unexpected(error)
    return 0


def _unexpected(error: Exception) -> int:
    reference = uuid.uuid4().hex[:6].upper()
    if "--debug" in sys.argv:
        traceback.print_exception(error)
    print(
        f"Something went wrong that should not (reference {reference}, {type(error).__name__})."
        " Run the same command with “libcoach --debug …” and report what it prints.",
        file=sys.stderr,
    )
    return 1

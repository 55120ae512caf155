"""`libcoach doctor`: what works, what does not, and what to do about it."""

import click

from bot.command_line.printing import print_json


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def doctor(*, as_json: bool) -> None:
    """Say what works and what does not, each with what to do."""
    from bot.command_line.edge import language_set
    from bot.diagnosing import diagnose
    from foundation.errors import AppError
    from foundation.wording import say

    findings, language = diagnose(), language_set()
    if as_json:
        print_json({"ok": all(f.ok for f in findings), "checks": [f.as_json() for f in findings]})
    else:
        for finding in findings:
            part = say(f"doctor.part.{finding.what}", language)
            colon = "：" if language == "zh" else ": "
            click.echo(f"{'✓' if finding.ok else '✗'} {part}{colon}{finding.says}")
    if not all(finding.ok for finding in findings):
        raise AppError("Something needs attention; see the lines marked ✗.")

"""`libcoach doctor`: what works, what does not, and what to do about it."""

import click

from bot.command_line.printing import print_json


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def doctor(*, as_json: bool) -> None:
    """Say what works and what does not, each with what to do."""
    from bot.diagnosing import diagnose
    from foundation.errors import AppError

    findings = diagnose()
    if as_json:
        print_json({"ok": all(f.ok for f in findings), "checks": [f.as_json() for f in findings]})
    else:
        for finding in findings:
            click.echo(f"{'✓' if finding.ok else '✗'} {finding.what}: {finding.says}")
    if not all(finding.ok for finding in findings):
        raise AppError("Something needs attention; see the lines marked ✗.")

"""How long an answer takes, with the five documents and with 100,000 passages of laws beside."""

from tempfile import TemporaryDirectory
from typing import Any, Final

from benchmarks.asking import SAMPLE
from benchmarks.material import LAW_QUESTIONS, unpacked_laws
from benchmarks.measuring import LIBCOACH, child, megabytes, run, say, table

_PASSAGES: Final = 100_000
_SPEED: Final = (
    "", "median", "p95", "median of processor time", "p95 of it", "peak memory",
)  # fmt: skip


def main() -> None:
    with unpacked_laws() as laws, TemporaryDirectory(prefix="libcoach-bench-") as home:
        environment = {"LIBCOACH_HOME": home}
        run([LIBCOACH, "documents", "list"], environment)
        say("asking with the five documents")
        few = child("benchmarks.asking", "--home", home)
        say(f"adding {_PASSAGES:,} passages of laws, with vectors")
        added = child("benchmarks.adding", laws, "--home", home, "--passages", _PASSAGES,
                      "--vectors")  # fmt: skip
        say("asking with the laws beside them")
        many = child("benchmarks.asking", "--home", home, *_law_questions())
        cold = run([LIBCOACH, "ask", "浙江图书馆2025年数字资源总量目标是多少"], environment)
    print(report(few, many, added, cold))


def _law_questions() -> tuple[object, ...]:
    return ("--laws", LAW_QUESTIONS) if LAW_QUESTIONS.is_file() else ()


def report(
    few: dict[str, Any], many: dict[str, Any], added: dict[str, Any], cold: tuple[float, float]
) -> str:
    rows = [_speed("cards' questions", few, "ask"), _speed("cards' questions", many, "ask")]
    if "laws" in many["alone"]:
        rows.append(_speed("questions about laws", many, "laws"))
    return "\n\n".join((
        f"{SAMPLE} questions of the cards, one after another, after a few to warm up; then "
        "the questions of `benchmarks/laws.jsonl`, which have no cards.",
        table(_SPEED, rows),
        f"A new process with {many['passages']:,} passages answers its first question after "
        f"{cold[0]:.1f} s ({cold[1]:.1f} s of processor time). Adding the laws with their "
        f"vectors took {added['wall'] / 60:.1f} minutes ({added['cpu']:.0f} s of processor time).",
        f"Another {SAMPLE} questions, each asked of all three in turn in one process, as "
        "multiples of what bm25s or Chroma alone take for their search (the same terms, the "
        "same vectors):",
        table(("", *_CONTENDERS), [_beside(few), _beside(many)]),
    ))  # fmt: skip


_CONTENDERS: Final = (
    "bm25s, median", "Chroma, median", "`ask` to bm25s", "`ask` to Chroma", "p95 to bm25s",
    "p95 to Chroma",
)  # fmt: skip


def _speed(what: str, found: dict[str, Any], name: str) -> list[str]:
    times = found["alone"][name]
    figures = [times[key] for key in ("median", "p95", "cpu_median", "cpu_p95")]
    milliseconds = [f"{figure:.0f} ms" for figure in figures]
    return [f"{what}, {found['passages']:,} passages", *milliseconds, megabytes(found["peak"])]


def _beside(found: dict[str, Any]) -> list[str]:
    times = found["beside"]
    words, meaning, ask = times.get("bm25s"), times["Chroma"], times["ask"]

    def against(other: dict[str, float] | None, key: str) -> str:
        return "not installed" if other is None else f"{ask[key] / other[key]:.1f} ×"

    alone = [f"{one['median']:.1f} ms" if one else "not installed" for one in (words, meaning)]
    ratios = [against(one, key) for key in ("median", "p95") for one in (words, meaning)]
    return [f"{found['passages']:,} passages", *alone, *ratios]


if __name__ == "__main__":
    main()

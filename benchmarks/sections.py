"""What is measured, by which module, from what material, and whether that happens unasked."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.material import DATA, LAWS


@dataclass(frozen=True, slots=True)
class Section:
    """One part of docs/benchmarks.md; `given` are what its module is called with."""

    name: str
    title: str
    says: str
    module: str
    given: tuple[str, ...] = ()
    needs: tuple[Path, ...] = ()
    minutes: int = 1
    on_request: bool = False
    is_markdown: bool = False

    def lacking(self) -> list[Path]:
        return [path for path in self.needs if not path.exists()]


SECTIONS: Final = (
    Section(
        "setup", "From nothing to the first answer",
        "A clone in an empty folder and the two commands of the README. Most of it is the package "
        "installer's; aimed at: under five minutes on two cores.",
        "benchmarks.from_clone", minutes=5, on_request=True, is_markdown=True,
    ),
    Section(
        "start", "Start-up",
        "Each command as a person calls it, with the library there already. Aimed at: help in half "
        "a second, the prompt and a cold answer in three.",
        "benchmarks.starting", minutes=2, is_markdown=True,
    ),
    Section(
        "documents", "Adding documents",
        "The Chinese laws, read in two child processes, written to the catalogue and made findable "
        "by words. Aimed at: over 2,000 passages a second, growing with their number and no "
        "faster, under 1.5 GB, and under 5 % of the time when nothing has changed.",
        "benchmarks.documents", needs=(LAWS,), minutes=6, is_markdown=True,
    ),
    Section(
        "answers", "The speed of answers",
        "Questions of the cards to a warm process, vectors and words. Aimed at: p95 under 60 ms "
        "with the five documents, under 150 ms and 2 GB with 100,000 passages.",
        "benchmarks.answers", needs=(LAWS,), minutes=8, is_markdown=True,
    ),
    Section(
        "reporting", "Reports over ten thousand trainees",
        "A simulated year of people in one track, a million events, told as indicators, as a page "
        "and as a workbook, charts and Chinese included; each in a process of its own. Aimed at: "
        "under 10 s and under 500 MB.",
        "benchmarks.reporting", minutes=4, is_markdown=True,
    ),
    Section(
        "spacing", "A year of spaced review",
        "A thousand simulated people begin on one day and learn three items a workday until they "
        "have 24; at most four are asked again a day. Their memories forget by a law that is not "
        "the schedule's. Beside it the steps of a plain calendar: 1, 7, 30, 90, 180 days. “Known” "
        "is the mean chance of recall over everything learned so far. The schedule aims at 90 %.",
        "benchmarks.spaced_year", is_markdown=True,
    ),
    Section(
        "embedding", "The shipped embedding model",
        "How well its vectors find passages, alone and beside BM25.",
        "benchmarks.embedding", ("--data", str(DATA)), (DATA / "drcd_test.json",), minutes=3,
    ),
    Section(
        "telegram", "Telegram under load",
        "Everybody says “你好” in the same second to a Telegram on the same machine that checks "
        "nothing. Beside it the bare echo bot that is the framework's own example. Aimed at: half "
        "of its replies a second.",
        "benchmarks.telegram", ("--people", "1000", "10000", "--updates", "0"), minutes=4,
        is_markdown=True,
    ),
    Section(
        "telegram_memory", "Telegram's memory",
        "One process over many updates; the memory in the second fifth of the run and in the last.",
        "benchmarks.telegram", ("--people", "--updates", "100000"), minutes=6, on_request=True,
        is_markdown=True,
    ),
    Section(
        "strangers", "Passages of strangers' texts",
        "Each paragraph added as a document and looked for by its questions; no cards.",
        "benchmarks.strangers", ("--data", str(DATA)), (DATA / "drcd_test.json",), minutes=10,
        on_request=True,
    ),
    Section(
        "laws", "Answers on documents loaded later",
        "Ten laws in four formats, with no cards and no language model.",
        "benchmarks.laws", ("--data", str(DATA)), (LAWS,), minutes=5,
    ),
    Section(
        "scheduling", "Everybody at eight o'clock",
        "A hundred thousand people with five days behind them, due in the same minute, on SQLite "
        "and a channel that takes no time; then answers while a wave of 20,000 is planned and goes "
        "out at 25 a second. Aimed at: 20,000 a second, flat memory, p95 of answers under 1.5 "
        "times the quiet one.",
        "benchmarks.scheduling", minutes=3, is_markdown=True,
    ),
    Section(
        "fusion", "How words, cards and vectors are weighed",
        "Finds the weights of the search by the cards' own questions.",
        "benchmarks.fusion", minutes=15, on_request=True,
    ),
    Section(
        "weights", "How the signs of a draft are weighed",
        "Finds what each sign is worth by the cards' own questions.",
        "benchmarks.weights", minutes=1, on_request=True,
    ),
    Section(
        "sureness", "How sure an answer must be",
        "Learns it from the cards' own questions, each asked of all documents and of all but its "
        "own.",
        "benchmarks.sureness", minutes=2, on_request=True,
    ),
    Section(
        "beyond", "What the documents do not say",
        "Everyday questions of librarians, some beyond the five documents and some within.",
        "benchmarks.beyond", minutes=1, is_markdown=True,
    ),
    Section(
        "record", "The outcome log",
        "A million events of ten thousand trainees: written, proved, exported in each format. "
        "Aimed at: 20,000 events a second, an export within three times a plain dump, 500 MB.",
        "benchmarks.record", minutes=8, is_markdown=True,
    ),
)  # fmt: skip
BY_NAME: Final = {section.name: section for section in SECTIONS}

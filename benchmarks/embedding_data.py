"""The open data the embedding model is trained on and measured with, as plain texts."""

import json
import re
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_ARTICLE: Final = re.compile(
    r"第[一二三四五六七八九十百千零〇]+条(?:之[一二三四五六七八九十]+)?\s*"
)
_CHAPTER: Final = re.compile(r"#+\s*(?:第\S+[编章节]\s*)?")
_SENTENCE: Final = re.compile(r"[^。！？；!?;\n]+[。！？；!?;\n”」』）)]*")
_ENGLISH_SENTENCE: Final = re.compile(r"(?<=[.!?;])[\"”)]*\s+(?=[A-Z0-9“\"(])")


@dataclass(frozen=True)
class Question:
    text: str
    passage: int
    answer: str


@dataclass(frozen=True)
class QuestionSet:
    """Passages in the order of their file, the article each is from, and questions on them."""

    passages: list[str]
    articles: list[int]
    questions: list[Question]

    def without(self, articles: set[int]) -> "QuestionSet":
        kept = [i for i, article in enumerate(self.articles) if article not in articles]
        place = {old: new for new, old in enumerate(kept)}
        questions = [
            Question(q.text, place[q.passage], q.answer)
            for q in self.questions
            if q.passage in place
        ]
        passages = [self.passages[i] for i in kept]
        return QuestionSet(passages, [self.articles[i] for i in kept], questions)


@dataclass(frozen=True)
class Article:
    """One numbered article of a law."""

    heading: str
    text: str


def read_questions(path: Path) -> QuestionSet:
    passages: list[str] = []
    articles: list[int] = []
    questions: list[Question] = []
    for number, article in enumerate(json.loads(path.read_text("utf-8"))["data"]):
        for paragraph in article["paragraphs"]:
            questions += [
                Question(q["question"], len(passages), q["answers"][0]["text"])
                for q in paragraph["qas"]
            ]
            passages.append(paragraph["context"])
            articles.append(number)
    return QuestionSet(passages, articles, questions)


def held_out(questions: QuestionSet) -> set[int]:
    """A fifth of the articles, never trained on, to measure one language against the other."""
    return {article for article in questions.articles if article % 5 == 0}


def read_synonyms(path: Path) -> list[list[str]]:
    sets: dict[str, list[str]] = {}
    for line in path.read_text("utf-8").splitlines()[1:]:
        synset, _, lemma = line.split("\t")[:3]
        sets.setdefault(synset, []).append(lemma.replace("+", ""))
    return [lemmas for lemmas in sets.values() if len(lemmas) > 1]


def read_thesaurus(path: Path) -> list[list[str]]:
    """Everything that means the same, a row a list; none where there is no thesaurus."""
    lines = path.read_text("utf-8").splitlines()[1:] if path.exists() else []
    rows = [re.split(r"[\t;]", line) for line in lines if not line.startswith("#")]
    terms = [[term.strip() for term in row if term.strip()] for row in rows]
    return [row for row in terms if len(row) > 1]


def read_laws(path: Path, *, every: int) -> list[Article]:
    """The articles of every n-th law: all of them would be more of the same."""
    with tarfile.open(path) as archive:
        members = [m for m in archive if m.isfile() and m.name.endswith(".md")][::every]
        texts = (archive.extractfile(member) for member in members)
        return [a for file in texts if file for a in _articles(file.read().decode("utf-8"))]


def _articles(text: str) -> Iterator[Article]:
    head, _, body = text.partition("<!-- INFO END -->")
    title = head.strip().partition("\n")[0].lstrip("# ")
    heading, lines = title, list[str]()
    for line in body.splitlines():
        start = _ARTICLE.match(line)
        if lines and (start or line.startswith("#")):
            yield Article(heading, "\n".join(lines))
            lines = []
        if line.startswith("#"):
            heading = f"{title}\n{_CHAPTER.sub('', line).replace(' ', '')}"
        elif start:
            lines = [line[start.end() :]]
        elif lines and line.strip():
            lines.append(line.strip())
    if lines:
        yield Article(heading, "\n".join(lines))


def sentences(text: str) -> list[str]:
    chinese = len(re.findall(r"[\u3400-\u9fff]", text)) * 4 > len(text)
    parts = _SENTENCE.findall(text) if chinese else _ENGLISH_SENTENCE.split(text)
    return [part for part in parts if part.strip()]

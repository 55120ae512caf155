"""The front matter of a module file: YAML in which every value is text, read field by field."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from training_modules.fault import Noted
from training_modules.module import Approval, Bilingual, Source, Status

FIELDS: Final = (
    "id", "track", "version", "title", "objectives", "competencies", "ifla_area", "minutes",
    "after", "sources", "status", "approvals",
)  # fmt: skip
_LEFT_OUT: Final = ("after", "approvals")
_KEY: Final = re.compile(r"([A-Za-z_]+):")
_ENTRY: Final = re.compile(r"\s*- ")
ID: Final = re.compile(r"[a-z0-9-]{3,40}")
_DEEPEST: Final = 1000
_NESTED: Final = re.compile(r"(?:[-?:][ \t]+){50}")
_SHA: Final = re.compile(r"[0-9a-f]{64}")
_SOURCE_KEYS: Final = ("doc", "locator", "quote")
_APPROVAL_KEYS: Final = ("by", "role", "on", "sha256")


@dataclass
class FrontMatter:
    """The fields as they are written, and where each begins; what is wrong is noted."""

    values: dict[str, Any]
    lines: dict[str, int]
    noted: Noted

    def line(self, name: str, entry: int = 0) -> int:
        return self.lines.get(f"{name} {entry}", self.lines.get(name, 1))

    def note(self, rule: str, field: str, entry: int = 0, **values: object) -> None:
        self.noted.add(rule, self.line(field, entry), field=field, **values)

    def text(self, name: str) -> str:
        value = self.values.get(name, "")
        if not isinstance(value, str):
            self.note("field.text", name)
            return ""
        return value.strip()

    def id(self, name: str) -> str:
        value = self.text(name)
        if value and not ID.fullmatch(value):
            self.note("field.id", name, value=value)
        return value

    def number(self, name: str, least: int, most: int) -> int:
        value = self.text(name)
        if not value.isascii() or not value.isdigit() or not least <= int(value[:9]) <= most:
            if name in self.values:
                self.note("field.number", name, value=value, least=least, most=most)
            return least
        return int(value)

    def bilingual(self, name: str) -> Bilingual:
        return self._both(name, self.values.get(name), 0)

    def bilinguals(self, name: str) -> tuple[Bilingual, ...]:
        return tuple(self._both(name, one, n) for n, one in enumerate(self._list(name), 1))

    def names(self, name: str) -> tuple[str, ...]:
        found = self._list(name)
        for n, one in enumerate(found, 1):
            if not isinstance(one, str):
                self.note("field.text", name, n)
        return tuple(one.strip() for one in found if isinstance(one, str))

    def status(self) -> Status:
        value = self.text("status")
        if value in set(Status):
            return Status(value)
        if value:
            self.note("field.status", "status", value=value)
        return Status.DRAFT

    def sources(self) -> tuple[Source, ...]:
        entries = self._entries("sources", _SOURCE_KEYS, _SOURCE_KEYS)
        return tuple(Source(one["doc"], one["locator"], one["quote"]) for _, one in entries)

    def approvals(self) -> tuple[Approval, ...]:
        found: list[Approval] = []
        for n, one in self._entries("approvals", _APPROVAL_KEYS, _APPROVAL_KEYS):
            day, sha = _day(one["on"]), one["sha256"]
            if one["on"] and day is None:
                self.note("approval.on", "approvals", n, value=one["on"])
            if sha and not _SHA.fullmatch(sha):
                self.note("approval.sha256", "approvals", n)
            found.append(Approval(one["by"], one["role"], day or date.min, sha))
        return tuple(found)

    def _list(self, name: str) -> list[Any]:
        value = self.values.get(name) or []
        if isinstance(value, list):
            return value
        self.note("field.list", name)
        return []

    def _both(self, name: str, value: Any, entry: int) -> Bilingual:
        if value is None:
            return Bilingual("", "")
        if not isinstance(value, dict):
            self.note("field.both", name, entry)
            return Bilingual("", "")
        self._keys(name, entry, value, ("zh", "en"), ("zh", "en"))
        return Bilingual(_text(value.get("zh")), _text(value.get("en")))

    def _entries(
        self, name: str, known: tuple[str, ...], needed: tuple[str, ...]
    ) -> Iterator[tuple[int, dict[str, str]]]:
        for n, one in enumerate(self._list(name), 1):
            if not isinstance(one, dict):
                self.note("field.entry", name, n, keys=", ".join(known))
                one = {}
            else:
                self._keys(name, n, one, known, needed)
            yield n, {key: _text(one.get(key)) for key in known}

    def _keys(
        self, name: str, entry: int, value: dict[str, Any],
        known: tuple[str, ...], needed: tuple[str, ...],
    ) -> None:  # fmt: skip
        for key in value:
            if key not in known:
                self.note("entry.unknown", name, entry, member=key, keys=", ".join(known))
        for key in needed:
            if not _text(value.get(key)):
                self.note("entry.missing", name, entry, member=key)


def front_matter(lines: list[str], noted: Noted) -> FrontMatter | None:
    """The fields of these lines, the first of which is the second of the file."""
    return fields_of(lines, 2, FIELDS, _LEFT_OUT, noted)


def fields_of(
    lines: list[str], first: int, known: Collection[str], left_out: Collection[str], noted: Noted
) -> FrontMatter | None:
    """The fields of YAML lines; those that are missing or not known are noted."""
    loaded = _loaded("\n".join(lines), first, noted)
    if loaded is None:
        return None
    front = FrontMatter(loaded, _places(lines, first, noted), noted)
    for name in loaded:
        if name not in known:
            front.note("field.unknown", str(name), fields=", ".join(known))
    for name in known:
        if not loaded.get(name) and name not in left_out:
            front.note("field.missing", name)
    return front


def _loaded(text: str, first: int, noted: Noted) -> dict[str, Any] | None:
    import yaml

    # The fast loader has no bound of its own on how deep it goes.
    if text.count("[") + text.count("{") > _DEEPEST or _NESTED.search(text):
        noted.add("front.yaml", first)
        return None
    # Every value is text: `on`, `no` and 2025 stay what was written.
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    try:
        loaded = yaml.load(text, Loader=loader)  # noqa: S506 - makes nothing but text
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        noted.add("front.yaml", first + mark.line if mark else first)
        return None
    if not isinstance(loaded, dict):
        noted.add("front.yaml", first)
        return None
    return loaded


def _places(lines: list[str], first: int, noted: Noted) -> dict[str, int]:
    """Where each field begins, and each entry of a list that is written line by line."""
    places: dict[str, int] = {}
    name, entries = "", 0
    for n, line in enumerate(lines, first):
        key = _KEY.match(line)
        if key:
            name, entries = key[1], 0
            if name in places:
                noted.add("field.twice", n, field=name)
            places[name] = n
        elif _ENTRY.match(line):
            entries += 1
            places[f"{name} {entries}"] = n
    return places


def _text(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""


def _day(said: str) -> date | None:
    try:
        return date.fromisoformat(said)
    except ValueError:
        return None

"""What of a web page is navigation and other boilerplate, and where its main content stands."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from lxml import etree
from lxml.etree import _Element as Element

from knowledge.readers.page_tags import BLOCKS, CONTROLS, NEVER_TEXT

_WORDS: Final = frozenset(
    {
        "nav", "navbar", "navigation", "menu", "breadcrumb", "breadcrumbs", "crumb", "crumbs",
        "footer", "foot", "copyright", "share", "sharing", "social", "sidebar", "pagination",
        "pager", "toolbar", "topbar", "login", "search", "searchbar", "qrcode", "friendlink",
        "friendlinks", "sitemap", "cookie", "cookies", "ad", "ads", "advert", "advertisement",
        "related", "recommend", "banner", "daohang", "toc",
    }
)  # fmt: skip
_TAGS: Final = frozenset({"nav", "aside", "footer", "header"}) | CONTROLS
_ROLES: Final = frozenset(
    {"navigation", "banner", "contentinfo", "search", "complementary", "menu", "menubar", "toolbar",
     "dialog", "alertdialog"}
)  # fmt: skip
_LINK_BLOCKS: Final = frozenset({"ul", "ol", "div", "table", "section", "dl", "td", "p", "tr"})
_CONTENT: Final = frozenset({"article", "main", "section"})
_SENTENCE: Final = re.compile(r"[。；！？]|[.!?](?=\s|$)")
_TOKEN: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_HIDDEN: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_FILE: Final = re.compile(
    r"\.(?:docx?|xlsx?|pptx?|pdf|zip|rar|wps|et|ofd|txt|epub)(?:[?#]|$)", re.I
)


@dataclass(slots=True)
class _Measure:
    """How much an element says, and how much of it in links."""

    letters: int = 0
    linked: int = 0
    links: int = 0
    sentences: int = 0

    def add(self, other: "_Measure") -> None:
        self.letters += other.letters
        self.linked += other.linked
        self.links += other.links
        self.sentences += other.sentences


def boilerplate(body: Element, kept: Iterable[Element] = ()) -> frozenset[Element]:
    """The elements to leave out, as strict as it can be without losing sentences.

    `kept` are elements that stay wherever they stand: the title, the footnotes.
    """
    measures = _measured(body)
    stays = frozenset(kept)
    for rules in (_STRICT, _MILD):
        dropped = set(_chosen(body, measures, stays, rules))
        dropped |= set(_outside_main(body, measures, stays, dropped))
        left = _left(measures, body, dropped)
        enough = left.letters >= min(40, measures[body].letters)
        if enough and left.sentences * 2 >= measures[body].sentences - 4:
            return frozenset(dropped)
    return frozenset()


def _left(measures: dict[Element, _Measure], body: Element, dropped: set[Element]) -> _Measure:
    """What stays when these elements are gone."""
    left = replace(measures[body])
    for element in dropped:
        if not any(above in dropped for above in element.iterancestors()):
            left.letters -= measures[element].letters
            left.sentences -= measures[element].sentences
    return left


def _with_ancestors(elements: Iterable[Element]) -> set[Element]:
    return {above for element in elements for above in (element, *element.iterancestors())}


def _measured(body: Element) -> dict[Element, _Measure]:
    """The measure of every block, from one walk."""
    measures: dict[Element, _Measure] = {body: _Measure()}
    open_blocks: list[_Measure] = []
    in_link = 0
    walk = etree.iterwalk(body, events=("start", "end"))
    for event, element in walk:
        if event == "start":
            if element.tag in BLOCKS:
                open_blocks.append(measures.setdefault(element, _Measure()))
            if element.tag in NEVER_TEXT:
                walk.skip_subtree()
            else:
                in_link += _is_link(element)
                _count(open_blocks[-1], element.text, linked=in_link > 0)
                open_blocks[-1].links += _is_link(element)
            continue
        in_link -= element.tag not in NEVER_TEXT and _is_link(element)
        if element.tag in BLOCKS:
            done = open_blocks.pop()
            if open_blocks:
                open_blocks[-1].add(done)
        if open_blocks:
            _count(open_blocks[-1], element.tail, linked=in_link > 0)
    return measures


def _count(measure: _Measure, text: str | None, *, linked: bool) -> None:
    if not text or text.isspace():
        return
    letters = len("".join(text.split()))
    measure.letters += letters
    if linked:
        measure.linked += letters
    else:
        measure.sentences += len(_SENTENCE.findall(text))


def _is_link(element: Element) -> bool:
    """A link that leads elsewhere; files to download are content."""
    return (
        element.tag == "a" and bool(element.get("href")) and not _FILE.search(element.get("href"))
    )


_Rule = Callable[[Element, _Measure, _Measure], bool]


def _chosen(
    body: Element,
    measures: dict[Element, _Measure],
    stays: frozenset[Element],
    rules: Iterable[_Rule],
) -> Iterator[Element]:
    whole = measures[body]
    paths = _with_ancestors(stays) | {body}
    walk = etree.iterwalk(body, events=("start",))
    for _, element in walk:
        measure = measures.get(element)
        if measure is None or element in paths:
            continue
        if any(rule(element, measure, whole) for rule in rules):
            yield element
            walk.skip_subtree()


def _by_tag(element: Element, measure: _Measure, whole: _Measure) -> bool:
    if measure.sentences * 2 > whole.sentences + 4:
        return False
    hidden = element.get("hidden") is not None or _HIDDEN.search(element.get("style") or "")
    if hidden or element.get("aria-hidden") == "true" or element.get("role") in _ROLES:
        return True
    if element.tag not in _TAGS:
        return False
    # A header or footer inside an article belongs to it.
    local = element.tag in ("header", "footer")
    return not (local and any(above.tag in _CONTENT for above in element.iterancestors()))


def _by_word(element: Element, measure: _Measure, whole: _Measure) -> bool:
    named = f"{element.get('class') or ''} {element.get('id') or ''}"
    if named == " " or not _WORDS.intersection(token.lower() for token in _TOKEN.findall(named)):
        return False
    mostly_links = measure.linked * 2 > measure.letters
    small = measure.letters * 5 < whole.letters * 2 and measure.sentences * 4 <= whole.sentences + 8
    return mostly_links or small


def _by_links(element: Element, measure: _Measure, whole: _Measure) -> bool:  # noqa: ARG001
    if element.tag not in _LINK_BLOCKS or measure.links < 3:
        return False
    dense = measure.linked > measure.letters * 0.6
    return dense and measure.sentences <= 1 and measure.linked < measure.links * 40


_STRICT: Final[tuple[_Rule, ...]] = (_by_tag, _by_word, _by_links)
_MILD: Final[tuple[_Rule, ...]] = (_by_tag,)


def _outside_main(
    body: Element,
    measures: dict[Element, _Measure],
    stays: frozenset[Element],
    dropped: set[Element],
) -> Iterator[Element]:
    """Everything beside the way down to the main content and to what stays anyhow."""
    main = _main(body, measures, _left(measures, body, dropped))
    if main is None:
        return
    ends = stays | dropped | {main}
    paths = _with_ancestors(stays | {main})
    parents = [body]
    while parents:
        for child in parents.pop():
            if child in ends or child not in measures:
                continue
            if child in paths:
                parents.append(child)
            else:
                yield child


def _main(body: Element, measures: dict[Element, _Measure], left: _Measure) -> Element | None:
    """The smallest element that calls itself the content and holds most of what is said."""
    best: Element | None = None
    for element in body.iter("main", "article", "div", "section"):
        share = _share(element)
        if share and element in measures and _holds(measures[element], left, share):
            best = element
    return best


def _share(element: Element) -> float:
    if element.tag == "main" or element.get("role") == "main":
        return 0.6
    return 0.85 if element.tag == "article" else 0.0


def _holds(measure: _Measure, whole: _Measure, share: float) -> bool:
    return (
        measure.letters >= whole.letters * share * 0.7
        and measure.sentences >= whole.sentences * share
    )

"""What the tags of web pages mean to a reader."""

from typing import Final

NEVER_TEXT: Final = frozenset(
    {
        "head", "script", "style", "noscript", "template", "svg", "iframe", "object", "embed",
        "audio", "video", "canvas", "map", "rt", "rp", "del", "title", "meta", "link",
    }
)  # fmt: skip
CONTROLS: Final = frozenset({"button", "select", "textarea", "datalist", "input", "menu"})
HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}
LISTS: Final = frozenset({"ul", "ol", "dir"})
ROWS: Final = ("thead", "tbody", "tfoot")
BLOCKS: Final = (
    frozenset(
        {
            "address", "article", "aside", "blockquote", "body", "caption", "center", "dd",
            "details", "dialog", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer",
            "form", "header", "hgroup", "hr", "html", "legend", "li", "main", "nav", "p", "pre",
            "search", "section", "summary", "table", "td", "th", "tr", "optgroup", "option",
        }
    )
    | CONTROLS
    | LISTS
    | frozenset(HEADINGS)
    | frozenset(ROWS)
)  # fmt: skip

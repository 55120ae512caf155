"""Whether a sentence denies what its quotes do not deny, or leaves out that they forbid."""

import re
from typing import Final

_FORBIDS: Final = re.compile(
    r"不得(?!不)|不准(?!确)|不许|不予|禁止|严禁|切勿|不允许"
    r"|\b(?:must|may|shall|should) not\b|\bforbid\w*|\bprohibit\w*|\bbanned\b",
    re.I,
)
_DENIES: Final = re.compile(
    r"没(?!收|落)|并非|从未|未(?!来|成年|知)|无法|毫无|无需|无须"
    r"|不(?!断|仅|但|只|光|同|少|限|得不|可或缺|可分割|可替代|可忽视|可避免|管|论|妨|止|懈|移|超过|低于|晚于|高于)"
    r"|\bnot\b(?! only| later| less| more)|\b(?:never|none|neither|without|cannot)\b"
    r"|\bno\b(?! later| less| fewer| more|\.)|n['’]t\b",
    re.I,
)
# What a document says in the positive and a sentence may put as a denial.
_LACKS: Final = re.compile(
    r"无|免|缺|短板|滞后|薄弱|除外|以外|仅|之外|\bonly\b|\black\w*|\bexcept\b|\bfree\b|\bunable\b",
    re.I,
)


def turned_round(sentence: str, quotes: str) -> bool:
    """Does one of the two deny or forbid, and the other nothing?"""
    denies = bool(_DENIES.search(sentence) or _FORBIDS.search(sentence))
    if _FORBIDS.search(quotes):
        return not denies
    return denies and not (_DENIES.search(quotes) or _LACKS.search(quotes))

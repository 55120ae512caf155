"""The content hash: what an approval approves; status, approvals and places are no content."""

import hashlib
import json
from typing import Any

from training_modules.module import Bilingual, Card, Item, Module


def content_hash(module: Module) -> str:
    """The same for the same content, however its file is laid out."""
    content = [
        module.id, module.track, module.version, _both(module.title),
        [_both(one) for one in module.objectives], module.competencies, module.ifla_area,
        module.minutes, module.after,
        [(one.doc, one.locator, one.quote) for one in module.sources],
        [_card(one) for one in module.cards], [_item(one) for one in module.items],
    ]  # fmt: skip
    written = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(written.encode("utf-8", "surrogatepass")).hexdigest()


def _both(text: Bilingual) -> tuple[str, str]:
    return (text.zh, text.en)


def _card(card: Card) -> tuple[Any, ...]:
    return (_both(card.text), card.sources, card.objective, card.beyond)


def _item(item: Item) -> tuple[Any, ...]:
    number = item.number
    return (
        item.id, item.type, _both(item.prompt),
        [(o.id, _both(o.text), _both(o.feedback), float(o.score)) for o in item.options],
        item.key,
        (float(number.value), float(number.tolerance), _both(number.unit)) if number else None,
        _both(item.explanation), item.sources, item.objective, item.form,
    )  # fmt: skip

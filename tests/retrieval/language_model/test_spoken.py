"""Objects found in what a model says, also while it is still saying it."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.language_model.spoken import Growing, object_in

texts = st.text(max_size=20)
members = st.fixed_dictionaries(
    {"text": texts, "quotes": st.lists(st.fixed_dictionaries({"quote": texts}), max_size=3)}
)


@given(
    st.lists(members, max_size=5), st.integers(1, 9), st.sampled_from(["", "答：\n", "```json\n"])
)
def test_a_growing_object_is_heard_member_by_member(
    sentences: list[dict[str, Any]], piece: int, before: str
) -> None:
    whole = before + json.dumps({"can_answer": True, "sentences": sentences}, ensure_ascii=False)
    growing = Growing()
    heard = [growing.hear(whole[n : n + piece]) for n in range(0, len(whole), piece)]

    grown = [spoken["sentences"] for spoken in heard if spoken is not None]
    assert all(part == sentences[: len(part)] for part in grown)
    assert [len(part) for part in grown] == sorted({len(part) for part in grown})
    if sentences:
        assert grown[-1] == sentences


@given(st.text(max_size=200))
def test_no_text_of_any_kind_is_too_much_for_it(text: str) -> None:
    found = object_in(text, "sentences")
    Growing().hear(text)

    assert found is None or "sentences" in found


def test_an_object_cut_short_is_none() -> None:
    said = json.dumps({"sentences": [{"text": "一"}, {"text": "二"}]})

    assert object_in(said, "sentences") == json.loads(said)
    assert all(object_in(said[:n], "sentences") is None for n in range(len(said)))


def test_thousands_of_brackets_do_no_harm() -> None:
    assert object_in("{" * 50_000, "sentences") is None
    assert object_in('{"a":' * 20_000, "sentences") is None


@pytest.mark.parametrize(
    "said", ["[1, 2]", "null", '"sentences"', '{"other": 1}', "{'sentences': []}"]
)
def test_another_form_is_no_answer(said: str) -> None:
    assert object_in(said, "sentences") is None

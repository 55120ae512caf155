"""Words that stand together weigh more than the same words scattered over a passage."""

import numpy as np
import pytest

from retrieval.lexical import WeightedTerms
from retrieval.second_look import Closeness, look, shared_runs
from retrieval.terms import terms_of


def closeness(question: str, *passages: str) -> list[Closeness]:
    terms = np.unique(terms_of(question))
    weighted = WeightedTerms(terms, np.ones(len(terms), dtype=np.float32))
    return look(passages, question, weighted, float(len(terms)))


def test_one_sentence_that_holds_all_is_closer_than_two_that_hold_halves() -> None:
    one, two = closeness("免费开放图书馆", "免费开放图书馆。其他。", "免费开放。然后有图书馆。")

    assert one.sentence == pytest.approx(1.0)
    assert two.sentence < one.sentence
    assert two.two_sentences > two.sentence


def test_neighbours_are_sentences_of_the_same_passage() -> None:
    first, second = closeness("免费开放图书馆", "免费开放。", "图书馆。")

    assert first.two_sentences == first.sentence
    assert second.two_sentences == second.sentence


def test_sentences_far_apart_are_no_neighbours() -> None:
    (near,) = closeness("免费开放图书馆", "免费开放。图书馆。")
    (far,) = closeness("免费开放图书馆", "免费开放。甲乙。丙丁。图书馆。")

    assert near.two_sentences > far.two_sentences


def test_a_longer_run_is_worth_more_than_its_parts() -> None:
    asked = list("公共图书馆法")

    assert shared_runs(asked, "《公共图书馆法》规定") == pytest.approx(1.0)
    assert shared_runs(asked, "公共的图书馆和法") < shared_runs(asked, "公共图书馆和法")
    assert shared_runs(asked, "甲乙丙丁") == 0.0


def test_single_letters_and_parts_of_words_are_no_run() -> None:
    assert shared_runs(list("图书"), "图和书") == 0.0
    assert shared_runs(["emerging", "leaders"], "emerging leadership") == 0.0
    assert shared_runs(["emerging", "leaders"], "our emerging leaders") == pytest.approx(1.0)


def test_nothing_asked_and_nothing_to_look_at_is_close_to_nothing() -> None:
    nothing = Closeness(0.0, 0.0, 0.0)

    assert closeness("", "图书馆") == [nothing]
    assert closeness("图书馆") == []
    assert closeness("图书馆", "")[0].worth == 0.0

import json
import re
import uuid
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest

from tests.training_modules.events import NOON, answered
from tests.training_modules.xapi.every_event import ENROLMENT, every_event, modules
from training_modules.event import Event, Phase, Verb
from training_modules.module import Module
from training_modules.xapi import profile
from training_modules.xapi.statement import Statements

IRI = re.compile(r"https?://\S+")


@pytest.fixture(scope="module")
def shelf() -> tuple[Module, ...]:
    return modules()


@pytest.fixture(scope="module")
def statements(shelf: tuple[Module, ...]) -> list[tuple[Event, dict[str, Any]]]:
    made = Statements({module.id: module for module in shelf}.get)
    return [(event, made.of(event)) for event in every_event(shelf)]


def test_every_kind_of_event_becomes_a_statement(
    statements: list[tuple[Event, dict[str, Any]]],
) -> None:
    assert {event.verb for event, _ in statements} == set(Verb)
    for event, statement in statements:
        assert statement["id"] == event.id == str(uuid.UUID(event.id))
        assert statement["actor"]["account"] == {"homePage": profile.LEARNERS, "name": "p_1"}
        assert statement["context"]["registration"] == ENROLMENT
        assert datetime.fromisoformat(statement["timestamp"]).utcoffset() is not None
        assert not statement["timestamp"].endswith("-00:00")


def test_a_choice_has_choices_and_the_response_is_one_of_them(
    statements: list[tuple[Event, dict[str, Any]]],
) -> None:
    kinds = set()
    for _, statement in statements:
        told = statement["object"].get("definition", {})
        kinds.add(told.get("interactionType"))
        if told.get("interactionType") in ("choice", "sequencing"):
            ids = {choice["id"] for choice in told["choices"]}
            answers = statement.get("result", {}).get("response", "")
            for said in [answers, *told["correctResponsesPattern"]]:
                assert set(filter(None, said.split("[,]"))) <= ids
    assert {"choice", "true-false", "likert", "numeric"} <= kinds


def test_scores_lie_within_their_scales(statements: list[tuple[Event, dict[str, Any]]]) -> None:
    for _, statement in statements:
        score = statement.get("result", {}).get("score")
        if score:
            assert score["min"] <= score["raw"] <= score["max"]
            assert 0 <= score["scaled"] <= 1
            place = (score["raw"] - score["min"]) / (score["max"] - score["min"])
            assert score["scaled"] == pytest.approx(place, abs=1e-4)


def test_names_of_verbs_types_and_extensions_are_addresses(
    statements: list[tuple[Event, dict[str, Any]]],
) -> None:
    for _, statement in statements:
        assert IRI.fullmatch(statement["verb"]["id"])
        assert set(statement["verb"]["display"]) == {"zh-CN", "en-US"}
        assert all(IRI.fullmatch(key) for key in statement["context"]["extensions"])
        assert statement["context"]["contextActivities"]["category"][0]["id"] == profile.PROFILE


def test_no_statement_holds_an_empty_value(statements: list[tuple[Event, dict[str, Any]]]) -> None:
    def values(of: Any) -> Iterator[Any]:
        yield of
        for inner in of.values() if isinstance(of, dict) else of if isinstance(of, list) else ():
            yield from values(inner)

    for _, statement in statements:
        assert not any(value in (None, {}, []) for value in values(statement)), statement


def test_what_is_said_of_activities_is_not_said_of_a_voided_statement(
    statements: list[tuple[Event, dict[str, Any]]],
) -> None:
    (voided,) = [s for event, s in statements if event.verb is Verb.CORRECTED]

    assert voided["object"] == {"objectType": "StatementRef", "id": answered(1).id}
    assert not {"platform", "revision"} & set(voided["context"])


def test_the_same_event_gives_the_same_bytes() -> None:
    one, other = (Statements(lambda _: None).of(answered(1)) for _ in range(2))

    assert json.dumps(one) == json.dumps(other)


def test_a_statement_written_at_once_is_the_same_statement(shelf: tuple[Module, ...]) -> None:
    made = Statements({module.id: module for module in shelf}.get)

    for event in [*every_event(shelf), answered(1, pseudonym='"p"', sitting="一")]:
        assert json.loads(made.encoded(event)) == made.of(event)


def test_an_answer_reads_as_it_should() -> None:
    event = answered(1, correct=False, score=0.0, enrolment=ENROLMENT)

    statement = Statements(lambda _: None).of(event)

    assert statement["timestamp"] == "2026-03-02T12:01:00+08:00"
    assert statement["result"] == {
        "score": {"scaled": 0.0, "raw": 0.0, "min": 0, "max": 1}, "success": False,
        "response": "b", "duration": "PT4.25S",
    }  # fmt: skip
    extensions = statement["context"]["extensions"]
    assert extensions[profile.extension("certainty-mark")] == -6
    assert extensions[profile.extension("first-attempt")] is True
    assert statement["object"]["definition"]["interactionType"] == "other"


def test_the_key_of_another_version_is_not_told(shelf: tuple[Module, ...]) -> None:
    module = shelf[0]
    event = answered(
        1, module=module.id, module_version=module.version + 1, item=module.items[0].id
    )

    statement = Statements({module.id: module}.get).of(event)

    assert "correctResponsesPattern" not in statement["object"]["definition"]


def test_words_are_in_no_statement_unless_they_are_handed_in() -> None:
    event = answered(1, verb=Verb.APPLIED, has_words=True, rating=3, scale_max=4,
                     phase=Phase.LATER, score=None, correct=None)  # fmt: skip
    made = Statements(lambda _: None)

    assert "extensions" not in made.of(event)["result"]
    assert list(made.of(event, "我的话")["result"]["extensions"].values()) == ["我的话"]


def test_an_enrolment_that_is_no_uuid_is_given_one_always_the_same() -> None:
    made = [Statements(lambda _: None).of(answered(1)) for _ in range(2)]

    first, second = (one["context"]["registration"] for one in made)
    assert first == second == str(uuid.UUID(first))


def test_a_zone_that_nobody_knows_is_told_in_utc() -> None:
    statement = Statements(lambda _: None).of(answered(0, zone="Mars/Olympus", at=NOON))

    assert statement["timestamp"] == "2026-03-02T04:00:00+00:00"

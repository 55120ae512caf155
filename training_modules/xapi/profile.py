"""The names of our xAPI profile; they are names only, nothing is fetched from them."""

from typing import Any, Final

from training_modules.event import Verb

BASE: Final = "https://libcoach.example/xapi"
VERSION: Final = "1.0.3"
PROFILE: Final = f"{BASE}/profile/v1"
LEARNERS: Final = f"{BASE}/learners"
PLATFORM: Final = "LibCoach"

_ADL: Final = "http://adlnet.gov/expapi/verbs"
_TIN_CAN: Final = "http://id.tincanapi.com/verb"
VERBS: Final[dict[Verb, dict[str, Any]]] = {
    verb: {"id": iri, "display": {"zh-CN": zh, "en-US": en}}
    for verb, iri, zh, en in (
        (Verb.REGISTERED, f"{_ADL}/registered", "报名", "registered"),
        (Verb.LEFT, f"{_TIN_CAN}/unregistered", "退出", "unregistered"),
        (Verb.OPENED, f"{_ADL}/initialized", "打开", "initialized"),
        (Verb.ANSWERED, f"{_ADL}/answered", "回答", "answered"),
        (Verb.SKIPPED, f"{_TIN_CAN}/skipped", "跳过", "skipped"),
        (Verb.COMPLETED, f"{_ADL}/completed", "完成", "completed"),
        (Verb.TESTED, f"{_ADL}/completed", "完成", "completed"),
        (Verb.RATED, f"{_TIN_CAN}/rated", "评分", "rated"),
        (Verb.APPLIED, f"{BASE}/verbs/applied", "用于实践", "applied"),
        (Verb.FINISHED, f"{_ADL}/completed", "完成", "completed"),
        (Verb.CORRECTED, f"{_ADL}/voided", "撤回", "voided"),
    )
}

_ACTIVITIES: Final = "http://adlnet.gov/expapi/activities"
COURSE: Final = f"{_ACTIVITIES}/course"
MODULE: Final = f"{_ACTIVITIES}/module"
ASSESSMENT: Final = f"{_ACTIVITIES}/assessment"
INTERACTION: Final = f"{_ACTIVITIES}/cmi.interaction"
PROFILE_ACTIVITY: Final = {
    "objectType": "Activity",
    "id": PROFILE,
    "definition": {"type": f"{_ACTIVITIES}/profile"},
}


def extension(name: str) -> str:
    return f"{BASE}/extensions/{name}"


def track_iri(track: str) -> str:
    return f"{BASE}/tracks/{track}"


def module_iri(module: str) -> str:
    return f"{BASE}/modules/{module}"


def item_iri(module: str, version: int, item: str) -> str:
    return f"{BASE}/modules/{module}/{version}/items/{item}"


def scale_iri(track: str, item: str) -> str:
    return f"{BASE}/tracks/{track}/scales/{item}"


def test_iri(track: str, phase: str) -> str:
    return f"{BASE}/tracks/{track}/tests/{phase}"

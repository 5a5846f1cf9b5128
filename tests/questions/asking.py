"""One person's session, answered by the path of a question."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from magcheck.questions.session import Session

if TYPE_CHECKING:
    from collections.abc import Mapping

    from magcheck import Checker, Profile

MOST_ASKED = 200
HEALTHY: dict[str, Any] = {
    "symptoms": [],
    "kidney.disease": False,
    "conditions": [],
    "blood values": False,
    "medications": [],
    "goals": [],
}
"""Nothing is wrong with this person, who takes no medicine."""
MAN, WOMAN = {"person.sex": "male"}, {"person.sex": "female", "person.pregnancy": "none"}


def session_with(checker: Checker, answers: Mapping[str, Any], begun: Profile | None = None) -> Session:
    """A whole session; whatever `answers` lacks is not known. `order` of it holds what was asked."""
    session = Session(checker, begun)
    go_on(session, answers)
    return session


def go_on(session: Session, answers: Mapping[str, Any]) -> None:
    for _ in range(MOST_ASKED):
        relevant = session.relevant()
        if not relevant:
            return
        session.answer(relevant[0], answers.get(relevant[0].path))
    raise AssertionError("this conversation does not end")


def told(session: Session) -> dict[str, Any]:
    return session.profile().model_dump(mode="json", exclude_defaults=True)

"""The committees of a union and the posts on them (委员会、职务)."""

from dataclasses import dataclass
from enum import StrEnum


class BodyKind(StrEnum):
    """A committee that goes with a union (委员会)."""

    COMMITTEE = "committee"
    STANDING = "standing"
    AUDIT = "audit"
    WOMEN = "women"
    SUPERVISION = "supervision"
    MEDIATION = "mediation"


class Post(StrEnum):
    """What somebody is on a committee (职务)."""

    CHAIR = "chair"
    VICE_CHAIR = "vice_chair"
    # Keeps the union's money (财务委员): 工会法第四十五条 wants audit apart from it.
    FINANCE = "finance"
    MEMBER = "member"
    ORGANISER = "organiser"


class TermForm(StrEnum):
    """How a base union is led in a term (工会法第十一条): its own committee, a joint one, or one organiser."""

    COMMITTEE = "committee"
    JOINT_COMMITTEE = "joint_committee"
    ORGANISER = "organiser"


LEADING = frozenset({Post.CHAIR, Post.VICE_CHAIR, Post.ORGANISER})
# Elected by the members' meeting; the others are proposed by the committee or by those whom they serve.
ELECTED_BODIES = (BodyKind.COMMITTEE, BodyKind.STANDING, BodyKind.AUDIT)


@dataclass(frozen=True)
class Chosen:
    """Somebody who shall sit on a committee (当选人): who, on which, as what."""

    person_id: int
    body: BodyKind
    post: Post = Post.MEMBER

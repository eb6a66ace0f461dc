"""What people come with, by which way, and as what the national hotline counts it."""

from dataclasses import dataclass
from enum import StrEnum

from niangjia.kernel.chinese import gettext_noop


class RequestKind(StrEnum):
    """What somebody wants of the union (诉求类型)."""

    ASK = "ask"
    COMPLAIN = "complain"
    SUGGEST = "suggest"
    HELP = "help"
    LEGAL = "legal"


class HotlineType(StrEnum):
    """As what the hotline 12351 counts a request (热线类型)."""

    CONSULT = "consult"
    SERVICE = "service"
    PETITION = "petition"
    LEGAL_AID = "legal_aid"
    OPINION = "opinion"


class Channel(StrEnum):
    """By which way a request came in (来源)."""

    PHONE = "phone"
    QR = "qr"
    HOTLINE = "hotline"
    DESK = "desk"
    LETTER = "letter"
    EMPLOYER = "employer"


class Grade(StrEnum):
    """How hard a request is (难易): the three grades of the hotline, a plain question, and a petition by law."""

    CONSULT = "consult"
    ORDINARY = "ordinary"
    HARD = "hard"
    COMPLEX = "complex"
    PETITION = "petition"


class Secrecy(StrEnum):
    """Who may learn who asked (保密): the handlers alone, or also the other side, by her own choice."""

    CONFIDENTIAL = "confidential"
    OPEN = "open"


class Against(StrEnum):
    """Whom a request is about (说的是谁)."""

    NOBODY = "nobody"
    EMPLOYER = "employer"
    UNION = "union"


@dataclass(frozen=True)
class Kind:
    """One kind as a row: what it is called, what the hotline calls it, how it is graded at first, whether it is a grievance.

    A grievance (不满) is counted in groups of ten at least, everything else in groups of five.
    """

    code: RequestKind
    title: str
    line: str
    hotline: HotlineType
    grade: Grade
    is_grievance: bool
    icon: str


KINDS: tuple[Kind, ...] = (
    Kind(RequestKind.ASK, gettext_noop("想问一件事"), gettext_noop("工资、社保、假期、会籍，规定是怎么说的。"),
         HotlineType.CONSULT, Grade.CONSULT, is_grievance=False, icon="help-circle"),
    Kind(RequestKind.COMPLAIN, gettext_noop("碰到不公平的事"), gettext_noop("欠薪、不签合同、不安全、被为难，说给上一级工会。"),
         HotlineType.PETITION, Grade.PETITION, is_grievance=True, icon="message-report"),
    Kind(RequestKind.HELP, gettext_noop("遇到难处，想有人帮"), gettext_noop("家里困难、生病、孩子上学、找工作。"),
         HotlineType.SERVICE, Grade.ORDINARY, is_grievance=False, icon="heart-handshake"),
    Kind(RequestKind.LEGAL, gettext_noop("要打官司、要仲裁"), gettext_noop("想找工会的法律援助。"),
         HotlineType.LEGAL_AID, Grade.HARD, is_grievance=True, icon="certificate"),
    Kind(RequestKind.SUGGEST, gettext_noop("有个建议"), gettext_noop("工会怎样做得更好，单位怎样改一改。"),
         HotlineType.OPINION, Grade.ORDINARY, is_grievance=False, icon="edit"),
)  # fmt: skip

BY_CODE: dict[str, Kind] = {kind.code.value: kind for kind in KINDS}

# Ways in which the asker has no account of her own, so that the desk hears from her and writes down what she says.
SPOKEN = frozenset({Channel.HOTLINE, Channel.DESK, Channel.LETTER})


@dataclass(frozen=True)
class Words:
    """What somebody says: of which kind, about what, in which words, and who may know."""

    kind: str
    topic: str
    text: str
    wish: str = ""
    channel: Channel = Channel.PHONE
    secrecy: Secrecy = Secrecy.CONFIDENTIAL
    against: Against = Against.NOBODY
    # The union that it is about, where it is one.
    union_id: int | None = None
    is_urgent: bool = False

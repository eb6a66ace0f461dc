"""Whom the town of 白塔 hired, and what its unions say that they have."""

from niangjia.registers.cadres.haves.rules import Have, Said
from niangjia.registers.cadres.rules.posts import CadreKind

TOWN, WORKER_LOGIN = "白塔镇总工会", "hejing"
DOCUMENT = "安禾工发〔2026〕19号"
HIRED = (("田小雨", CadreKind.HIRED), ("方建华", CadreKind.HIRED), ("沈佳", CadreKind.SECONDED))

_OWN, _PAID = "独立账户，单位按月拨缴", "没有独立账户，单位代管"
_HOME, _SHARED = "厂区二楼职工之家", "和社区党群服务中心合用"
_RULES = "工会经费收支管理办法、会议制度"


def _said(money: str, room: str, rules: str) -> tuple[Said, ...]:
    given = ((Have.MONEY, money), (Have.ROOM, room), (Have.RULES, rules))
    return tuple(Said(have, bool(words), words) for have, words in given)


STATED = (
    _said(_OWN, _HOME, _RULES),
    _said(_OWN, _SHARED, _RULES),
    _said(_PAID, "", _RULES),
    _said(_OWN, _HOME, ""),
    _said("", _SHARED, _RULES),
)

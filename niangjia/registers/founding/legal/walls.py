"""Walls around certificates: met where one sees the union, written by who registers it."""

from niangjia.kernel.acting.walls import Wall, stands_in
from niangjia.registers.founding.legal.rules import REGISTER_LEGAL, SEE_LEGAL

KEPT = stands_in("legal_persons_legalperson.union_id", REGISTER_LEGAL.roles)
WALLS = (
    Wall(
        "legal_persons_legalperson",
        reads=stands_in("legal_persons_legalperson.union_id", SEE_LEGAL.roles),
        adds=KEPT,
        changes=KEPT,
    ),
)

"""The weights that are shipped (随程序附带的权重): trained by `niangjia train-links`, never while people are compared."""

import json
from functools import cache
from pathlib import Path

from niangjia.registers.members.linking.rules.deciding import Weights

FILE = Path(__file__).with_name("weights.json")


@cache
def shipped_weights() -> Weights:
    """How often each level is met among records of one person (m) and of two (u), by field and level."""
    return read_weights(FILE)


def read_weights(path: Path) -> Weights:
    """The weights in a file."""
    levels = json.loads(path.read_text("utf-8"))["levels"]
    return {field: {code: (pair["m"], pair["u"]) for code, pair in codes.items()} for field, codes in levels.items()}

"""Personal numbers and names as they may be shown to who has no need of the whole."""

SHORTEST_NUMBER = 8
SHORTEST_PHONE = 7


def masked_phone(phone: str) -> str:
    """A phone (手机) with its middle hidden: 138****2206."""
    if len(phone) < SHORTEST_PHONE:
        return "*" * len(phone)
    return f"{phone[:3]}{'*' * (len(phone) - 7)}{phone[-4:]}"


def masked_number(number: str) -> str:
    """The number of a paper (证件号码) with all but its last four hidden: **************3021."""
    if len(number) < SHORTEST_NUMBER:
        return "*" * len(number)
    return f"{'*' * (len(number) - 4)}{number[-4:]}"


def masked_name(name: str) -> str:
    """A name (姓名) for a public notice: its middle hidden, of two characters the last: 陈*兰, 李*."""
    if len(name) <= 2:
        return name[:1] + "*" * (len(name) - 1)
    return f"{name[0]}{'*' * (len(name) - 2)}{name[-1]}"

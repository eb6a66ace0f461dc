"""Two years of requests of the fictional county (诉求): seasonal, of all stages, in invented words; the same each time."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random
from typing import NamedTuple

from niangjia.demo.rules.chance import Pick, chance, happens

YEARS_DAYS = 730
PER_DAY = 2.4


class Asker(NamedTuple):
    """A member who could ask: her number, her union's path, where she works."""

    subject_id: int
    union_path: str
    employer_id: int | None


class PlannedMove(NamedTuple):
    """One step of a request: which move, how long after the one before, by whom (`asker`, `desk`, `clock`)."""

    name: str
    to: str
    after: timedelta
    by: str
    reason: str = ""
    says: str = ""


class PlannedRequest(NamedTuple):
    """A request with the whole of its way."""

    asker: Asker
    kind: str
    topic: str
    channel: str
    grade: str
    text: str
    wish: str
    opened_at: datetime
    moves: tuple[PlannedMove, ...]
    opinion: str = ""
    is_about_employer: bool = False


# Topic → how much more or less is heard of it in each month: pay before the Spring Festival, heat and children in summer.
SEASONS: dict[str, tuple[float, ...]] = {
    "wages": (3.0, 2.2, 1.0, 0.9, 0.9, 1.0, 1.0, 1.0, 1.0, 1.1, 1.6, 2.6),
    "overtime": (1.0, 0.6, 1.0, 1.0, 1.2, 1.3, 1.0, 1.0, 1.1, 1.3, 1.4, 1.2),
    "leave": (1.2, 1.4, 0.8, 1.0, 1.3, 0.8, 0.9, 0.9, 1.4, 1.2, 1.0, 1.6),
    "contract": (0.8, 1.2, 2.0, 1.4, 1.0, 1.0, 1.1, 1.0, 1.0, 0.9, 0.9, 0.8),
    "dismissal": (1.2, 1.4, 1.1, 1.0, 1.0, 1.0, 0.9, 0.9, 1.0, 1.0, 1.2, 1.5),
    "insurance": (1.0, 1.0, 1.1, 1.0, 1.0, 1.0, 1.2, 1.0, 1.0, 1.0, 1.0, 1.1),
    "injury": (0.9, 0.7, 1.0, 1.0, 1.1, 1.2, 1.3, 1.2, 1.0, 1.0, 1.0, 1.0),
    "safety": (0.7, 0.6, 0.9, 1.0, 1.2, 2.0, 2.6, 2.4, 1.2, 0.9, 0.8, 0.7),
    "women": (0.9, 0.9, 1.4, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.9),
    "union": (0.8, 0.7, 1.1, 1.1, 1.3, 1.0, 0.9, 0.9, 1.0, 1.1, 1.0, 0.9),
    "hardship": (2.2, 1.6, 0.9, 0.9, 0.9, 1.0, 1.3, 2.0, 1.2, 0.9, 1.0, 1.9),
    "job": (0.9, 2.0, 1.8, 1.1, 1.0, 1.2, 1.2, 1.0, 1.0, 0.9, 0.9, 0.8),
    "life": (0.8, 0.7, 0.9, 0.9, 1.0, 1.8, 2.2, 1.4, 1.0, 0.9, 0.9, 0.9),
    "other": (1.0,) * 12,
}
WEIGHTS = {"wages": 26, "overtime": 9, "leave": 7, "contract": 8, "dismissal": 7, "insurance": 8, "injury": 5, "safety": 8,
           "women": 4, "union": 6, "hardship": 8, "job": 5, "life": 5, "other": 3}  # fmt: skip
KINDS: dict[str, Pick[str]] = {
    "wages": Pick({"complain": 8, "ask": 1, "legal": 1}), "overtime": Pick({"complain": 5, "ask": 5}),
    "leave": Pick({"ask": 8, "complain": 2}), "contract": Pick({"ask": 5, "complain": 4, "legal": 1}),
    "dismissal": Pick({"legal": 5, "complain": 3, "ask": 2}), "insurance": Pick({"ask": 4, "complain": 6}),
    "injury": Pick({"legal": 5, "ask": 3, "help": 2}), "safety": Pick({"complain": 7, "suggest": 3}),
    "women": Pick({"ask": 6, "complain": 4}), "union": Pick({"ask": 6, "suggest": 4}),
    "hardship": Pick({"help": 9, "ask": 1}), "job": Pick({"help": 6, "ask": 4}), "life": Pick({"suggest": 6, "help": 4}),
    "other": Pick({"ask": 6, "suggest": 4}),
}  # fmt: skip
CHANNELS = Pick({"phone": 58, "hotline": 22, "qr": 9, "desk": 8, "letter": 3})
GRADES = {"ask": Pick({"consult": 9, "ordinary": 1}), "complain": Pick({"petition": 6, "ordinary": 3, "hard": 1}),
          "help": Pick({"ordinary": 8, "hard": 2}), "legal": Pick({"hard": 8, "complex": 2}),
          "suggest": Pick({"ordinary": 1})}  # fmt: skip
ANSWER_DAYS = {"consult": 3, "ordinary": 12, "hard": 24, "complex": 52, "petition": 46}

BEGINNINGS = ("您好，", "", "我想说一下，", "请帮忙看看，", "一直不知道该找谁，", "麻烦问一下，")
ENDINGS = ("", "", "问过班组长，没有结果。", "大家都不敢说。", "已经拖了一阵子了。", "请早点给个说法。")
TEXTS: dict[str, tuple[str, ...]] = {
    "wages": (
        "{m}月的工资到现在没有发，说等货款回来。", "工资比说好的少了 {n}00 块，没有给工资条。", "车间计件的单价改了，没有跟我们商量，{m}月少拿了一截。",
        "干满了一个月，只发了 {n} 天的钱。", "换了老板以后，原来欠的 {k} 个月工资没有人认。", "工程完了，包工头说钱没有到位，我们 {n} 个人都没有拿到。",
    ),
    "overtime": ("连着 {n} 天每天干到晚上十点，没有加班费。", "周末加班只给调休，攒了 {n} 天休不了。", "不加班就扣全勤奖，这样可以吗？", "夜班补贴停了 {k} 个月了。"),
    "leave": ("工作 {n} 年了，有几天年假？", "年假没有休完，过了年还能补吗？", "请病假要扣多少工资？", "父亲住院，护理假怎么请？"),
    "contract": ("上班 {k} 个月了，还没有签合同。", "合同到期了，单位说再等等，要不要紧？", "试用期说是 {n} 个月，是不是太长了？", "让我们转到劳务公司去签，应不应该签？"),
    "dismissal": ("干了 {n} 年，口头通知我明天不用来了。", "说岗位没有了，补偿只给一个月，合不合规定？", "怀疑是因为我去要过工资才不要我的。"),
    "insurance": ("查了一下，社保断了 {k} 个月。", "单位说社保折成钱发，可以吗？", "公积金从{m}月起就没有交了。", "养老保险的基数比工资低很多。"),
    "injury": ("{m}月在车间伤了手，单位不给报工伤。", "下班路上被车撞了，算不算工伤？", "工伤鉴定下来了，后面的钱找谁要？"),
    "safety": ("喷漆间没有排风，头晕。", "车间里 {n} 多度，没有降温的东西。", "冲床的护栏坏了，{k} 天没有人修。", "粉尘大，口罩一周才发一个。", "宿舍的电线老化，冒过火花。"),
    "women": ("怀孕 {n} 个月，还给我排夜班。", "产假期间的工资怎么发？", "哺乳时间一天有多久，能不能合在一起用？"),
    "union": ("我们单位没有工会，我可以入会吗？", "换了单位，会籍怎么转？", "会费交了以后能做什么？", "建议工会多办点下班以后的活动。"),
    "hardship": ("家里老人住院，花了不少钱，工会能不能帮一帮？", "孩子今年上大学，学费一时凑不齐。", "下岗 {k} 个月了，家里就我一个人挣钱。"),
    "job": ("厂里搬走了，想找个近一点的活。", "想学叉车，工会有没有班？", "四十多岁了，还能学点什么手艺？"),
    "life": ("暑假孩子没有人带，工会有没有托管班？", "食堂的菜凉了，能不能加个保温的？", "夜里下班没有车，能不能跟公交说说？", "建议在园区门口设个歇脚的地方。"),
    "other": ("想问一下，工会的电话晚上有没有人接？", "建议把要交的材料写清楚一点。"),
}  # fmt: skip
WISHES = (
    "把该发的发给我们。",
    "想知道规定是怎么说的。",
    "希望有人去看一看。",
    "给个准信就行。",
    "",
    "",
    "别让单位知道是我说的。",
)
ANSWERS: dict[str, tuple[str, ...]] = {
    "wages": ("我们和劳动监察一起去了单位，账对过了，{d} 前发到卡上。没有到账，直接打我电话。", "单位认了欠的工资，签了分两次发的协议，工会盯着。"),
    "overtime": ("加班费按规定平时 150%、休息日 200%、法定节假日 300%。单位已经答应补发上个季度的。",),
    "leave": ("累计工作满一年五天、满十年十天、满二十年十五天。没有休的，按日工资的三倍给，单位应当安排。",),
    "contract": ("超过一个月没有签，可以要两倍工资。单位今天已经补签，您那一份我们给您送去。",),
    "dismissal": ("单位没有先告诉工会，程序不对。法律援助的律师已经联系您，仲裁的材料我们帮您写。",),
    "insurance": ("社保断的几个月，单位这个月补缴，下个月十号以后可以查。折成钱发是不行的。",),
    "injury": ("工伤认定一年以内都可以申请，单位不报您自己也能报。材料我们帮您备齐了。",),
    "safety": ("我们和应急部门去看过，当天停了那台设备，修好验收以后才能开。", "排风扇这周装好，口罩改成每天发。装好以后请您看看行不行。"),
    "women": ("孕期七个月以上不能排夜班，已经和单位说好，从明天起调到白班。",),
    "union": ("可以入会。您在手机上填一张表，三天以内有人联系您。", "您的建议我们列进下个季度的安排了。"),
    "hardship": ("去您家看过了，材料齐了，按困难职工的办法在办，先送去一份慰问。",),
    "job": ("下周六有招聘会，我们给您留了三家。叉车班月底开，已经给您报上名。",),
    "life": ("托管班今年暑假开，您的孩子排在前面。", "和公司说好了，从下周起食堂加保温台。"),
    "other": ("热线白天黑夜都有人接。晚上急事打 12351。",),
}  # fmt: skip
REFUSED_BECAUSE = Pick({"not_solved": 4, "not_done": 4, "not_answered": 2, "wrong": 1})
DISAGREES = ("说的和做的不一样，到现在还没有。", "只给了一部分。", "没有说清楚什么时候。")
OPINIONS = Pick({"good": 72, "fair": 20, "poor": 8})


def planned(askers: Sequence[Asker], *, now: datetime) -> list[PlannedRequest]:
    """Every request of the two years before now, the earliest first."""
    source = chance("requests", len(askers))
    found = []
    for back in range(YEARS_DAYS, 0, -1):
        day = now - timedelta(days=back)
        busy = (
            PER_DAY
            * sum(SEASONS[topic][day.month - 1] * weight for topic, weight in WEIGHTS.items())
            / sum(WEIGHTS.values())
        )
        busy *= 1.0 if day.isoweekday() <= 5 else 0.35
        number = int(busy) + happens(source, busy - int(busy))
        found += [
            _request(source, askers, day + timedelta(minutes=source.randrange(8 * 60, 20 * 60)), now)
            for _each in range(number)
        ]
    return found


def _request(source: Random, askers: Sequence[Asker], day: datetime, now: datetime) -> PlannedRequest:
    at = min(day, now - timedelta(hours=1))
    weights = {topic: weight * SEASONS[topic][at.month - 1] for topic, weight in WEIGHTS.items()}
    topic = source.choices(list(weights), list(weights.values()))[0]
    kind = KINDS[topic].draw(source)
    grade = GRADES[kind].draw(source)
    slots = {"m": at.month - 1 or 12, "n": source.randrange(2, 12), "k": source.randrange(2, 6)}
    text = source.choice(BEGINNINGS) + source.choice(TEXTS[topic]).format(**slots) + source.choice(ENDINGS)
    moves, opinion = _way(source, topic, grade, at=at, now=now)
    return PlannedRequest(
        _asker(source, askers, kind, topic), kind, topic, CHANNELS.draw(source), grade, text, source.choice(WISHES), at, moves, opinion,
        is_about_employer=kind in ("complain", "legal"),
    )  # fmt: skip


def _asker(source: Random, askers: Sequence[Asker], kind: str, topic: str) -> Asker:
    """Anybody; but pay is owed in one town more than in others, and that is what hotspots should show."""
    if kind == "complain" and topic in ("wages", "safety") and happens(source, 0.5):
        town = askers[0].union_path.split(".")[:2]
        hot = [asker for asker in askers if asker.union_path.split(".")[:2] == town]
        return source.choice(hot)
    return source.choice(askers)


def _way(source: Random, topic: str, grade: str, *, at: datetime, now: datetime) -> tuple[tuple[PlannedMove, ...], str]:
    """How far it has come by now: most are agreed to, some opened again, a few late, the last ones still waiting."""
    slow = 2.4 if happens(source, 0.06) else 1.0
    days = max(source.gauss(0.5, 0.18), 0.1) * ANSWER_DAYS[grade] * slow
    answer = source.choice(ANSWERS[topic]).format(d=f"{(at + timedelta(days=days + 9)):%-m月%-d日}")
    way = [
        PlannedMove(f"accept_{grade}", "accepted", timedelta(hours=source.randrange(1, 20)), "desk"),
        PlannedMove("take", "in_hand", timedelta(hours=source.randrange(1, 8)), "desk"),
        PlannedMove("answer", "answered", timedelta(days=days), "desk", says=answer),
    ]
    if happens(source, 0.08):
        why = source.choice(DISAGREES)
        way += [
            PlannedMove("disagree", "reopened", timedelta(days=1), "asker", REFUSED_BECAUSE.draw(source), why),
            PlannedMove("take", "in_hand", timedelta(hours=5), "desk"),
            PlannedMove(
                "answer", "answered", timedelta(days=4), "desk", says=source.choice(ANSWERS[topic]).format(d="本月底")
            ),
        ]
    if happens(source, 0.04):
        way = [*way[:1], PlannedMove("withdraw", "withdrawn", timedelta(days=1), "asker")]
        return _so_far(way, at, now), ""
    agrees = happens(source, 0.86)
    closing = ("agree", "agreed", "asker") if agrees else ("lapse", "lapsed", "clock")
    way.append(PlannedMove(closing[0], closing[1], timedelta(days=source.randrange(1, 4) if agrees else 7), closing[2]))
    gone = _so_far(way, at, now)
    is_rated = agrees and len(gone) == len(way) and happens(source, 0.6)
    return gone, OPINIONS.draw(source) if is_rated else ""


def _so_far(way: Sequence[PlannedMove], at: datetime, now: datetime) -> tuple[PlannedMove, ...]:
    """The steps that lie before now; what should have been done days ago and was not is late."""
    gone = []
    for move in way:
        at += move.after
        if at >= now:
            break
        gone.append(move)
    return tuple(gone)

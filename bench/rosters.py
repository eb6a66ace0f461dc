"""Made-up rosters of any size, as a county would save them: fifteen columns, everything filled in."""

import csv
import random
from pathlib import Path

from niangjia.registers.members.rules import check_digit

HEADER = "姓名 身份证号码 手机号码 性别 出生日期 民族 政治面貌 学历 户籍类型 是否农民工 工作单位 职务 技能等级 入会时间 会员证号".split()
SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢"
GIVEN = "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂文辉建国华志红玉梅海燕春晓东雪峰宁波鑫宇浩然梓涵子轩欣怡"
FIRST_YEAR, YEARS = 1964, 40
JOINING_AGE = 18


def write_roster(path: Path, *, rows: int, bad_share: float = 0.0, first: int = 0, seed: int = 7) -> None:
    """Write `rows` people from number `first` on; a share of them with a wrong check digit."""
    draw = random.Random(seed)  # noqa: S311 - made-up people, not keys
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        writer.writerows(_row(number, draw, bad_share) for number in range(first, first + rows))


def _row(number: int, draw: random.Random, bad_share: float) -> list[str]:
    year, month, day = FIRST_YEAR + number % YEARS, 1 + number % 12, 1 + number // 7 % 28
    head = f"34{number * 7919 % 10000:04d}{year}{month:02d}{day:02d}{number // 10000 % 1000:03d}"
    last = check_digit(head)
    if draw.random() < bad_share:
        last = "1" if last != "1" else "2"
    name = draw.choice(SURNAMES) + "".join(draw.choice(GIVEN) for _ in range(draw.choice((1, 2, 2))))
    return [
        name, head + last, f"13{number % 1_000_000_000:09d}", "男" if int(head[16]) % 2 else "女",
        f"{year}-{month:02d}-{day:02d}", "汉族", draw.choice(("群众", "群众", "中共党员", "共青团员")),
        draw.choice(("初中", "高中", "大专", "本科")), draw.choice(("农业", "非农业")), draw.choice("是否"),
        "安禾县鸿远纺织有限公司", draw.choice(("挡车工", "机修工", "班长", "质检员")), draw.choice(("初级工", "中级工", "")),
        f"{max(2010, year + JOINING_AGE) + number % 3:04d}-{month:02d}-01", f"AH{number:08d}",
    ]  # fmt: skip

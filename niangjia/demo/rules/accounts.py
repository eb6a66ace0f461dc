"""The demo accounts: one person for each role a newcomer wants to try; passwords and secrets are public."""

import hashlib
from base64 import b32encode
from datetime import date
from typing import NamedTuple

from niangjia.demo.rules.rows import KnownPerson
from niangjia.kernel.access.rules import Role

HONGYUAN = "鸿远纺织有限公司工会"
SHUNTONG = "顺通物流安禾分公司工会"
COUNTY_UNION = "安禾县总工会"


class DemoAccount(NamedTuple):
    """A demo account (演示账号); it works on this machine only."""

    login: str
    name: str
    post: str
    role: Role
    union_name: str
    is_member: bool = False

    @property
    def password(self) -> str:
        """The same on every machine, and therefore worth nothing."""
        return f"anhe-{self.login}-{hashlib.sha256(self.login.encode()).hexdigest()[:4]}"

    @property
    def totp_secret(self) -> str:
        """The secret of the second factor, in the form that authenticator apps take."""
        return b32encode(hashlib.sha256(f"niangjia demo {self.login}".encode()).digest()[:20]).decode("ascii")


DEMO_ACCOUNTS = (
    DemoAccount("zhoumin", "周敏", "权益保障部部长", Role.CADRE, COUNTY_UNION),
    DemoAccount("liuyang", "刘洋", "权益保障部干事", Role.OFFICER, COUNTY_UNION),
    DemoAccount("hanzhiyuan", "韩志远", "办公室主任", Role.CADRE, COUNTY_UNION),
    DemoAccount("chenli", "陈丽", "柳林镇总工会副主席", Role.CADRE, "柳林镇总工会"),
    DemoAccount("hejing", "何静", "白塔镇总工会副主席", Role.CADRE, "白塔镇总工会"),
    DemoAccount("zhangjianguo", "张建国", "工会主席", Role.CHAIR, HONGYUAN, is_member=True),
    DemoAccount("sunhaitao", "孙海涛", "经费审查委员会办公室主任", Role.AUDITOR, COUNTY_UNION),
    DemoAccount("sysadmin", "吴晓峰", "系统管理员", Role.SYSTEM_ADMIN, COUNTY_UNION),
    DemoAccount("secadmin", "郑海燕", "安全管理员", Role.SECURITY_ADMIN, COUNTY_UNION),
    DemoAccount("auditadmin", "冯志刚", "审计管理员", Role.AUDIT_ADMIN, COUNTY_UNION),
    DemoAccount("liuxiuying", "刘秀英", "挡车工", Role.WORKER, HONGYUAN, is_member=True),
    DemoAccount("xuzhiqiang", "许志强", "驾驶员", Role.WORKER, SHUNTONG, is_member=True),
)

KNOWN_PEOPLE = (
    KnownPerson("张建国", "male", date(1972, 10, 1), "工会主席", HONGYUAN),
    KnownPerson("刘秀英", "female", date(1983, 4, 18), "挡车工", HONGYUAN),
    KnownPerson("许志强", "male", date(1987, 7, 9), "驾驶员", SHUNTONG),
    *(
        KnownPerson(name, "female", day, "挡车工", HONGYUAN)
        for name, day in (
            ("赵春梅", date(1979, 2, 25)),
            ("孙丽娟", date(1981, 11, 3)),
            ("何雪琴", date(1990, 6, 14)),
            ("周玉芬", date(1976, 8, 30)),
            ("吴小燕", date(1995, 3, 7)),
            ("郑海霞", date(1984, 12, 21)),
            ("冯翠萍", date(1975, 5, 16)),
            ("黄晓丽", date(1992, 9, 28)),
            ("杨素珍", date(1973, 1, 11)),
            ("马玲", date(1988, 10, 19)),
        )
    ),
)

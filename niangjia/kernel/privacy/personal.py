"""What the kernel below holds about persons: accounts and what hangs on them, requests, consents, the journal."""

from collections.abc import Callable
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator

from niangjia.kernel import clock
from niangjia.kernel.access.city.models import CityIdentity, CityLink
from niangjia.kernel.access.models import Account, FormerPassword, OpenSession, Session, WrongTries
from niangjia.kernel.access.phone_code.models import PhoneCode
from niangjia.kernel.chinese import gettext_noop
from niangjia.kernel.idempotency.models import Answer
from niangjia.kernel.journal.models import Entry
from niangjia.kernel.people.models import Subject
from niangjia.kernel.privacy.erasing import CLOSED_NAME, close
from niangjia.kernel.privacy.models import PersonalFile, RightsRequest
from niangjia.kernel.privacy.rules import End, Keep, Leaving, PersonalTable, RequestState, Row, Told
from niangjia.kernel.reveal.queries import VERBS as LOOKS
from niangjia.kernel.reveal.queries import looks_at_her

BY_ACCOUNT = "account__subject_id"
BARE = gettext_noop("只剩编号，认不出人。")
WITH_ACCOUNT = gettext_noop("随账号删除。")
PROOF = gettext_noop("证明谁在什么时候做了什么，只有编号，写下就不能改、不能删；至少留一年。")
SECRET = gettext_noop("只有加密的验证资料，给谁看都没有用处。")


def _delete(model: Any, by: str) -> Callable[[Leaving], int]:
    """Every row that leads to her goes."""

    def deleted(leaving: Leaving) -> int:
        number: int = model.objects.filter(**{by: leaving.subject_id}).delete()[0]
        return number

    return deleted


def _erase_account(leaving: Leaving) -> int:
    account = Account.objects.select_for_update().filter(subject_id=leaving.subject_id).first()
    if account is None:
        return 0
    close(account)
    Account.objects.filter(pk=account.pk).update(subject=None)
    return 1


def _erase_subject(leaving: Leaving) -> int:
    """Without the blind index of her paper nobody finds her again: who comes back comes as somebody new."""
    return Subject.objects.filter(pk=leaving.subject_id).exclude(key_blind=None).update(key_blind=None)


def _erase_requests(leaving: Leaving) -> int:
    asked = RightsRequest.objects.filter(subject_id=leaving.subject_id)
    asked.exclude(reason="").update(reason=CLOSED_NAME)
    return asked.exclude(says_sealed=None, paper_place="").update(says_sealed=None, paper_place="")


def _told_entries(subject_id: int) -> list[Row]:
    """What was done with her data, and at her account: when, by which unit and role, what."""
    account = Account.objects.filter(subject_id=subject_id).values_list("pk", flat=True).first()
    # Looks are told by their own table, which knows what may not be told yet.
    entries = Entry.objects.filter(thing="person", thing_id=subject_id).exclude(verb__in=LOOKS)
    if account is not None:
        entries = entries | Entry.objects.filter(thing="account", thing_id=account)
    return [
        {TIME: at, UNIT: author, ACT: verb}
        for at, author, verb in entries.order_by("id").values_list("at", "author", "verb")
    ]


def _told_looks(subject_id: int) -> list[Row]:
    """Who was shown her sealed values; a look that would betray somebody else's report only from its day on."""
    looks = looks_at_her(subject_id, at=clock.now())
    return [
        {TIME: look.at, UNIT: f"{look.unit} {look.role}".strip(), WHAT: look.field, FOR: look.purpose} for look in looks
    ]


WHAT, FOR = gettext_noop("看了什么"), gettext_noop("用途")
TIME, UNIT, ACT = gettext_noop("时间"), gettext_noop("谁"), gettext_noop("做了什么")

ACCOUNTS = (
    PersonalTable(
        "access.Session", gettext_noop("登录状态"), gettext_noop("让您登录以后不用每一页都再登录。"),
        Keep(gettext_noop("登录到期以后立即删除"), End.DELETE, 0, due=lambda at: Session.objects.filter(expire_date__lt=at)),
        tell=gettext_noop("只有一串随机数，见「打开的登录」。"), erase=_delete(Session, BY_ACCOUNT),
    ),
    PersonalTable(
        "access.OpenSession", gettext_noop("打开的登录"), gettext_noop("让您看到账号在哪些设备上登录着。"),
        Keep(gettext_noop("最后一次使用以后七天"), End.DELETE, 7, due=lambda at: OpenSession.objects.filter(last_active_at__lt=at)),
        tell=Told(BY_ACCOUNT, (("device", gettext_noop("设备")), ("opened_at", gettext_noop("登录时间")), ("last_active_at", gettext_noop("最后使用")))),
        erase=_delete(OpenSession, BY_ACCOUNT),
    ),
    PersonalTable(
        "access.WrongTries", gettext_noop("输错密码的次数"), gettext_noop("防止别人猜您的密码。"),
        Keep(gettext_noop("最后一次输错以后三十天"), End.DELETE, 30, due=lambda at: WrongTries.objects.filter(last_at__lt=at)),
        tell=gettext_noop("只有账号名的密钥索引，不知道是谁。"), erase=gettext_noop("只有账号名的密钥索引，三十天以后删除。"),
    ),
    PersonalTable(
        "phone_code.PhoneCode", gettext_noop("短信验证码"), gettext_noop("用手机登录，防止有人反复试。"),
        Keep(
            gettext_noop("要过以后两天"), End.DELETE, 2, due=lambda at: PhoneCode.objects.filter(asked_at__lt=at),
        ),
        tell=gettext_noop("只有加密的手机和次数，两天以后删除。"), erase=gettext_noop("随会员登记删除。"),
    ),
    PersonalTable(
        "access.FormerPassword", gettext_noop("用过的密码"), gettext_noop("不让同一个密码反复使用。"),
        Keep(WITH_ACCOUNT, End.DELETE), tell=SECRET, erase=_delete(FormerPassword, BY_ACCOUNT),
    ),
    PersonalTable(
        "mfa.Authenticator", gettext_noop("动态码"), gettext_noop("登录时的第二重验证。"),
        Keep(WITH_ACCOUNT, End.DELETE), tell=SECRET, erase=_delete(Authenticator, "user__subject_id"),
    ),
    PersonalTable(
        "city_sign_in.CityIdentity", gettext_noop("关联的统一身份"), gettext_noop("让您用城市的统一身份登录。"),
        Keep(WITH_ACCOUNT, End.DELETE),
        tell=Told(BY_ACCOUNT, (("linked_at", gettext_noop("关联时间")), ("last_used_at", gettext_noop("最近一次用")))),
        erase=_delete(CityIdentity, BY_ACCOUNT),
    ),
    PersonalTable(
        "city_sign_in.CityLink", gettext_noop("关联统一身份的链接"), gettext_noop("让您第一次关联统一身份。"),
        Keep(gettext_noop("给了以后一天"), End.DELETE, 1, due=lambda at: CityLink.objects.filter(made_at__lt=at)),
        tell=SECRET, erase=_delete(CityLink, BY_ACCOUNT),
    ),
    PersonalTable(
        "account.EmailAddress", gettext_noop("邮箱"), gettext_noop("联系账号的主人。"),
        Keep(WITH_ACCOUNT, End.DELETE),
        tell=Told("user__subject_id", (("email", gettext_noop("邮箱")),)), erase=_delete(EmailAddress, "user__subject_id"),
    ),
    PersonalTable(
        "access.Grant", gettext_noop("授权"), gettext_noop("说明谁在哪里能办什么。"),
        Keep(gettext_noop("和日志一起保存，用来查清谁办过什么"), End.LOCK),
        tell=Told(BY_ACCOUNT, (("role", gettext_noop("角色")), ("valid_from", gettext_noop("起")), ("valid_to", gettext_noop("止")))),
        erase=BARE,
    ),
    PersonalTable(
        "access.Account", gettext_noop("账号"), gettext_noop("让您登录。"),
        Keep(gettext_noop("注销时清空，只留编号，因为日志里记着它"), End.ANONYMISE),
        tell=Told("subject_id", (
            ("login", gettext_noop("账号")), ("name", gettext_noop("姓名")), ("post", gettext_noop("职务")),
            ("email", gettext_noop("邮箱")), ("created_at", gettext_noop("开通时间")), ("last_login", gettext_noop("最近登录")),
        )),
        erase=_erase_account,
    ),
)  # fmt: skip

OWN = (
    PersonalTable(
        "privacy.Consent", gettext_noop("同意和撤回"), gettext_noop("证明收集资料时问过您。"),
        Keep(gettext_noop("一直保存，作为问过您的证明；写下就不能改、不能删"), End.KEEP),
        tell=Told("subject_id", (
            ("notice__key", gettext_noop("告知书")), ("notice__version", gettext_noop("版本")), ("given", gettext_noop("同意")),
            ("at", gettext_noop("时间")), ("channel", gettext_noop("方式")), ("paper_place", gettext_noop("纸质件放在哪里")),
        )),
        erase=BARE,
    ),
    PersonalTable(
        "privacy.PersonalFile", gettext_noop("下载资料的文件"), gettext_noop("给您查看、复制、转移资料。"),
        Keep(gettext_noop("做好以后一天"), End.DELETE, 0, "《个人信息保护法》第十九条", lambda at: PersonalFile.objects.filter(expires_at__lt=at)),
        tell=Told("subject_id", (("asked_at", gettext_noop("申请时间")), ("taken_at", gettext_noop("下载时间")))),
        erase=_delete(PersonalFile, "subject_id"),
    ),
    PersonalTable(
        "privacy.RightsRequest", gettext_noop("您提出的申请"), gettext_noop("办理更正和删除，告诉您结果。"),
        Keep(
            gettext_noop("办完以后三年"), End.DELETE, 3 * 365,
            due=lambda at: RightsRequest.objects.exclude(state=RequestState.OPEN).filter(settled_at__lt=at),
        ),
        tell=Told("subject_id", (
            ("kind", gettext_noop("事项")), ("fact", gettext_noop("哪一项")), ("says_sealed", gettext_noop("对的是什么")),
            ("state", gettext_noop("进展")), ("asked_at", gettext_noop("申请时间")), ("settled_at", gettext_noop("办结时间")),
            ("reason", gettext_noop("不办的理由")),
        )),
        erase=_erase_requests,
    ),
    PersonalTable(
        "privacy.Erasure", gettext_noop("删除记录"), gettext_noop("证明资料已经删除。"),
        Keep(gettext_noop("一直保存，里面只有编号和化名"), End.KEEP),
        tell=gettext_noop("删除以后才有，里面只有化名。"), erase=BARE,
    ),
    PersonalTable(
        "idempotency.Answer", gettext_noop("防重复提交的答复"), gettext_noop("同一次提交不会办两遍。"),
        Keep(gettext_noop("过期的当天"), End.DELETE, 0, due=lambda at: Answer.objects.filter(expires_on__lt=at.date())),
        tell=gettext_noop("只有密钥索引和加密的答复，不知道是谁。"), erase=gettext_noop("不知道是谁的，几天以内过期删除。"),
    ),
)  # fmt: skip

PROOFS = (
    PersonalTable(
        "reveal.Look", gettext_noop("谁看过您的资料"), gettext_noop("每次查看都留下记录，让您知道。"),
        Keep(PROOF, End.KEEP, source="《网络安全法》第二十一条"),
        tell=_told_looks, erase=BARE,
    ),
    PersonalTable(
        "journal.Entry", gettext_noop("日志"), gettext_noop("记录谁在什么时候对您的资料做了什么。"),
        Keep(PROOF, End.KEEP, source="《网络安全法》第二十一条"), tell=_told_entries, erase=BARE,
    ),
    PersonalTable(
        "people.Subject", gettext_noop("人的编号"), gettext_noop("让别的记录指向同一个人。"),
        Keep(gettext_noop("编号一直保存；证件的密钥索引删除时销毁"), End.ANONYMISE),
        tell=Told("id", (("id", gettext_noop("编号")),)), erase=_erase_subject,
    ),
)  # fmt: skip

TABLES = (*ACCOUNTS, *OWN, *PROOFS)

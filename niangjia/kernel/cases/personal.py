"""What cases hold about persons: whose they are, what was said to them, who worked on them."""

from niangjia.kernel.cases.models import Decision, HandOver, Party, Rating, Step
from niangjia.kernel.chinese import gettext_noop
from niangjia.kernel.privacy.rules import End, Keep, Leaving, PersonalTable, Told

FOR_PROOF = gettext_noop("办结以后留着，证明是怎么办的；只有编号、环节和时间，没有内容。")
KEPT = Keep(FOR_PROOF, End.KEEP)
AT_WORK = gettext_noop("记的是经办人的编号和时间，不按申请人记。")
WITH_STEPS = gettext_noop("写的话和办件的经过一起清空。")
BARE = gettext_noop("只剩编号，认不出人。")


def _empty_words(leaving: Leaving) -> int:
    """What she wrote, what was written to her and about her case, goes; that it happened stays."""
    hers = Party.objects.filter(subject=leaving.subject_id).values("case")
    spoken = (Step, Decision, HandOver, Rating)
    return sum(each.objects.filter(case__in=hers).exclude(says_sealed=None).update(says_sealed=None) for each in spoken)


def _worked_on(model: str, title: str, purpose: str, *, erase: str = BARE) -> PersonalTable:
    return PersonalTable(f"cases.{model}", title, purpose, KEPT, tell=AT_WORK, erase=erase)


TABLES = (
    PersonalTable(
        "cases.Step", gettext_noop("办件的经过"), gettext_noop("让您看到办到哪一步、谁办的。"), KEPT,
        tell=Told("case__parties__subject", (
            ("case__number", gettext_noop("编号")), ("move", gettext_noop("做了什么")), ("at", gettext_noop("时间")),
            ("author", gettext_noop("谁")), ("says_sealed", gettext_noop("写给您的话")),
        )),
        erase=_empty_words,
    ),
    PersonalTable(
        "cases.Rating", gettext_noop("您的评价"), gettext_noop("知道事情办得好不好。"), KEPT,
        tell=Told("case__parties__subject", (
            ("case__number", gettext_noop("编号")), ("opinion", gettext_noop("评价")), ("at", gettext_noop("时间")),
            ("says_sealed", gettext_noop("您写的话")),
        )),
        erase=WITH_STEPS,
    ),
    PersonalTable(
        "cases.Party", gettext_noop("办件的当事人"), gettext_noop("知道是谁的事，答复给谁。"), KEPT,
        tell=Told("subject", (("case__number", gettext_noop("编号")), ("case__opened_at", gettext_noop("时间")))),
        erase=BARE,
    ),
    _worked_on("Case", gettext_noop("办件"), gettext_noop("知道事情在哪里、归谁办、什么时候到期。")),
    _worked_on("Decision", gettext_noop("把关的意见"), gettext_noop("证明有第二个人看过。"), erase=WITH_STEPS),
    _worked_on("HandOver", gettext_noop("交接"), gettext_noop("知道事情是谁交给谁的。"), erase=WITH_STEPS),
    _worked_on("Barred", gettext_noop("回避"), gettext_noop("不让有牵连的人办这件事。")),
    _worked_on("Running", gettext_noop("期限"), gettext_noop("知道什么时候到期、谁延过期。")),
)  # fmt: skip

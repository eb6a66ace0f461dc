"""Asking for a union among the services of a worker."""

from django.utils.translation import gettext_lazy

from niangjia.kernel.web.worker.declared import Group, Service

SERVICES = (
    Service(
        "founding", gettext_lazy("申请建工会"), gettext_lazy("您上班的单位还没有工会，请上一级工会帮着建。单位不会知道是谁申请的。"), "/found/", "flag",
        Group(gettext_lazy("会籍"), 9), 40, gettext_lazy("上一级工会"), gettext_lazy("15 天内答复（本系统默认值）"),
        words=("建会", "成立工会", "没有工会", "组建工会", "联合工会"),
    ),
)  # fmt: skip

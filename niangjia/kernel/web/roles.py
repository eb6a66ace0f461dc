"""Roles in words, as people call them."""

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from niangjia.kernel.access.rules import Author, Role, author_of

WORDS: dict[Role, Promise] = {
    Role.CADRE: _("工会干部"),
    Role.CHAIR: _("工会主席"),
    Role.OFFICER: _("经办人"),
    Role.AUDITOR: _("经审人员"),
    Role.SYSTEM_ADMIN: _("系统管理员"),
    Role.SECURITY_ADMIN: _("安全管理员"),
    Role.AUDIT_ADMIN: _("审计管理员"),
    Role.WORKER: _("职工"),
    Role.OPERATOR: _("运维人员"),
    Role.PROGRAM: _("接口"),
}


def words_of(role: Role) -> Promise:
    """What people call a role."""
    return WORDS[role]


def unit_and_role(author: Author) -> str:
    """Unit and role in the reader's language: 安禾县总工会的工会干部."""
    if author.role is None:
        return author.unit
    role = str(words_of(author.role))
    if not author.unit or author.role is Role.OPERATOR:
        return role
    return gettext("{unit}的{role}").format(unit=author.unit, role=role)


def author_words(text: str) -> str:
    """The author of an entry of the journal in the reader's language."""
    return unit_and_role(author_of(text))

"""What is true about unions: levels and kinds, codes, forms, faults of a list."""

from niangjia.kernel.places.rules import Level
from niangjia.registers.orgs.rules.credit_codes import (
    check_character,
    check_credit_code,
    organisation_check_character,
    tidy_credit_code,
    uscc_fault,
)
from niangjia.registers.orgs.rules.levels import (
    COMMITTEE_FROM_MEMBERS,
    UNION_FORMS,
    UNION_KINDS,
    UNION_LEVELS,
    UnionForm,
    UnionKind,
    committee_forms,
    may_stand_under,
    read_level,
    standing_fault,
    usual_kind,
)
from niangjia.registers.orgs.rules.union_codes import check_union_code, next_union_code, serial_of, union_code
from niangjia.registers.orgs.rules.union_faults import UNION_FAULTS

__all__ = [
    "COMMITTEE_FROM_MEMBERS",
    "UNION_FAULTS",
    "UNION_FORMS",
    "UNION_KINDS",
    "UNION_LEVELS",
    "Level",
    "UnionForm",
    "UnionKind",
    "check_character",
    "check_credit_code",
    "check_union_code",
    "committee_forms",
    "may_stand_under",
    "next_union_code",
    "organisation_check_character",
    "read_level",
    "serial_of",
    "standing_fault",
    "tidy_credit_code",
    "union_code",
    "uscc_fault",
    "usual_kind",
]

"""What a merge does with the rows of the kernel and of this register that refer to a person."""

from niangjia.registers.members.merging.declared import Does, Part

HERE = "niangjia.registers.members.merging"
PARTS = (
    Part("cases.Party", "subject_id", Does.MOVES, "she asked for it, under whichever record", clash=("case_id", "part")),
    Part("notices.Objection", "concerned_id", Does.MOVES, "she never meets what is said against her"),
    Part("inbox.Message", "subject_id", Does.MOVES, "they were written to her",
         quiet=("read_at", "planned_at"), opens="message_words_stay"),
    # The newest act counts: what she withdrew under one record is withdrawn.
    Part("privacy.Consent", "subject_id", Does.MOVES, "the newest act of hers counts"),
    Part("privacy.Consent", "guardian_id", Does.MOVES, "she gave it for a child"),
    Part("privacy.RightsRequest", "subject_id", Does.MOVES, "she asked it of her data", quiet=("state", "settled_at", "settled_by_id", "reason")),
    Part("privacy.PersonalFile", "subject_id", Does.STAYS, "a file of what was held under that record, offered for a day"),
    Part("privacy.Erasure", "subject_id", Does.STAYS, "whoever was erased is never merged"),
    Part("reveal.Look", "subject_id", Does.STAYS, "a digest in the journal proves the row as it was written"),
    Part("access.Account", "subject_id", Does.BY_SERVICE, "one login stays", service=f"{HERE}.logins.merge_logins"),
    Part("joining.Application", "subject_id", Does.MOVES, "she applied"),
    Part("joining.Application", "person_id", Does.MOVES, "the application was hers"),
    Part("members.Person", "subject_id", Does.BY_SERVICE, "the record that goes lies sealed in the merge"),
    Part("members.PersonEvent", "subject_id", Does.STAYS, "the history of the record that went"),
    Part("members.PersonEvent", "pgh_obj_id", Does.STAYS, "the history of the record that went"),
    Part("members.Membership", "person_id", Does.BY_SERVICE, "joined without a day twice"),
    Part("members.MembershipEvent", "person_id", Does.STAYS, "the history as it was"),
    Part("members.TransferProposal", "person_id", Does.MOVES, "the union asked for her",
         clash=("to_union_id",), clashing=Does.GOES, quiet=("withdrawn_at", "settled_at", "settled_by_id", "agreed", "from_union_id", "reason")),
    Part("members.PhoneProposal", "person_id", Does.GOES, "asked of the record that went"),
    Part("merging.Pair", "left_id", Does.STAYS, "how the two were found"),
    Part("merging.Pair", "right_id", Does.STAYS, "how the two were found"),
    Part("merging.Merge", "kept_id", Does.STAYS, "an earlier merge, which is undone after this one"),
    Part("merging.Merge", "gone_id", Does.STAYS, "an earlier merge"),
)  # fmt: skip

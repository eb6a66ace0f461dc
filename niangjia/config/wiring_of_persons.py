"""What every slice says of the persons in its tables: what is held, how long, and what a merge does with it."""

# What the law on personal information (个人信息保护法) asks of a table that holds persons, in the order of erasing: the
# register first, the bare number last. A new table is declared in the `personal.py` of its slice.
NIANGJIA_HELD_ABOUT_A_PERSON: tuple[str, ...] = (
    "niangjia.registers.cards.personal.TABLES",
    "niangjia.registers.founding.legal.personal.TABLES",
    "niangjia.registers.founding.personal.TABLES",
    "niangjia.registers.committees.motions.personal.TABLES",
    "niangjia.registers.committees.elections.personal.TABLES",
    "niangjia.registers.committees.personal.TABLES",
    "niangjia.registers.households.personal.TABLES",
    "niangjia.registers.members.clinic.personal.TABLES",
    "niangjia.registers.members.verified.personal.TABLES",
    "niangjia.registers.members.joining.personal.TABLES",
    "niangjia.registers.members.merging.personal.TABLES",
    "niangjia.registers.members.leaving.personal.TABLES",
    "niangjia.registers.members.personal.TABLES",
    "niangjia.registers.employers.targets.personal.TABLES",
    "niangjia.registers.employers.personal.TABLES",
    "niangjia.services.requests.for_employers.personal.TABLES",
    "niangjia.services.requests.personal.TABLES",
    "niangjia.kernel.cases.personal.TABLES",
    "niangjia.kernel.cases.drafts.personal.TABLES",
    "niangjia.kernel.cases.notices.personal.TABLES",
    "niangjia.kernel.exports.personal.TABLES",
    "niangjia.kernel.programs.personal.TABLES",
    "niangjia.kernel.webhooks.personal.TABLES",
    "niangjia.kernel.listing.personal.TABLES",
    "niangjia.kernel.listing.runs.personal.TABLES",
    "niangjia.kernel.intake.personal.TABLES",
    "niangjia.kernel.files.personal.TABLES",
    "niangjia.kernel.parameters.personal.TABLES",
    "niangjia.kernel.privacy.of_messages.TABLES",
    "niangjia.kernel.privacy.personal.TABLES",
)
# What merging two records of one person does with the rows of every table that refers to a person (ADR 0042).
NIANGJIA_MERGES: tuple[str, ...] = (
    "niangjia.registers.cards.merging.PARTS",
    "niangjia.registers.committees.merging.PARTS",
    "niangjia.registers.founding.merging.PARTS",
    "niangjia.registers.founding.legal.merging.PARTS",
    "niangjia.registers.members.merging.parts.PARTS",
    "niangjia.registers.members.verified.merging.PARTS",
    "niangjia.registers.members.clinic.merging.PARTS",
    "niangjia.registers.households.merging.PARTS",
    "niangjia.registers.members.leaving.merging.PARTS",
)

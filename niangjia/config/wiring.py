"""What stands where: the parts of the lines of work, by dotted path, as the kernel asks for them."""

from pathlib import Path

from niangjia.config.wiring_of_persons import *  # noqa: F403  # tables of persons are wired there

ROOT = Path(__file__).resolve().parent.parent

# What the frame of the pages shows of the lines of work.
NIANGJIA_NAVIGATION = "niangjia.config.navigation.NAVIGATION"
NIANGJIA_PLACE_NAMES = "niangjia.registers.orgs.queries.names_of"
NIANGJIA_PLACE_NAME_OF_ROW = "niangjia.registers.orgs.queries.name_of_place"
NIANGJIA_PLACE_CODES = "niangjia.registers.orgs.queries.codes_of"
NIANGJIA_PLACE_MEANT = "niangjia.registers.orgs.queries.place_meant"
NIANGJIA_UNION_PANELS: tuple[str, ...] = (
    "niangjia.registers.members.views.panel_of",
    "niangjia.registers.members.verified.views.panel_of",
    "niangjia.registers.employers.views.panel_of",
    "niangjia.registers.founding.legal.views.panel_of",
    "niangjia.registers.employers.away.views.panel_of",
    "niangjia.registers.committees.views.panel_of",
    "niangjia.registers.cadres.haves.views.panel_of",
    "niangjia.registers.cadres.handing.views.panel_of",
)
NIANGJIA_EMPLOYER_PANELS: tuple[str, ...] = (
    "niangjia.registers.members.views.panel_of_employer",
    "niangjia.registers.employers.targets.views.panel_of_employer",
)
# Where a member's page leads besides: functions of the actor and the person that answer an address and its words.
NIANGJIA_MEMBER_WAYS: tuple[str, ...] = ("niangjia.registers.households.views.way_to",)
# How many members name which employer, in numbers alone: from these come the leads to employers without a union.
NIANGJIA_EMPLOYER_NAMINGS = "niangjia.registers.members.naming_employers.namings"
# What hangs at a union's door, for everybody who scans its code: functions of a union that answer pairs.
NIANGJIA_DOOR_FACTS: tuple[str, ...] = ("niangjia.registers.founding.door_signs.facts_at",)
# Who hears of every entry of the journal, in the transaction of the act itself.
NIANGJIA_ENTRY_HEARERS: tuple[str, ...] = (
    "niangjia.kernel.webhooks.publishing.publish",
    "niangjia.registers.members.merging.asking.at_the_door",
    "niangjia.registers.members.clinic.looking.hear",
    "niangjia.registers.households.hearing.hear",
    "niangjia.registers.employers.targets.hearing.hear",
    "niangjia.registers.cadres.hearing.hear",
)
# What follows from closing a union, and what stands in its way: each register says its part, the tree first.
NIANGJIA_CLOSING: tuple[str, ...] = (
    "niangjia.registers.orgs.closing.TREE",
    "niangjia.registers.members.closing.CLOSING",
    "niangjia.registers.employers.closing.CLOSING",
    "niangjia.registers.founding.legal.closing.CLOSING",
    "niangjia.registers.committees.closing.CLOSING",
    "niangjia.registers.cadres.closing.CLOSING",
    "niangjia.registers.orgs.closing.RIGHTS",
)
# What goes over when a union is merged into another, and what stands in the way: each register says its part, the tree first;
# and who tells the members.
NIANGJIA_REORGANISING: tuple[str, ...] = (
    "niangjia.registers.orgs.reorganising.own_parts.TREE",
    "niangjia.registers.members.reorganising.PART",
    "niangjia.registers.employers.reorganising.PART",
    "niangjia.registers.employers.targets.reorganising.PART",
    "niangjia.registers.employers.away.reorganising.PART",
    "niangjia.registers.committees.reorganising.PART",
    "niangjia.registers.founding.legal.reorganising.PART",
    "niangjia.registers.orgs.reorganising.own_parts.CASES",
    "niangjia.registers.orgs.reorganising.own_parts.RIGHTS",
)
# Which of a union's own members may go along when it is split: those of an employer.
NIANGJIA_SPLITTING = "niangjia.registers.members.splitting.BY_EMPLOYER"
NIANGJIA_REORGANISING_TELLS = "niangjia.registers.members.reorganising.tell"
# Whence it is proposed to ask a member whether she still is one: paths to an `ExitSource`; none of them ends anything.
NIANGJIA_EXIT_SOURCES: tuple[str, ...] = (
    "niangjia.registers.members.leaving.sources.EMPLOYER_CLOSED",
    "niangjia.registers.members.leaving.sources.PAST_RETIREMENT",
)
# How many of what there were on a past day, beside the tree of that day: each register counts its own.
NIANGJIA_FIGURES_OF_A_DAY: tuple[str, ...] = (
    "niangjia.registers.members.past.HELD",
    "niangjia.registers.employers.past.COVERED",
)
# Checks of the registers (数据核查): folders of SQL files.
NIANGJIA_REGISTER_CHECKS: tuple[Path, ...] = tuple(
    ROOT / "registers" / slice_ / "checks" for slice_ in ("orgs", "employers", "members", "committees")
)
# Local parameters (地方参数): figures that differ from place to place, as the slices declare them, with their defaults.
NIANGJIA_PARAMETERS: tuple[str, ...] = (
    "niangjia.kernel.dated.own_parameters.PARAMETERS",
    "niangjia.kernel.cases.notices.parameters.PARAMETERS",
    "niangjia.registers.employers.targets.parameters.PARAMETERS",
    "niangjia.registers.members.joining.parameters.PARAMETERS",
    "niangjia.registers.members.regaining.parameters.PARAMETERS",
    "niangjia.registers.members.transfers.parameters.PARAMETERS",
    "niangjia.registers.members.leaving.parameters.PARAMETERS",
    "niangjia.registers.committees.parameters.PARAMETERS",
    "niangjia.registers.cadres.handing.parameters.PARAMETERS",
    "niangjia.registers.founding.parameters.PARAMETERS",
    "niangjia.registers.committees.elections.parameters.PARAMETERS",
    "niangjia.services.requests.parameters.PARAMETERS",
)
# Who holds last days counted with the public days: told which days changed, in the transaction of the change itself.
NIANGJIA_CALENDAR_HEARERS: tuple[str, ...] = ("niangjia.kernel.cases.by_clock.calendar_changed",)
# Every list that there is: what is named here can be exported as it is filtered.
NIANGJIA_LISTINGS: tuple[str, ...] = (
    "niangjia.registers.orgs.listing.UNIONS",
    "niangjia.registers.orgs.reorganising.listing.REORGANISATIONS",
    "niangjia.registers.employers.listing.EMPLOYERS",
    "niangjia.registers.employers.listing.COVERAGES",
    "niangjia.registers.employers.targets.listing.WITHOUT_UNION",
    "niangjia.registers.employers.targets.listing.TARGETS",
    "niangjia.registers.employers.away.listing.AWAY_UNIONS",
    "niangjia.registers.members.listing.MEMBERS",
    "niangjia.registers.members.transfers.listing.TRANSFERS",
    "niangjia.registers.members.phone_changes.listing.PHONES",
    "niangjia.registers.members.joining.listing.APPLICATIONS",
    "niangjia.registers.members.clinic.listing.REPAIRS",
    "niangjia.registers.members.merging.listing.PAIRS",
    "niangjia.registers.members.merging.cases_listing.MERGES",
    "niangjia.registers.members.regaining.listing.REGAININGS",
    "niangjia.registers.members.leaving.listing.LEAVES",
    "niangjia.registers.members.leaving.listing.EXITS",
    "niangjia.registers.founding.listing.FOUNDINGS",
    "niangjia.registers.committees.listing.TERMS",
    "niangjia.registers.committees.elections.listing.ELECTIONS",
    "niangjia.registers.committees.motions.listing.EXTENSIONS",
    "niangjia.registers.committees.motions.listing.RECALLS",
    "niangjia.registers.cards.listing.CARDS",
    "niangjia.registers.cadres.listing.CADRES",
    "niangjia.registers.cadres.haves.listing.FOUR_HAVES",
    "niangjia.registers.members.roster.listing.IMPORTS",
    "niangjia.kernel.web.exports.listing.EXPORTS",
    "niangjia.services.requests.listing.REQUESTS",
    "niangjia.services.requests.answers.listing.KEPT_ANSWERS",
    "niangjia.kernel.web.listing.OWN_LOOKS",
    "niangjia.kernel.web.listing.ALL_LOOKS",
    "niangjia.kernel.cases.notices.listing.NOTICES",
    "niangjia.kernel.accounts.listing.ACCOUNTS",
    "niangjia.kernel.parameters.listing.PARAMETER_CHANGES",
    "niangjia.kernel.developers.listing.KEYS",
    "niangjia.kernel.developers.listing.WEBHOOKS",
)
# What the one search box asks, in this order; and by which other words a page is meant.
NIANGJIA_SEARCHES: tuple[str, ...] = (
    "niangjia.registers.members.searching.MEMBERS_FOUND",
    "niangjia.registers.orgs.searching.UNIONS_FOUND",
    "niangjia.registers.employers.searching.EMPLOYERS_FOUND",
    "niangjia.services.requests.searching.REQUESTS_FOUND",
    "niangjia.kernel.web.searching_todo.THINGS_FOUND",
    "niangjia.kernel.web.searching.PAGES_FOUND",
)
NIANGJIA_OTHER_WORDS = "niangjia.config.navigation.OTHER_WORDS"
# What fields find while somebody types: the name in the field → what is found, and by which moves.
NIANGJIA_PICKERS: dict[str, str] = {
    "unions": "niangjia.registers.orgs.picking.UNIONS",
    "away-unions": "niangjia.registers.employers.away.picking.UNIONS",
    "employer-unions": "niangjia.registers.employers.picking.UNIONS_OF_EMPLOYERS",
    "member-unions": "niangjia.registers.members.picking.UNIONS_OF_MEMBERS",
    "members": "niangjia.registers.members.picking.MEMBERS",
    "cadre-unions": "niangjia.registers.cadres.picking.UNIONS_OF_CADRES",
    "receivers": "niangjia.kernel.accounts.picking.RECEIVERS",
    "request-employers": "niangjia.services.requests.picking.EMPLOYERS",
}
# The API whose description the pages for programmers are made from.
NIANGJIA_API = "niangjia.config.api.API"
NIANGJIA_EXPORT_SOURCES = "niangjia.kernel.listing.exporting.source_of"
# Which slice says who may see a kept file: owner → a rule of (actor, file); what is not named here is shown to nobody.
NIANGJIA_FILE_OWNERS: dict[str, str] = {
    "draft": "niangjia.kernel.files.drafts.may_see",
    "correction": "niangjia.kernel.evidence.queries.may_see",
    "request": "niangjia.services.requests.queries.may_see_file",
}
# What was handed in with a request about one's own data, for the desk that settles it.
NIANGJIA_EVIDENCE = "niangjia.kernel.evidence.queries.shown_with"
NIANGJIA_TODAY: tuple[str, ...] = (
    "niangjia.registers.members.today.part",
    "niangjia.registers.orgs.today.part",
    "niangjia.kernel.accounts.today.part",
)
# What waits for somebody on the first page: functions of the actor and the day that answer declared things.
NIANGJIA_THINGS_TO_DO: tuple[str, ...] = (
    "niangjia.services.requests.today.things_to_do",
    "niangjia.registers.members.transfers.today.things_to_do",
    "niangjia.registers.members.today.things_to_do",
    "niangjia.registers.members.clinic.today.things_to_do",
    "niangjia.registers.employers.targets.today.things_to_do",
    "niangjia.registers.committees.today.things_to_do",
    "niangjia.registers.cadres.handing.today.things_to_do",
    "niangjia.registers.cadres.haves.today.things_to_do",
    "niangjia.registers.orgs.reorganising.today.things_to_do",
    "niangjia.kernel.web.own_data_today.things_to_do",
    "niangjia.kernel.web.exports.today.things_to_do",
    "niangjia.kernel.cases.notices.today.things_to_do",
    "niangjia.registers.founding.legal.today.things_to_do",
    "niangjia.kernel.accounts.today.things_to_do",
    "niangjia.kernel.cases.today.things_to_do",
    "niangjia.kernel.workdays.today.things_to_do",
    "niangjia.kernel.parameters.today.things_to_do",
)
# The worker's side: services that work today, what she asked for, what waits for her, what is held about her, her union.
NIANGJIA_SERVICES: tuple[str, ...] = (
    "niangjia.services.requests.own_side.SERVICES",
    "niangjia.registers.cards.own_side.SERVICES",
    "niangjia.registers.founding.own_side.SERVICES",
    "niangjia.registers.households.own_side.SERVICES",
    "niangjia.registers.members.leaving.own_side.SERVICES",
    "niangjia.kernel.web.worker.offered.SERVICES",
)
NIANGJIA_OWN_MATTERS: tuple[str, ...] = (
    "niangjia.services.requests.own_side.own_matters",
    "niangjia.kernel.cases.pages.own.own_matters",
    "niangjia.registers.members.transfers.own_side.own_matters",
    "niangjia.kernel.web.worker.requests.own_matters",
)
NIANGJIA_OWN_NOTES: tuple[str, ...] = (
    "niangjia.registers.members.phone_changes.own_side.own_notes",
    "niangjia.registers.members.merging.own_side.own_notes",
    "niangjia.registers.members.regaining.own_side.own_notes",
    "niangjia.registers.households.own_side.own_notes",
    "niangjia.services.requests.own_side.own_notes",
    "niangjia.kernel.cases.pages.own.own_notes",
    "niangjia.kernel.web.worker.requests.own_notes",
)
NIANGJIA_OWN_RECORDS: tuple[str, ...] = (
    "niangjia.registers.members.own_side.own_records",
    "niangjia.registers.members.verified.own_side.own_records",
    "niangjia.registers.households.own_side.own_records",
    "niangjia.registers.members.merging.own_side.own_records",
    "niangjia.registers.members.regaining.own_side.own_records",
    "niangjia.registers.members.leaving.own_side.own_records",
    "niangjia.registers.cards.own_side.own_records",
    "niangjia.registers.cadres.own_side.own_records",
)
NIANGJIA_OWN_UNION = "niangjia.registers.members.own_side.own_union"
# Where sealed values lie: a slice lists its columns, or no key could ever change.
NIANGJIA_SEALED_COLUMNS: tuple[str, ...] = (
    "niangjia.kernel.access.sealed_columns.COLUMNS",
    "niangjia.kernel.exports.sealed_columns.COLUMNS",
    "niangjia.kernel.access.phone_code.sealed_columns.COLUMNS",
    "niangjia.kernel.idempotency.sealed_columns.COLUMNS",
    "niangjia.registers.members.sealed_columns.COLUMNS",
    "niangjia.registers.members.joining.sealed_columns.COLUMNS",
    "niangjia.registers.members.merging.sealed_columns.COLUMNS",
    "niangjia.registers.members.regaining.sealed_columns.COLUMNS",
    "niangjia.registers.households.sealed_columns.COLUMNS",
    "niangjia.registers.founding.sealed_columns.COLUMNS",
    "niangjia.registers.cards.sealed_columns.COLUMNS",
    "niangjia.kernel.privacy.sealed_columns.COLUMNS",
    "niangjia.kernel.webhooks.sealed_columns.COLUMNS",
    "niangjia.kernel.messages.wechat.sealed_columns.COLUMNS",
    "niangjia.kernel.cases.sealed_columns.COLUMNS",
    "niangjia.kernel.cases.drafts.sealed_columns.COLUMNS",
    "niangjia.kernel.cases.notices.sealed_columns.COLUMNS",
    "niangjia.services.requests.sealed_columns.COLUMNS",
)
NIANGJIA_PERSONS = "niangjia.registers.founding.standing.PERSONS"
# Folders of notices (告知书); a version that somebody agreed to never changes.
NIANGJIA_NOTICES: tuple[Path, ...] = (
    ROOT / "registers" / "members" / "notices",
    ROOT / "registers" / "households" / "notices",
    ROOT / "registers" / "founding" / "notices",
)
NIANGJIA_SEALED_FILES: tuple[str, ...] = ("niangjia.kernel.files.rewrapping.FILES",)
# How the register names a person, for who may see her.
NIANGJIA_PEOPLE_NAMES = "niangjia.registers.members.queries.name_of_subject"
# Messages: every template that there is, who holds which office, what the bell and the tab count.
NIANGJIA_MESSAGES: tuple[str, ...] = (
    "niangjia.kernel.access.messages.TEMPLATES",
    "niangjia.kernel.reveal.messages.TEMPLATES",
    "niangjia.kernel.privacy.messages.TEMPLATES",
    "niangjia.kernel.exports.messages.TEMPLATES",
    "niangjia.kernel.webhooks.messages.TEMPLATES",
    "niangjia.kernel.listing.runs.messages.TEMPLATES",
    "niangjia.kernel.cases.messages.TEMPLATES",
    "niangjia.kernel.messages.wechat.messages.TEMPLATES",
    "niangjia.kernel.cases.notices.messages.TEMPLATES",
    "niangjia.registers.employers.targets.messages.TEMPLATES",
    "niangjia.registers.orgs.reorganising.messages.TEMPLATES",
    "niangjia.registers.members.messages.TEMPLATES",
    "niangjia.registers.members.joining.messages.TEMPLATES",
    "niangjia.registers.members.clinic.messages.TEMPLATES",
    "niangjia.registers.households.messages.TEMPLATES",
    "niangjia.registers.members.merging.messages.TEMPLATES",
    "niangjia.registers.members.regaining.messages.TEMPLATES",
    "niangjia.registers.members.leaving.messages.TEMPLATES",
    "niangjia.registers.founding.messages.TEMPLATES",
    "niangjia.registers.committees.messages.TEMPLATES",
    "niangjia.registers.committees.elections.messages.TEMPLATES",
    "niangjia.registers.committees.motions.messages.TEMPLATES",
    "niangjia.registers.cadres.handing.messages.TEMPLATES",
    "niangjia.registers.cards.messages.TEMPLATES",
    "niangjia.services.requests.messages.TEMPLATES",
)
# Messages of membership alone: whoever they reached counts as reachable. What comes of a report or a case counts nowhere.
NIANGJIA_REACHED_BY: tuple[str, ...] = (
    "niangjia.registers.members.messages.TEMPLATES",
    "niangjia.registers.members.joining.messages.TEMPLATES",
    "niangjia.registers.members.clinic.messages.TEMPLATES",
    "niangjia.registers.cards.messages.TEMPLATES",
)
NIANGJIA_OFFICES = "niangjia.kernel.access.offices.OFFICES"
NIANGJIA_UNREAD = "niangjia.kernel.messages.queries.unread_of"
# How people are reached besides: the mail server, the phone a person confirmed, the WeChat she bound.
NIANGJIA_MAIL = "niangjia.kernel.messages.mail.ByMail"
NIANGJIA_PHONE_TO_TELL = "niangjia.registers.founding.phones.phone_to_tell"
NIANGJIA_WECHAT = "niangjia.kernel.messages.wechat.sending.ByWeChat"
NIANGJIA_WECHAT_ADDRESS = "niangjia.kernel.messages.wechat.queries.address_of"
# Whose phone a number is, for the workers' door; and whose it may be in the demo world.
NIANGJIA_PEOPLE_BY_PHONE = "niangjia.registers.founding.phones.PEOPLE"
NIANGJIA_DEMO_PHONES = "niangjia.demo.services.demo_phones"
# Cases: every workflow in all its versions (paths to a `Workflow`, or a tuple of them), the words and screens of each kind,
# who knows whether the public notice of a case is over, and in which region a place lies (empty: its city's figures hold).
NIANGJIA_WORKFLOWS: tuple[str, ...] = (
    "niangjia.services.requests.rules.workflow.REQUEST",
    "niangjia.registers.orgs.reorganising.rules.workflow.REORGANISING",
    "niangjia.registers.members.joining.rules.workflow.JOINING",
    "niangjia.registers.members.merging.rules.workflow.MERGING",
    "niangjia.registers.members.regaining.rules.workflow.REGAINING",
    "niangjia.registers.members.leaving.rules.workflow.LEAVING",
    "niangjia.registers.members.leaving.rules.workflow.EXIT",
    "niangjia.registers.founding.rules.workflow.FOUNDING",
    "niangjia.registers.committees.elections.rules.workflow.ELECTION",
    "niangjia.registers.committees.motions.rules.workflow.EXTENSION",
    "niangjia.registers.committees.motions.rules.workflow.RECALL",
)
NIANGJIA_CASE_KINDS: tuple[str, ...] = (
    "niangjia.services.requests.kind.REQUEST_KIND",
    "niangjia.registers.orgs.reorganising.kind.REORGANISING_KIND",
    "niangjia.registers.members.joining.kind.JOINING_KIND",
    "niangjia.registers.members.merging.kind.MERGING_KIND",
    "niangjia.registers.members.regaining.kind.REGAINING_KIND",
    "niangjia.registers.members.leaving.kind.LEAVING_CASES",
    "niangjia.registers.members.leaving.kind.EXIT_CASES",
    "niangjia.registers.founding.kind.FOUNDING_KIND",
    "niangjia.registers.committees.elections.kind.ELECTION_KIND",
    "niangjia.registers.committees.motions.kind.EXTENSION_CASES",
    "niangjia.registers.committees.motions.kind.RECALL_CASES",
)
# Lines of work whose pages are the kernel's: paths to a `Line` of `kernel.cases.pages.declared`.
NIANGJIA_CASE_LINES: tuple[str, ...] = (
    "niangjia.registers.members.joining.kind.LINE",
    "niangjia.registers.members.merging.kind.LINE",
    "niangjia.registers.members.regaining.kind.LINE",
    "niangjia.registers.members.leaving.kind.LEAVING_LINE",
    "niangjia.registers.members.leaving.kind.EXIT_LINE",
    "niangjia.registers.founding.kind.LINE",
    "niangjia.registers.committees.elections.kind.LINE",
    "niangjia.registers.committees.motions.kind.EXTENSION_LINE",
    "niangjia.registers.committees.motions.kind.RECALL_LINE",
    "niangjia.registers.orgs.reorganising.kind.LINE",
)
NIANGJIA_PLACE_REGION = "niangjia.registers.orgs.queries.region_of"
# Records of a person that were joined into the one she has now.
NIANGJIA_FORMER_SELVES = "niangjia.registers.members.merging.queries.former_selves"
# Who handles what somebody asked, by account: they stand by name among who looked at her.
NIANGJIA_HANDLERS_OF_HERS = "niangjia.services.requests.looking.handlers_of"
NIANGJIA_CASE_NOTICE = "niangjia.kernel.cases.notices.queries.is_over"
# The kinds of public notices that lines of work put up: paths to a `NoticeKind`, or a tuple of them.
NIANGJIA_NOTICE_KINDS: tuple[str, ...] = ()
# What else the door leads to, for whoever has no account: paths to an `OtherDoor`.
NIANGJIA_OTHER_DOORS: tuple[str, ...] = (
    "niangjia.registers.members.joining.door.DOOR",
    "niangjia.registers.founding.door.DOOR",
    "niangjia.services.requests.for_employers.door.DOOR",
)
# What parts of pages stand in a slice above the frame of the pages: functions of a request that answer template and context.
NIANGJIA_STYLE_PARTS: tuple[str, ...] = ("niangjia.kernel.cases.drafts.style.part",)
# What forms need not ask whoever fills them in, for the register knows it.
NIANGJIA_KNOWN = "niangjia.registers.members.known.known_of"

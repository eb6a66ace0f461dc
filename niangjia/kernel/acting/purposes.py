"""What the program may do outside one person's scope: a closed list, and where each is used is read by a test."""

from enum import StrEnum


class Purpose(StrEnum):
    """Purpose (目的) of work that no single person's places cover."""

    # Nobody stands between the rows of a demo world and the empty database.
    SEED = "seed"
    # Whether somebody is a member elsewhere is asked of the whole city, and answered without saying where.
    SAME_PERSON = "same_person"
    # A roster's rows are decided against everybody in one statement; what is shown of it is the importer's own.
    ROSTER = "roster"
    # What an import of unions did is taken back only where no row anywhere refers to it.
    UNION_LIST = "union_list"
    # A credit code is given once in the whole register, also to an employer out of sight.
    ONE_OF_A_KIND = "one_of_a_kind"
    # A right ends with all that was delegated from it, wherever that went.
    RIGHTS_END = "rights_end"
    # Entries of everybody are sealed into one chain.
    SEALING = "sealing"
    # The chain is proved entry by entry.
    PROVING = "proving"
    # Before somebody has signed in nobody is known yet: the door looks for the one person who knocks.
    DOOR = "door"
    # Sealed fields of everybody are wrapped with a new key.
    REKEYING = "rekeying"
    # Who asked for a list is looked up before the job acts as her; files whose day is over go, whoever's they are.
    EXPORTS = "exports"
    # What a killed worker left of an action on many rows is taken up again, whoever began it; it goes on as that person.
    BULK = "bulk"
    # What may be kept no longer goes, whoever's it was.
    RETENTION = "retention"
    # What somebody asks of her own data is judged against all that is held about her, and erased wherever it lies.
    OWN_DATA = "own_data"
    # A message is written by who causes it and met by whom it is for; jobs carry it out by other channels.
    MESSAGES = "messages"
    # An act of whoever may see no subscription is told to all that listen; jobs send it on.
    WEBHOOKS = "webhooks"
    # A member goes over to another union: what ends stands at one end, what begins where only the other end may write.
    TRANSFER = "transfer"
    # Memberships of everybody are looked through for whom to ask; she is asked, and a person decides where she is kept.
    EXITS = "exits"
    # A death is written down: her logins sleep, and who works on what she asked for hears, wherever it lies.
    PASSING = "passing"
    # Two records of one person become one, wherever their rows lie, and are taken apart again.
    MERGE = "merge"
    # A counter checks the card of whoever stands there, and says of her no more than it came to; a card is issued and told
    # of where its holder is a member.
    CARDS = "cards"
    # Which employers without a union members name is counted of the whole city; what is kept is how many, never who.
    LEADS = "leads"
    # Every record of a member is held against the checks; what is found waits where she is kept.
    CLINIC = "clinic"
    # Whom a number in a household means is asked of the whole register, and answered to nobody; a helper's look at a household
    # is written down before its rows are read.
    HOUSEHOLDS = "households"
    # What an import of employers did is taken back only where no row anywhere refers to it.
    EMPLOYER_LIST = "employer_list"
    # Terms of all unions are looked through for those that end, whoever keeps them.
    TERMS = "terms"
    # A case begins and goes on where whoever acts has no right; its times run out for nobody in particular.
    CASES = "cases"
    # A reorganisation that two people decided is carried out on its day: members, rights and employers go over at both ends at once.
    REORGANISING = "reorganising"
    # How many there were on a past day, and what a union was called then, is told where they stood then, also of unions that
    # have gone elsewhere since; no row of a person is shown.
    PAST_DAYS = "past_days"
    # Who comes to a committee is in the list of cadres at once, also where she is one elsewhere already.
    CADRES = "cadres"
    # Whoever objects to a public notice may have no account; and whether a case may go on is asked of all objections,
    # also of those that the one who asks does not meet.
    OBJECTION = "objection"

"""Which employers somebody may see."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL

from niangjia.kernel.access.queries import within
from niangjia.kernel.access.rules import Actor, Move
from niangjia.kernel.search.rules import sounding
from niangjia.registers.employers.models import Coverage, Employer
from niangjia.registers.employers.rules import TRADES, trade_section
from niangjia.registers.employers.rules.kinds import OTHER_NATURES, Nature, codes_of
from niangjia.registers.employers.rules.moves import SEE_EMPLOYERS
from niangjia.registers.orgs.models import Union
from niangjia.registers.orgs.queries import MOST_TOPS
from niangjia.registers.orgs.rules import tidy_credit_code
from niangjia.registers.orgs.rules.union_facts import name_spellings


def visible_to(actor: Actor, *, move: Move = SEE_EMPLOYERS) -> QuerySet[Employer]:
    """Employers of the actor's territory, and those that a union of the actor's subtrees covers."""
    paths = actor.paths(move)
    covered = Coverage.objects.filter(within(paths, field="union__place__path"), employer=OuterRef("pk"), valid_to=None)
    if "" in paths:
        # The operator's empty path asks nothing, and nothing beside something would be that something alone.
        return Employer.objects.all()
    scope = within(paths, field="place__path")
    return Employer.objects.filter(scope | Exists(covered)) if paths else Employer.objects.none()


def in_territory(actor: Actor, *, move: Move) -> QuerySet[Employer]:
    """Employers whose territorial union lies in the actor's subtrees: these may be changed."""
    return Employer.objects.filter(within(actor.paths(move), field="place__path"))


def by_name_part(employers: QuerySet[Employer], words: str) -> QuerySet[Employer]:
    """Of these employers, those whose name has the words in it, written, by pinyin or initials; or whose code is written.

    PostgreSQL asks a wall before it compares words: the comparing is done by a function of the owner, which judges by itself.
    """
    asked = [sounding(words), tidy_credit_code(words)]
    return employers.filter(pk__in=RawSQL("SELECT employers_found(%s, %s)", asked))


def with_coverage(employers: QuerySet[Employer]) -> QuerySet[Employer]:
    """Each employer with whether a union covers it now (是否建会)."""
    return employers.annotate(is_covered=Exists(Coverage.objects.filter(employer=OuterRef("pk"), valid_to=None)))


def covered_or_not(employers: QuerySet[Employer], covered: str) -> QuerySet[Employer]:
    """Of these employers, those with a union, or those without."""
    covering = Exists(Coverage.objects.filter(employer=OuterRef("pk"), valid_to=None))
    return employers.filter(covering) if covered == "yes" else employers.filter(~covering)


def of_trade_section(employers: QuerySet[Employer], section: str) -> QuerySet[Employer]:
    """Of these employers, those of one section of the trades (门类): by its letter, or a division of it."""
    divisions = [term.code for term in TRADES if term.code.isdigit() and trade_section(term.code) == section]
    written = Q(trade_code__startswith=section)
    for division in divisions:
        written |= Q(trade_code__startswith=division)
    return employers.filter(written)


def of_nature(employers: QuerySet[Employer], nature: str) -> QuerySet[Employer]:
    """Of these employers, those of one kind of body (单位性质), read from their ownership."""
    wanted, unknown = Nature(nature), Q(ownership_code="") | Q(ownership_list="")
    if wanted is Nature.UNKNOWN:
        return employers.filter(unknown)
    if wanted is Nature.ENTERPRISE:
        other = Q(pk__in=[])
        for pair in OTHER_NATURES:
            other |= Q(ownership_list=pair[0], ownership_code=pair[1])
        return employers.exclude(unknown | other)
    meant = Q(pk__in=[])
    for list_name, code in codes_of(wanted):
        meant |= Q(ownership_list=list_name, ownership_code=code)
    return employers.filter(meant)


def of_ownership(employers: QuerySet[Employer], written: str) -> QuerySet[Employer]:
    """Of these employers, those of one type of one list: `union_2015:170`."""
    list_name, _colon, code = written.partition(":")
    return employers.filter(ownership_list=list_name, ownership_code=code)


def covered_by_code(employers: QuerySet[Employer], code: str) -> QuerySet[Employer]:
    """Of these employers, those that the union of this code covers now."""
    return employers.filter(Exists(Coverage.objects.filter(employer=OuterRef("pk"), union__code=code, valid_to=None)))


def coverages_seen(actor: Actor) -> QuerySet[Coverage]:
    """Which unions cover which employers, now and before: of employers, or of unions, within the actor's places."""
    paths = actor.paths(SEE_EMPLOYERS)
    rows = Coverage.objects.select_related("employer", "union__place")
    if "" in paths:
        return rows
    scope = within(paths, field="employer__place__path") | within(paths, field="union__place__path")
    return rows.filter(scope)


def many_sided(coverages: QuerySet[Coverage], side: str) -> QuerySet[Coverage]:
    """Of these, the ones of a union that covers several employers now, or of an employer that had several unions."""
    if side == "employers":
        others = Coverage.objects.filter(union=OuterRef("union"), valid_to=None).exclude(employer=OuterRef("employer"))
        return coverages.filter(Exists(others), valid_to=None)
    others = Coverage.objects.filter(employer=OuterRef("employer")).exclude(union=OuterRef("union"))
    return coverages.filter(Exists(others))


def coverages_of(employer: Employer) -> QuerySet[Coverage]:
    """Which unions cover or covered an employer, the present ones first."""
    return employer.coverages.select_related("union__place").order_by("-valid_to", "-valid_from", "pk")


def coverages_of_union(union: Union) -> QuerySet[Coverage]:
    """Which employers a union covers or covered."""
    return Coverage.objects.filter(union=union)


def covered_by(union: Union) -> QuerySet[Employer]:
    """Employers that a union covers now."""
    covering = Coverage.objects.filter(employer=OuterRef("pk"), union=union, valid_to=None)
    return Employer.objects.filter(Exists(covering))


def under_reference(employers: QuerySet[Employer], reference: str) -> QuerySet[Employer]:
    """Of these employers, those at and below the union that a code or a whole name means."""
    means = Q(code=reference) | Q(name__in=name_spellings(reference))
    paths = tuple(Union.objects.filter(means).values_list("place__path", flat=True)[:MOST_TOPS])
    return employers.filter(within(paths, field="place__path"))

"""What registered, verified and reachable mean, in SQL: the figure, the filter of the list and every check ask the same words.

The owner answers by a function: inboxes stand behind the walls of those they belong to, and all that is told of them is
whether a member was reached at all. It answers for nobody but those whom the one who asks may see.
"""

from niangjia.kernel.acting.walls import paths_of
from niangjia.registers.members.queries import FULL
from niangjia.registers.members.rules.moves import SEE_MEMBERS
from niangjia.registers.members.verified.rules import CHECKED_KINDS

FUNCTION = "members_certainty"
_KINDS = ", ".join(f"'{kind}'" for kind in CHECKED_KINDS)
_STATES = ", ".join(f"'{state}'" for state in FULL)

# Of a person `p`.
IS_VERIFIED = f"""(p.phone_confirmed_at IS NOT NULL AND p.id_kind IN ({_KINDS})
  OR EXISTS (SELECT FROM public.verified_paperseen s WHERE s.person_id = p.subject_id AND s.withdrawn_at IS NULL))"""
IS_REACHABLE = """(coalesce(p.phone_confirmed_at >= since, false)
  OR EXISTS (SELECT FROM public.inbox_message i
    WHERE i.subject_id = p.subject_id AND i.read_at >= since AND i.template = ANY (harmless))
  OR EXISTS (SELECT FROM public.inbox_message i JOIN public.inbox_delivery d ON d.message_id = i.id
    WHERE i.subject_id = p.subject_id AND d.state = 'delivered' AND d.changed_at >= since AND i.template = ANY (harmless)))"""

CREATED = f"""
CREATE OR REPLACE FUNCTION {FUNCTION}(under text[], since timestamptz, harmless text[])
RETURNS TABLE (person_id bigint, verified boolean, reachable boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 1000 SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  all_of_them boolean := public.acts_beyond();
  paths text[] := {paths_of(SEE_MEMBERS.roles)};
BEGIN
  RETURN QUERY
    SELECT p.subject_id, {IS_VERIFIED}, {IS_REACHABLE}
    FROM public.members_membership m JOIN public.members_person p ON p.subject_id = m.person_id
    WHERE m.state IN ({_STATES}) AND upper_inf(m.period) AND m.union_id IN (
      SELECT u.id FROM public.places_place u
      WHERE u.path ^@ ANY (under) AND (all_of_them OR u.path ^@ ANY (paths)));
END $$
"""  # noqa: S608 - words of our own
GONE = f"DROP FUNCTION IF EXISTS {FUNCTION}(text[], timestamptz, text[])"
COUNTED = (
    f"SELECT count(*), count(*) FILTER (WHERE verified), count(*) FILTER (WHERE reachable) FROM {FUNCTION}(%s, %s, %s)"  # noqa: S608 - names of our own
)
# The filters of the list, by what they ask.
WHICH = {
    ("verified", "yes"): f"SELECT person_id FROM {FUNCTION}(%s, %s, %s) WHERE verified",  # noqa: S608 - as above
    ("verified", "no"): f"SELECT person_id FROM {FUNCTION}(%s, %s, %s) WHERE NOT verified",  # noqa: S608 - as above
    ("reachable", "yes"): f"SELECT person_id FROM {FUNCTION}(%s, %s, %s) WHERE reachable",  # noqa: S608 - as above
    ("reachable", "no"): f"SELECT person_id FROM {FUNCTION}(%s, %s, %s) WHERE NOT reachable",  # noqa: S608 - as above
}

"""Walls around cadres: met where she works or keeps in touch, where her file is kept, and by herself."""

from niangjia.kernel.acting.walls import ACCOUNT, SUBJECT, Sight, Wall, stands_in
from niangjia.registers.cadres.rules.moves import KEEP_CADRES, SEE_CADRES

# Whether a cadre is the actor herself; asked of the owner, for a cadre's own wall asks these tables.
IS_ONESELF = """
CREATE FUNCTION acting_cadres() RETURNS bigint[] LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN ARRAY(SELECT c.id FROM public.cadres_cadre c
    WHERE c.person_id = public.acting_subject() OR c.account_id = public.acting_account());
END $$
"""
OWN = "(SELECT acting_cadres())::bigint[]"


def _of_union(table: str) -> Wall:
    kept = stands_in(f"{table}.union_id", KEEP_CADRES.roles)
    seen = stands_in(f"{table}.union_id", SEE_CADRES.roles)
    return Wall(table, reads=f"{table}.cadre_id = ANY ({OWN}) OR {seen}", adds=kept, changes=kept)


def _somewhere(table: str, condition: str) -> str:
    return f"EXISTS (SELECT FROM {table} t WHERE {condition} OFFSET 0)"


_KEPT = stands_in("cadres_cadre.union_id", KEEP_CADRES.roles)
_SEEN = " OR ".join(
    (
        stands_in("cadres_cadre.union_id", SEE_CADRES.roles),
        _somewhere("cadres_posting", "t.cadre_id = cadres_cadre.id"),
        _somewhere("cadres_contact", "t.cadre_id = cadres_cadre.id"),
        _somewhere("committees_seat", "t.person_id = cadres_cadre.person_id"),
    )
)
WALLS = (
    Wall(
        "cadres_cadre",
        reads=f"person_id = {SUBJECT} OR account_id = {ACCOUNT} OR {_SEEN}",
        adds=_KEPT,
        changes=_KEPT,
    ),
    _of_union("cadres_posting"),
    _of_union("cadres_electedkind"),
    _of_union("cadres_contact"),
    Sight(
        "journal_entry",
        "trail_of_cadres",
        f"thing = 'cadre' AND {stands_in('journal_entry.place_id', SEE_CADRES.roles)}",
    ),
)

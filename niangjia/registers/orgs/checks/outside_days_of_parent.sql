-- 下级只在上级存续的日子里挂在它下面。
-- en: A union stands below its parent only on days on which the parent was there.
-- source: 本系统默认值
-- next: 看看谁的成立或者撤销日期写错了；上级撤销了的，划转到别处。
-- next-en: See whose first or last day is wrong; where the parent is closed, move it elsewhere.
SELECT DISTINCT stood.place_id, above.name AS note
FROM (
  SELECT s.place_id, s.parent_id, s.since, least(
    lead(s.since) OVER (PARTITION BY s.place_id ORDER BY s.since), place.closed_on + 1
  ) AS until FROM places_placestanding s JOIN places_place place ON place.id = s.place_id
) stood JOIN places_place parent ON parent.id = stood.parent_id JOIN orgs_union above ON above.place_id = parent.id
WHERE stood.since < parent.opened_on
  OR (parent.closed_on IS NOT NULL AND (stood.until IS NULL OR stood.until > parent.closed_on + 1))

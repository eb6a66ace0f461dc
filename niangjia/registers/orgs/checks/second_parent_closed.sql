-- 第二上级是还在的工会。
-- en: A second parent is a union that is not closed.
-- source: 本系统默认值
-- next: 点「修改」，换一个第二上级，或者空着。
-- next-en: Press “Edit” and choose another second parent, or none.
SELECT p.id AS place_id, above.name AS note
FROM places_place p JOIN places_place second ON second.id = p.second_parent_id JOIN orgs_union above ON above.place_id = second.id
WHERE p.closed_on IS NULL AND second.closed_on IS NOT NULL

-- 同一个上级下面，没有两个同名的工会。
-- en: No two open unions right below the same parent bear the same name.
-- source: 本系统默认值
-- next: 是同一个的，合并成一个；不是的，把全称写清楚。
-- next-en: Merge them where they are one; else write their whole names.
SELECT u.place_id, u.name AS note FROM orgs_union u JOIN places_place p ON p.id = u.place_id
WHERE p.closed_on IS NULL AND EXISTS (
  SELECT FROM orgs_union other JOIN places_place o ON o.id = other.place_id
  WHERE other.name = u.name AND other.place_id <> u.place_id AND o.parent_id = p.parent_id AND o.closed_on IS NULL)

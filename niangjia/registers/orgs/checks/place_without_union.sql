-- 树上的每个位置都登记着是哪个工会。
-- en: Every place of the tree is registered as some union.
-- source: 本系统默认值
-- next: 请运维人员看看：它下面的位置没有名字，也没有编码。
-- next-en: Ask the operators: a place below it has neither a name nor a code.
SELECT p.parent_id AS place_id, p.level AS note FROM places_place p LEFT JOIN orgs_union u ON u.place_id = p.id
WHERE u.place_id IS NULL AND p.parent_id IS NOT NULL

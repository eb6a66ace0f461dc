-- 分会和小组没有统一社会信用代码。
-- en: Branches and groups have no credit code.
-- source: 工会法第十五条；《基层工会法人登记管理办法》
-- next: 有自己代码的，多半是独立的基层工会：看看层级是不是登记错了。
-- next-en: Whoever has a code of its own is probably a base union: see whether the level is wrong.
SELECT u.place_id, u.uscc AS note FROM orgs_union u JOIN places_place p ON p.id = u.place_id
WHERE p.closed_on IS NULL AND p.level IN ('branch', 'group') AND u.uscc IS NOT NULL

-- 覆盖单位的工会都还没有撤销。
-- en: No closed union covers an employer.
-- source: 本系统默认值
-- next: 给这家单位另找工会。
-- next-en: Find another union for this employer.
SELECT c.union_id AS place_id, e.name AS note
FROM employers_coverage c JOIN employers_employer e ON e.id = c.employer_id JOIN places_place p ON p.id = c.union_id
WHERE c.valid_to IS NULL AND p.closed_on IS NOT NULL

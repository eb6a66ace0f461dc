-- 工会只覆盖还没有关停的单位。
-- en: A union covers only employers that are not closed.
-- source: 工会法第十三条
-- next: 在单位的页面上结束覆盖；单位没有关停的，把关停日期改掉。
-- next-en: End the coverage on the employer's page, or correct its last day.
SELECT c.union_id AS place_id, e.name AS note FROM employers_coverage c JOIN employers_employer e ON e.id = c.employer_id
WHERE c.valid_to IS NULL AND e.closed_on IS NOT NULL

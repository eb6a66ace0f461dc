-- 会员的单位没有注销。
-- en: A member's employer is not closed.
-- source: 工会法第十三条
-- next: 去了新单位的办转会；没有工作的由上一级保留会籍。
-- next-en: Whoever has a new employer is transferred; of who has none the union above keeps the membership.
-- mend: transfer
SELECT here.person_id, e.id::text AS facts FROM here JOIN employers_employer e ON e.id = here.employer_id
WHERE here.is_full AND e.closed_on IS NOT NULL

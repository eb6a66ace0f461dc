-- 会籍都在还没有撤销的工会。
-- en: Every membership is in a union that is not closed.
-- source: 《工会会员会籍管理办法》（总工发〔2016〕27号）
-- next: 给这些会员办转会，或者由上一级保留会籍。
-- next-en: Transfer these members, or have the union above keep their membership.
SELECT m.union_id AS place_id, count(*)::text AS note FROM members_membership m JOIN places_place p ON p.id = m.union_id
WHERE p.closed_on IS NOT NULL AND upper_inf(m.period) AND m.state IN ('active', 'transferring_out', 'transferring_in', 'retained')
GROUP BY m.union_id

-- 有 25 名以上会员的基层工会有自己的委员会，不能只设组织员。
-- en: A base union with 25 members or more has a committee of its own, not just an organiser.
-- source: 工会法第十一条
-- next: 办换届，选举工会委员会。
-- next-en: Hold an election for a committee.
SELECT t.union_id AS place_id, (SELECT count(*) FROM members_membership m WHERE m.union_id = t.union_id AND upper_inf(m.period)
    AND m.state IN ('active', 'transferring_out', 'transferring_in'))::text AS note
FROM committees_term t JOIN places_place p ON p.id = t.union_id
WHERE t.ended_on IS NULL AND t.form = 'organiser' AND p.closed_on IS NULL AND (
  SELECT count(*) FROM members_membership m WHERE m.union_id = t.union_id AND upper_inf(m.period)
    AND m.state IN ('active', 'transferring_out', 'transferring_in')) >= 25

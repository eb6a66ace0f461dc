-- 会籍在还没有撤销、已经成立的工会。
-- en: A membership is in a union that is set up and not closed.
-- source: 工会法第十二条、第十三条
-- next: 工会撤销了的，办转会或者由上一级保留会籍；还在筹建的，等批复下来自己就好了，可以先放一放。
-- next-en: Where the union is closed, transfer her; where it is being prepared, let it rest until it is approved.
-- mend: transfer
SELECT here.person_id, concat_ws(' ', u.place_id, u.is_preparing, p.closed_on) AS facts
FROM here JOIN orgs_union u ON u.place_id = here.union_id JOIN places_place p ON p.id = u.place_id
WHERE u.is_preparing OR p.closed_on IS NOT NULL

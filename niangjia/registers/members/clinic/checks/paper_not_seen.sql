-- 不是身份证的证件，有人看过原件。
-- en: A paper other than the identity card was seen by somebody.
-- source: 本系统默认值
-- next: 护照、通行证的号码看不出真假。下次本人来，看一眼原件，记一笔。
-- next-en: The number of a passport or permit says nothing by itself. Look at it when she comes, and write it down.
-- mend: papers
SELECT person_id, id_kind AS facts FROM here WHERE is_full AND id_kind NOT IN ('id_card', 'hkmt_residence') AND NOT is_verified

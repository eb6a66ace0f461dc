-- 一个手机号最多两个人用。
-- en: A phone is shared by two people at most.
-- source: 本系统默认值
-- next: 多半是经办人把自己的号码填上去了。换成本人的；本人没有手机的，说明没有错。
-- next-en: Probably somebody wrote her own number for others. Put each one's own; where there is none, say that it is right.
-- mend: edit
SELECT person_id, encode(phone_blind, 'hex') AS facts FROM here
WHERE is_full AND phone_blind IS NOT NULL AND (
  SELECT count(*) FROM members_person other WHERE other.phone_blind = here.phone_blind AND other.erased_at IS NULL) >= 3

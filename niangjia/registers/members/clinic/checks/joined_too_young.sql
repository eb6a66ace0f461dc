-- 入会的那天已经满 16 岁。
-- en: On the day of joining a member was 16 already.
-- source: 《劳动法》第十五条
-- next: 多半是入会时间写错了一位。对着入会登记表改。
-- next-en: Probably one digit of the day is wrong. Hold it against the form of joining.
-- mend: edit
SELECT person_id, concat_ws(' ', birth_on, joined_on) AS facts FROM here
WHERE birth_on IS NOT NULL AND joined_on < birth_on + interval '16 years'

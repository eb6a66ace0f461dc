-- 入会时间不在今天以后。
-- en: Nobody joins on a day to come.
-- source: 本系统默认值
-- next: 对着入会登记表改。
-- next-en: Hold it against the form of joining.
-- mend: edit
SELECT person_id, joined_on::text AS facts FROM here WHERE joined_on > today

-- 会员在 16 岁到 100 岁之间。
-- en: A member is between 16 and 100 years old.
-- source: 《劳动法》第十五条；上限是本系统默认值
-- next: 对着证件看出生日期。去世了的，办会籍变动。
-- next-en: Hold the birth date against the paper. Of who has died, change the membership.
-- mend: edit
SELECT person_id, birth_on::text AS facts FROM here
WHERE birth_on > today - interval '16 years' OR birth_on < today - interval '100 years'

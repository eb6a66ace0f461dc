-- 在册的会员没有远远过了退休年龄：男 71 岁、女 66 岁。
-- en: No active member is long past retirement: men 71, women 66.
-- source: 《国务院关于渐进式延迟法定退休年龄的办法》；多出来的几年是本系统默认值
-- next: 问一问本人：退休了的办保留会籍；还在干的，写明没有错。不要自动改。
-- next-en: Ask her: who has retired keeps the membership without dues; of who still works, say that it is right. Nothing changes by itself.
-- mend: edit
SELECT person_id, birth_on::text AS facts FROM here
WHERE is_full AND birth_on <= today - CASE sex WHEN 'male' THEN interval '71 years' ELSE interval '66 years' END

-- 乡镇街道、村社区和基层工会的统一社会信用代码以 81 或 89 开头。
-- en: The credit code of a union at town, village or base level begins with 81 or 89.
-- source: GB 32100-2015
-- next: 对着证书看一遍，多半是填成了单位的代码。点「修改」改掉。
-- next-en: Compare it with the certificate: it is probably the employer's. Press “Edit”.
SELECT u.place_id, u.uscc AS note FROM orgs_union u JOIN places_place p ON p.id = u.place_id
WHERE p.closed_on IS NULL AND p.level IN ('town', 'village', 'base') AND u.uscc IS NOT NULL AND u.uscc !~ '^8[19]'

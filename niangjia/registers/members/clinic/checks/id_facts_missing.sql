-- 用身份证登记的，性别和出生日期都从号码里读出来了。
-- en: Whoever is registered by an identity card has sex and birth as the number says them.
-- source: GB 11643-1999
-- next: 打开修改，把号码再写一遍，性别和出生日期会自己补上。
-- next-en: Open the form and write the number once more; sex and birth follow by themselves.
-- mend: edit
SELECT person_id, concat_ws(' ', sex, birth_on) AS facts FROM here
WHERE id_kind IN ('id_card', 'hkmt_residence') AND (birth_on IS NULL OR sex = '')

-- 户籍、就业和群体几项互相说得通。
-- en: Household registration, employment and group agree with one another.
-- source: 本系统默认值
-- next: 农民工是农业户口；退休、失业的不在八大群体里。看看哪一项写错了，只改那一项。
-- next-en: A migrant worker has an agricultural registration; who retired or lost her job is in no group. Change what is wrong.
-- mend: edit
SELECT person_id, concat_ws(' ', migrant, household_registration, employment, occupation) AS facts FROM here
WHERE (migrant AND household_registration = 'non_agricultural')
   OR (employment IN ('retired', 'unemployed') AND occupation NOT IN ('', 'none'))
   OR (is_full AND employment = 'retired')

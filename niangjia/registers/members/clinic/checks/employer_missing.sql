-- 在岗的会员写明了在哪个单位。
-- en: Of a member at work it is known where.
-- source: 《工会会员会籍管理办法》（总工发〔2016〕27号）；实名采集项目
-- next: 补上工作单位；没有固定单位的，选一个群体，或者把就业状况改成灵活就业。
-- next-en: Add the workplace; for who has none, choose a group or “flexible employment”.
-- mend: edit
SELECT person_id, employment AS facts FROM here
WHERE is_full AND employer_id IS NULL AND btrim(workplace) = '' AND occupation IN ('', 'none') AND employment IN ('', 'employed', 'seconded')

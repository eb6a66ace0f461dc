-- 登记满一年的会员，身份核实过。
-- en: Whoever has been registered for a year is verified.
-- source: 总工办发〔2017〕14号；一年是本系统默认值
-- next: 请本人用手机收一次验证码，或者下次来办事时看一眼证件，记一笔。
-- next-en: Ask her to confirm her phone by a code once, or look at her paper when she comes, and write it down.
-- mend: papers
SELECT person_id, id_kind AS facts FROM here WHERE is_full AND registered_at < today - interval '1 year' AND NOT is_verified

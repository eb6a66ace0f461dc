-- 会员都登记了手机。
-- en: Every member has a phone.
-- source: 《工会会员会籍管理办法》（总工发〔2016〕27号）；实名采集项目
-- next: 问一下本人，补上手机。本人能登录的，也可以请本人来改。
-- next-en: Ask her and add it; whoever can sign in may be asked to do it herself.
-- mend: edit
SELECT person_id, '' AS facts FROM here WHERE is_full AND phone_blind IS NULL

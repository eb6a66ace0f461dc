-- 姓名里只有汉字和间隔号；外国人可以用字母。
-- en: A name is written in Chinese characters and the middle dot; foreigners may use letters.
-- source: GB/T 实名采集口径，本系统默认值
-- next: 对着证件看一遍：多半是夹了空格、数字、称呼或者乱码。
-- next-en: Hold it against the paper: probably a space, a digit, a title or garbage slipped in.
-- mend: edit
SELECT person_id, name AS facts FROM here
WHERE name !~ '^[\u3400-\u4DBF\u4E00-\u9FFF\uF900-\uFAFF\U00020000-\U000323AF]+(·[\u3400-\u4DBF\u4E00-\u9FFF\uF900-\uFAFF\U00020000-\U000323AF]+)*$'
  AND NOT (id_kind NOT IN ('id_card', 'hkmt_residence') AND name ~ '^[A-Za-z][A-Za-z .''-]+$')

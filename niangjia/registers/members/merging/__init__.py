"""Two records of one person become one (合并登记), with two people's eyes, and can be taken apart again."""

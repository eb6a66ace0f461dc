"""Who acts, as the database is told; and the walls that PostgreSQL builds from it around every row of a person."""

from niangjia.kernel.acting.purposes import Purpose
from niangjia.kernel.acting.telling import ANONYMOUS, OPERATOR, acting_as, beyond, told

__all__ = ["ANONYMOUS", "OPERATOR", "Purpose", "acting_as", "beyond", "told"]

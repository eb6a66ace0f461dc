"""A mill with a term, its chair, cadres above, and who may be named to posts: for the tests of cadres."""

from datetime import date

from niangjia.kernel import clock
from niangjia.registers.cadres.models import Cadre
from niangjia.registers.cadres.rules.posts import CadreKind, CadrePost, PostFacts
from niangjia.registers.cadres.services import Who, begin_post
from niangjia.registers.committees.tests.hall import AT, TODAY, Hall
from niangjia.registers.orgs.models import Union

__all__ = ["AT", "TODAY", "Staff"]


class Staff(Hall):
    """The hall of elections, with a term of the mill."""

    def __init__(self, members: int = 30) -> None:
        """Thirty members, a committee of five and three auditors."""
        super().__init__(members=members)
        self.present = self.term()

    def worker(
        self, name: str = "陈晓玲", *, union: Union | None = None, since: date = date(2025, 7, 1), kind: str = "hired"
    ) -> Cadre:
        """A social worker whom the town hired; she is in no register."""
        facts = PostFacts(CadrePost.SOCIAL_WORKER, CadreKind(kind), since, "安禾工聘〔2025〕3号")
        place = union or self.town
        return begin_post(Who(name=name), place.pk, facts, by=self.actor(self.zhou), on=clock.today()).cadre

"""What a cookie stands for is kept in a row that also says whose it is (named in `SESSION_ENGINE`)."""

from typing import Any
from uuid import UUID

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from niangjia.kernel.access.models import Session
from niangjia.kernel.access.own_side import PHONE_CODE
from niangjia.kernel.access.sessions import SESSION


class SessionStore(DatabaseStore):
    """Sessions in the database, each with its account and with the open session (登录会话) it belongs to."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """The table of sessions."""
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """The row as it is written: the content, and whose it is."""
        row = super().create_model_instance(data)
        if not isinstance(row, Session):
            raise TypeError(row)
        account, opened = data.get(SESSION_KEY), data.get(SESSION)
        row.account_id = int(account) if account else None
        row.opened_id = UUID(opened) if opened else None
        methods = data.get(AUTHENTICATION_METHODS_SESSION_KEY, [])
        row.is_by_phone = any(record.get("method") == PHONE_CODE for record in methods)
        return row

    def hold(self, content: str | None) -> None:
        """Take what the door has read already; None where there is no such session, or it is over."""
        if content is None:
            self._session_key = None
        self._session_cache = self.decode(content) if content else {}

"""E-mail by SMTP, as `NIANGJIA_SMTP` names the server; sent from jobs alone."""

from smtplib import (
    SMTPAuthenticationError,
    SMTPConnectError,
    SMTPException,
    SMTPNotSupportedError,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPSenderRefused,
    SMTPServerDisconnected,
)
from ssl import SSLError

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.message import BadHeaderError

from niangjia.kernel.messages.channels import ChannelAway, ChannelBroken, Letter, NotTaken

PERMANENT = 500


class ByMail:
    """E-mail through Django's backend; the same letter keeps the same Message-ID, so that readers show it once."""

    @property
    def can_send(self) -> bool:
        """Whether a server and a sender are named."""
        return bool(settings.EMAIL_HOST and settings.DEFAULT_FROM_EMAIL)

    def send(self, letter: Letter) -> None:
        """Hand one letter to the server."""
        domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip("> ")
        headers = {"Message-ID": f"<{letter.key}@{domain}>", "Auto-Submitted": "auto-generated"}
        try:
            EmailMessage(letter.title, letter.words, to=[letter.address], headers=headers).send()
        except (SMTPAuthenticationError, SMTPNotSupportedError, SMTPSenderRefused, SSLError, BadHeaderError) as error:
            raise ChannelBroken from error
        except SMTPRecipientsRefused as error:
            codes = [code for code, _words in error.recipients.values()]
            raise (NotTaken if min(codes, default=0) >= PERMANENT else ChannelAway) from error
        except (SMTPServerDisconnected, SMTPConnectError) as error:
            raise ChannelAway from error
        except SMTPResponseException as error:
            raise (NotTaken if error.smtp_code >= PERMANENT else ChannelAway) from error
        except (SMTPException, OSError) as error:
            raise ChannelAway from error

"""Every form that is sent carries a key of its own beside the token against forgery, so that no form can forget it."""

from uuid import uuid4

from django import template
from django.template.base import Parser, Token
from django.template.context import Context
from django.template.defaulttags import CsrfTokenNode
from django.utils.html import format_html
from django.utils.safestring import SafeString

from niangjia.kernel.idempotency.rules import FIELD

register = template.Library()


class FormKeysNode(CsrfTokenNode):
    """What `{% csrf_token %}` puts into a form here: the token against forgery, and the key that makes it count once."""

    def render(self, context: Context) -> SafeString:
        """Both hidden fields; the key is new each time the form is shown."""
        token = super().render(context)
        return format_html('{}<input type="hidden" name="{}" value="{}">', token, FIELD, uuid4())


@register.tag
def csrf_token(_parser: Parser, _token: Token) -> FormKeysNode:
    """Stands in for Django's tag of the same name."""
    return FormKeysNode()

"""这里不对, with what shows it."""

from django.utils.translation import gettext_lazy as _

from niangjia.kernel.files.forms import FilesField
from niangjia.kernel.privacy.forms import CorrectionForm


class EvidencedForm(CorrectionForm):
    """Which fact, what is right, and pictures or documents where there are any."""

    papers = FilesField(label=_("有证明的，拍张照（可以不交）"), required=False)

"""A signature is a picture with ink on it, drawn anew and kept sealed like any other."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from niangjia.kernel.access.rules import Actor, Role
from niangjia.kernel.access.tests.signing_in import a_place, an_account
from niangjia.kernel.files.forms import SignatureField
from niangjia.kernel.files.models import StoredFile
from niangjia.kernel.files.services import Refused, content_of
from niangjia.kernel.files.signatures import hold_signature
from niangjia.kernel.files.tests.hostile_pictures import pdf

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: Any) -> Path:
    settings.NIANGJIA_DATA = tmp_path
    return tmp_path


@pytest.fixture
def signer() -> Actor:
    account = an_account(role=Role.CADRE)
    return Actor(account.pk, account.name)


def written(*, ink: bool = True) -> SimpleUploadedFile:
    sheet = Image.new("RGB", (600, 180), "white")
    if ink:
        ImageDraw.Draw(sheet).line([(40, 120), (180, 40), (320, 140), (520, 60)], fill="black", width=5)
    file = BytesIO()
    sheet.save(file, "PNG")
    return SimpleUploadedFile("signature.png", file.getvalue(), "image/png")


def test_a_signature_is_drawn_anew_and_held(signer: Actor) -> None:
    stored = hold_signature(written(), place=a_place(), by=signer)
    assert stored.owner == "draft"
    assert content_of(stored).startswith(b"\xff\xd8\xff")


@pytest.mark.parametrize(
    ("file", "code"), [(written(ink=False), "unsigned"), (SimpleUploadedFile("a.pdf", pdf()), "unsigned")]
)
def test_an_empty_sheet_and_what_is_no_picture_are_no_signature(file: Any, code: str, signer: Actor) -> None:
    with pytest.raises(Refused) as refused:
        hold_signature(file, place=a_place(), by=signer)
    assert refused.value.reason.code == code
    assert not StoredFile.objects.exists()


def test_the_field_has_a_way_without_scripts() -> None:
    class Form(forms.Form):
        signature = SignatureField()

    form = Form()
    assert form.is_multipart()
    page = str(form["signature"])
    assert 'type="file"' in page
    assert "在白纸上签名" in page
    assert "/static/files/signature" in str(form.media)

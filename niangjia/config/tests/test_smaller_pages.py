import gzip

import pytest
from django.http import HttpResponse, StreamingHttpResponse
from django.test import RequestFactory

from niangjia.config.serving.smaller import SmallerPagesMiddleware

LONG = "<p>会员 138****2206</p>" * 200
WANTS = {"Accept-Encoding": "gzip"}


def answered(response, *, method="GET", headers=WANTS):
    request = getattr(RequestFactory(), method.lower())("/", headers=headers)
    return SmallerPagesMiddleware(lambda _request: response)(request)


def test_a_page_that_was_asked_for_travels_compressed():
    response = answered(HttpResponse(LONG))
    assert response["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in response["Vary"]
    assert gzip.decompress(response.content).decode() == LONG


def test_the_same_page_is_never_as_long_twice_on_purpose():
    assert len({len(answered(HttpResponse(LONG)).content) for _ in range(20)}) > 1


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_the_answer_to_a_form_is_never_compressed(method):
    assert "Content-Encoding" not in answered(HttpResponse(LONG), method=method)


def test_files_travel_as_they_are():
    sheet = HttpResponse(LONG, content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    assert "Content-Encoding" not in answered(sheet)
    assert "Content-Encoding" not in answered(StreamingHttpResponse([LONG.encode()]))


def test_who_does_not_ask_for_it_gets_the_page_as_it_is():
    assert answered(HttpResponse(LONG), headers={}).content.decode() == LONG

"""A slow visitor keeps nobody else waiting."""

from __future__ import annotations

import io
import os
import threading

import pytest
from django.http import FileResponse, HttpResponse
from django.middleware.gzip import GZipMiddleware
from django.test import RequestFactory

from broadsheet.delivery import turnstile
from broadsheet.delivery.turnstile import TurnstileMiddleware, WholeFilesMiddleware

ASK = RequestFactory()


class Unread(io.BytesIO):
    """A body that nobody may ask for: it would never come."""

    def read(self, *args):
        raise AssertionError("somebody waits for the body")

    readline = read


@pytest.mark.parametrize("address", ["/", "/news/gale/", "/feed/", "/media/p/x.jpg", "/documents/1/x.pdf", "/people/ada/"])
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "FOO"])
def test_what_is_sent_where_nothing_can_be_sent_is_not_read(client, address, method):
    answer = client.generic(method, address, HTTP_COOKIE="csrftoken=" + "a" * 32, **{"wsgi.input": Unread(), "CONTENT_LENGTH": "99999"})
    assert answer.status_code == 405


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/desk/", "/desk/pages/1/edit/", "/desk/document/", "/desk/topics/new/"])
def test_what_a_stranger_sends_to_the_desk_is_not_read(client, address):
    more = {"wsgi.input": Unread(), "CONTENT_LENGTH": "99999", "CONTENT_TYPE": "application/x-www-form-urlencoded"}
    answer = client.generic("POST", address, HTTP_COOKIE="csrftoken=" + "a" * 32, **more)
    assert answer.status_code == 302 and answer["Location"].startswith("/desk/login/?next=/desk/")
    assert client.generic("POST", address, HTTP_X_REQUESTED_WITH="XMLHttpRequest", **more).status_code == 403


@pytest.mark.parametrize(("address", "share"), [("/desk/login/", turnstile.SIGNING_IN), ("/desk/pages/1/edit/", turnstile.SENDING)])
def test_forms_that_do_not_come_in_take_their_share_and_no_more(address, share):
    entered, go_on = threading.Semaphore(0), threading.Event()

    def slow(request):
        if request.method == "POST" and not go_on.is_set():
            entered.release()
            go_on.wait(10)
        return HttpResponse("page")

    gate = TurnstileMiddleware(slow)
    waiting = [threading.Thread(target=gate, args=(ASK.post(address),)) for _ in range(share)]
    for thread in waiting:
        thread.start()
    assert all(entered.acquire(timeout=10) for _ in waiting)
    try:
        refused = gate(ASK.post(address))
        assert (refused.status_code, refused["Retry-After"]) == (503, "5")
        assert gate(ASK.get("/")).status_code == 200
    finally:
        go_on.set()
        for thread in waiting:
            thread.join()
    assert gate(ASK.post(address)).status_code == 200
    assert turnstile.SENDING + turnstile.SIGNING_IN + turnstile.DOWNLOADING < turnstile.THREADS


@pytest.mark.django_db
def test_small_files_free_the_thread_at_once_and_large_ones_have_their_share(tmp_path):
    small, large = tmp_path / "small.jpg", tmp_path / "large.mp3"
    small.write_bytes(b"s" * turnstile.WHOLE)
    large.write_bytes(b"l" * (turnstile.WHOLE + 1))
    gate = TurnstileMiddleware(WholeFilesMiddleware(lambda request: FileResponse(open(request.path_info, "rb"))))

    whole = gate(ASK.get(str(small)))
    assert not whole.streaming and whole.content == small.read_bytes()
    assert (whole["Content-Type"], whole["Content-Length"]) == ("image/jpeg", str(turnstile.WHOLE))
    whole.close()

    going_out = [gate(ASK.get(str(large))) for _ in range(turnstile.DOWNLOADING)]
    assert all(one.streaming for one in going_out)
    for file, status in ((large, 503), (small, 200)):
        answer = gate(ASK.get(str(file)))
        assert answer.status_code == status
        answer.close()
    for one in going_out:
        one.close()
        one.close()
    again = gate(ASK.get(str(large)))
    assert b"".join(again) == large.read_bytes()
    again.close()


@pytest.mark.django_db
def test_pictures_of_a_page_are_whole_for_a_browser_that_takes_compressed_answers(tmp_path, settings) -> None:
    order = [name.rpartition(".")[2] for name in settings.MIDDLEWARE]
    assert order.index("TurnstileMiddleware") < order.index("GZipMiddleware") < order.index("WholeFilesMiddleware")
    path = tmp_path / "quay.webp"
    path.write_bytes(os.urandom(5000))
    chain = TurnstileMiddleware(GZipMiddleware(WholeFilesMiddleware(lambda request: FileResponse(path.open("rb")))))
    response = chain(RequestFactory().get("/media/quay.webp", HTTP_ACCEPT_ENCODING="gzip"))
    assert not response.streaming and response.content == path.read_bytes()
    response.close()

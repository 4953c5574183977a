"""The gateways against stubs on this machine: what is handed over, and what is said when it is not taken."""

from __future__ import annotations

import json
import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from django.core.mail import EmailMessage, send_mail

from joindots.notices.gateways import NotTaken, Parcel, Refused
from joindots.notices.gateways.chosen import BadSettings, gateway_for
from joindots.notices.gateways.notify import Notify
from joindots.notices.gateways.sms import Sms
from joindots.notices.gateways.smtp import Smtp
from joindots.notices.rules.notices import Kind

TEXT = Parcel(Kind.TEXT, "+447700900122", "Dental reminders", "Your appointment", "The dentist has news.")
MAIL = Parcel(
    Kind.MAIL, "rhian@example.org", "Appointments", "Your appointment", "Please call.", "appointment", b"BEGIN"
)
KEY = "name-26785a09-ab16-4eb0-8407-a37497a57506-3d844edf-8d35-48ac-975b-e847b4f122b0"
"""Two random ids in the form of a Notify key: of no service."""


@contextmanager
def serving(make: Callable[[], socketserver.BaseServer]) -> Iterator[int]:
    server = make()
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield int(server.server_address[1])  # type: ignore[index, misc]
    finally:
        server.shutdown()
        server.server_close()


def http(status: int, kept: list[tuple[str, dict[str, str], bytes]]) -> Callable[[], HTTPServer]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            kept.append((self.path, dict(self.headers), body))
            self.send_response(status)
            self.send_header("Location", "http://127.0.0.1:9/")
            self.end_headers()
            self.wfile.write(b'{"id": "1", "errors": [], "status_code": 0}')

        def log_message(self, *_: Any) -> None:
            pass

    return lambda: HTTPServer(("127.0.0.1", 0), Handler)


class Post(socketserver.StreamRequestHandler):
    """The least of a mail server."""

    kept: list[bytes]
    refuses: bytes

    def handle(self) -> None:
        self.wfile.write(b"220 here\r\n")
        while line := self.rfile.readline():
            word = line[:4].upper()
            if word == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                data = b""
                while (more := self.rfile.readline()) not in (b".\r\n", b""):
                    data += more
                self.kept.append(data)
            self.wfile.write(b"550 no\r\n" if self.refuses and line.upper().startswith(self.refuses) else b"250 ok\r\n")


def post(kept: list[bytes], refuses: bytes = b"") -> Callable[[], socketserver.TCPServer]:
    handler = type("Here", (Post,), {"kept": kept, "refuses": refuses})
    return lambda: socketserver.TCPServer(("127.0.0.1", 0), handler)


def test_a_text_gateway_gets_number_and_words_and_never_more_than_its_sender_holds() -> None:
    kept: list[Any] = []
    with serving(http(202, kept)) as port:
        Sms(f"http://127.0.0.1:{port}/send?v=1", key="Bearer k").send(TEXT)
    path, headers, body = kept[0]
    assert (path, headers["Authorization"]) == ("/send?v=1", "Bearer k")
    assert json.loads(body) == {"to": "+447700900122", "text": "The dentist has news.", "from": "Dental remi"}
    with pytest.raises(Refused):
        Sms("http://texts.example.org/send").send(TEXT)


@pytest.mark.parametrize(
    ("status", "problem"), [(302, Refused), (400, Refused), (429, NotTaken), (503, NotTaken), (500, ConnectionError)]
)
def test_what_a_text_gateway_answers_is_told_plainly_and_no_redirect_is_followed(
    status: int, problem: type[Exception]
) -> None:
    kept: list[Any] = []
    with serving(http(status, kept)) as port, pytest.raises(problem):
        Sms(f"http://127.0.0.1:{port}/").send(TEXT)
    assert len(kept) == 1


def test_nobody_there_means_surely_not_taken() -> None:
    for gateway in (Sms("http://127.0.0.1:9/"), Smtp("127.0.0.1", "office@example.org", port=9, tls="none")):
        with pytest.raises(NotTaken):
            gateway.send(TEXT)


def test_notify_gets_words_through_its_own_client() -> None:
    kept: list[Any] = []
    with serving(http(201, kept)) as port:
        notify = Notify(KEY, text_template="t", mail_template="m", base_url=f"http://127.0.0.1:{port}")
        notify.send(TEXT)
        notify.send(MAIL)
    sms, mail = (json.loads(body) for _, _, body in kept)
    assert (sms["phone_number"], sms["personalisation"]) == ("+447700900122", {"words": "The dentist has news."})
    assert mail["personalisation"] == {"subject": "Your appointment", "words": "Please call."}
    assert kept[0][1]["Authorization"].startswith("Bearer ") and KEY[-36:] not in kept[0][1]["Authorization"]
    assert KEY not in repr(notify)


def test_mail_is_plain_and_neutral_and_only_this_machine_may_take_it_without_tls() -> None:
    kept: list[bytes] = []
    with serving(post(kept)) as port:
        Smtp("127.0.0.1", "office@example.org", port=port, tls="none").send(MAIL)
        with pytest.raises(NotTaken):
            Smtp("127.0.0.1", "office@example.org", port=port).send(MAIL)
    assert len(kept) == 1
    text = kept[0].decode()
    assert "From: Appointments <office@example.org>" in text and "Subject: Your appointment" in text
    assert 'filename="appointment.ics"' in text
    for telling in ("joindots", "stalk", "python", "X-Mailer", "localhost"):
        assert telling.lower() not in text.lower()
    with serving(post(kept, b"RCPT")) as port, pytest.raises(Refused):
        Smtp("127.0.0.1", "office@example.org", port=port, tls="none").send(MAIL)


def test_a_subject_with_another_line_in_it_never_becomes_a_header() -> None:
    with pytest.raises(ValueError, match=r"linefeed|newline|header"):
        Smtp("127.0.0.1", "office@example.org").message(
            Parcel(Kind.MAIL, "a@example.org", "x", "Hi\r\nBcc: b@example.org", "x")
        )


def test_gateways_are_chosen_by_a_file_for_all_or_for_one_agency(settings: Any, tmp_path: Path) -> None:
    settings.GATEWAYS_FILE = tmp_path / "gateways.toml"
    assert gateway_for("Stillwater", Kind.TEXT) is None
    (tmp_path / "key").write_text("k\n")
    settings.GATEWAYS_FILE.write_text(
        f'[default]\ntext = "sms"\n[default.sms]\nurl = "https://t.example.org/"\nkey_file = "{tmp_path}/key"\n'
        f'["Northshire"]\ntext = "notify"\nmail = "sms"\n["Northshire".notify]\nkey = "{KEY}"\n'
    )
    ours, theirs = gateway_for("Stillwater", Kind.TEXT), gateway_for("Northshire", Kind.TEXT)
    assert isinstance(ours, Sms) and ours.key == "k" and isinstance(theirs, Notify)
    assert gateway_for("Stillwater", Kind.MAIL) is None
    with pytest.raises(BadSettings):
        gateway_for("Northshire", Kind.MAIL)


def test_mail_of_any_library_leaves_only_to_the_staffs_own_domain(settings: Any, tmp_path: Path) -> None:
    kept: list[bytes] = []
    settings.EMAIL_BACKEND = "joindots.notices.gateways.staff_mail.StaffMail"
    settings.GATEWAYS_FILE = tmp_path / "gateways.toml"
    with serving(post(kept)) as port:
        settings.GATEWAYS_FILE.write_text(
            '[default]\nmail = "smtp"\nstaff_domains = ["desk.example.org"]\n[default.smtp]\nhost = "127.0.0.1"\n'
            f'port = {port}\ntls = "none"\naddress = "office@desk.example.org"\n'
        )
        assert send_mail("Code", "1", None, ["asha@desk.example.org"]) == 1
        assert send_mail("Code", "1", None, ["maya@example.org"]) == 0
        assert send_mail("Code", "1", None, ["asha@desk.example.org", "maya@example.org"]) == 0
        assert EmailMessage("Code", "1", to=["asha@desk.example.org"], bcc=["maya@example.org"]).send() == 0
    assert len(kept) == 1

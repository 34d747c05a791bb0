"""Handing letters to a real mail server, and to one that misbehaves."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest

from core.mail_server import MailServer, MailServerAddressError, read_mail_server
from services.mail import Delivery, Letter, MailServerError, Outcome, Postman, message_bytes
from tests.support.post_office import SENDER, PostOffice, free_port

Post = tuple[PostOffice, MailServer]
LETTER = Letter("7:before-5:12:40", "Người thứ nhất (minh họa)", "nguoi@truong.example",
                "[Nhắc nộp] Báo cáo 6 tháng đầu năm: còn 5 ngày", "Kính gửi Ông/Bà,\n\n.dòng có dấu chấm\n--\nSở\n",
                datetime(2023, 5, 25, 2, tzinfo=UTC))


def hand_over(server: MailServer, letter: Letter = LETTER) -> Delivery:
    """One letter in a conversation of its own."""
    with Postman(server) as postman:
        return postman.deliver(letter)


def test_a_letter_arrives_as_it_was_written(post_office: Post) -> None:
    office, server = post_office
    assert hand_over(server).outcome is Outcome.SENT
    [letter] = office.letters
    assert letter["Subject"] == LETTER.subject
    assert letter["To"].addresses[0].display_name == LETTER.to_name
    assert letter["From"].addresses[0].addr_spec == SENDER
    assert letter["Date"].datetime == LETTER.written_at
    assert letter.get_content_type() == "text/plain" and letter.get_content_charset() == "utf-8"
    assert letter.get_content().replace("\r\n", "\n") == LETTER.body


def test_headers_are_plain_ascii_and_the_same_letter_has_the_same_name() -> None:
    data = message_bytes(LETTER, SENDER)
    assert data.isascii() and data == message_bytes(LETTER, SENDER)
    assert b"\r\n..d" in data
    assert all(len(line) <= 998 for line in data.split(b"\r\n"))


def test_many_letters_go_in_one_conversation(post_office: Post) -> None:
    office, server = post_office
    with Postman(server) as postman:
        for number in range(5):
            letter = Letter(f"key-{number}", "A", f"a{number}@truong.example", "S", "B\n", LETTER.written_at)
            assert postman.deliver(letter).outcome is Outcome.SENT
    assert len(set(office.ids())) == 5


def test_a_refused_recipient_is_told_and_holds_up_no_other(post_office: Post) -> None:
    office, server = post_office
    office.refused["khong@truong.example"] = "550 No such user here"
    office.refused["sau@truong.example"] = "451 Try again later"
    with Postman(server) as postman:
        answers = [
            postman.deliver(Letter(address, "A", f"{address}@truong.example", "S", "B\n", LETTER.written_at))
            for address in ("khong", "sau", "co")]
    assert [answer.outcome for answer in answers] == [Outcome.REFUSED, Outcome.LATER, Outcome.SENT]
    assert answers[0].reason == "550 No such user here"
    assert len(office.letters) == 1


@pytest.mark.parametrize(("answer", "outcome"), [
    ("554 Looks like spam", Outcome.REFUSED), ("452 Disk is full", Outcome.LATER), ("250 OK", Outcome.SENT),
])
def test_what_the_server_says_to_the_whole_letter_counts(post_office: Post, answer: str, outcome: Outcome) -> None:
    office, server = post_office
    office.answer = answer
    assert hand_over(server).outcome is outcome


def test_a_server_that_hangs_up_after_the_letter_leaves_nobody_sure(post_office: Post) -> None:
    office, server = post_office
    office.dies_after_data = True
    answer = hand_over(server)
    assert answer.outcome is Outcome.UNSURE and "ngắt" in answer.reason
    assert len(office.letters) == 1


@pytest.mark.parametrize("address", ["xa@trường.example", "a b@truong.example", "a@truong.example\r\nBcc: x@y.example",
                                     "khong-co-a-cong"])
def test_an_address_that_mail_cannot_carry_is_refused_before_anything_is_sent(post_office: Post, address: str) -> None:
    office, server = post_office
    letter = Letter("k", "A", address, "S", "B\n", LETTER.written_at)
    assert hand_over(server, letter).outcome is Outcome.REFUSED
    assert office.commands == []


def test_a_name_cannot_smuggle_a_header(post_office: Post) -> None:
    office, server = post_office
    letter = Letter("k", "A\r\nBcc: x@y.example", "a@truong.example", "S\nBcc: x@y.example", "B\n", LETTER.written_at)
    assert hand_over(server, letter).outcome is Outcome.REFUSED
    assert office.letters == []


def test_a_server_that_refuses_connections_is_told_of(network: None) -> None:
    with pytest.raises(MailServerError, match="không nhận kết nối"):
        hand_over(MailServer("127.0.0.1", free_port(), SENDER, timeout_seconds=2))


@contextmanager
def server_that(talks: Callable[[socket.socket], None]) -> Iterator[MailServer]:
    """A server of sockets, for what a decent one would not do."""
    listening = socket.create_server(("127.0.0.1", 0))
    ended = threading.Event()

    def serve() -> None:
        connection, _address = listening.accept()
        with connection:
            talks(connection)
            ended.wait(5)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield MailServer("127.0.0.1", listening.getsockname()[1], SENDER, timeout_seconds=0.5)
    finally:
        ended.set()
        thread.join(5)
        listening.close()


def answer_until(*answers: bytes) -> Callable[[socket.socket], None]:
    """Say the first answer, and after each line the next; then say nothing more."""
    def talk(connection: socket.socket) -> None:
        connection.sendall(answers[0])
        for answer in answers[1:]:
            connection.recv(65536)
            connection.sendall(answer)

    return talk


HELLO, GREETED, FINE, GO_ON = b"220 here\r\n", b"250 hello\r\n", b"250 fine\r\n", b"354 go on\r\n"


@pytest.mark.parametrize("answers", [(b"",), (HELLO,), (HELLO, GREETED), (HELLO, GREETED, FINE),
                                     (HELLO, GREETED, FINE, FINE)])
def test_a_server_that_hangs_before_it_asks_for_the_letter_surely_has_nothing(answers: tuple[bytes, ...]) -> None:
    with server_that(answer_until(*answers)) as server, pytest.raises(MailServerError, match=r"không trả lời|ngắt"):
        hand_over(server)


def test_a_server_that_hangs_after_the_whole_letter_leaves_nobody_sure() -> None:
    with server_that(answer_until(HELLO, GREETED, FINE, FINE, GO_ON)) as server:
        assert hand_over(server).outcome is Outcome.UNSURE


def test_a_server_that_closes_for_maintenance_is_tried_again_later() -> None:
    talk = answer_until(HELLO, GREETED, FINE, b"421 closing\r\n")
    with server_that(talk) as server, pytest.raises(MailServerError, match="421"):
        hand_over(server)


def test_a_password_does_not_go_in_clear_to_another_machine(post_office: Post) -> None:
    _office, here = post_office
    away = MailServer("localhost.localdomain", here.port, SENDER, "ten", "mat-khau", timeout_seconds=2)
    assert not away.is_here and here.is_here


@pytest.mark.parametrize(("url", "sender"), [
    ("http://mail.example", SENDER), ("smtp://", SENDER), ("smtp://mail.example:x", SENDER),
    ("smtp://mail.example", None), ("smtp://mail.example", "không dấu@so.example"),
])
def test_a_wrong_address_of_the_server_is_told_by_name(url: str, sender: str | None) -> None:
    with pytest.raises(MailServerAddressError, match="PORTAL_"):
        read_mail_server(url, sender)


def test_the_address_of_the_server_is_read_whole() -> None:
    server = read_mail_server("smtps://van%40phong:m%3At@mail.example", SENDER)
    assert server == MailServer("mail.example", 465, SENDER, "van@phong", "m:t", True)
    assert "m:t" not in repr(server)
    assert read_mail_server("", "") is None

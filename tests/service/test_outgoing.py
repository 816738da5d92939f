"""What leaves the house: nothing unless it is set, and one sentence on every bad value."""

from pathlib import Path

import pytest

from service.errors import Misconfigured
from service.outgoing import PUSH_HOSTS, PushSettings, Security
from service.settings import Settings, read_settings

MAIL = {"MAIL_HOST": "mail.example.be", "MAIL_SENDER": "rounds@example.be"}


def settings(**values: str) -> Settings:
    named = {f"THUISRONDE_{name}": value for name, value in values.items()}
    return read_settings({"HOME": "/home/somebody", **named})


def test_nothing_leaves_by_default() -> None:
    assert (settings().mail, settings().push) == (None, None)
    assert settings(PUSH="no").push is None


@pytest.mark.parametrize(
    ("security", "port"), [("", 587), ("starttls", 587), ("tls", 465), ("none", 25)]
)
def test_each_security_has_its_port(security: str, port: int) -> None:
    mail = settings(**MAIL, MAIL_SECURITY=security).mail
    assert mail is not None
    assert (mail.port, mail.security.value) == (port, security or "starttls")
    assert not mail.codes
    assert (mail.user, mail.password) == (None, None)


def test_the_password_is_read_from_a_file_and_never_shown(tmp_path: Path) -> None:
    (tmp_path / "password").write_text("hunter2\n")
    mail = settings(
        **MAIL,
        MAIL_USER="rounds",
        MAIL_PASSWORD_FILE=str(tmp_path / "password"),
        MAIL_PORT="2525",
        MAIL_CODES="yes",
    ).mail
    assert mail is not None
    assert (mail.port, mail.security, mail.password) == (2525, Security.STARTTLS, "hunter2")
    assert mail.codes
    assert "hunter2" not in repr(mail)


@pytest.mark.parametrize(
    ("values", "named"),
    [
        ({"MAIL_SENDER": "nobody"}, "MAIL_SENDER"),
        ({"MAIL_SENDER": "a b@example.be"}, "MAIL_SENDER"),
        ({"MAIL_SECURITY": "ssl"}, "MAIL_SECURITY"),
        ({"MAIL_PORT": "0"}, "MAIL_PORT"),
        ({"MAIL_PORT": "smtp"}, "MAIL_PORT"),
        ({"MAIL_USER": "rounds"}, "MAIL_PASSWORD"),
        ({"MAIL_PASSWORD": "hunter2"}, "MAIL_USER"),
        ({"MAIL_CODES": "perhaps"}, "MAIL_CODES"),
        ({"PUSH": "perhaps"}, "THUISRONDE_PUSH"),
    ],
)
def test_what_is_wrong_is_named(values: dict[str, str], named: str) -> None:
    with pytest.raises(Misconfigured, match=named) as caught:
        settings(**(MAIL | values))
    assert "hunter2" not in str(caught.value)


def test_a_password_does_not_travel_in_the_clear() -> None:
    with pytest.raises(Misconfigured, match="in the clear"):
        settings(**MAIL, MAIL_SECURITY="none", MAIL_USER="rounds", MAIL_PASSWORD="hunter2")


def test_a_mail_server_needs_a_sender() -> None:
    with pytest.raises(Misconfigured, match="MAIL_SENDER"):
        settings(MAIL_HOST="mail.example.be")


def test_push_services_are_known_by_name() -> None:
    assert settings(PUSH="yes").push == PushSettings(PUSH_HOSTS)
    push = settings(PUSH="yes", PUSH_HOSTS="one.example *.two.example").push
    assert push is not None
    allowed = ("one.example", "a.two.example", "b.a.two.example")
    refused = ("two.example", "x.one.example", "one.example.evil", "eviltwo.example", "")
    assert [push.allows(host) for host in allowed] == [True] * 3
    assert [push.allows(host) for host in refused] == [False] * 5

"""Writes e-mails and hands them to the organisation's mail server."""

import smtplib
import ssl
from contextlib import suppress
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from service import clock
from service.notices.outcomes import Handed, NotHanded, Outcome
from service.notices.states import DeliveryProblem
from service.notices.words import Said
from service.outgoing import MailSettings, Security
from service.web.i18n import current_language
from service.web.i18n import gettext as _

SECONDS = 15


def notice_mail(
    said: Said, *, to: str, notice: int, mail: MailSettings, base_url: str
) -> EmailMessage:
    """Return the e-mail of a notice in the current language; its identity hangs on the notice."""
    lines = [
        said.headline + ".",
        *(line[:1].upper() + line[1:] + "." for line in said.lines),
        "",
        f"{_('Look here:')} {base_url}/notices/{notice}",
        "",
        "-- ",
        f"{_('You chose to get this by e-mail. Change it here:')} {base_url}/account/notices",
    ]
    return _message(said.headline, lines, to=to, name=f"notice-{notice}", mail=mail)


def code_mail(code: str, *, to: str, account: int, mail: MailSettings) -> EmailMessage:
    """Return the e-mail that carries a confirmation code, in the current language."""
    lines = [
        _("Your code is %(code)s. It holds for half an hour.", code=code),
        "",
        _("Type it on the page where you asked for it. If you asked for nothing, do nothing."),
    ]
    stamp = int(clock.now().timestamp())
    name = f"code-{account}-{stamp}"
    return _message(_("Confirm this e-mail address"), lines, to=to, name=name, mail=mail)


def hand_over(message: EmailMessage, mail: MailSettings) -> Outcome:
    """Give an e-mail to the mail server; blocks for some seconds at most, raises nothing."""
    try:
        with _connected(mail) as server:
            server.send_message(message)
            with suppress(smtplib.SMTPException, OSError):  # it was taken: goodbyes matter no more
                server.quit()
    except smtplib.SMTPRecipientsRefused as error:
        codes = [code for code, _text in error.recipients.values()]
        if any(code >= 500 for code in codes):
            return NotHanded(DeliveryProblem.ADDRESS_REFUSED, again=False)
        return NotHanded(DeliveryProblem.PUT_OFF, again=True)
    except (smtplib.SMTPAuthenticationError, smtplib.SMTPNotSupportedError):
        return NotHanded(DeliveryProblem.REFUSED, again=True)  # until the settings are mended
    except smtplib.SMTPConnectError:
        return NotHanded(DeliveryProblem.UNREACHABLE, again=True)
    except smtplib.SMTPResponseException as error:
        if error.smtp_code < 500:
            return NotHanded(DeliveryProblem.PUT_OFF, again=True)
        return NotHanded(DeliveryProblem.REFUSED, again=False)
    except (smtplib.SMTPException, OSError, UnicodeError):
        return NotHanded(DeliveryProblem.UNREACHABLE, again=True)
    return Handed()


def _message(
    subject: str, lines: list[str], *, to: str, name: str, mail: MailSettings
) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    message["From"] = mail.sender
    message["To"] = to
    message["Subject"] = subject
    message["Date"] = format_datetime(clock.now())
    message["Message-ID"] = f"<{name}@{mail.sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content("\n".join(lines))  # takes away whatever header of the content was set
    message["Content-Language"] = current_language().value
    return message


def _connected(mail: MailSettings) -> smtplib.SMTP:
    """Connect and sign in; whatever fails closes the connection again."""
    context = ssl.create_default_context()
    if mail.security is Security.TLS:
        server: smtplib.SMTP = smtplib.SMTP_SSL(
            mail.host, mail.port, timeout=SECONDS, context=context
        )
    else:
        server = smtplib.SMTP(mail.host, mail.port, timeout=SECONDS)
    try:
        if mail.security is Security.STARTTLS:
            server.starttls(context=context)
        if mail.user is not None and mail.password is not None:
            server.login(mail.user, mail.password)
    except BaseException:
        server.close()
        raise
    return server

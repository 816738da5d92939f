"""A mail server for tests: speaks SMTP on a real socket, keeps what it takes, refuses on demand."""

import asyncio
import base64
import email
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import SMTP

HOST = "127.0.0.1"


@dataclass
class MailServer:
    """What it took, and how it answers: `answers` by command ('RCPT', 'DATA', '.'), one each."""

    port: int = 0
    taken: list[EmailMessage] = field(default_factory=list)
    answers: dict[str, list[str]] = field(default_factory=dict)
    tls: ssl.SSLContext | None = None
    password: str | None = None
    seen: list[str] = field(default_factory=list)

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One client, from its greeting to its goodbye."""
        with suppress(ConnectionError, ssl.SSLError, asyncio.IncompleteReadError):
            await self._talk(reader, writer)
        writer.close()
        with suppress(ConnectionError, ssl.SSLError):
            await writer.wait_closed()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        closed = signed_in = False
        await self._say(writer, "220 mail.test")
        while line := (await reader.readline()).decode().strip():
            verb = line.split()[0].upper()
            self.seen.append(verb)
            asked = self.answers.get(verb, [])
            if asked and (answer := asked.pop(0)):
                if answer == "hang up":
                    return
                await self._say(writer, answer)
                continue
            match verb:
                case "EHLO":
                    offers = ["mail.test", *(["STARTTLS"] if self.tls and not closed else [])]
                    offers += ["AUTH PLAIN"] if self.password and closed else []
                    await self._say(writer, *(f"250-{each}" for each in offers), "250 8BITMIME")
                case "STARTTLS":
                    await self._say(writer, "220 go on")
                    assert self.tls is not None
                    await writer.start_tls(self.tls)
                    closed = True
                case "AUTH":
                    given = base64.b64decode(line.split()[2]).split(b"\0")[2].decode()
                    signed_in = given == self.password
                    await self._say(writer, "235 welcome" if signed_in else "535 wrong")
                case "MAIL" if self.password and not signed_in:
                    await self._say(writer, "530 sign in first")
                case "DATA":
                    await self._say(writer, "354 go on")
                    content = await reader.readuntil(b"\r\n.\r\n")
                    refusals = self.answers.get(".", [])
                    if refusals:
                        await self._say(writer, refusals.pop(0))
                        continue
                    message = email.message_from_bytes(content[:-3], policy=SMTP)
                    assert isinstance(message, EmailMessage)
                    self.taken.append(message)
                    await self._say(writer, "250 taken")
                case "QUIT":
                    await self._say(writer, "221 goodbye")
                    return
                case _:
                    await self._say(writer, "250 fine")

    async def _say(self, writer: asyncio.StreamWriter, *lines: str) -> None:
        for line in lines:
            writer.write(f"{line}\r\n".encode())
        await writer.drain()


@asynccontextmanager
async def mail_server(
    *, tls: ssl.SSLContext | None = None, password: str | None = None
) -> AsyncIterator[MailServer]:
    """A mail server on a port of its own."""
    server = MailServer(tls=tls, password=password)
    listening = await asyncio.start_server(server.talk, HOST, 0)
    server.port = listening.sockets[0].getsockname()[1]
    async with listening:
        yield server

"""Writes a disclosure as a web page in one file (MHTML), as a browser saves it."""

from __future__ import annotations

from email.message import Message
from email.policy import compat32
from quopri import encodestring

from tests.factory.content import DisclosureContent
from tests.factory.html_writer import write_html
from tests.factory.layout import Layout

ADDRESS = "https://www.example.gov.cn/budget/index.html"
# A picture of one point: what a page shows besides its text.
PICTURE = "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"


def write_mhtml(content: DisclosureContent, layout: Layout, charset: str = "utf-8") -> bytes:
    """Return the file with the page in ``charset`` and a picture."""
    return mhtml_of(write_html(content, layout, charset), charset)


def mhtml_of(page: bytes, charset: str | None = None) -> bytes:
    """Return a page in one file; ``charset`` is what the part says of it, if anything."""
    message = Message(policy=compat32.clone(linesep="\r\n"))
    message["From"] = "<Saved by Blink>"
    message["Snapshot-Content-Location"] = ADDRESS
    message["MIME-Version"] = "1.0"
    message["Content-Type"] = 'multipart/related; type="text/html"'
    message.set_boundary("----MultipartBoundary--example----")
    stated = f'; charset="{charset}"' if charset else ""
    body = encodestring(page).decode("ascii")
    message.attach(part_of(f"text/html{stated}", "quoted-printable", body, ADDRESS))
    message.attach(part_of("image/gif", "base64", PICTURE, f"{ADDRESS}/dot.gif"))
    return message.as_bytes()


def part_of(content_type: str, encoding: str, body: str, address: str) -> Message:
    """Return one part of the file, whose body is already encoded."""
    part = Message()
    part["Content-Type"] = content_type
    part["Content-Transfer-Encoding"] = encoding
    part["Content-Location"] = address
    part.set_payload(body)
    return part

"""Mails: subject, date and sender as facts, text or HTML as the story, enclosed files, and broken mails."""

import base64
import random
from datetime import UTC, date, datetime
from email.message import EmailMessage

import pytest

from parsers.records import Rejection, Release
from parsers.registry import read
from sources.capture import Stated, digest
from tests.parsers.captures import capture_of, kinds, rejection_of, release_of
from tests.samples import ORCHARD, QUAY, QUAY_TITLE, READING, READING_TITLE, news

MAIL = "message/rfc822"
BOX = "application/mbox"
STORY = "\n\n".join(QUAY)
SENT = "Wed, 25 Jun 2025 17:30:05 +0800"
ANNEX = b"%PDF-1.7 a plan"


def mail(
    text: str | None = STORY, *, subject: str = QUAY_TITLE, sender: str = "Harbour Office <press@harbour.example>"
) -> EmailMessage:
    message = EmailMessage()
    message["From"] = sender
    message["Subject"] = subject
    message["Date"] = SENT
    message["Message-ID"] = "<25.quay@harbour.example>"
    if text is not None:
        message.set_content(text)
    return message


def read_mail(message: EmailMessage) -> Release:
    return release_of(message.as_bytes(), kind=MAIL)


def test_a_release_by_mail() -> None:
    release = read_mail(mail(STORY + "\n\n-- \nPress desk\n1 Lantern Road\n"))
    assert release.parser == "email/1"
    assert (release.title, release.evidence["title"].rule) == (QUAY_TITLE, "mail Subject")
    assert release.body == STORY
    assert release.source_label == "Harbour Office"
    assert release.published is not None
    assert release.published.at == datetime(2025, 6, 25, 9, 30, 5, tzinfo=UTC)
    assert (release.published.rule, release.published.text) == ("mail Date", SENT)
    assert release.evidence["message"].text == "<25.quay@harbour.example>"


@pytest.mark.parametrize(
    ("day", "instant"),
    [("June 25, 2025", datetime(2025, 6, 25, 9, 30, 5, tzinfo=UTC)), ("June 24, 2025", None)],
)
def test_a_day_in_the_text_comes_first(day: str, instant: datetime | None) -> None:
    release = read_mail(mail(news(day=day)))
    assert release.body == STORY
    assert release.published is not None
    assert release.published.on == datetime.strptime(day, "%B %d, %Y").replace(tzinfo=UTC).date()
    assert release.published.at == instant
    told = {other.rule for other in release.evidence["published"].others} | {release.published.rule}
    assert "mail Date" in told


@pytest.mark.parametrize(
    ("before", "is_dated"), [("Fwd: ", False), ("转发：", False), ("RE: FW: ", False), ("Re: ", True), ("Fire: ", True)]
)
def test_a_forward_says_nothing_about_the_day(before: str, is_dated: bool) -> None:
    release = read_mail(mail(subject=f"{before}{QUAY_TITLE}: more re: boats"))
    kept = before if before == "Fire: " else ""
    assert release.title == f"{kept}{QUAY_TITLE}: more re: boats"
    assert (release.published is not None) is is_dated


def test_a_mail_that_is_all_another_holds_is_the_release() -> None:
    outer = EmailMessage()
    outer["From"] = "desk@archive.example"
    outer["Subject"] = "Fwd: see below"
    outer["Date"] = "Mon, 30 Jun 2025 08:00:00 +0800"
    outer.add_attachment(mail())
    release = read_mail(outer)
    assert (release.title, release.source_label) == (QUAY_TITLE, "Harbour Office")
    assert release.published is not None
    assert release.published.on == date(2025, 6, 25)
    outer.add_attachment(ANNEX, maintype="application", subtype="pdf", filename="plan.pdf")
    assert len(read_mail(outer).attachments) == 2


def test_the_host_of_the_sender_names_the_publisher_and_its_zone() -> None:
    message = mail(sender="press@info.gov.hk")
    del message["Date"]
    message["Date"] = "Wed, 25 Jun 2025 17:30:05 GMT"
    release = read_mail(message)
    assert (release.publisher, release.evidence["publisher"].rule) == ("info.gov.hk", "host of the sender")
    assert release.source_label == "press@info.gov.hk"
    assert release.published is not None
    assert release.published.on == date(2025, 6, 26)
    clone = read_mail(mail(sender="press@info.gov.hk.example"))
    assert clone.publisher == "unknown"


def test_html_alone_is_read_as_html() -> None:
    message = mail(None)
    rows = "<table><tr><td>Quay</td><td>Metres</td></tr><tr><td>Ninth</td><td>60</td></tr></table>"
    story = "".join(f"<p>{paragraph}</p>" for paragraph in QUAY)
    page = f"<html><body><h1>{QUAY_TITLE}</h1>{story}<ul><li>lifts<li>shelters</ul>{rows}<script>x()</script>"
    message.set_content(page, subtype="html")
    release = read_mail(message)
    assert kinds(release) == ["paragraph"] * 4 + ["list", "table"]
    assert release.title == QUAY_TITLE
    assert "x()" not in release.body


def test_text_comes_before_html_unless_it_only_points_there() -> None:
    message = mail()
    message.add_alternative("<p>" + " ".join(ORCHARD), subtype="html")
    assert read_mail(message).body == STORY
    note = mail("View this mail in your browser.")
    note.add_alternative("".join(f"<p>{paragraph}</p>" for paragraph in ORCHARD), subtype="html")
    assert read_mail(note).body == "\n\n".join(ORCHARD)


def test_enclosed_files_are_named_by_their_content() -> None:
    message = mail()
    message.add_attachment(ANNEX, maintype="application", subtype="pdf", filename="碼頭圖則.pdf")
    message.add_attachment(b"\x89PNG quay", maintype="image", subtype="png", disposition="inline", filename="quay.png")
    message.add_attachment("a,b\n1,2", subtype="csv", filename="boats.csv")
    release = read_mail(message)
    plan, boats = release.attachments
    assert (plan.label, plan.media_type, plan.position, plan.sha256) == (
        "碼頭圖則.pdf",
        "application/pdf",
        0,
        digest(ANNEX),
    )
    code = base64.urlsafe_b64encode(bytes.fromhex(digest(ANNEX))).decode().rstrip("=")
    assert plan.url == f"ni:///sha-256;{code}"
    assert (boats.label, boats.media_type, boats.position) == ("boats.csv", "text/csv", 1)
    (picture,) = release.images
    assert picture.sha256 == digest(b"\x89PNG quay")
    assert release.body == STORY


def test_a_mail_that_only_encloses_is_a_release() -> None:
    message = mail("\n")
    message.add_attachment(ANNEX, maintype="application", subtype="pdf", filename="release.pdf")
    release = read_mail(message)
    assert (release.title, release.body) == (QUAY_TITLE, "")
    assert len(release.attachments) == 1


@pytest.mark.parametrize(
    ("charset", "declared"), [("big5", "big5"), ("big5", "x-unknown"), ("big5", "us-ascii"), ("utf-8", "")]
)
def test_odd_charsets(charset: str, declared: str) -> None:
    subject = base64.b64encode(READING_TITLE.encode(charset)).decode()
    head = f"From: a@b.example\r\nSubject: =?{declared or charset}?B?{subject}?=\r\nContent-Transfer-Encoding: 8bit\r\n"
    head += f"Content-Type: text/plain; charset={declared}\r\n\r\n" if declared else "\r\n"
    release = release_of(head.encode() + "\r\n\r\n".join(READING).encode(charset), kind=MAIL)
    assert release.title == READING_TITLE
    assert release.body == "\n\n".join(READING)
    assert release.language == "zh-Hant"


def test_raw_bytes_in_a_header() -> None:
    head = f"From: a@b.example\nSubject: {READING_TITLE}\n\n".encode("big5")
    assert release_of(head + "\n\n".join(READING).encode("big5"), kind=MAIL).title == READING_TITLE


def test_flowed_text_is_joined() -> None:
    body = "The quay takes vessels \nof up to 60 metres \nand has lifts.\n\n From here it goes on.\n"
    head = "From: a@b.example\nSubject: Quay\nContent-Type: text/plain; format=flowed\n\n"
    release = release_of(head + body, kind=MAIL)
    assert release.body == "The quay takes vessels of up to 60 metres and has lifts.\n\nFrom here it goes on."


def test_a_box_gives_one_item_for_each_mail() -> None:
    mails = [mail(f"{text}\n\nFrom the quay it is a short walk.") for text in QUAY[:3]]
    parts = [
        b"From press@harbour.example Wed Jun 25 17:30:00 2025\n" + one.as_bytes().replace(b"\nFrom the", b"\n>From the")
        for one in mails
    ]
    parts.insert(1, b"From nobody Wed Jun 25 17:31:00 2025\n\nwithout any header\n\n")
    found = read(capture_of(b"\n".join(parts), kind=BOX))
    assert [isinstance(one, Release) for one in found] == [True, False, True, True]
    assert isinstance(found[0], Release)
    assert found[0].body.endswith("\n\nFrom the quay it is a short walk.")
    assert isinstance(found[1], Rejection)
    assert "no mail" in found[1].reason
    assert "no mail in it" in rejection_of("nothing here", kind=BOX).reason


def test_of_what_is_stated_of_a_box_only_the_publisher_and_language_hold_for_each_mail() -> None:
    post = b"From press@harbour.example Wed Jun 25 17:30:00 2025\n"
    box = b"\n".join(post + mail(text).as_bytes() for text in QUAY[:2])
    stated = Stated(publisher="harbours.example", title="One title", url="https://harbours.example/1")
    found = read(capture_of(box, kind=BOX, stated=stated))
    assert [isinstance(one, Release) and one.publisher for one in found] == ["harbours.example"] * 2
    assert all(isinstance(one, Release) and one.title != "One title" and one.url is None for one in found)


def test_no_mail_is_told() -> None:
    assert "no mail" in rejection_of("just a text\n\nand more of it", kind=MAIL).reason
    assert rejection_of(mail("\n").as_bytes(), kind=MAIL).stage == "validate"


def _nested(depth: int) -> bytes:
    head = b"From: a@b.example\nSubject: x\n"
    parts = (b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (at, at) for at in range(depth))
    return head + b"".join(parts) + b"Content-Type: text/plain\n\nThe quay is open.\n"


@pytest.mark.parametrize(
    "body",
    [
        _nested(5_000),
        _nested(30),
        b"Subject: =?utf-8?B?" + b"A" * 70_000 + b"?=\n\nThe quay is open.",
        b"Subject: =?utf-8?Q?=ZZ?= =?x?y?z?=\nContent-Type: text/plain; charset*0*=\xff%%\n\nThe quay is open.",
        b"From: a\nContent-Type: multipart/mixed\n\nThe quay is open.",
        b"From: a\nContent-Type: multipart/mixed; boundary=x\n\n" + b"--x\n\nThe quay is open.\n" * 5_000,
        b"Date: " + b"(" * 50_000 + b"\n\nThe quay is open.",
        b"From: " + b'"<' * 20_000 + b"\n\nThe quay is open.",
        b"From: a\nContent-Transfer-Encoding: base64\n\n!!!not base64!!!",
        b"From: a\nContent-Type: message/rfc822\n\nFrom: b\n\nThe quay is open.",
        b"From: a\nContent-Type: text/html\n\n" + b"<div>" * 50_000,
    ],
    ids=range(11),
)
def test_hostile_mails_end(body: bytes) -> None:
    (found,) = read(capture_of(body, kind=MAIL))
    assert isinstance(found, Release | Rejection)
    if isinstance(found, Rejection):
        assert "email could not read it" not in found.reason


def test_damage_anywhere_is_a_record_or_a_reason() -> None:
    message = mail()
    message.add_alternative("<p>" + " ".join(ORCHARD), subtype="html")
    message.add_attachment(ANNEX, maintype="application", subtype="pdf", filename="碼頭圖則.pdf")
    whole = message.as_bytes()
    chance = random.Random(26)
    for _ in range(200):
        damaged = bytearray(whole)
        for _ in range(chance.randint(1, 12)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        (found,) = read(capture_of(bytes(damaged), kind=MAIL))
        assert isinstance(found, Release) or "email could not read it" not in found.reason

"""A message on paper."""

from html.parser import HTMLParser

from flows.voice.gallery import rounds as gallery
from flows.voice.message import Action, Bullets, Button, Buttons, Facts, Heading, Link, Message, Paragraph, Plain
from flows.voice.printing import printed
from flows.voice.say import ENGLISH, Say


class Text(HTMLParser):
    """What somebody reads."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.read: list[str] = []
        self.feed(page)

    def handle_data(self, data: str) -> None:
        self.read.append(data)


def test_people_s_words_are_never_markup() -> None:
    name = '<script>alert("1")</script>'
    message = Message(
        "s",
        (
            Heading(name),
            Paragraph((Plain(name), Link(name, 'https://x.example/?a="b"'))),
            Bullets(((Plain(name),),)),
            Facts(((name, (Plain(name),)),)),
        ),
    )

    page = printed(message, name="a.html", title=name, language="en").text

    assert "<script>" not in page
    assert Text(page).read.count(name) == 7, "the title, and wherever it was said"
    assert 'href="https://x.example/?a=&quot;b&quot;"' in page


def test_what_is_pressed_has_no_place_on_paper() -> None:
    button = Button("Send me a page", Action("match.groups.print"))
    page = printed(Message("s", (Heading("Who"), Buttons((button,)))), name="a.html", title="t", language="de").text

    assert "Send me" not in page
    assert '<html lang="de">' in page


def test_the_page_of_groups_says_all_that_the_chat_says_and_the_record() -> None:
    page = " ".join(Text(gallery.printed_page(Say(ENGLISH, "Europe/Lisbon")).text).read)

    for said in ("Lisbon", "9 of 15, 60 %.", "Questions to ask", "no common free time", "Seed", "2.4.6"):
        assert said in page

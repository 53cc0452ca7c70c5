"""A message on paper: one page of HTML that needs nothing else, for the printer and for whoever files it."""

from html import escape
from typing import assert_never

from flows.voice.message import (
    Block,
    Bullets,
    Buttons,
    Chart,
    Facts,
    File,
    Form,
    Heading,
    Line,
    Message,
    Note,
    Paragraph,
    Quote,
    Sealed,
    Words,
)
from flows.voice.say import spelled

_STYLE = (
    "body{font:12pt/1.45 sans-serif;max-width:44em;margin:2em auto;padding:0 1em}"
    "h1{font-size:1.5em}th{text-align:left;vertical-align:top;padding:.15em 1.5em .15em 0;font-weight:normal}"
    "td{overflow-wrap:anywhere}small{display:block;margin:.4em 0}"
)


def printed(message: Message, *, name: str, title: str, language: str) -> File:
    """The message as a file of that name, in the `language` of this tag, such as "en".

    What is pressed or filled in has no place on paper and is left out.
    """
    body = "\n".join(part for block in message.blocks if (part := _block(block)))
    text = (
        f'<!doctype html>\n<html lang="{escape(language)}">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )
    return File(name, title, text)


def _block(block: Block) -> str:
    match block:
        case Heading(text):
            return f"<h1>{escape(text)}</h1>"
        case Paragraph(words):
            return f"<p>{_words(words)}</p>"
        case Note(words):
            return f"<small>{_words(words)}</small>"
        case Quote(words):
            return f"<blockquote>{_words(words)}</blockquote>"
        case Bullets(items):
            return "<ul>" + "".join(f"<li>{_words(item)}</li>" for item in items) + "</ul>"
        case Facts(rows):
            cells = (f'<tr><th scope="row">{escape(label)}</th><td>{_words(words)}</td></tr>' for label, words in rows)
            return "<table>" + "".join(cells) + "</table>"
        case Line(words, _):
            return f"<p>{_words(words)}</p>"
        case Chart(title, _, categories, series):
            head = "".join(f'<th scope="col">{escape(one)}</th>' for one in ("", *categories))
            figures = [(escape(label), "".join(f"<td>{one:g}</td>" for one in values)) for label, values in series]
            lines = "".join(f'<tr><th scope="row">{label}</th>{cells}</tr>' for label, cells in figures)
            return f"<table><caption>{escape(title)}</caption><tr>{head}</tr>{lines}</table>"
        case Buttons() | Form() | File() | Sealed():
            return ""
        case _:
            assert_never(block)


def _words(words: Words) -> str:
    return spelled(words, text=escape, strong=_strong, link=_link)


def _strong(text: str) -> str:
    return f"<strong>{escape(text)}</strong>"


def _link(text: str, url: str) -> str:
    return f'<a href="{escape(url)}">{escape(text)}</a>'

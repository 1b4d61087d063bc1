"""Photos of every kind as people send them: taken, and in the paper that is made of them, with the colours they had."""

import base64
import io
import re
import subprocess
from pathlib import Path

import pytest
from PIL import Image

import papers
from test_bombs import Somebody

RED, BLUE = (215, 30, 30), (30, 40, 200)
READERS_TESTS = Path(__file__).parent.parent / "Tests/ScansTests/StrangersFileTests.swift"


@pytest.fixture(scope="module")
def photo_house(a_demonstration):
    house = a_demonstration("sqlite")
    try:
        yield house.start()
    finally:
        house.remove()


def halves():
    """Red at the left, blue at the right."""
    picture = Image.new("RGB", (900, 600), RED)
    picture.paste(BLUE, (450, 0, 900, 600))
    return picture


def cmyk():
    out = io.BytesIO()
    halves().convert("CMYK").save(out, "JPEG", quality=92)
    return out.getvalue()


def heic():
    """The small picture of the tests of the reader: white, red at the top left, blue at the bottom right."""
    text = re.search(r'let heic = """(.*?)"""', READERS_TESTS.read_text(), re.S)[1]
    return base64.b64decode(re.sub(r"[\s\\]", "", text))


def drawn(pdf):
    picture = subprocess.run(["pdftoppm", "-r", "72", "-png", "-singlefile", "-"], input=pdf, capture_output=True, check=True)
    return Image.open(io.BytesIO(picture.stdout)).convert("RGB")


def coloured(picture, is_colour):
    """Where the points of a colour lie, as shares of the width and height, or nothing."""
    width, height = picture.size
    places = [(x / width, y / height) for x in range(0, width, 4) for y in range(0, height, 4)
              if is_colour(*picture.getpixel((x, y)))]
    return places and (sum(x for x, _ in places) / len(places), sum(y for _, y in places) / len(places))


@pytest.mark.parametrize("photo", [cmyk, heic], ids=["a JPEG for the press", "a photo of an iPhone"])
def test_a_photo_keeps_its_colours_in_the_paper_made_of_it(photo_house, photo):
    lan = Somebody(photo_house, "0912000001")
    draft = lan.draft_with(photo())
    answer = lan.album(draft)
    assert answer.status_code == 200 and answer.content.startswith(b"%PDF")
    page = drawn(answer.content)
    red = coloured(page, lambda r, g, b: r > 150 and g < 90 and b < 90)
    blue = coloured(page, lambda r, g, b: b > 150 and r < 90 and g < 90)
    assert red and blue and red[0] < blue[0], (red, blue)


def test_what_only_says_that_it_is_such_a_photo_is_refused_with_what_to_do(photo_house):
    lan = Somebody(photo_house, "0912000002")
    with pytest.raises(AssertionError, match="Tương thích nhất"):
        lan.draft_with(papers.heic())

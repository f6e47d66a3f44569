"""Two pictures for the programme, painted here: nobody's photo, and nobody in them."""

import io
import math
from collections.abc import Callable

from PIL import Image, ImageDraw

WIDTH, HEIGHT = 1920, 1080
type Colour = tuple[int, int, int]


def the_valley() -> bytes:
    """A fjord between mountains, and a path along it."""
    painted, draw = _canvas((203, 224, 236))
    for row in range(HEIGHT // 2):
        share = row / (HEIGHT / 2)
        draw.line([(0, row), (WIDTH, row)], fill=_between((164, 202, 228), (246, 232, 212), share))
    draw.ellipse(_around(1380, 300, 90), fill=(255, 244, 214))
    for base, high, wave, colour in (
        (470, 210, 0.0, (148, 171, 189)), (540, 170, 1.9, (104, 138, 152)), (600, 120, 4.1, (66, 105, 106))
    ):  # fmt: skip
        ridge = [(x, base - high * _hills(x, wave)) for x in range(0, WIDTH + 24, 24)]
        draw.polygon([(0, HEIGHT), *ridge, (WIDTH, HEIGHT)], fill=colour)
    draw.rectangle((0, 610, WIDTH, HEIGHT), fill=(122, 165, 182))
    for number in range(26):
        left, down = (number * 397) % WIDTH, 630 + (number * 53) % 180
        draw.line([(left, down), (left + 90 + number * 3, down)], fill=(158, 192, 202), width=3)
    shore = [(x, 835 - 70 * math.sin(x / 520) - x / 16) for x in range(0, WIDTH + 24, 24)]
    draw.polygon([(0, HEIGHT), *shore, (WIDTH, HEIGHT)], fill=(126, 153, 84))
    path = [(880 + 260 * math.sin(step / 21), HEIGHT - step * 3.4) for step in range(90)]
    for step, (x, y) in enumerate(path):
        draw.ellipse(_around(x, y, 46 - step * 0.42), fill=(222, 205, 166))
    draw.rectangle((1460, 655, 1600, 745), fill=(168, 52, 44))
    draw.polygon([(1440, 660), (1530, 590), (1620, 660)], fill=(72, 66, 64))
    draw.rectangle((1512, 690, 1550, 745), fill=(244, 238, 226))
    for x, y, size in ((180, 830, 120), (290, 870, 90), (1690, 720, 110), (1790, 745, 140)):
        draw.polygon([(x - size // 3, y), (x, y - size * 2), (x + size // 3, y)], fill=(47, 84, 66))
    return _packed(painted)


def coffee_and_waffles() -> bytes:
    """A table seen from above: two cups, a waffle, and a ball of yarn."""
    painted, draw = _canvas((196, 158, 118))
    for row in range(0, HEIGHT, 180):
        shade = 8 * ((row // 180) % 3)
        draw.rectangle((0, row, WIDTH, row + 176), fill=(198 - shade, 160 - shade, 120 - shade))
        draw.rectangle((0, row + 176, WIDTH, row + 180), fill=(160, 124, 90))
    for x, y in ((430, 400), (1500, 720)):
        draw.ellipse(_around(x + 14, y + 18, 245), fill=(158, 122, 88))
        draw.ellipse(_around(x, y, 240), fill=(246, 243, 236), outline=(214, 207, 196), width=6)
        draw.rounded_rectangle((x + 120, y - 32, x + 250, y + 32), 32, outline=(226, 220, 210), width=24)
        draw.ellipse(_around(x, y, 150), fill=(252, 250, 246), outline=(208, 200, 188), width=5)
        draw.ellipse(_around(x, y, 126), fill=(84, 52, 34))
        draw.arc(_around(x, y, 96), 200, 290, fill=(140, 96, 66), width=9)
    _waffle(draw, 985, 560)
    draw.ellipse(_around(1620, 260, 165), fill=(58, 104, 128))
    for turn in range(0, 150, 15):
        draw.arc((1455 + turn, 95 + turn // 3, 1785 - turn // 3, 425 - turn), turn, turn + 190,
                 fill=(112, 154, 172), width=6)  # fmt: skip
    draw.line([(1200, 150), (1720, 330)], fill=(226, 214, 190), width=14)
    draw.line([(1240, 320), (1760, 190)], fill=(226, 214, 190), width=14)
    return _packed(painted)


def _waffle(draw: ImageDraw.ImageDraw, x: float, y: float) -> None:
    draw.ellipse(_around(x + 14, y + 18, 305), fill=(158, 122, 88))
    draw.ellipse(_around(x, y, 300), fill=(214, 226, 228), outline=(188, 202, 206), width=6)
    for leaf in range(5):
        turn = math.radians(72 * leaf - 90)
        for side in (-0.36, 0.36):
            draw.ellipse(_around(x + 150 * math.cos(turn + side), y + 150 * math.sin(turn + side), 78),
                         fill=(222, 164, 78))  # fmt: skip
        draw.polygon(
            [(x, y), *((x + 196 * math.cos(turn + s), y + 196 * math.sin(turn + s)) for s in (-0.62, 0.0, 0.62))],
            fill=(222, 164, 78),
        )
    for leaf in range(5):
        turn = math.radians(72 * leaf - 54)
        draw.line([(x, y), (x + 215 * math.cos(turn), y + 215 * math.sin(turn))], fill=(176, 116, 44), width=7)
    for radius in (70, 130, 185):
        draw.ellipse(_around(x, y, radius), outline=(190, 130, 54), width=6)
    draw.ellipse(_around(x, y, 62), fill=(160, 28, 48))


def _canvas(colour: Colour) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    painted = Image.new("RGB", (WIDTH, HEIGHT), colour)
    return painted, ImageDraw.Draw(painted)


def _around(x: float, y: float, radius: float) -> tuple[float, float, float, float]:
    return x - radius, y - radius, x + radius, y + radius


def _between(one: Colour, other: Colour, share: float) -> Colour:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def _hills(x: float, wave: float) -> float:
    """How high a ridge is there, from 0 to about 2."""
    return 1 + 0.6 * math.sin(x / 310 + wave) + 0.3 * math.sin(x / 113 + wave * 2) + 0.1 * math.sin(x / 41 + wave * 3)


def _packed(painted: Image.Image) -> bytes:
    packed = io.BytesIO()
    painted.save(packed, "JPEG", quality=88)
    return packed.getvalue()


PAINTED: dict[str, tuple[Callable[[], bytes], tuple[str, str]]] = {
    "Fredagstreffet": (coffee_and_waffles, (
        "To kaffekopper, en vaffel og et garnnøste på et bord",
        "To kaffikoppar, ein vaffel og eit garnnøste på eit bord",
    )),
    "Tur for alle": (the_valley, (
        "En sti langs fjorden, et rødt naust og fjell bak", "Ein sti langs fjorden, eit raudt naust og fjell bak",
    )),
}  # fmt: skip
"""By what something is called in bokmål: the picture, and what it shows in both forms."""

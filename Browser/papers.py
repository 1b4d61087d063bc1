"""Files as people send them, made on the spot: no test depends on a binary in the repository."""

import io
import random
import zlib

from PIL import Image, ImageDraw, ImageFilter


def pdf(text="Giay chung sinh", size=100_000, seed=1, encrypted=False):
    """A valid one-page PDF of about `size` bytes: a line of text and a scan-like grey picture that cannot be packed."""
    side = max(8, int(max(size - 900, 64) ** 0.5))
    noise = random.Random(seed).randbytes(side * side)
    content = f"BT /F1 14 Tf 50 790 Td ({text}) Tj ET q 300 0 0 300 50 400 cm /I1 Do Q".encode("ascii")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> /XObject << /I1 6 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray /BitsPerComponent 8"
        b" /Length %d >>\nstream\n%s\nendstream" % (side, side, len(noise), noise),
    ]
    if encrypted:
        # A user key that belongs to no password a reader could try: every reader asks for one.
        key = random.Random(seed).randbytes(32).hex().encode()
        objects.append(b"<< /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >>" % (key, key[::-1]))
    out = io.BytesIO(b"")
    out.write(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    more = b" /Encrypt %d 0 R /ID [<00> <00>]" % len(objects) if encrypted else b""
    out.write(b"trailer\n<< /Size %d /Root 1 0 R%s >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, more, start))
    return out.getvalue()


def photo(text="CAN CUOC CONG DAN", width=2400, height=1800, seed=1):
    """A JPEG as a phone makes it: large, a little noisy, with an orientation in its EXIF data."""
    paper = Image.new("L", (width, height), 225)
    draw = ImageDraw.Draw(paper)
    draw.rectangle((width * 0.08, height * 0.1, width * 0.92, height * 0.9), fill=245, outline=120, width=8)
    for line in range(12):
        draw.text((width * 0.12, height * (0.15 + 0.06 * line)), f"{text} {line:02d} " * 3, fill=40, font_size=height // 28)
    grain = Image.frombytes("L", (width // 2, height // 2), random.Random(seed).randbytes(width // 2 * (height // 2)))
    grain = grain.resize((width, height)).filter(ImageFilter.GaussianBlur(1))
    picture = Image.merge("RGB", [Image.blend(paper, grain, share) for share in (0.12, 0.10, 0.14)])
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x0112] = "Samsung", "SM-A127F", 6
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=82, exif=exif)
    return out.getvalue()


def png(width=40, height=40):
    out = io.BytesIO()
    Image.new("RGB", (width, height), (200, 30, 30)).save(out, "PNG")
    return out.getvalue()


def heic():
    """The head of an iPhone's picture and some data; nothing in it can be shown."""
    brand = b"heic\x00\x00\x00\x00mif1MiHBheic"
    return (len(brand) + 8).to_bytes(4, "big") + b"ftyp" + brand + random.Random(7).randbytes(60_000)


def word_document():
    return b"PK\x03\x04\x14\x00\x06\x00\x08\x00" + zlib.compress(b"word/document.xml" * 400)

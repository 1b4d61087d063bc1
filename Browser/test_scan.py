"""Paper becomes files: a citizen's photos, and the pile that a counter scans."""

import io
import re
import subprocess
from pathlib import Path

import papers
from filings import LETTER, LETTER_PAPER
from PIL import Image
from playwright.sync_api import expect

from conftest import DESK, PHONE
from person import JUSTICE, attach, begin, fill, heading, officer, press, press_on, sign_up


def rasterised(folder: Path, name, pdf):
    """The pages of a PDF as a scanner sees them: pictures of 200 dpi."""
    (folder / f"{name}.pdf").write_bytes(pdf)
    subprocess.run(["pdftoppm", "-r", "200", "-gray", folder / f"{name}.pdf", folder / name], check=True)
    return [Image.open(path).convert("L") for path in sorted(folder.glob(f"{name}-*.pgm"))]


def scan(pages):
    """One PDF of many pages, as a scanner sends it."""
    out = io.BytesIO()
    # Sheets never lie quite straight.
    askew = [page.rotate(turn, fillcolor=255) for page, turn in zip(pages, [0.7, -0.9, 0.4, -0.3] * len(pages))]
    askew[0].save(out, "PDF", save_all=True, append_images=askew[1:], resolution=200, quality=70)
    return out.getvalue()


def printed(page, path):
    answer = page.request.get(path)
    assert answer.ok and answer.headers["content-type"] == "application/pdf"
    return answer.body()


def test_photos_become_one_pdf(house, browsers, page):
    sign_up(page, "Hoàng Thị Ảnh")
    draft = begin(page, LETTER, JUSTICE, "counter")
    page.goto(f"/nhap/{draft}/giay-to")
    photos = [(f"trang-{n}.jpg", "image/jpeg", papers.photo(f"TRANG {n}", seed=n)) for n in (1, 2, 3)]
    attach(page, LETTER_PAPER, *photos)
    press_on(page, "Chỉ tải lên")
    expect(page.locator("main")).to_contain_text("3 ảnh → PDF 3 trang")
    browsers.picture(page, "photos")
    link = page.get_by_role("link", name="Xem trước PDF")
    preview = printed(page, link.get_attribute("href"))
    pages = subprocess.run(["pdfinfo", "-"], input=preview, capture_output=True, check=True).stdout.decode()
    assert re.search(r"Pages:\s+3\b", pages) and re.search(r"Page size:\s+595[.\d]* x 841", pages)
    assert len(preview) < 1_300_000
    press_on(page, "Gộp ảnh thành một PDF")
    rows = page.locator("main table tbody tr")
    expect(rows).to_have_count(1)
    expect(rows.first).to_contain_text("3")
    expect(page.locator("main")).not_to_contain_text("trang-1.jpg")
    browsers.picture(page, "photos-bound")


def test_a_pile_is_scanned_split_and_filed(house, browsers, page, tmp_path):
    officer(page, "tiepnhan")
    codes = []
    for name in ("Lý Thị Quét", "Trịnh Văn Máy"):
        page.goto(f"/work/intake/{LETTER}")
        fill(
            page,
            {"applicant.fullName": name, "applicant.phone": "0912345678", "applicant.address": "Số 1", "request.content": "Đề nghị"},
        )
        press(page, re.compile("^Tiếp nhận"))
        page.wait_for_url("**/work/dossiers/*")
        expect(page.locator("main")).to_contain_text("Chưa số hóa")
        codes.append((page.locator("h1").inner_text(), re.sub(r"\?.*", "", page.url)))
    pile = []
    for number, (_, address) in enumerate(codes):
        page.goto(f"{address}/digitise")
        browsers.picture(page, "digitise")
        path = page.get_by_role("link", name=re.compile("^In trang phân cách")).get_attribute("href")
        sheets = rasterised(tmp_path, f"sheets{number}", printed(page, path))
        paper = rasterised(tmp_path, f"paper{number}", printed(page, address.replace(house.address, "") + "/papers/receipt"))
        for sheet in sheets:
            # Both sides of each sheet are scanned: the back is blank.
            pile += [sheet, Image.new("L", sheet.size, 252)] + paper
    pile += rasterised(tmp_path, "generic", printed(page, "/work/scan/separators")) + paper

    page.goto("/work/scan")
    browsers.picture(page, "scan")
    attach(page, "pile", ("tap-sang.pdf", "application/pdf", scan(pile)))
    press(page, re.compile("^Tải lên và tách"))
    page.wait_for_url("**/work/scan/*")
    # The page comes again by itself until the pile is read.
    expect(page.get_by_role("button", name=re.compile("^Xác nhận và lưu"))).to_be_visible(timeout=60_000)
    browsers.picture(page, "scan-split")
    size = page.viewport_size
    for width in (320, PHONE, DESK):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate("document.scrollingElement.scrollWidth <= document.documentElement.clientWidth"), width
    page.set_viewport_size(size)
    for code, _ in codes:
        expect(page.locator(f'main input[value="{code}"]').first).to_be_visible()
    last = page.locator("main tbody tr").count()
    press_on(page, re.compile("^Xác nhận và lưu"))
    expect(page.locator(".summary")).to_contain_text(f"Phần {last}")
    page.locator(f'input[name="drop-{last}"]').check()
    press_on(page, re.compile("^Xác nhận và lưu"))
    expect(page.locator("main")).to_contain_text("Các phần đã lưu vào hồ sơ")
    browsers.picture(page, "scan-filed")
    for _, address in codes:
        page.goto(address)
        expect(page.locator("main")).not_to_contain_text("Chưa số hóa")
        expect(page.locator("main")).to_contain_text("Đã số hóa")
    browsers.picture(page, "dossier-digitised")


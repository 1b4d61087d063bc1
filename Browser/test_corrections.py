"""What was entered wrong at the counter is put right: the papers, the way of return, and an intake that was none. On both
databases."""

from playwright.sync_api import expect

from filings import letter
from house import Program
from person import fill, officer, press_on


def test_an_intake_is_put_right(house, page, browsers):
    reception = Program(house, "tiepnhan", "staff")
    filing = letter("Nguyễn Thị Lan", "Nhập tại quầy")
    visit = {key: filing[key] for key in ("procedure", "situation", "answers") if key in filing}
    taken = reception.post("work/intake", json=visit | {"returnBy": "counter"})
    assert taken.status_code == 201, taken.text
    dossier = taken.json()["id"]
    page = officer(page, "tiepnhan")

    page.goto(f"/work/dossiers/{dossier}/act/correct-papers")
    page.locator('[name^="originals-"]').first.fill("2")
    fill(page, {"text": "Đếm thiếu một bản."})
    browsers.picture(page, "corrections-papers")
    press_on(page, "Sửa trường hợp, giấy tờ đã nhận")
    expect(page.locator(".timeline")).to_contain_text("2 bản chính")
    expect(page.get_by_role("link", name="In giấy tiếp nhận bản sửa")).to_be_visible()

    # Who has handed nothing in has not been taken in.
    page.goto(f"/work/dossiers/{dossier}/act/correct-papers")
    page.locator('[name^="originals-"]').first.fill("")
    fill(page, {"text": "Không có giấy tờ nào."})
    press_on(page, "Sửa trường hợp, giấy tờ đã nhận")
    expect(page.get_by_text("hãy hủy lần tiếp nhận").first).to_be_visible()

    page.goto(f"/work/dossiers/{dossier}/act/correct-return")
    browsers.picture(page, "corrections-return")
    wrong = reception.post(f"work/dossiers/{dossier}/acts/correct-return", json={"returnBy": "online", "text": "x"})
    assert wrong.status_code == 422, wrong.text

    cancelled = reception.post(f"work/dossiers/{dossier}/acts/cancel-intake", json={"text": "Nhập hai lần."})
    assert cancelled.status_code == 200 and cancelled.json()["dossier"]["stage"] == "cancelled", cancelled.text
    assert house.verify()

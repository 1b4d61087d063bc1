"""When a colleague is away: somebody stands in, signs several dossiers at once, and nothing is left lying. On both
databases, on a phone with scripts and at a desk without."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from playwright.sync_api import expect

import papers
from filings import LETTER_RESULT, letter, letter_papers
from house import Program
from person import WARD, fill, heading, officer, press, press_on


def to_be_signed(house, contents):
    """Dossiers that wait for the leader, made through the API."""
    lan = Program(house, "0912000001")
    reception, examiner = (Program(house, login, "staff") for login in ("tiepnhan", "thuly"))

    def do(who, dossier, act):
        answer = who.post(f"work/dossiers/{dossier}/acts/{act}", json={})
        assert answer.status_code == 200, answer.text

    made = []
    for content in contents:
        answer = lan.file(letter("Nguyễn Thị Lan", content), letter_papers())
        assert answer.status_code == 201, answer.text
        dossier = answer.json()["id"]
        do(reception, dossier, "accept")
        do(reception, dossier, "hand-over")
        do(examiner, dossier, "take")
        parts = {"outcome": (None, "granted"), f"paper-{LETTER_RESULT}": ("quyet-dinh.pdf", papers.pdf())}
        assert examiner.post(f"work/dossiers/{dossier}/result", files=parts).status_code == 200
        do(examiner, dossier, "complete-step")
        made.append(dossier)
    return made


def test_whoever_is_empowered_signs_several_at_once(house, page, browsers):
    first, second = to_be_signed(house, ["Hồ sơ thứ nhất", "Hồ sơ thứ hai"])
    leader, clerk = officer(page, "lanhdao"), officer(browsers.another(page), "vanthu")
    deputy = Program(house, "vanthu", "staff").person["id"]
    tomorrow = datetime.now(ZoneInfo("Asia/Ho_Chi_Minh")) + timedelta(days=1)

    leader.goto("/work/absences")
    plan = {"until": tomorrow.strftime("%d/%m/%Y"), "deputy": deputy, "role": ["leader"]}
    fill(leader, plan)
    press_on(leader, "Ghi")
    # What was typed is still there, beside the reason why it was not taken.
    expect(leader.locator(".summary")).to_contain_text("số văn bản")
    expect(leader.locator('[name="until"]')).to_have_value(plan["until"])
    fill(leader, {"document": "12/QĐ-STP"})
    press_on(leader, "Ghi")
    expect(leader.locator("table")).to_contain_text("12/QĐ-STP")
    browsers.picture(leader, "organising-absences")

    clerk.goto("/work/inbox/turn-leader")
    for dossier in (first, second):
        clerk.locator(f'input[name="dossier"][value="{dossier}"]').check()
    browsers.picture(clerk, "organising-sign-many")
    press_on(clerk, re.compile("^Ký duyệt các hồ sơ đã chọn"))
    expect(clerk.locator("main")).to_contain_text("Xong 2 hồ sơ")
    browsers.picture(clerk, "organising-signed")

    leader.goto(f"/work/dossiers/{second}")
    expect(leader.locator(".timeline")).to_contain_text(re.compile("Mai, thay cho .*Dũng .12/QĐ-STP."))
    leader.goto("/work/absences")
    press_on(leader, "Kết thúc")
    expect(leader.locator("main")).to_contain_text("Kết thúc sớm")
    clerk.goto("/work")
    expect(clerk.locator(".tabs")).not_to_contain_text("Chờ lãnh đạo")


def test_what_a_colleague_holds_is_given_to_others(house, page, browsers):
    holder = Program(house, "thuly", "staff")
    lan, reception = Program(house, "0912000001"), Program(house, "tiepnhan", "staff")
    dossier = lan.file(letter("Nguyễn Thị Lan", "Hồ sơ đang giữ"), letter_papers()).json()["id"]
    for act, order in [("accept", {}), ("hand-over", {"officer": holder.person["id"]})]:
        assert reception.post(f"work/dossiers/{dossier}/acts/{act}", json=order).status_code == 200

    admin = officer(page, "quantri")
    admin.goto(f"/work/staff/{holder.person['id']}")
    expect(admin.locator("main")).to_contain_text("đang giữ")
    press(admin, "Chuyển giao hồ sơ")
    heading(admin, "Chuyển giao hồ sơ của")
    box = admin.locator(f'input[value="{dossier}"]')
    expect(box).not_to_be_checked()
    box.check()
    browsers.picture(admin, "organising-held")
    press_on(admin, "Chuyển giao")
    # There is one case officer in the demonstration: the reason is told, and nothing is lost.
    expect(admin.locator("main")).to_contain_text("Không có ai khác")
    browsers.picture(admin, "organising-refused")

    admin.goto("/work/assignment")
    fill(admin, {"role": "caseOfficer", "way": "chosen", "officer": [holder.person["id"]]})
    press_on(admin, "Lưu quy tắc")
    expect(admin.locator("table")).to_contain_text("Lê Quốc Bình")
    browsers.picture(admin, "organising-assignment")
    other = lan.file(letter("Nguyễn Thị Lan", "Theo quy tắc"), letter_papers()).json()["id"]
    for act in ("accept", "hand-over"):
        assert reception.post(f"work/dossiers/{other}/acts/{act}", json={}).status_code == 200
    mine = holder.get("work/inboxes/mine").json()["items"]
    assert other in [item["id"] for item in mine]


def test_another_agency_does_its_part(house, page, browsers):
    lan, reception = Program(house, "0912000001"), Program(house, "tiepnhan", "staff")
    dossier = lan.file(letter("Nguyễn Thị Lan", "Hồ sơ cần xác minh"), letter_papers()).json()["id"]
    for act in ("accept", "hand-over"):
        assert reception.post(f"work/dossiers/{dossier}/acts/{act}", json={}).status_code == 200
    own, ward = officer(page, "thuly"), officer(browsers.another(page), "phuong")
    path = f"/work/dossiers/{dossier}"
    assert ward.goto(path).status == 404

    own.goto(path)
    press_on(own, "Chuyển cơ quan phối hợp")
    own.locator('[name="agency"]').select_option(WARD)
    proposed = own.locator('[name="by"]').input_value()
    fill(own, {"by": "01/01/2020", "text": "Đề nghị xác minh nơi cư trú của người nộp."})
    press_on(own, "Chuyển cơ quan phối hợp")
    # What was typed is still there, beside the reason why it was not taken.
    expect(own.locator(".summary")).to_contain_text("ngày làm việc sắp tới")
    expect(own.locator('[name="agency"]')).to_have_value(WARD)
    browsers.picture(own, "organising-pass")
    fill(own, {"by": proposed})
    press_on(own, "Chuyển cơ quan phối hợp")
    expect(own.locator("main")).to_contain_text("Đang phối hợp: ")
    browsers.picture(own, "organising-passed")

    ward.goto("/work/inbox/received")
    browsers.picture(ward, "organising-received")
    ward.locator(f'a[href="{path}"]').click()
    expect(ward.locator("main")).to_contain_text("Đề nghị xác minh nơi cư trú của người nộp.")
    browsers.picture(ward, "organising-received-dossier")
    press_on(ward, "Nhận xử lý")
    press_on(ward, "Trả lời và chuyển lại")
    fill(ward, {"text": "Có cư trú tại phường."})
    ward.locator('[name="paper-answer"]').set_input_files(
        {"name": "tra-loi.pdf", "mimeType": "application/pdf", "buffer": papers.pdf()}
    )
    browsers.picture(ward, "organising-pass-back")
    press_on(ward, "Trả lời và chuyển lại")
    heading(ward, "Cơ quan khác chuyển đến")
    assert ward.goto(path).status == 404

    own.goto(path)
    expect(own.locator("main")).to_contain_text("Có cư trú tại phường.")
    browsers.picture(own, "organising-answered")
    with own.expect_download() as answer:
        own.get_by_role("link", name="tra-loi.pdf").click()
    assert answer.value.suggested_filename == "tra-loi.pdf"

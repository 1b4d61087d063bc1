"""Colleagues are asked for their opinion on a dossier: two at once, one of whom answers."""

import re

from playwright.sync_api import expect

import papers
from filings import LETTER_RESULT, letter, letter_papers
from house import Program
from person import act, fill, officer, press, press_on


def being_examined(house):
    """A dossier at the examiner's with its result prepared, made through the API."""
    lan = Program(house, "0912000001")
    reception, examiner = (Program(house, login, "staff") for login in ("tiepnhan", "thuly"))
    dossier = lan.file(letter("Nguyễn Thị Lan", "Hồ sơ cần ý kiến"), letter_papers()).json()["id"]
    for who, name in [(reception, "accept"), (reception, "hand-over"), (examiner, "take")]:
        assert who.post(f"work/dossiers/{dossier}/acts/{name}", json={}).status_code == 200
    parts = {"outcome": (None, "granted"), f"paper-{LETTER_RESULT}": ("quyet-dinh.pdf", papers.pdf())}
    assert examiner.post(f"work/dossiers/{dossier}/result", files=parts).status_code == 200
    return dossier


def test_two_are_asked_one_answers_and_the_step_is_completed_knowingly(house, page, browsers):
    dossier = being_examined(house)
    asked = {login: Program(house, login, "staff").person["id"] for login in ("vanthu", "lanhdao")}
    examiner, clerk = officer(page, "thuly"), officer(browsers.another(page), "vanthu")

    examiner.goto(f"/work/dossiers/{dossier}")
    press(examiner.locator("main"), re.compile("^Lấy ý kiến"))
    fill(examiner, {"text": "Thẻ số 15 đã nộp lại chưa?", "answerBy": "01/01/2020"})
    press_on(examiner, "Lấy ý kiến")
    # What was typed is still there, beside the reasons why it was not taken.
    expect(examiner.locator(".summary")).to_contain_text("Chưa chọn người được hỏi")
    expect(examiner.locator(".summary")).to_contain_text("từ hôm nay")
    expect(examiner.locator('[name="text"]')).to_have_value("Thẻ số 15 đã nộp lại chưa?")
    browsers.picture(examiner, "opinions-wrong")
    fill(examiner, {"officers": list(asked.values()), "answerBy": ""})
    press_on(examiner, "Lấy ý kiến")
    expect(examiner.locator("#opinions tbody tr")).to_have_count(2)
    browsers.picture(examiner, "opinions-asked")

    clerk.goto("/work/inbox/opinions")
    expect(clerk.locator('.tabs [aria-current="page"]')).to_contain_text("Xin ý kiến")
    expect(clerk.locator('.tabs [aria-current="page"] .count')).to_have_text(re.compile("[0-9]+"))
    browsers.picture(clerk, "opinions-list")
    clerk.locator(f'a[href="/work/dossiers/{dossier}"]').click()
    expect(clerk.locator("main")).to_contain_text("Thẻ số 15 đã nộp lại chưa?")
    browsers.picture(clerk, "opinions-wanted")
    press(clerk.locator("main"), re.compile("^Cho ý kiến"))
    fill(clerk, {"stance": "agrees", "text": "Đã nộp lại, có biên nhận."})
    browsers.picture(clerk, "opinions-giving")
    press_on(clerk, "Cho ý kiến")
    expect(clerk.locator("#opinions")).to_contain_text("Đã nộp lại, có biên nhận.")
    clerk.goto("/work/inbox/opinions")
    expect(clerk.locator(f'a[href="/work/dossiers/{dossier}"]')).to_have_count(0)

    examiner.goto(f"/work/dossiers/{dossier}/act/complete-step")
    fill(examiner, {"text": "Đủ điều kiện"})
    press_on(examiner, re.compile("^Hoàn thành bước"))
    expect(examiner.locator(".summary")).to_contain_text("Còn 1 ý kiến chưa có")
    expect(examiner.locator('[name="text"]')).to_have_value("Đủ điều kiện")
    browsers.picture(examiner, "opinions-missing")
    fill(examiner, {"withoutOpinions": "yes"})
    press_on(examiner, re.compile("^Hoàn thành bước"))
    expect(examiner.locator('.plan [aria-current="step"]')).to_contain_text("Lãnh đạo")

    leader = officer(browsers.another(page), "lanhdao")
    act(leader, dossier, "Ký duyệt kết quả", {"withoutOpinions": "yes"})
    act(clerk, dossier, "Ban hành kết quả", {"withoutOpinions": "yes"})
    leader.goto("/work/inbox/opinions")
    expect(leader.locator(f'a[href="/work/dossiers/{dossier}"]')).to_have_count(0)

"""Forms in two windows, forms whose session or cookies have gone, and the way back to a refused one."""

import re

import pytest
from playwright.sync_api import expect

import papers
from conftest import VIEWS, view_name
from filings import LETTER, LETTER_PAPER
from person import JUSTICE, NEW_PASSWORD, attach, begin, draft_of, enter, fill, heading, press, section, sign_in, sign_up, typed

ADDRESS = "applicant.address"
FORM = {"applicant": {ADDRESS: "Số 3 phố Minh Họa"}, "request": {"request.content": "Đề nghị thu hồi thẻ số 15."}}


def end_sessions(browsers, page, phone):
    elsewhere = browsers.another(page)
    sign_in(elsewhere, phone, NEW_PASSWORD)
    elsewhere.goto("/tai-khoan")
    elsewhere.locator('form[action="/tai-khoan/sessions"] button').click()


@pytest.mark.parametrize("page", VIEWS, indirect=True, ids=view_name)
def test_two_windows_keep_each_others_fields_and_show_what_both_changed(house, page, browsers):
    phone = sign_up(page, "Vũ Hai Cửa")
    begin(page, LETTER, JUSTICE, "online")
    address, other = page.url, page.context.new_page()
    other.goto(address)
    fill(other, {ADDRESS: "Số 1 Kim Mã"})
    press(other, "Lưu và tiếp tục")
    other.wait_for_url("**/khai/request")
    fill(page, {"applicant.phone": "0912345670"})
    press(page, "Lưu và tiếp tục")
    page.wait_for_url("**/khai/request")
    page.goto(address)
    assert (typed(page, ADDRESS), typed(page, "applicant.phone")) == ("Số 1 Kim Mã", "0912345670")

    other.goto(address)
    fill(other, {ADDRESS: "Số 2 Đội Cấn"})
    press(other, "Lưu và tiếp tục")
    other.wait_for_url("**/khai/request")
    fill(page, {ADDRESS: "Số 9 Hàng Bài"})
    press(page, "Lưu và tiếp tục")
    heading(page, "hai nơi")
    main = page.locator("main")
    expect(main).to_contain_text("Số 2 Đội Cấn")
    expect(main).to_contain_text("Số 9 Hàng Bài")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    browsers.picture(page, "clash")
    press(page, "Lưu và tiếp tục")
    expect(page.locator(".summary")).to_contain_text("Hãy chọn một nội dung")
    main.get_by_label("Số 9 Hàng Bài").check()
    press(page, "Lưu và tiếp tục")
    page.wait_for_url("**/khai/request")
    page.goto(address)
    assert typed(page, ADDRESS) == "Số 9 Hàng Bài"


def test_a_session_that_ends_before_filing_or_among_files_leads_back(house, page, browsers):
    phone = sign_up(page, "Lý Trở Về")
    draft = begin(page, LETTER, JUSTICE, "online")
    for key, answers in FORM.items():
        section(page, key, answers)
    attach(page, LETTER_PAPER, ("van-ban.pdf", "application/pdf", papers.pdf()))
    end_sessions(browsers, page, phone)
    press(page, "Tải lên và tiếp tục")
    heading(page, "Đăng nhập")
    enter(page, phone, NEW_PASSWORD)
    heading(page, "Giấy tờ")
    expect(page.locator("main .notice").first).to_contain_text("van-ban.pdf")
    browsers.picture(page, "led-back-to-files")
    attach(page, LETTER_PAPER, ("van-ban.pdf", "application/pdf", papers.pdf()))
    press(page, "Tải lên và tiếp tục")
    heading(page, "Xem lại")
    end_sessions(browsers, page, phone)
    press(page, "Nộp hồ sơ")
    heading(page, "Đăng nhập")
    enter(page, phone, NEW_PASSWORD)
    heading(page, "Xem lại")
    assert draft_of(page) == draft
    expect(page.locator("main")).to_contain_text("chưa nộp, gửi hay thay đổi gì")
    browsers.picture(page, "led-back-to-review")
    # A button alone, of which nobody knows whose page it stood on: the way back leads to a page.
    page.context.clear_cookies()
    press(page, "Nộp hồ sơ")
    heading(page, "Không được phép")
    page.get_by_role("link", name="Quay lại trang trước").click()
    heading(page, "Đăng nhập")
    enter(page, phone, NEW_PASSWORD)
    heading(page, "Xem lại")
    # So does the address to which it was sent.
    page.goto(f"/nhap/{draft}/nop")
    heading(page, "Xem lại")
    press(page, "Nộp hồ sơ")
    heading(page, "Đã nộp hồ sơ")


def test_without_cookies_what_was_typed_stays_on_the_screen_and_can_be_sent(house, page, browsers):
    phone = sign_up(page, "Đỗ Xóa Sạch")
    begin(page, LETTER, JUSTICE, "online")
    section(page, "applicant", FORM["applicant"])
    page.context.clear_cookies()
    fill(page, FORM["request"])
    press(page, "Lưu và tiếp tục")
    heading(page, "vẫn còn")
    expect(page.locator("main")).to_contain_text(FORM["request"]["request.content"])
    with page.context.expect_page() as opened:
        press(page, "Đăng nhập ở cửa sổ khác")
    enter(opened.value, phone, NEW_PASSWORD)
    press(page, "Gửi lại")
    heading(page, "Giấy tờ")


def test_one_can_go_back_and_forward_to_a_refused_form(one_house, page, browsers):
    sign_up(page, "Trịnh Lui Tới")
    page.goto(f"/nop/{LETTER}")
    press(page, "Tiếp tục")
    expect(page.locator(".summary")).to_be_visible()
    page.go_back()
    page.go_forward()
    expect(page.locator(".summary")).to_be_visible()
    page.locator("header.site").get_by_role("button", name="Đăng xuất").click()
    expect(page.locator("header.site")).to_contain_text("Đăng nhập")
    try:
        page.go_back()
    except Exception as gone:
        assert "ERR_CACHE_MISS" in str(gone)
    expect(page.locator("body")).not_to_contain_text("Trịnh Lui Tới")

"""Booking an appointment: as a person does it, and as five hundred do it at once."""

import re

import requests
from playwright.sync_api import expect

from conftest import PHONE
from crowd import all_at_once, person, token
from person import JUSTICE, officer

OFFICE = f"{JUSTICE}-mot-cua"
FIELD = "criminal-record"


def slots(house):
    """Every time that can still be booked, with how many places the page says are left."""
    page = requests.get(f"{house.address}/dat-lich?linh-vuc={FIELD}&co-quan={OFFICE}", timeout=60).text
    found = re.findall(r'ngay=([\d-]+)&(?:amp;)?gio=([\d:]+)">(?:(?!</a>).)*?<small>còn (\d+)', page, re.S)
    assert found, "no time can be booked"
    return {(day, time): int(left) for day, time, left in found}


def test_five_hundred_people_get_exactly_the_places_there_are(crowd_house):
    before = slots(crowd_house)
    # The earliest times that have about forty places together: everybody wants one of them.
    wanted, places = [], 0
    for slot in sorted(before):
        wanted.append(slot)
        places += before[slot]
        if places >= 40:
            break
    assert places >= 40

    def book(number):
        visitor = person(number)
        day, time = wanted[number % len(wanted)]
        where = {"linh-vuc": FIELD, "co-quan": OFFICE, "ngay": day, "gio": time}
        page = visitor.get(f"{crowd_house.address}/dat-lich/dat", params=where, timeout=120)
        form = {"csrf": token(page.text), "name": "Nguyễn Thị Lan", "phone": f"09{number:08d}", "reason": ""} | where
        answer = visitor.post(f"{crowd_house.address}/dat-lich/dat", data=form, timeout=120, allow_redirects=False)
        if answer.status_code == 409:
            assert "đã hết chỗ" in answer.text
            return None
        assert answer.status_code in (302, 303), answer.text
        page = visitor.get(crowd_house.address + answer.headers["location"], timeout=120)
        form = {"csrf": token(page.text), "code": re.search(r"<strong>(\d{6})</strong>", page.text)[1]}
        answer = visitor.post(page.url, data=form, timeout=120, allow_redirects=False)
        assert answer.status_code in (302, 303), answer.text
        return answer.headers["location"], visitor

    booked = [link for link in all_at_once(book, range(500)) if link]
    assert len(booked) == places
    assert len({path for path, _ in booked}) == places
    after = slots(crowd_house)
    assert not set(wanted) & set(after)
    assert {slot: left for slot, left in before.items() if slot not in wanted} == after
    # Each of them has their appointment.
    path, visitor = booked[0]
    shown = visitor.get(crowd_house.address + path, timeout=60)
    assert shown.status_code == 200 and "Đã xác nhận" in shown.text
    # The address alone opens nothing; the link on the page does, in any browser, and leads to the clean address.
    assert "Đã xác nhận" not in requests.get(crowd_house.address + path, timeout=60).text
    link = re.search(r'class="code wrap">[^<]*(/v\?h=[0-9a-z.]+)<', shown.text)[1]
    other = requests.Session().get(crowd_house.address + link, timeout=60)
    assert "Đã xác nhận" in other.text and link.rsplit(".", 1)[1] not in other.url


def test_a_visitor_books_changes_and_cancels(page, one_house):
    page.goto(f"/dat-lich?linh-vuc={FIELD}")
    expect(page.get_by_role("heading", name="1. Nộp trực tuyến")).to_be_visible()
    page.get_by_role("link", name="Bộ phận Tiếp nhận và Trả kết quả Sở Tư pháp").click()
    expect(page.get_by_text("biện pháp đặc biệt")).to_be_visible()
    page.locator("a.slot").first.click()
    details = page.url
    page.get_by_label("Họ và tên người đến").fill("Trần Văn Minh")
    page.get_by_label("Số điện thoại").fill("12")
    page.get_by_role("button", name="Giữ chỗ và nhận mã").click()
    # What was typed is still there, below the reason.
    expect(page.get_by_label("Họ và tên người đến")).to_have_value("Trần Văn Minh")
    phone = f"0988{page.viewport_size['width']:06d}"
    page.get_by_label("Số điện thoại").fill(phone)
    page.get_by_role("button", name="Giữ chỗ và nhận mã").click()
    code = page.locator(".notice strong").inner_text()
    # Whoever goes back and presses again has the place they hold, and no second one.
    held = page.url
    page.goto(details)
    page.get_by_label("Họ và tên người đến").fill("Trần Văn Mính")
    page.get_by_label("Số điện thoại").fill(phone)
    page.get_by_role("button", name="Giữ chỗ và nhận mã").click()
    expect(page).to_have_url(held)
    page.get_by_label("Mã xác nhận").fill(code)
    page.get_by_role("button", name="Xác nhận").click()
    expect(page.get_by_text("Đã xác nhận")).to_be_visible()
    expect(page.get_by_text("Trần Văn Mính")).to_be_visible()

    def calendar(name):
        with page.expect_download() as download:
            page.get_by_role("link", name=name).click()
        return download.value.path().read_bytes().decode()

    text = calendar("Thêm vào lịch điện thoại")
    assert "METHOD:PUBLISH\r\n" in text and "SEQUENCE:0\r\n" in text
    assert "BEGIN:VEVENT\r\n" in text and "DTSTART;TZID=Asia/Ho_Chi_Minh:" in text
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    page.get_by_role("link", name="Đổi giờ").click()
    page.locator(".slots button").nth(5).click()
    expect(page.get_by_text("Đã xác nhận")).to_be_visible()
    assert "SEQUENCE:1\r\n" in calendar("Thêm hoặc cập nhật trong lịch điện thoại")
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Hủy lịch hẹn").click()
    expect(page.get_by_text("Lịch hẹn đã hủy.")).to_be_visible()
    text = calendar("tải tệp hủy lịch")
    assert "METHOD:CANCEL\r\n" in text and "SEQUENCE:2\r\n" in text and "BEGIN:VALARM" not in text


def test_a_lowered_cap_is_told_to_those_beyond_it(browsers, one_house):
    """A leader closes the counter; who has booked is asked to choose anew, and the office sees them."""
    visitor, leader = browsers.open(PHONE), browsers.open()
    visitor.goto(f"/dat-lich?linh-vuc={FIELD}&co-quan={OFFICE}")
    visitor.locator("a.slot").nth(9).click()
    visitor.get_by_label("Họ và tên người đến").fill("Lê Thị Hoa")
    visitor.get_by_label("Số điện thoại").fill("0977123456")
    visitor.get_by_role("button", name="Giữ chỗ và nhận mã").click()
    visitor.get_by_label("Mã xác nhận").fill(visitor.locator(".notice strong").inner_text())
    visitor.get_by_role("button", name="Xác nhận").click()
    expect(visitor.get_by_text("Đã xác nhận")).to_be_visible()

    officer(leader, "lanhdao").goto("/work/orders/new")
    leader.get_by_label("Trực tiếp tại quầy").check()
    leader.get_by_label("Lý do").fill("Giãn cách xã hội")
    leader.get_by_label("Số văn bản").fill("18/CT-UBND")
    leader.get_by_label("Ngày văn bản").fill("23/07/2021")
    leader.get_by_role("button", name="Ban hành").click()
    expect(leader.get_by_text("18/CT-UBND").first).to_be_visible()
    order = leader.url
    for path in ("/", "/thu-tuc/2.000488", f"/co-quan/{OFFICE}", f"/quay/{OFFICE}", f"/bang/{OFFICE}", "/mot-cua"):
        leader.goto(path)
        expect(leader.get_by_text("18/CT-UBND").first).to_be_visible()
    leader.goto(f"/quay/{OFFICE}")
    expect(leader.get_by_role("button", name="Lấy số")).to_have_count(0)

    def is_displaced():
        visitor.reload()
        return visitor.get_by_text("cần được xếp lại").is_visible()

    for _ in range(50):
        if is_displaced():
            break
    assert is_displaced()
    # The order is the reason, and not that others came earlier.
    expect(visitor.get_by_text("18/CT-UBND").first).to_be_visible()
    expect(visitor.get_by_text("vượt số còn lại")).to_have_count(0)
    assert visitor.evaluate("document.documentElement.scrollWidth <= innerWidth")
    browsers.picture(visitor, "booking-displaced")
    leader.goto("/work/appointments")
    expect(leader.get_by_text("Lê Thị Hoa").first).to_be_visible()
    browsers.picture(leader, "booking-office")

    leader.goto(order)
    leader.get_by_role("link", name="Dừng áp dụng").click()
    leader.get_by_label("Văn bản hoặc lý do dừng").fill("Hết giãn cách")
    leader.get_by_role("button", name="Dừng áp dụng").click()
    expect(leader.get_by_text("Hết giãn cách")).to_be_visible()
    # Nobody lifts it twice.
    leader.goto(f"{order}/lift")
    expect(leader.get_by_text("Đã dừng áp dụng").first).to_be_visible()
    expect(leader.get_by_label("Văn bản hoặc lý do dừng")).to_have_count(0)
    for _ in range(50):
        if not is_displaced():
            break
    expect(visitor.get_by_text("Đã xác nhận")).to_be_visible()

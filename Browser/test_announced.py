"""What is ordered is told before it holds, and a device of the hall ends when somebody says so."""

import re
from datetime import datetime, timedelta, timezone

import requests
from playwright.sync_api import expect

from conftest import DESK
from crowd import Desk, open_all_day
from filings import CRIMINAL_RECORD
from person import JUSTICE, officer, press_on

OFFICE = f"{JUSTICE}-mot-cua"
PHONE = 320


def day(ahead):
    return (datetime.now(timezone(timedelta(hours=7))) + timedelta(days=ahead)).strftime("%d/%m/%Y")


def order(page, number, date, begins, agency=OFFICE, reason="Diễn tập phòng cháy"):
    page.goto("/work/orders/new")
    page.get_by_label("Áp dụng cho").select_option(agency)
    page.get_by_label("Trực tiếp tại quầy").check()
    page.locator("[name=percent]").fill("40")
    page.locator("[name=startDay]").fill(begins)
    page.get_by_label("Lý do").fill(reason)
    page.get_by_label("Số văn bản").fill(number)
    page.get_by_label("Ngày văn bản").fill(date)
    press_on(page, "Ban hành")


def sound(browsers, page, address, name):
    """Nothing sticks out on a telephone or on a desk."""
    for width in (PHONE, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{address} at {width} px"
        browsers.picture(page, name)


def test_an_order_is_announced_where_it_will_be_told_and_never_as_if_it_held(house, browsers):
    open_all_day(house, OFFICE)
    leader = officer(browsers.open(DESK), "lanhdao")
    # Nobody orders by what is signed tomorrow: the field is named, what was typed stays.
    order(leader, "21/CT-STP", day(1), day(3))
    expect(leader.locator(".summary")).to_contain_text("Ngày văn bản ở sau hôm nay")
    assert leader.get_by_label("Lý do").input_value() == "Diễn tập phòng cháy"
    order(leader, "21/CT-STP", day(0), day(3), reason="Diễn_tập_" * 24)
    expect(leader.locator("main")).to_contain_text("sắp áp dụng")
    sound(browsers, leader, leader.url, "order-to-come")
    # A department sees what is ordered of its own hall.
    sound(browsers, leader, "/work/orders", "orders-of-department")
    expect(leader.locator("main")).to_contain_text("Đang áp dụng tại Bộ phận Tiếp nhận")
    expect(leader.locator("main")).to_contain_text("21/CT-STP")
    sound(browsers, leader, f"/work/office/{OFFICE}", "office-with-order-to-come")

    visitor = browsers.open(PHONE)
    places = {
        "home": "/", "agency": f"/co-quan/{OFFICE}", "procedure": f"/thu-tuc/{CRIMINAL_RECORD}", "offices": "/mot-cua",
        "door": f"/quay/{OFFICE}", "display": f"/bang/{OFFICE}", "times": f"/dat-lich?linh-vuc=criminal-record&co-quan={OFFICE}",
    }  # fmt: skip
    for name, address in places.items():
        sound(browsers, visitor, address, f"announced-{name}")
        main = visitor.locator("main")
        expect(main, address).to_contain_text("21/CT-STP")
        assert main.inner_text().count("21/CT-STP") == 1, f"{address} tells one document more than once"
        expect(main, address).to_contain_text(day(3))
        told = main.locator(".notice").filter(has_text="21/CT-STP")
        expect(told, address).to_contain_text(re.compile("Sẽ tạm dừng|hiện vẫn nhận|hiện chưa có hiệu lực"))
        expect(told, address).not_to_contain_text(re.compile("đang tạm dừng|đang áp dụng"))


def test_a_device_is_listed_and_says_when_it_was_revoked(house, browsers):
    open_all_day(house, OFFICE)
    desk = Desk(house, "tiepnhan")
    word = re.search(r'data-word="(\w{12})"', desk.get("/work/door"))[1]
    display = browsers.open(DESK)
    display.goto(f"/quay/{OFFICE}/may")
    display.locator("[name=word]").fill(word)
    display.locator("[name=name]").fill("Màn hình cửa chính")
    press_on(display, "Là màn hình")
    expect(display.locator(".door-code")).to_be_visible()

    admin = officer(browsers.open(DESK), "lanhdao")
    sound(browsers, admin, f"/work/office/{OFFICE}/devices", "devices")
    row = admin.get_by_role("row", name=re.compile("Màn hình cửa chính"))
    expect(row).to_contain_text("Đang dùng được")
    expect(row).not_to_contain_text("chưa thấy")
    row.get_by_role("link", name="Thu hồi").click()
    expect(admin.locator("h1")).to_have_text("Thu hồi thiết bị?")
    browsers.picture(admin, "device-revoke")
    press_on(admin, "Thu hồi")
    expect(row).to_contain_text("Đã thu hồi")
    # Its stream ends, and it says so by itself.
    expect(display.locator("h1")).to_have_text("Thiết bị này đã bị thu hồi", timeout=15_000)
    assert display.locator(".door-code").count() == 0
    browsers.picture(display, "device-revoked")
    cookies = {cookie["name"]: cookie["value"] for cookie in display.context.cookies()}
    for path in (f"/bang/{OFFICE}", f"/quay/{OFFICE}?may", f"/mot-cua/{OFFICE}/live"):
        assert requests.get(house.address + path, cookies=cookies, timeout=10).status_code == 410, path
    assert requests.get(f"{house.address}/bang/{OFFICE}", timeout=10).status_code == 200
    # Who may not keep the office sees no list.
    assert desk.session.get(f"{house.address}/work/office/{OFFICE}/devices", timeout=10).status_code == 403


def test_the_door_offers_no_field_that_an_order_closes(house, browsers):
    open_all_day(house, OFFICE)
    leader = officer(browsers.open(DESK), "lanhdao")
    visitor = browsers.open(PHONE)
    visitor.goto(f"/quay/{OFFICE}")
    field = visitor.locator("[name=line][value*=criminal-record]")
    others = visitor.locator("[name=line]").count()
    expect(field).to_have_count(1)
    leader.goto("/work/orders/new")
    leader.get_by_label("Áp dụng cho").select_option(OFFICE)
    leader.get_by_label("Trực tiếp tại quầy").check()
    leader.locator("[name=scope][value=field]").check()
    leader.locator("[name=field]").select_option("criminal-record")
    leader.get_by_label("Lý do").fill("Kiểm kê")
    leader.get_by_label("Số văn bản").fill("22/CT-STP")
    leader.get_by_label("Ngày văn bản").fill(day(0))
    press_on(leader, "Ban hành")
    sound(browsers, visitor, f"/quay/{OFFICE}", "door-with-a-closed-field")
    expect(field).to_have_count(0)
    assert visitor.locator("[name=line]").count() == others - 1
    expect(visitor.locator("main")).to_contain_text("22/CT-STP")
    # Nor does the desk at the door, which says by which order and what stays open; a page from before gets no ticket.
    desk = officer(browsers.open(DESK), "tiepnhan")
    sound(browsers, desk, f"/work/triage/{CRIMINAL_RECORD}", "triage-of-a-closed-field")
    main = desk.locator("main")
    expect(main).to_contain_text("22/CT-STP")
    expect(main).to_contain_text("Vẫn nhận")
    expect(desk.locator("[name=line][value^='reception']")).to_have_count(0)
    desk.goto("/work/triage?q=ly+lich+tu+phap")
    expect(desk.locator(".cards")).to_contain_text("tạm dừng tại quầy")
    token = desk.locator("[name=csrf]").first.input_value()
    late = desk.request.post(
        f"{house.address}/work/triage/{CRIMINAL_RECORD}",
        form={"csrf": token, "line": "reception:criminal-record", "anyway": "yes", "health": "yes", "key": "12345678"},
    )
    assert late.status == 409 and "22/CT-STP" in late.text(), late.status
    press_on(leader, "Dừng áp dụng")
    leader.locator("[name=reason]").fill("Xong")
    press_on(leader, "Dừng áp dụng")
    visitor.reload()
    expect(field).to_have_count(1)

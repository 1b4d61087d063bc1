"""Who keeps the officers' accounts: the first administrator from the command line, two people where one is not enough,
and nobody shut out by somebody else. On both databases, on a phone with scripts and at a desk without."""

import itertools
import json
import re

import requests
from playwright.sync_api import expect

from conftest import PHONE
from house import Program
from person import WARD, enter, fill, heading, press, press_on

SECOND = "Nguyễn Văn Hai"
NUMBERS = itertools.count(1)
OWN_PASSWORD = "tre xanh bong mat"


def added(house, user, name, agency, *roles):
    """An officer from the command line, who has chosen a password."""
    done = house.run("staff", "add", "--user-name", user, "--name", name, "--agency", agency, *roles, "--json")
    return json.loads(done.stdout)["oneTimePassword"]


def at_the_desk(page, user, one_time):
    """Signs in for the first time, and chooses a password."""
    # Every step hashes a password, once or twice, at the pace of a debug build.
    page.set_default_timeout(60_000)
    page.goto("/work/sign-in")
    fill(page, {"login": user, "password": one_time})
    press_on(page, "Đăng nhập")
    heading(page, "Đặt mật khẩu của bạn")
    fill(page, {"current": one_time, "password": OWN_PASSWORD, "again": OWN_PASSWORD})
    press_on(page, "Đặt mật khẩu")
    enter(page, user, OWN_PASSWORD)
    return page


def test_two_people_where_one_is_not_enough(house, page, browsers):
    number = next(NUMBERS)
    boss, other, minh = (f"{name}.{number}" for name in ("ward.boss", "justice.boss", "minh"))
    # The other views of this house have brought one of theirs.
    called = "Lê Văn Minh" if page.viewport_size["width"] == PHONE else "Lê Quang Minh"
    ward = at_the_desk(page, boss, added(house, boss, "Hoàng Gia Huy", WARD, "--admin"))
    justice = browsers.another(page)
    at_the_desk(justice, other, added(house, other, "Lý Thu Ba", "h26-tu-phap", "--admin"))
    officer = browsers.another(page)
    at_the_desk(officer, minh, added(house, minh, called, "h26-tu-phap", "--role", "auditor"))

    # An administrator of the ward draws somebody of the Justice Department in: they are asked.
    ward.goto("/work/staff/new")
    fill(ward, {"name": called, "userName": minh, "roles": ["clerk"], "existing": "yes"})
    browsers.picture(ward, "staff-appoint")
    press_on(ward, "Thêm")
    expect(ward.locator("main")).to_contain_text("chưa có hiệu lực cho đến khi những người được hỏi đồng ý")
    expect(ward.locator("#pending")).to_contain_text("chính cán bộ đó, hoặc quản trị nơi họ đang làm việc")
    browsers.picture(ward, "staff-proposed")
    expect(officer.locator("header.site")).not_to_contain_text("phường")
    officer.goto("/work/account")
    expect(officer.locator("#pending")).to_contain_text("Văn thư – Ủy ban nhân dân phường Đội Cấn")
    browsers.picture(officer, "staff-offer")
    press(officer.locator("#pending"), "Đồng ý")
    expect(officer.locator("main")).to_contain_text("Đã ghi ý kiến đồng ý của bạn")
    expect(officer.locator("main")).to_contain_text("phường Đội Cấn")

    # Neither agency disables the account alone.
    ward.goto("/work/staff")
    ward.get_by_role("link", name=called).first.click()
    heading(ward, called)
    press_on(ward, "Khóa tài khoản")
    expect(ward.locator("#pending")).to_contain_text("khóa tài khoản")
    officer.goto("/work/account")
    heading(officer, "Tài khoản của bạn")
    justice.goto("/work/staff")
    expect(justice.locator("#pending")).to_contain_text("khóa tài khoản – Ủy ban nhân dân phường Đội Cấn")
    browsers.picture(justice, "staff-asked")
    line = justice.locator("#pending tr", has_text=minh)
    press(line, "Đồng ý")
    expect(justice.locator("main")).to_contain_text("Đã ghi ý kiến đồng ý của bạn")
    officer.goto("/work/account")
    expect(officer).to_have_url(re.compile("/work/sign-in"))

    # A second administrator needs a second person: where there is none, the operator.
    ward.goto("/work/staff/new")
    fill(ward, {"name": SECOND, "userName": f"hai.{number}", "roles": ["admin"]})
    press_on(ward, "Thêm")
    heading(ward, "Mật khẩu một lần")
    press_on(ward, "Xong")
    expect(ward.locator("#pending")).to_contain_text(f"hai.{number}")
    browsers.picture(ward, "staff-second-administrator")
    confirmed = json.loads(house.run("staff", "confirm", f"hai.{number}", "--json").stdout)
    assert confirmed["what"] == ["roles Administrator"]
    ward.goto("/work/staff")
    expect(ward.locator("table")).to_contain_text(SECOND)


def test_a_demonstration_says_so_on_every_page(one_house, page, browsers):
    for path in ("/", "/work/sign-in", "/nobody-knows"):
        page.goto(path)
        expect(page.locator("header.site")).to_contain_text("Bản trình diễn – dữ liệu không có thật")
    page.goto("/?lang=en")
    expect(page.locator("header.site")).to_contain_text("Demonstration – the data are invented")
    page.goto("/?lang=vi")
    browsers.picture(page, "staff-demonstration")


def test_a_guesser_shuts_nobody_out(house):
    """Five guesses, then the pair of account and address waits; nobody else does."""
    guesses = [
        requests.post(
            f"{house.address}/api/v1/sessions",
            json={"login": "chutich", "password": f"sai lần {n}", "kind": "staff"},
            timeout=30,
        )
        for n in range(6)
    ]
    assert [guess.status_code for guess in guesses] == [401] * 5 + [429]
    assert int(guesses[-1].headers["Retry-After"]) <= 900
    # Another account of the same address is not touched.
    assert Program(house, "vanthu", "staff").person["name"]

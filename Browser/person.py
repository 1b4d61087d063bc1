"""What people do in a browser, told in their words."""

import itertools
import re

from playwright.sync_api import Page, expect

from house import PASSWORD

WARD = "h26-doi-can"
JUSTICE = "h26-tu-phap"


def fill(page: Page, answers):
    """Fills a form's fields as a person would: types, picks from a list, or ticks."""
    for name, value in answers.items():
        field = page.locator(f'main [name="{name}"]:not([type=hidden])')
        expect(field.first, f"There is no field {name}").to_be_attached()
        if page.locator(f'main select[name="{name}"]').count():
            field.select_option(value)
        elif page.locator(f'main [name="{name}"]:is([type=radio], [type=checkbox])').count():
            for one in value if isinstance(value, list) else [value]:
                page.locator(f'main [name="{name}"][value="{one}"]:is([type=radio], [type=checkbox])').check()
        else:
            field.fill(value)


def typed(page: Page, name):
    """What stands in a field now."""
    if page.locator(f'main [name="{name}"][type=radio]').count():
        chosen = page.locator(f'main [name="{name}"]:checked')
        return chosen.get_attribute("value") if chosen.count() else None
    return page.locator(f'main [name="{name}"]:not([type=hidden])').input_value()


def press(page: Page, name):
    """Presses a button or follows a link, by what it says."""
    name = re.compile(rf"^\s*{name}\s*$") if isinstance(name, str) else name
    place = page.locator("body > :not(header.site, footer.site)") if isinstance(page, Page) else page
    place.get_by_role("button", name=name).or_(place.get_by_role("link", name=name)).first.click()


def press_on(page: Page, name):
    """Presses a button, and goes on only when the page that answers has come, be it the same one again."""
    with page.expect_navigation():
        press(page.locator("main"), name)


def attach(page: Page, component, *files):
    """Chooses files for a paper; each is (name, type, bytes)."""
    chosen = [{"name": name, "mimeType": kind, "buffer": data} for name, kind, data in files]
    page.locator(f'input[type=file][name="paper-{component}"]').set_input_files(chosen)


def heading(page: Page, words):
    expect(page.locator("h1")).to_have_text(re.compile(words))


NUMBERS = itertools.count(981_234_567)
NEW_PASSWORD = "tre xanh bong mat"


def sign_up(page: Page, name):
    """A new citizen; answers the telephone number, which no other test uses."""
    phone, password = f"0{next(NUMBERS)}", NEW_PASSWORD
    page.goto("/sign-up")
    fill(page, {"name": name, "phone": phone, "password": password, "again": password})
    press(page, "Đăng ký")
    expect(page.locator("header.site")).to_contain_text(name)
    return phone


def sign_in(page: Page, login, password=PASSWORD):
    page.goto("/sign-in")
    enter(page, login, password)


def enter(page: Page, login, password=PASSWORD):
    """Fills in the sign-in page on which one already is."""
    fill(page, {"login": login, "password": password})
    page.locator("main").get_by_role("button", name="Đăng nhập").click()
    expect(page.locator("header.site").get_by_role("button", name="Đăng xuất")).to_be_visible()


def officer(page: Page, login):
    """An officer at their desk."""
    page.goto("/work/sign-in")
    enter(page, login)
    return page


def begin(page: Page, procedure, agency, return_by, situation=None):
    """The first page of filing; afterwards the first section is shown."""
    page.goto(f"/nop/{procedure}")
    answers = {"agency": agency, "returnBy": return_by}
    fill(page, answers | ({"situation": situation} if situation else {}))
    press(page, "Tiếp tục")
    page.wait_for_url("**/nhap/*/khai/*")
    return draft_of(page)


def draft_of(page: Page):
    return re.search(r"/nhap/([^/]+)", page.url)[1]


def dossier_of(page: Page):
    return re.search(r"/(?:ho-so|dossiers)/([^/?]+)", page.url)[1]


def section(page: Page, key, answers):
    """Fills one section and goes on; whatever is wrong with it ends the test."""
    expect(page, f"The section {key} comes next").to_have_url(re.compile(rf"/khai/{key}(\?check=1)?$"))
    fill(page, answers)
    press(page, "Lưu và tiếp tục")
    wrong = page.locator(".summary")
    assert wrong.count() == 0, f"{key}: {wrong.inner_text()}"


def act(page: Page, dossier, name, fields=None, confirm=None):
    """An officer opens a dossier and does what the button says; `fields` answer the page that asks for more."""
    page.goto(f"/work/dossiers/{dossier}")
    button = re.compile(f"^{name}")
    if fields is not None:
        press(page.locator("main"), button)
        heading(page, confirm or name)
        fill(page, fields)
    # The page to which it leads may be the one on which one is, so its address alone does not tell that it has come.
    with page.expect_navigation(url=f"**/work/dossiers/{dossier}*"):
        press(page.locator("main"), button)


def stage(page: Page):
    """The state of the dossier on the page, as people read it."""
    return page.locator("dl.facts .tag").first.inner_text()

"""Every page, at three widths: nothing sticks out, everything has a name, nothing needs a mouse. What a page looks like
does not depend on the database, so one of them will do."""

import re
from datetime import date, timedelta

import pytest
import requests
from playwright.sync_api import expect

import papers
from conftest import DESK, PHONE, Browsers
from filings import BIRTH, CRIMINAL_RECORD, LETTER, LETTER_PAPER, letter, letter_papers
from house import Program
from person import JUSTICE, WARD, officer, sign_in

WIDTHS = [320, PHONE, DESK]
LAN = "0912000001"

PUBLIC = {
    "home": "/",
    "search": "/thu-tuc?q=khai+sinh",
    "search-nothing": "/thu-tuc?q=xyzzyqwert",
    "procedures": "/thu-tuc",
    "procedure": f"/thu-tuc/{BIRTH}",
    "procedure-long": f"/thu-tuc/{CRIMINAL_RECORD}",
    "agencies": "/co-quan",
    "agency": f"/co-quan/{JUSTICE}",
    "when-to-come": f"/co-quan/{JUSTICE}/khi-nao-nen-den",
    "look-up": "/tra-cuu",
    "booking": "/dat-lich",
    "booking-where": "/dat-lich?linh-vuc=criminal-record",
    "booking-procedure": f"/dat-lich?thu-tuc={CRIMINAL_RECORD}",
    "booking-when": "/dat-lich?linh-vuc=criminal-record&co-quan=h26-tu-phap-mot-cua",
    "booking-who": "/dat-lich/dat?linh-vuc=criminal-record&co-quan=h26-tu-phap-mot-cua&ngay=2099-01-05&gio=08:00",
    "booking-wait": "/dat-lich/dat?linh-vuc=criminal-record&co-quan=h26-tu-phap-mot-cua&ngay=2099-01-05&cho=1",
    "sign-in": "/sign-in",
    "sign-up": "/sign-up",
    "work-sign-in": "/work/sign-in",
    "new-password": "/work/new-password",
    "design": "/design",
    "offices-now": "/mot-cua",
    "ticket-door": "/quay/h26-ba-dinh-mot-cua",
    "hall-device": "/quay/h26-tu-phap-mot-cua/may",
    "ticket-locked": "/phieu/0123456789abcdef",
    "appointment-locked": "/lich-hen/0123456789abcdef",
    "hall-board": "/bang/h26-ba-dinh-mot-cua",
    "not-found": "/khong-co-trang-nay",
}
CITIZEN = {
    "my-dossiers": "/ho-so",
    "account": "/tai-khoan",
    "start": f"/nop/{BIRTH}",
    "start-not-online": "/nop/0.000000",
    "draft-applicant": "/nhap/{draft}/khai/applicant",
    "draft-errors": "/nhap/{draft}/khai/request?check=1",
    "draft-papers": "/nhap/{draft}/giay-to",
    "draft-papers-errors": "/nhap/{draft}/giay-to?check=1",
    "draft-review": "/nhap/{draft}/xem-lai",
    "draft-discard": "/nhap/{draft}/xoa",
    "record-declaration": "/nhap/{record}/khai/declaration",
    "record-person": "/nhap/{record}/khai/person?check=1",
    "record-residence": "/nhap/{record}/khai/residence",
    "dossier": "/ho-so/{dossier}",
    "dossier-filed": "/ho-so/{dossier}?filed=1",
    "withdraw": "/ho-so/{dossier}/rut",
    "dossier-supplement": "/ho-so/{awaiting}",
    "supplement": "/ho-so/{awaiting}/bo-sung",
    "dossier-finished": "/ho-so/{finished}",
    "dossier-long": "/ho-so/{long}",
    "declaration": "/ho-so/{dossier}/to-khai",
    "declaration-long": "/ho-so/{long}/to-khai",
    "clock": "/ho-so/{finished}/thoi-han",
    "not-mine": "/ho-so/none",
}
RECEPTION = {
    "inbox-new": "/work/inbox/new",
    "inbox-accepted": "/work/inbox/accepted",
    "inbox-opinions": "/work/inbox/opinions",
    "inbox-waiting": "/work/inbox/waiting",
    "inbox-late": "/work/inbox/late",
    "inbox-due-soon": "/work/inbox/due-soon",
    "inbox-answer-late": "/work/inbox/answer-late",
    "inbox-answer-soon": "/work/inbox/answer-soon",
    "inbox-finished": "/work/inbox/finished",
    "inbox-closed": "/work/inbox/closed",
    "inbox-all": "/work/inbox/all",
    "work-search": "/work/search?q=nguyen",
    "work-search-nothing": "/work/search?q=xyzzyqwert",
    "intake": "/work/intake",
    "intake-found": "/work/intake?q=tu+van+vien",
    "intake-form": f"/work/intake/{LETTER}",
    "intake-long-form": f"/work/intake/{CRIMINAL_RECORD}",
    "work-dossier-filed": "/work/dossiers/{dossier}",
    "work-dossier-long": "/work/dossiers/{long}",
    "work-dossier-waiting": "/work/dossiers/{awaiting}",
    "work-dossier-finished": "/work/dossiers/{finished}",
    "work-dossier-asked": "/work/dossiers/{asked}",
    "act-give-opinion": "/work/dossiers/{asked}/act/give-opinion",
    "act-refuse": "/work/dossiers/{dossier}/act/refuse",
    "act-supplement": "/work/dossiers/{dossier}/act/supplement",
    "inbox-supplement-late": "/work/inbox/supplement-late",
    "act-receive-supplement": "/work/dossiers/{awaiting}/act/receive-supplement",
    "act-hand-over": "/work/dossiers/{dossier}/act/hand-over",
    "counters": "/work/counter",
    "counter": "/work/counter/1",
    "door": "/work/door",
    "door-poster": "/work/door/poster",
    "triage": "/work/triage",
    "triage-found": "/work/triage?q=phieu+ly+lich+tu+phap",
    "triage-papers": f"/work/triage/{CRIMINAL_RECORD}",
    "digitise": "/work/dossiers/{dossier}/digitise",
    "scan": "/work/scan",
    "work-account": "/work/account",
    "work-not-found": "/work/dossiers/none",
    "work-not-allowed": "/work/staff",
}
CASE_OFFICER = {
    "inbox-turn": "/work/inbox/turn-caseOfficer",
    "inbox-mine": "/work/inbox/mine",
    "work-dossier-processing": "/work/dossiers/{processing}",
    "act-payment": "/work/dossiers/{processing}/act/require-payment",
    "act-send-back": "/work/dossiers/{processing}/act/send-back",
    "act-complete": "/work/dossiers/{processing}/act/complete-step",
    "act-assign": "/work/dossiers/{processing}/act/assign",
    "act-pass": "/work/dossiers/{processing}/act/pass",
    "inbox-passed": "/work/inbox/passed",
    "work-dossier-passed": "/work/dossiers/{passed}",
    "act-recall": "/work/dossiers/{passed}/act/recall",
    "work-dossier-asking": "/work/dossiers/{asked}",
    "act-ask-opinions": "/work/dossiers/{asked}/act/ask-opinions",
    "act-withdraw-opinion": "/work/dossiers/{asked}/act/withdraw-opinion",
    "act-complete-alone": "/work/dossiers/{asked}/act/complete-step",
    "absences-own": "/work/absences",
}
PARTNER = {
    "inbox-received": "/work/inbox/received",
    "work-dossier-received": "/work/dossiers/{passed}",
    "act-pass-back": "/work/dossiers/{passed}/act/pass-back",
}
LEADER = {
    "absences": "/work/absences",
    "assignment": "/work/assignment",
    "held": "/work/held/{officer}",
    "numbering": "/work/numbering",
    "inbox-sign": "/work/inbox/turn-leader",
    "board": "/work/board",
    "board-waiting": "/work/board?show=waiting",
    "board-soon": "/work/board?show=soon",
    "office": "/work/office",
    "devices": "/work/office/h26-tu-phap-mot-cua/devices",
    "orders": "/work/orders",
    "orders-new": "/work/orders/new",
    "appointments": "/work/appointments",
}
ADMIN = {
    "staff": "/work/staff",
    "staff-new": "/work/staff/new",
    "staff-officer": "/work/staff/{officer}",
    "calendar": "/work/calendar?year=2026",
    "calendar-day-off": "/work/calendar/new/day-off",
    "calendar-working-day": "/work/calendar/new/working-day",
    "calendar-week": "/work/calendar/new/week",
}
DESKS = {
    "": PUBLIC,
    LAN: CITIZEN,
    "tiepnhan": RECEPTION,
    "thuly": CASE_OFFICER,
    "phuong": PARTNER,
    "lanhdao": LEADER,
    "quantri": ADMIN,
}
PAGES = [(login, name) for login, pages in DESKS.items() for name in pages]

# What a reader of the page, its markup and its styles would complain about.
FAULTS = """() => {
    const faults = [];
    const name = (e) => `${e.tagName.toLowerCase()} ${e.id || e.name || e.className || ""} “${(e.textContent || "").trim().slice(0, 40)}”`;
    const seen = (e) => e.checkVisibility({ visibilityProperty: true });
    const all = (selector) => [...document.querySelectorAll(selector)];
    const labelled = (e) => e.labels?.length || e.getAttribute("aria-label")
        || (e.getAttribute("aria-labelledby") || "").split(" ").some((id) => id && document.getElementById(id));
    if (!["vi", "en"].includes(document.documentElement.lang)) faults.push("the page has no language");
    if (!document.title.trim()) faults.push("the page has no title");
    if (all("h1").length !== 1) faults.push(`there are ${all("h1").length} h1`);
    if (all("main").length !== 1) faults.push(`there are ${all("main").length} main`);
    let level = 0;
    for (const heading of all("main h1, main h2, main h3, main h4")) {
        const own = Number(heading.tagName[1]);
        if (level && own > level + 1) faults.push(`a level is left out before ${name(heading)}`);
        level = own;
    }
    for (const input of all("input:not([type=hidden]), select, textarea"))
        if (!labelled(input)) faults.push(`no label: ${name(input)}`);
    for (const control of all("button, a[href], summary"))
        if (!(control.textContent.trim() || control.getAttribute("aria-label"))) faults.push(`no words: ${name(control)}`);
    for (const image of all("img")) if (!image.hasAttribute("alt")) faults.push(`no alt: ${image.src}`);
    for (const group of all("input[type=radio]"))
        if (!group.closest("fieldset")?.querySelector("legend")) faults.push(`radios without legend: ${name(group)}`);
    for (const table of all("table")) {
        if (!table.caption?.textContent.trim()) faults.push("a table has no caption");
        for (const head of table.querySelectorAll("th")) if (!head.scope) faults.push(`th without scope: ${name(head)}`);
    }
    const ids = all("[id]").map((e) => e.id);
    for (const id of new Set(ids.filter((id, index) => ids.indexOf(id) !== index))) faults.push(`id twice: ${id}`);
    for (const e of all("[aria-describedby], [aria-labelledby]"))
        for (const kind of ["aria-describedby", "aria-labelledby"])
            for (const id of (e.getAttribute(kind) || "").split(" ").filter(Boolean))
                if (!document.getElementById(id)) faults.push(`${kind} leads nowhere: ${id}`);
    for (const label of all("label[for]"))
        if (!document.getElementById(label.htmlFor)) faults.push(`label for nothing: ${label.htmlFor}`);
    for (const link of all('a[href^="#"]'))
        if (!document.getElementById(decodeURIComponent(link.hash.slice(1)))) faults.push(`link to nothing: ${link.hash}`);
    for (const script of all("script")) if (!script.src || script.textContent.trim()) faults.push("a script inside the page");
    for (const e of all("*"))
        for (const attribute of e.attributes) {
            if (attribute.name.startsWith("on")) faults.push(`a script in ${attribute.name} of ${name(e)}`);
            if (attribute.name === "style") faults.push(`a style in ${name(e)}`);
            if (["href", "src", "action"].includes(attribute.name) && attribute.value.trim().toLowerCase().startsWith("javascript:"))
                faults.push(`a script in ${attribute.name} of ${name(e)}`);
        }
    for (const form of all("form[method=post]"))
        if (form.querySelector("input")?.name !== "csrf") faults.push(`a form without csrf: ${form.action}`);
    if (all("form form").length) faults.push("a form inside a form");

    // Contrast of text with the colour behind it, as WCAG 2.1 computes it. Gradients and pictures are left out.
    const parts = (colour) => (colour.match(/[\\d.]+/g) || []).map(Number);
    const light = ([r, g, b]) => [r, g, b].map((v) => v / 255)
        .map((v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
        .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
    const behind = (e) => {
        for (; e; e = e.parentElement) {
            const style = getComputedStyle(e);
            if (style.backgroundImage !== "none") return null;
            const colour = parts(style.backgroundColor);
            if (style.backgroundColor.startsWith("rgb") && (colour[3] ?? 1) === 1) return colour;
            if (style.backgroundColor.startsWith("rgb") && colour[3] > 0) return null;
        }
        return [255, 255, 255];
    };
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const told = new Set();
    for (let text = walker.nextNode(); text; text = walker.nextNode()) {
        const e = text.parentElement;
        if (!text.data.trim() || told.has(e) || !seen(e) || e.closest(".unseen, .skip, [disabled], option, noscript")) continue;
        told.add(e);
        const style = getComputedStyle(e), ground = behind(e);
        if (!ground || !style.color.startsWith("rgb(")) continue;
        const [a, b] = [light(parts(style.color)), light(ground)];
        const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
        const size = parseFloat(style.fontSize);
        const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
        if (ratio < (isLarge ? 3 : 4.5)) faults.push(`contrast ${ratio.toFixed(2)}: ${name(e)}`);
    }
    return [...new Set(faults)];
}"""

# What depends on the width of the window.
CROWDED = """() => {
    const faults = [];
    const width = document.documentElement.clientWidth;
    if (document.scrollingElement.scrollWidth > width) {
        const wide = [...document.querySelectorAll("body *")].filter((e) => {
            const box = e.getBoundingClientRect();
            if (box.right <= width + 0.5 || !box.width) return false;
            for (let p = e.parentElement; p; p = p.parentElement)
                if (["auto", "scroll", "hidden", "clip"].includes(getComputedStyle(p).overflowX) && p !== document.body) return false;
            return true;
        });
        faults.push(`scrolls sideways to ${document.scrollingElement.scrollWidth}: ${wide.slice(0, 4)
            .map((e) => `${e.tagName.toLowerCase()}.${e.className} “${e.textContent.trim().slice(0, 30)}”`).join("; ")}`);
    }
    // WCAG 2.2, 2.5.8: what is pressed is 24 px high and wide, or alone within a circle of that size.
    const targets = [...document.querySelectorAll("main :is(a, button, input:not([type=hidden]), select, textarea, summary), header :is(a, button), footer a")]
        .filter((e) => e.checkVisibility() && e.getBoundingClientRect().width > 2);
    const boxes = targets.map((e) => [e, ...(e.labels ?? [])].map((e) => e.getBoundingClientRect()));
    targets.forEach((e, index) => {
        const big = boxes[index].some((box) => box.height >= 23.5 && box.width >= 23.5);
        const box = boxes[index][0], x = box.left + box.width / 2, y = box.top + box.height / 2;
        const isText = getComputedStyle(e).display === "inline" && e.parentElement.textContent.trim() !== e.textContent.trim();
        if (big || isText) return;
        const near = targets.find((other, number) => number !== index && boxes[number].slice(0, 1).some((b) =>
            Math.hypot(Math.max(b.left - x, 0, x - b.right), Math.max(b.top - y, 0, y - b.bottom)) < 12));
        if (near) faults.push(`${Math.round(box.width)} × ${Math.round(box.height)} px and close to another: “${(e.textContent || e.name).trim().slice(0, 30)}”`);
    });
    return faults;
}"""


@pytest.fixture(scope="module")
def things(one_house):
    """Dossiers in every state that a page shows, made through the API."""
    lan = Program(one_house, LAN)
    work = {login: Program(one_house, login, "staff") for login in ("tiepnhan", "thuly", "lanhdao", "vanthu")}

    def do(login, dossier, act, **order):
        answer = work[login].post(f"work/dossiers/{dossier}/acts/{act}", json=order)
        assert answer.status_code == 200, answer.text

    def new(content):
        answer = lan.file(letter("Nguyễn Thị Lan", content), letter_papers())
        assert answer.status_code == 201, answer.text
        return answer.json()["id"]

    def draft(procedure, situation=None):
        begun = {"procedure": procedure, "agency": JUSTICE, "returnBy": "counter", "situation": situation}
        return lan.post("drafts", json=begun).json()["id"]

    made = {name: new(f"Hồ sơ {name}") for name in ("dossier", "awaiting", "accepted", "processing", "passed", "asked", "finished")}
    made["long"] = new("Một câu rất dài không có dấu cách " + "Ngườilàmđơn" * 40 + "\n" + "Nội dung đề nghị. " * 60)
    items = [
        {"item": LETTER_PAPER, "originals": 1, "text": "Thiếu trang 2 và chữ ký. " * 6},
        {"item": "_answers", "text": "Số quyết định ghi thiếu năm."},
    ]
    do("tiepnhan", made["awaiting"], "supplement", text="Hồ sơ chưa đầy đủ.", items=items)
    for name in ("accepted", "processing", "passed", "asked", "finished"):
        do("tiepnhan", made[name], "accept")
    for name in ("processing", "passed", "asked", "finished"):
        do("tiepnhan", made[name], "hand-over")
        do("thuly", made[name], "take")
    wanted = {"agency": WARD, "text": "Đề nghị xác minh nơi cư trú.\n" * 4}
    for days in range(1, 12):
        # A day of rest is refused.
        wanted["by"] = (date.today() + timedelta(days=days)).isoformat()
        if work["thuly"].post(f"work/dossiers/{made['passed']}/acts/pass", json=wanted).status_code == 200:
            break
    else:
        raise AssertionError("no working day within a fortnight")
    asked = [work[login].person["id"] for login in ("tiepnhan", "vanthu", "lanhdao")]
    do("thuly", made["asked"], "ask-opinions", officers=asked[:2], text="Trung tâm này còn thẻ nào chưa thu hồi không? " * 4)
    do("thuly", made["asked"], "ask-opinions", officers=asked[2:], text="Có cần xác minh thêm không?")
    do("vanthu", made["asked"], "give-opinion", stance="objects", text="Sổ cấp thẻ ghi còn một thẻ, số 15/TVV. " * 5)
    parts = {"outcome": (None, "granted"), "paper-decision-withdrawing-card": ("quyet-dinh.pdf", papers.pdf())}
    answer = work["thuly"].post(f"work/dossiers/{made['finished']}/result", files=parts)
    assert answer.status_code == 200, answer.text
    for login in ("thuly", "lanhdao", "vanthu"):
        do(login, made["finished"], "complete-step")
    made["draft"], made["record"] = draft(LETTER), draft(CRIMINAL_RECORD, "self")
    upload = lan.post(f"drafts/{made['draft']}/files", files={f"paper-{LETTER_PAPER}": ("van-ban.pdf", papers.pdf())})
    assert upload.status_code == 201, upload.text
    made["officer"] = work["thuly"].person["id"]
    return made


@pytest.fixture(scope="module")
def desks(one_house, chromium):
    """A signed-in browser per person, kept for all pages."""
    browsers = Browsers(chromium, one_house.address, "pages")
    open_desks = {}

    def desk(login):
        if login not in open_desks:
            open_desks[login] = browsers.open(DESK)
            if login:
                sign_in(open_desks[login], login) if login == LAN else officer(open_desks[login], login)
        return open_desks[login]

    desk.browsers = browsers
    yield desk
    browsers.close(failed=False)


@pytest.mark.parametrize("login, name", PAGES, ids=[name for _, name in PAGES])
def test_the_page_is_sound_at_every_width(one_house, things, desks, login, name):
    page = desks(login)
    page.set_viewport_size({"width": DESK, "height": 900})
    desks.browsers.complaints.clear()
    answer = page.goto(DESKS[login][name].format(**things))
    assert answer.status < 500
    assert answer.headers["content-security-policy"]
    assert (answer.status == 404) == ("not-found" in name or name in ("not-mine", "start-not-online"))
    faults = page.evaluate(FAULTS)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 844})
        faults += [f"at {width} px: {fault}" for fault in page.evaluate(CROWDED)]
        if width != 320:
            desks.browsers.picture(page, f"page-{name}")
    assert not faults, "\n".join(faults)
    assert not desks.browsers.complaints


@pytest.mark.parametrize(
    "login, name", [("", "home"), ("", "procedure"), (LAN, "dossier"), ("tiepnhan", "work-dossier-filed"), ("tiepnhan", "inbox-new")]
)
def test_the_page_speaks_english_too(one_house, things, desks, login, name):
    page = desks(login)
    page.goto(DESKS[login][name].format(**things))
    page.get_by_role("link", name="English").click()
    assert page.locator("html").get_attribute("lang") == "en"
    try:
        frame = page.locator("header.site .menu, main h2, main dt, main button, footer").all_inner_texts()
        vietnamese = [words for words in frame if re.search("[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", words.lower().replace("tiếng việt", ""))]
        names = [words for words in vietnamese if "Nguyễn" not in words]
        assert not names, names
        desks.browsers.picture(page, f"english-{name}")
    finally:
        page.get_by_role("link", name="Tiếng Việt").click()


def focus_of(page):
    """What has the focus and whether that can be seen: by an outline, a shadow or a change of colour."""
    return page.evaluate(
        """() => {
            const e = document.activeElement, look = (e) => {
                const s = getComputedStyle(e);
                return [s.outlineStyle === "none" || s.outlineWidth === "0px" ? "" : s.outline, s.boxShadow, s.borderColor, s.backgroundColor].join("|");
            };
            const shown = look(e);
            e.blur();
            const hidden = look(e);
            e.focus({ preventScroll: true, focusVisible: true });
            const box = e.getBoundingClientRect();
            return { words: (e.textContent || e.getAttribute("aria-label") || e.name || "").trim(), tag: e.tagName,
                name: e.getAttribute("name"), visible: shown !== hidden, inside: box.width > 0 && box.left >= 0 && box.right <= innerWidth + 1 };
        }"""
    )


@pytest.mark.parametrize(
    "login, name, wanted",
    [
        ("", "home", "INPUT"),
        ("", "procedure", "Nộp"),
        ("", "sign-in", "Đăng nhập"),
        (LAN, "start", "Tiếp tục"),
        (LAN, "draft-applicant", "Lưu và tiếp tục"),
        (LAN, "draft-papers", "Tải lên và tiếp tục"),
        (LAN, "supplement", "Gửi bổ sung"),
        ("tiepnhan", "work-dossier-filed", "Tiếp nhận"),
        ("tiepnhan", "act-refuse", "Từ chối tiếp nhận"),
        ("tiepnhan", "intake-form", "Tiếp nhận"),
    ],
    ids=lambda value: re.sub(r"\W+", "_", value) or None,
)
def test_the_tab_key_reaches_the_main_action_and_can_be_seen(one_house, things, desks, login, name, wanted):
    page = desks(login)
    page.set_viewport_size({"width": DESK, "height": 900})
    page.goto(DESKS[login][name].format(**things))
    page.keyboard.press("Tab")
    assert "nội dung chính" in focus_of(page)["words"], "The first Tab offers to skip the menus."
    page.keyboard.press("Enter")
    unseen = []
    for _ in range(80):
        page.keyboard.press("Tab")
        focus = focus_of(page)
        if not (focus["visible"] and focus["inside"]):
            unseen.append(focus)
        if focus["tag"] == wanted or (focus["tag"] in ("BUTTON", "A") and focus["words"].startswith(wanted)):
            break
    else:
        pytest.fail(f"80 presses of Tab did not reach “{wanted}”.")
    assert not unseen, f"The focus cannot be seen on {unseen}"


@pytest.mark.parametrize("login, name", [("", "procedure"), (LAN, "dossier"), ("tiepnhan", "work-dossier-filed"), ("lanhdao", "board-waiting")])
def test_the_page_prints(one_house, things, desks, login, name):
    page = desks(login)
    page.set_viewport_size({"width": DESK, "height": 900})
    page.goto(DESKS[login][name].format(**things))
    page.emulate_media(media="print")
    try:
        expect(page.locator("h1")).to_be_visible()
        expect(page.locator("header.site nav.menu")).to_be_hidden()
        expect(page.locator("main button:visible")).to_have_count(0)
        # A4 at 96 dpi, without its margins.
        page.set_viewport_size({"width": 718, "height": 1000})
        assert not page.evaluate(CROWDED)
        desks.browsers.picture(page, f"print-{name}")
        assert page.pdf(format="A4").startswith(b"%PDF")
    finally:
        page.emulate_media(media=None)


def test_colours_of_a_dark_screen_can_be_read(one_house, things, desks):
    page = desks("")
    page.emulate_media(color_scheme="dark")
    try:
        page.goto("/")
        assert not [fault for fault in page.evaluate(FAULTS) if fault.startswith("contrast")]
        desks.browsers.picture(page, "dark-home")
    finally:
        page.emulate_media(color_scheme=None)


def test_large_letters_do_not_break_the_page(one_house, things, desks):
    """WCAG 1.4.4 and 1.4.12: twice the size of letters on a desk is a narrow window; wide spacing must not cut words."""
    page = desks(LAN)
    page.set_viewport_size({"width": PHONE, "height": 844})
    for name in ("draft-applicant", "dossier"):
        page.goto(CITIZEN[name].format(**things))
        page.evaluate("""() => { for (const e of document.querySelectorAll("body *")) {
            e.style.setProperty("letter-spacing", "0.12em", "important");
            e.style.setProperty("word-spacing", "0.16em", "important");
            e.style.setProperty("line-height", "1.5", "important"); } }""")
        sideways = [fault for fault in page.evaluate(CROWDED) if "sideways" in fault]
        assert not sideways, f"{name}: {sideways}"


def test_every_link_on_the_way_leads_somewhere(one_house, things, desks):
    page = desks("")
    seen, broken = set(), []
    for path in list(PUBLIC.values())[:-1]:
        page.goto(path)
        for link in page.locator("a[href]").evaluate_all("links => links.map(a => a.href)"):
            if link.startswith(one_house.address) and "#" not in link and "lang=" not in link:
                seen.add(link)
    session = requests.Session()
    for link in sorted(seen)[:150]:
        status = session.get(link, timeout=20).status_code
        if status >= 400:
            broken.append((link, status))
    assert not broken, broken

"""The main job, end to end, as people do it: file, receive, process, return, follow. On both databases, on a phone and
at a desk, with and without scripts."""

import re
import subprocess
from urllib.parse import urljoin

import pytest
from playwright.sync_api import expect

import papers
from conftest import VIEWS, view_name
from filings import BIRTH, BIRTH_SECTIONS, LETTER, LETTER_PAPER, LETTER_RESULT
from house import SITE
from person import (
    JUSTICE,
    NEW_PASSWORD,
    WARD,
    act,
    attach,
    begin,
    dossier_of,
    draft_of,
    enter,
    fill,
    heading,
    officer,
    press,
    press_on,
    section,
    sign_in,
    sign_up,
    stage,
    typed,
)

LAN, MINH = "0912000001", "0912000002"
SHORT_FORM = {
    "applicant": {"applicant.address": "Số 3 phố Minh Họa, Hà Nội"},
    "request": {"request.content": "Đề nghị thu hồi thẻ tư vấn viên pháp luật số 15."},
}


def downloaded(page, link):
    """The bytes behind a link, as the browser saves them."""
    with page.expect_download() as waiting:
        link.click()
    return waiting.value.path().read_bytes()


def opened(page, link):
    """The paper behind a link, which opens in the browser to be printed there."""
    answer = page.request.get(urljoin(page.url, link.get_attribute("href")))
    assert answer.ok, answer.text()
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"].startswith("inline")
    return answer.body()


def text_of(pdf, tmp_path):
    path = tmp_path / "paper.pdf"
    path.write_bytes(pdf)
    return subprocess.run(["pdftotext", "-layout", path, "-"], check=True, capture_output=True, text=True).stdout


def qr_of(pdf, tmp_path):
    path = tmp_path / "paper.pdf"
    path.write_bytes(pdf)
    subprocess.run(["pdftoppm", "-r", "150", "-png", "-singlefile", path, tmp_path / "paper"], check=True)
    return subprocess.run(
        ["zbarimg", "--quiet", "--raw", tmp_path / "paper.png"], check=True, capture_output=True, text=True
    ).stdout.strip()


def fact(page, name):
    return page.locator(f'dl.facts div:has(dt:text-is("{name}")) dd').first.inner_text()


def file_letter(page, login=None):
    """A citizen files the small procedure; their dossier is shown."""
    if login:
        sign_in(page, login)
    begin(page, LETTER, JUSTICE, "online")
    for key, answers in SHORT_FORM.items():
        section(page, key, answers)
    attach(page, LETTER_PAPER, ("van-ban.pdf", "application/pdf", papers.pdf()))
    press(page, "Tải lên và tiếp tục")
    heading(page, "Xem lại")
    press(page, "Nộp hồ sơ")
    page.wait_for_url("**/ho-so/*?filed=1")
    return dossier_of(page)


@pytest.mark.parametrize("page", VIEWS, indirect=True, ids=view_name)
def test_birth_registration_from_the_search_to_the_certificate(house, page, browsers, tmp_path):
    phone = sign_up(page, "Lê Thị Hồng")

    # Everyday words, no accents.
    page.goto("/")
    page.get_by_role("searchbox").fill("giay khai sinh cho con")
    page.get_by_role("searchbox").press("Enter")
    page.locator("main a:has(strong:text-is('Đăng ký khai sinh'))").click()
    heading(page, "Đăng ký khai sinh")
    press(page, re.compile("Nộp (hồ sơ )?trực tuyến"))
    fill(page, {"agency": WARD, "situation": "birth-proof", "returnBy": "online"})
    press(page, "Tiếp tục")
    assert typed(page, "applicant.fullName") == "Lê Thị Hồng", "What is known of the person is filled in."
    assert typed(page, "applicant.phone") == phone
    for key, answers in BIRTH_SECTIONS.items():
        section(page, key, answers)

    # A scan, and a photo from the phone.
    scan, photo = papers.pdf("Giay chung sinh so 0042"), papers.photo()
    assert 90_000 < len(scan) < 110_000 and 300_000 < len(photo) < 3_000_000
    heading(page, "Giấy tờ")
    attach(page, "birth-proof", ("Giấy chứng sinh.pdf", "application/pdf", scan), ("IMG_0042.JPG", "image/jpeg", photo))
    browsers.picture(page, "journey-papers")
    press(page, "Tải lên và tiếp tục")
    heading(page, "Xem lại")
    main = page.locator("main")
    for words in ["Nguyễn Bảo An", "Giấy chứng sinh.pdf", "IMG_0042.JPG", "Đội Cấn", "Bản điện tử"]:
        expect(main).to_contain_text(words)
    browsers.picture(page, "journey-review")
    press(page, "Nộp hồ sơ")

    heading(page, "Đã nộp hồ sơ")
    dossier, code, secret = dossier_of(page), fact(page, "Mã hồ sơ"), fact(page, "Mã tra cứu")
    browsers.picture(page, "journey-filed")
    proof = opened(page, page.get_by_role("link", name=re.compile("Tải giấy xác nhận")))
    printed = text_of(proof, tmp_path)
    assert code in printed and secret in printed and "Lê Thị Hồng" in printed
    link = qr_of(proof, tmp_path)
    # Behind the #, where no server and no log between sees the secret.
    assert link.startswith(f"{SITE}/tra-cuu#") and code in link and secret in link

    # The ward receives, one officer hands over and takes it, and attaches the certificate.
    ward = officer(browsers.another(page), "phuong")
    expect(ward.locator("main")).to_contain_text(code)
    browsers.picture(ward, "journey-inbox")
    act(ward, dossier, "Tiếp nhận")
    act(ward, dossier, "Chuyển xử lý", {})
    act(ward, dossier, "Nhận xử lý")
    certificate = papers.pdf("Giay khai sinh", 120_000, seed=9)
    attach(ward, "birth-certificate", ("Giấy khai sinh.pdf", "application/pdf", certificate))
    fill(ward, {"outcome": "granted"})
    press(ward, "Lưu kết quả")
    expect(ward.locator("main")).to_contain_text("Kết quả trình ký")
    browsers.picture(ward, "journey-work-dossier")
    act(ward, dossier, "Hoàn thành bước", {"text": "Đã kiểm tra, đủ điều kiện."})

    leader = officer(browsers.another(page), "chutich")
    expect(leader.locator("main")).to_contain_text(code)
    act(leader, dossier, "Ký duyệt kết quả", {})

    act(ward, dossier, "Ban hành kết quả", {})
    assert stage(ward) == "Đã xử lý xong"

    # The citizen sees what happened and has the very bytes.
    page.goto("/ho-so")
    page.get_by_role("link", name="Đăng ký khai sinh").first.click()
    main = page.locator("main")
    for happening in ["Nộp trực tuyến", "Tiếp nhận, hẹn trả", "Chuyển xử lý", "Xong bước: Ký kết quả", "Đã có kết quả"]:
        expect(main).to_contain_text(happening)
    expect(main).not_to_contain_text("Đã kiểm tra, đủ điều kiện.")
    browsers.picture(page, "journey-finished")
    assert downloaded(page, page.get_by_role("link", name=re.compile("^Tải Giấy khai sinh"))) == certificate
    assert downloaded(page, page.get_by_role("link", name="IMG_0042.JPG")) == photo
    page.reload()
    assert stage(page) == "Đã trả kết quả"

    # Anybody with code and secret sees where it stands, and nobody's name.
    visitor = browsers.another(page)
    visitor.goto(link.removeprefix(SITE))
    if browsers.has_scripts(visitor):
        assert (typed(visitor, "code"), typed(visitor, "secret")) == (code, secret), "The QR code fills the form in."
    wrong = secret[::-1] if secret != secret[::-1] else "AAAAAAAA"
    fill(visitor, {"code": code, "secret": wrong})
    press(visitor, "Tra cứu")
    press_again = visitor.locator("main").get_by_role("button", name="Tra cứu")
    expect(visitor.locator(".summary")).to_contain_text("Không có hồ sơ nào")
    assert typed(visitor, "code") == code
    fill(visitor, {"code": code.lower(), "secret": secret})
    press_again.click()
    expect(visitor.locator("main")).to_contain_text("Đã trả kết quả")
    expect(visitor.locator("main")).not_to_contain_text("Nguyễn Bảo An")
    expect(visitor.locator("main")).not_to_contain_text("Lê Thị Hồng")
    browsers.picture(visitor, "journey-look-up")


def test_four_desks_of_a_department_pass_a_dossier_on(house, page, browsers):
    dossier = file_letter(page, LAN)
    reception, examiner, leader, clerk = (
        officer(browsers.another(page), login) for login in ("tiepnhan", "thuly", "lanhdao", "vanthu")
    )
    act(reception, dossier, "Tiếp nhận")
    # Several dossiers are handed over from the list at once; nothing is chosen beforehand.
    reception.goto("/work/inbox/accepted")
    box = reception.locator(f'input[value="{dossier}"]')
    expect(box).not_to_be_checked()
    box.check()
    reception.locator("main").get_by_role("button", name="Chuyển xử lý").click()
    expect(reception.locator("main")).to_contain_text("Xong 1 hồ sơ")

    examiner.goto("/work/inbox/turn-caseOfficer")
    examiner.locator(f'a[href="/work/dossiers/{dossier}"]').click()
    press_on(examiner, "Nhận xử lý")
    result = papers.pdf("Quyet dinh", 60_000)
    attach(examiner, LETTER_RESULT, ("quyet-dinh.pdf", "application/pdf", result))
    press_on(examiner, "Lưu kết quả")
    expect(examiner.locator("main")).to_contain_text("Kết quả trình ký")
    act(examiner, dossier, "Hoàn thành bước", {"text": "Đề xuất chấp thuận."})

    act(leader, dossier, "Trả lại bước trước", {"text": "Cần ghi rõ số thẻ."})
    act(examiner, dossier, "Hoàn thành bước", {"text": "Đã ghi số thẻ."})
    # Nobody signs blind: list and dossier show what is signed.
    leader.goto("/work/inbox/turn-leader")
    expect(leader.locator("tr", has=leader.locator(f'a[href="/work/dossiers/{dossier}"]'))).to_contain_text("chấp thuận")
    act(leader, dossier, "Ký duyệt kết quả", {})
    act(clerk, dossier, "Ban hành kết quả", {})
    reception.goto("/work/inbox/finished")
    expect(reception.locator(f'a[href="/work/dossiers/{dossier}"]')).to_be_visible()

    leader.goto(f"/work/dossiers/{dossier}")
    # The leader alone may take a finished dossier up again.
    expect(leader.locator("main")).to_contain_text("Đính chính kết quả")

    page.goto(f"/ho-so/{dossier}")
    assert downloaded(page, page.get_by_role("link", name=re.compile("^Tải Quyết định"))) == result


def test_a_refusal_tells_its_reason(house, page, browsers, tmp_path):
    dossier = file_letter(page, LAN)
    reception = officer(browsers.another(page), "tiepnhan")
    reception.goto(f"/work/dossiers/{dossier}/act/refuse")
    press(reception.locator("main"), "Từ chối tiếp nhận")
    expect(reception.locator(".summary")).to_contain_text("Chưa ghi nội dung")
    reason = "Văn bản chưa có chữ ký của người đại diện.\nCăn cứ khoản 2 Điều 9 Nghị định 77/2008/NĐ-CP."
    fill(reception, {"text": reason})
    press(reception.locator("main"), "Từ chối tiếp nhận")
    assert stage(reception) == "Không được tiếp nhận"
    paper = opened(reception, reception.get_by_role("link", name=re.compile("Phiếu từ chối")))
    assert "chữ ký của người đại diện" in " ".join(text_of(paper, tmp_path).split())
    page.goto(f"/ho-so/{dossier}")
    expect(page.locator("main")).to_contain_text("Văn bản chưa có chữ ký")
    assert stage(page) == "Không được tiếp nhận"


def test_a_supplement_is_asked_for_once_and_answered(house, page, browsers, tmp_path):
    dossier = file_letter(page, LAN)
    reception = officer(browsers.another(page), "tiepnhan")
    act(
        reception,
        dossier,
        "Yêu cầu bổ sung",
        {
            "component": LETTER_PAPER,
            f"originals-{LETTER_PAPER}": "1",
            f"certified-{LETTER_PAPER}": "2",
            f"text-{LETTER_PAPER}": "Văn bản thiếu trang 2. Đề nghị gửi bản đủ trang.",
            "text-_answers": "Số quyết định ghi thiếu năm.",
        },
    )
    paper = opened(reception, reception.get_by_role("link", name=re.compile("Phiếu yêu cầu bổ sung")))
    printed = " ".join(text_of(paper, tmp_path).split())
    assert "thiếu trang 2" in printed and "thiếu năm" in printed and "Bản chứng" in printed
    assert "trước hết ngày" in printed

    page.goto(f"/ho-so/{dossier}")
    expect(page.locator("main")).to_contain_text("Văn bản thiếu trang 2")
    browsers.picture(page, "supplement-asked")
    press(page, "Bổ sung ngay")
    fill(page, {"word-_answers": "Quyết định số 5 năm 2020."})
    press_on(page, "Gửi bổ sung")
    expect(page.locator(".summary")).to_contain_text("Còn thiếu")
    assert typed(page, "word-_answers") == "Quyết định số 5 năm 2020."
    whole = papers.pdf("Van ban du trang", 80_000, seed=3)
    attach(page, LETTER_PAPER, ("du-trang.pdf", "application/pdf", whole))
    press(page, "Chỉ tải tệp lên")
    expect(page.locator("main")).to_contain_text("du-trang.pdf")
    expect(page.locator("main")).to_contain_text("Đã có 1 tệp")
    assert typed(page, "word-_answers") == "Quyết định số 5 năm 2020."
    fill(page, {"message": "Tôi gửi lại bản đủ trang."})
    browsers.picture(page, "supplement-answer")
    press(page, "Gửi bổ sung")
    expect(page.locator("main")).to_contain_text("Đã bổ sung")

    reception.goto(f"/work/dossiers/{dossier}")
    expect(reception.locator("main")).to_contain_text("Tôi gửi lại bản đủ trang.")
    expect(reception.locator("main")).to_contain_text("Quyết định số 5 năm 2020.")
    assert downloaded(reception, reception.get_by_role("link", name="du-trang.pdf")) == whole
    # Asking again is an exception that wants its tick; what was typed stays.
    reception.goto(f"/work/dossiers/{dossier}/act/supplement")
    fill(reception, {f"text-{LETTER_PAPER}": "Còn thiếu trang 3."})
    press_on(reception, "Yêu cầu bổ sung")
    expect(reception.locator(".summary")).to_contain_text("pháp luật cho phép yêu cầu lần nữa")
    assert typed(reception, f"text-{LETTER_PAPER}") == "Còn thiếu trang 3."
    browsers.picture(reception, "supplement-again")
    act(reception, dossier, "Tiếp nhận")


def test_a_dossier_is_withdrawn(house, page, browsers):
    early = file_letter(page, LAN)
    withdraw(page, early, "Tôi nộp nhầm.")
    assert stage(page) == "Công dân yêu cầu rút hồ sơ"

    late = file_letter(page)
    reception = officer(browsers.another(page), "tiepnhan")
    act(reception, late, "Tiếp nhận")
    withdraw(page, late, "Trung tâm đổi ý.")
    assert stage(page) == "Được tiếp nhận"
    reception.goto(f"/work/dossiers/{late}")
    expect(reception.locator("main")).to_contain_text("Người dân yêu cầu rút hồ sơ")
    act(reception, late, "Xác nhận cho rút", {})
    page.reload()
    assert stage(page) == "Công dân yêu cầu rút hồ sơ"


def withdraw(page, dossier, reason):
    page.goto(f"/ho-so/{dossier}")
    page.locator("summary", has_text="rút hồ sơ").click()
    page.get_by_role("link", name="Rút hồ sơ").click()
    fill(page, {"reason": reason})
    page.locator("main").get_by_role("button", name="Rút hồ sơ").click()
    page.wait_for_url(f"**/ho-so/{dossier}")


def test_counter_intake_gives_a_receipt(house, page, browsers, tmp_path):
    reception = officer(page, "tiepnhan")
    reception.goto("/work/intake")
    reception.get_by_role("searchbox").fill("thu hoi the tu van vien")
    reception.get_by_role("searchbox").press("Enter")
    reception.locator(f'a[href="/work/intake/{LETTER}"]').click()
    # First without what is needed: nothing typed is lost.
    fill(reception, {"applicant.fullName": "Phạm Văn Quầy", f"copies-{LETTER_PAPER}": "3"})
    press(reception, "Tiếp nhận")
    expect(reception.locator(".summary")).to_be_visible()
    assert typed(reception, "applicant.fullName") == "Phạm Văn Quầy"
    assert typed(reception, f"copies-{LETTER_PAPER}") == "3"
    fill(
        reception,
        {
            "applicant.phone": "0903123456",
            "applicant.address": "Số 9 phố Minh Họa",
            "request.content": "Thu hồi thẻ số 21.",
            "returnBy": "counter",
        },
    )
    browsers.picture(reception, "intake")
    press(reception, "Tiếp nhận")
    assert stage(reception) == "Được tiếp nhận"
    code = reception.locator("h1").inner_text()
    paper = opened(reception, reception.get_by_role("link", name=re.compile("[Gg]iấy tiếp nhận")).first)
    printed = text_of(paper, tmp_path)
    assert code in printed and "Phạm Văn Quầy" in printed
    reception.goto("/work/search?q=van+quay")
    expect(reception.locator("main")).to_contain_text(code)


def test_counter_intake_needs_no_mouse(house, browsers):
    reception = officer(browsers.open(), "tiepnhan")
    reception.goto(f"/work/intake/{LETTER}")
    reception.locator('[name="applicant.fullName"]').focus()
    keys = reception.keyboard
    answers = {
        "applicant.fullName": "Đỗ Bàn Phím",
        "applicant.phone": "0903777888",
        "applicant.address": "Số 8 phố Minh Họa",
        "request.content": "Thu hồi thẻ số 22.",
    }
    for _ in range(60):
        name = reception.evaluate("document.activeElement.getAttribute('name')")
        if name in answers:
            keys.type(answers.pop(name))
        if not answers:
            break
        keys.press("Tab")
    assert not answers, f"The Tab key never reached {answers}"
    keys.press("Escape")
    keys.press("t")
    reception.wait_for_url("**/work/dossiers/*")
    assert stage(reception) == "Được tiếp nhận"


def test_a_session_that_ends_in_the_middle_keeps_what_was_typed(house, page, browsers):
    phone = sign_up(page, "Hoàng Văn Dở")
    begin(page, LETTER, JUSTICE, "online")
    section(page, "applicant", SHORT_FORM["applicant"])
    elsewhere = browsers.another(page)
    sign_in(elsewhere, phone, NEW_PASSWORD)

    text = "Đề nghị dài:\n" + "nội dung gõ rất lâu, có dấu “ngoặc” & <thẻ>; " * 20
    fill(page, {"request.content": text})
    elsewhere.goto("/tai-khoan")
    elsewhere.locator('form[action="/tai-khoan/sessions"] button').click()
    press(page, "Lưu và tiếp tục")

    heading(page, "Đăng nhập")
    expect(page.locator("main")).to_contain_text("vẫn được giữ")
    browsers.picture(page, "session-ended")
    enter(page, phone, NEW_PASSWORD)
    heading(page, "vẫn còn")
    press(page, "Gửi tiếp")
    heading(page, "Giấy tờ")
    page.goto(f"/nhap/{draft_of(page)}/khai/request")
    assert typed(page, "request.content").split() == text.split()


def test_files_nobody_could_read_are_refused_and_the_good_ones_stay(house, page, browsers):
    sign_in(page, MINH)
    begin(page, LETTER, JUSTICE, "online")
    for key, answers in SHORT_FORM.items():
        section(page, key, answers)
    attach(
        page,
        LETTER_PAPER,
        ("tot.pdf", "application/pdf", papers.pdf()),
        ("IMG_1.HEIC", "image/heic", papers.heic()),
        ("rong.pdf", "application/pdf", b""),
        ("khoa.pdf", "application/pdf", papers.pdf(encrypted=True)),
        ("thieu.pdf", "application/pdf", papers.pdf()[:50_000]),
        ("don.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", papers.word_document()),
        ("anh.jpg", "image/jpeg", papers.photo()),
    )
    press(page, "Tải lên và tiếp tục")
    heading(page, "Giấy tờ")
    wrong = page.locator(".summary")
    for advice in ["“IMG_1.HEIC”", "Tương thích nhất", "“rong.pdf”", "rỗng", "“khoa.pdf”", "mật khẩu", "“thieu.pdf”",
                   "thiếu phần cuối", "“don.docx”", "Lưu thành PDF"]:
        expect(wrong).to_contain_text(re.compile(advice, re.IGNORECASE))
    browsers.picture(page, "papers-refused")
    kept = page.locator("table")
    expect(kept).to_contain_text("tot.pdf")
    expect(kept).to_contain_text("anh.jpg")
    expect(kept).not_to_contain_text("khoa.pdf")
    page.goto(f"/nhap/{draft_of(page)}/xem-lai")
    expect(page.locator("main")).to_contain_text("tot.pdf")
    press(page, "Nộp hồ sơ")
    heading(page, "Đã nộp hồ sơ")


def test_a_draft_is_there_again_after_the_browser_was_closed(house, page, browsers):
    sign_in(page, MINH)
    draft = begin(page, LETTER, JUSTICE, "online")
    section(page, "applicant", {"applicant.address": "Số 77 phố Trở Lại"})
    fill(page, {"request.content": "Viết dở thì"})
    if browsers.has_scripts(page):
        # Saved while typing; nothing was pressed.
        expect(page.locator(".saved")).to_contain_text("Đã lưu lúc")
    else:
        press(page, "Lưu, làm sau")
        heading(page, "Hồ sơ của tôi")
    page.context.close()

    again = browsers.another(page)
    sign_in(again, MINH)
    again.goto("/ho-so")
    again.locator(f'a[href="/nhap/{draft}"]').click()
    again.goto(f"/nhap/{draft}/khai/request")
    assert typed(again, "request.content") == "Viết dở thì"
    again.goto(f"/nhap/{draft}/khai/applicant")
    assert typed(again, "applicant.address") == "Số 77 phố Trở Lại"


def test_text_typed_without_a_connection_is_offered_again(house, browsers):
    page = browsers.open()
    sign_in(page, MINH)
    begin(page, LETTER, JUSTICE, "online")
    section(page, "applicant", SHORT_FORM["applicant"])
    page.context.set_offline(True)
    fill(page, {"request.content": "Gõ khi mất mạng"})
    expect(page.locator(".saved")).to_contain_text("Mất kết nối", timeout=10_000)
    page.context.set_offline(False)
    address = page.url
    page.goto("about:blank")
    page.goto(address)
    page.get_by_role("button", name="Khôi phục").click()
    assert typed(page, "request.content") == "Gõ khi mất mạng"
    expect(page.locator(".saved")).to_contain_text("Đã lưu lúc")
    browsers.complaints.clear()

"""The longest declaration there is: 57 fields for the citizen, rows that repeat, and parts that depend on answers."""

import re
from datetime import date

import pytest
from playwright.sync_api import expect

import papers
from filings import CRIMINAL_RECORD
from person import JUSTICE, act, attach, begin, dossier_of, fill, heading, officer, press, section, sign_up, typed

TODAY = f"{date.today():%d/%m/%Y}"

APPLICANT = {"applicant.address": "Số 5 phố Kim Mã, Hà Nội", "applicant.idNumber": "001088001234"}
DECLARATION = {
    "declaration.objectRequestId": "72",
    "declaration.formType": "1",
    "declaration.requestQty": "2",
    "declaration.requestQtyAdd": "0",
    "declaration.purpose": "Bổ sung hồ sơ xin việc làm",
    "declaration.note": "Nhận kết quả giờ hành chính",
}
PERSON = {
    "person.fullName": "NGUYỄN VĂN ĐÔNG",
    "person.otherName": "Nguyễn Đông",
    "person.genderId": "1",
    "person.birthDateStr": "08/1988",
    "person.birthPlace": "Phường Kim Mã, quận Ba Đình, Hà Nội",
    "person.nationalityId": "VN",
    "person.ethnicId": "01",
    "person.idTypeId": "3",
    "person.identifyNo": "001 088 001 234",
    "person.idIssueDate": "10/05/2021",
    "person.idIssuePlace": "Cục Cảnh sát quản lý hành chính về trật tự xã hội",
    "person.residence": "Số 5 phố Kim Mã, Hà Nội",
    "person.reRegionId": "01",
    "person.residenceTemporary": "Số 8 phố Lê Lợi, Vinh, Nghệ An",
    "person.rtRegionId": "40",
    "person.phone": "0912 345 678",
    "person.email": "dong@example.vn",
}
FAMILY = {
    "family.dadName": "Nguyễn Văn Bắc",
    "family.dadDob": "1960",
    "family.momName": "Trần Thị Nam",
    "family.momDob": "02/1963",
    "family.partnerName": "Lê Thị Tây",
    "family.partnerDob": "20/11/1990",
}
RESIDENCES = [
    ("08/2002", "06/2006", "Phường Kim Mã, quận Ba Đình, Hà Nội", "Học sinh", "Trường THPT Phan Đình Phùng"),
    ("07/2006", "06/2010", "Phường Bến Thủy, Vinh, Nghệ An", "Sinh viên", "Trường Đại học Vinh"),
    ("01/07/2010", TODAY, "Số 5 phố Kim Mã, Hà Nội", "Kỹ sư", "Công ty Minh Họa"),
]
MANDATOR = {
    "mandator.fullName": "Nguyễn Thị Bích",
    "mandator.genderId": "0",
    "mandator.birthDateStr": "1992",
    "mandator.birthPlaceId": "01",
    "mandator.residence": "Số 5 phố Kim Mã, Hà Nội",
    "mandator.regionId": "01",
    "mandator.idTypeId": "3",
    "mandator.identifyNo": "001192004321",
    "mandator.idIssueDate": "11/05/2021",
    "mandator.idIssuePlace": "Cục Cảnh sát quản lý hành chính",
    "mandator.mandatorRelation": "Em ruột",
    "mandator.mandatorDate": TODAY,
}
DELIVERY_TO = {"delivery.deliveryAddress": "Số 5 phố Kim Mã, Hà Nội", "delivery.deliveryDistrict": "01"}


def residence(row):
    keys = ["fromDateStr", "toDateStr", "residencePlace", "jobName", "workPlace"]
    return {f"residence.{row}.{key}": value for key, value in zip(keys, RESIDENCES[row])}


def add_row(page, wanted):
    """One more row of residences; pages show one or more at once."""
    if not page.locator(f'[name="residence.{wanted}.residencePlace"]').count():
        page.locator('button[name="_add"][value="residence"]').click()
        expect(page.locator(f'[name="residence.{wanted}.residencePlace"]')).to_be_visible()


@pytest.mark.parametrize("by_proxy", [False, True], ids=["oneself", "proxy"])
def test_the_declaration_is_filled_in_and_filed(house, page, browsers, by_proxy):
    phone = sign_up(page, "Nguyễn Thị Bích" if by_proxy else "Nguyễn Văn Đông")
    begin(page, CRIMINAL_RECORD, JUSTICE, "post", "proxy" if by_proxy else "self")
    assert typed(page, "applicant.phone") == phone
    section(page, "applicant", APPLICANT)

    # What depends on an answer appears once it is given: without scripts when the page comes back.
    fill(page, {"declaration.declareTypeId": "3845" if by_proxy else "3846"} | DECLARATION)
    assert typed(page, "declaration.declareDate"), "Today's date is filled in."
    press(page, "Lưu và tiếp tục")
    if page.url.endswith("/khai/declaration"):
        fill(page, {"declaration.isBanPosition": "1"})
        press(page, "Lưu và tiếp tục")

    # Slips of the pen are told beside their fields, and nothing that was right has to be typed again.
    fill(page, PERSON | {"person.birthDateStr": "31/02/1988", "person.identifyNo": "12"})
    press(page, "Lưu và tiếp tục")
    expect(page.locator(".summary li")).to_have_count(2)
    browsers.picture(page, "criminal-record-errors")
    for name, value in (PERSON | {"person.birthDateStr": "31/02/1988"}).items():
        if name != "person.identifyNo":
            assert typed(page, name) == value, name
    section(page, "person", {"person.birthDateStr": "08/1988", "person.identifyNo": "001 088 001 234"})
    section(page, "family", FAMILY)

    fill(page, residence(0))
    for row in (1, 2):
        add_row(page, row)
        assert typed(page, "residence.0.jobName") == "Học sinh", "Adding a row keeps what was typed."
        fill(page, residence(row))
    # A fourth one too many is taken away again.
    add_row(page, 3)
    fill(page, {"residence.3.jobName": "Nhầm"})
    page.locator('button[name="_remove"][value="residence.3"]').click()
    expect(page.locator('[name="residence.3.jobName"]')).to_have_count(0)
    assert typed(page, "residence.2.workPlace") == "Công ty Minh Họa"
    browsers.picture(page, "criminal-record-residences")
    press(page, "Lưu và tiếp tục")

    if by_proxy:
        section(page, "mandator", MANDATOR)
    # The way of return was chosen at the beginning: the form asks only where.
    expect(page.locator('[name="delivery.delivery"]')).to_have_count(0)
    section(page, "delivery", DELIVERY_TO)

    heading(page, "Giấy tờ")
    photo = ("IMG_20211101.jpg", "image/jpeg", papers.photo())
    attach(page, "identity-copy", photo)
    attach(page, "residence-copy", ("so-ho-khau.pdf", "application/pdf", papers.pdf()))
    expect(page.locator('[name="paper-mandate"]')).to_have_count(1 if by_proxy else 0)
    if by_proxy:
        press(page, "Tải lên và tiếp tục")
        expect(page.locator(".summary")).to_contain_text("Văn bản ủy quyền")
        attach(page, "mandate", ("uy-quyen.pdf", "application/pdf", papers.pdf("Uy quyen")))
    press(page, "Tải lên và tiếp tục")

    heading(page, "Xem lại")
    main = page.locator("main")
    for words in ["NGUYỄN VĂN ĐÔNG", "Học sinh", "Sinh viên", "Kỹ sư", "Nghệ An", "Bổ sung hồ sơ xin việc làm"]:
        expect(main).to_contain_text(words)
    if by_proxy:
        expect(main).to_contain_text("Em ruột")
    else:
        expect(main).not_to_contain_text("Người được ủy quyền")
    expect(main).not_to_contain_text("Nhầm")
    browsers.picture(page, "criminal-record-review")
    press(page, "Nộp hồ sơ")
    heading(page, "Đã nộp hồ sơ")

    reception = officer(browsers.another(page), "tiepnhan")
    act(reception, dossier_of(page), "Tiếp nhận")
    for words in ["NGUYỄN VĂN ĐÔNG", "08/1988", "Trường Đại học Vinh"]:
        expect(reception.locator("main")).to_contain_text(words)
    browsers.picture(reception, "criminal-record-work")


def test_changing_who_asks_keeps_what_was_typed_about_the_proxy(house, page):
    sign_up(page, "Nguyễn Thị Bích")
    begin(page, CRIMINAL_RECORD, JUSTICE, "counter", "proxy")
    draft = page.url.split("/khai/")[0]
    section(page, "applicant", APPLICANT)
    kind = lambda value: {"declaration.declareTypeId": value, "declaration.formType": "2"} | {
        key: value for key, value in DECLARATION.items() if key != "declaration.formType"
    }
    section(page, "declaration", kind("3845"))
    page.goto(f"{draft}/khai/mandator")
    section(page, "mandator", MANDATOR)
    steps = page.get_by_role("list").filter(has_text=re.compile("Xem lại"))
    expect(steps.first).to_contain_text("Người được ủy quyền")
    page.goto(f"{draft}/khai/declaration")
    section(page, "declaration", kind("3846"))
    expect(steps.first).not_to_contain_text("Người được ủy quyền")
    page.goto(f"{draft}/khai/declaration")
    section(page, "declaration", kind("3845"))
    page.goto(f"{draft}/khai/mandator")
    assert typed(page, "mandator.mandatorRelation") == "Em ruột"

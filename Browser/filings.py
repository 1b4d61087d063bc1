"""What the people of these tests declare."""

from datetime import date, timedelta

import papers
from person import JUSTICE

BIRTH = "1.001193"
CRIMINAL_RECORD = "2.000488"
# One paper, the short form, and a result that is returned online.
LETTER = "1.000404"
LETTER_PAPER = "letter-legal-advice-centre"
LETTER_RESULT = "decision-withdrawing-card"

BORN = date.today() - timedelta(days=20)

BIRTH_SECTIONS = {
    "applicant": {
        "applicant.address": "Số 12 ngõ 5 phố Đội Cấn, phường Đội Cấn, quận Ba Đình, Hà Nội",
        "applicant.idType": "3",
        "applicant.idNumber": "001190012345",
        "applicant.relation": "Mẹ",
    },
    "child": {
        "child.fullName": "Nguyễn Bảo An",
        "child.birthDate": f"{BORN:%d/%m/%Y}",
        "child.birthDateWords": "Ngày mười lăm tháng tư năm hai nghìn không trăm hai mươi mốt",
        "child.sex": "0",
        "child.ethnic": "01",
        "child.nationality": "VN",
        "child.birthPlace": "Bệnh viện Phụ sản Hà Nội",
        "child.homeTown": "Huyện Thạch Thất, thành phố Hà Nội",
        "child.parentage": "both",
    },
    "mother": {
        "mother.fullName": "Lê Thị Hồng",
        "mother.birthDate": "02/03/1996",
        "mother.ethnic": "01",
        "mother.nationality": "VN",
        "mother.address": "Số 12 ngõ 5 phố Đội Cấn, Hà Nội",
    },
    "father": {
        "father.fullName": "Nguyễn Văn Hùng",
        "father.birthDate": "1994",
        "father.ethnic": "01",
        "father.nationality": "VN",
        "father.address": "Số 12 ngõ 5 phố Đội Cấn, Hà Nội",
    },
    "registration": {"registration.kind": "on-time", "registration.birthProofNumber": "0042/2026", "registration.copies": "2"},
}


def letter(name="Trung tâm tư vấn pháp luật Sao Mai", content="Đề nghị thu hồi thẻ tư vấn viên pháp luật số 15."):
    """A whole small dossier as programs send it."""
    return {
        "procedure": LETTER,
        "agency": JUSTICE,
        "returnBy": "online",
        "answers": {
            "applicant": {"fullName": name, "phone": "0912000001", "address": "Số 3 phố Minh Họa, Hà Nội"},
            "request": {"content": content},
        },
    }


def letter_papers(data=None, name="van-ban.pdf"):
    return [(LETTER_PAPER, (name, data or papers.pdf()))]

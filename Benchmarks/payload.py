"""The dossier that is filed again and again: about 2 kB of answers and a PDF of 100 kB."""

import base64
import json
import random
import zlib


def dossier():
    """A certificate of marital status, asked of a ward by somebody with the right to do so. `@mark@` is replaced."""
    text = "Đề nghị cấp giấy xác nhận để bổ sung hồ sơ vay vốn mua nhà ở xã hội theo hướng dẫn của ngân hàng. " * 4 + "Xin cảm ơn."
    return json.dumps(
        {
            "procedure": "1.004873",
            "situation": "first",
            "agency": "h26-doi-can",
            "returnBy": "counter",
            "answers": {
                "applicant": {
                    "fullName": "Nguyễn Thị Lan",
                    "phone": "0912000001",
                    "email": "lan@example.vn",
                    "address": "Số 12, ngõ 34 phố Đội Cấn, phường Đội Cấn, quận Ba Đình, thành phố Hà Nội",
                    "idType": "3",
                    "idNumber": "001190001234",
                    "idIssueDate": "2021-04-15",
                    "idIssuePlace": "Cục Cảnh sát quản lý hành chính về trật tự xã hội",
                    "relation": "bản thân (tự mình đề nghị cấp giấy xác nhận cho chính mình)",
                },
                "person": {
                    "fullName": "Nguyễn Thị Lan",
                    "birthDate": "1990-05-17",
                    "sex": "0",
                    "ethnic": "01",
                    "nationality": "VN",
                    "address": "Số 12, ngõ 34 phố Đội Cấn, phường Đội Cấn, quận Ba Đình, thành phố Hà Nội",
                    "idType": "3",
                    "idNumber": "001190001234",
                    "idIssueDate": "2021-04-15",
                    "idIssuePlace": "Cục Cảnh sát quản lý hành chính về trật tự xã hội",
                },
                "stay": {
                    "place": "Thôn Đông, xã Tân Lập, huyện Đan Phượng, thành phố Hà Nội (nhà ông Nguyễn Văn Đức, đối diện đình làng)",
                    "fromDate": "2008-09-01",
                    "toDate": "2014-06-30",
                },
                "status": {"status": "single"},
                "purpose": {"purpose": "other", "otherPurpose": f"{text}(@mark@)", "number": 2},
            },
        },
        ensure_ascii=False,
    )


def pdf(size=100_000):
    """A PDF of one page with an incompressible picture's worth of bytes."""
    noise = random.Random(20261123).randbytes(size)
    stream = base64.b64encode(zlib.compress(noise))[: size - 700]
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
    ]
    body = b"%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return body + b"xref\n0 5\n0000000000 65535 f \n%strailer<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (
        table,
        len(body),
    )

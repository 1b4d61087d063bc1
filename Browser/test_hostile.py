"""Hundreds of requests nobody decent would send, by everybody who could send them, against pages and API.

For each: never a fault of ours (5xx), never a word about a person whom the sender may not know, and where a form was
sent, what was typed is still there.
"""

import html
import http.client
import json
import re
import unicodedata
from dataclasses import dataclass, field
from urllib.parse import quote, urlsplit

import pytest
import requests

import papers
from filings import LETTER, LETTER_PAPER, letter, letter_papers
from house import PASSWORD, Program
from person import JUSTICE, WARD

# The person whom nobody but her officers may know of.
SECRET_NAME, SECRET_PHONE, SECRET_TEXT = "Mạc Thị Kín Đáo", "0987650001", "nội dung riêng tư của Kín Đáo"
SECRETS = [SECRET_NAME, "Kín Đáo", SECRET_PHONE, SECRET_TEXT, "riêng tư"]

CITIZENS = {"lan": "0912000001", "minh": "0912000002"}
STAFF = ["tiepnhan", "thuly", "lanhdao", "vanthu", "quantri", "phuong", "chutich"]
# The victim's dossier lies with the Justice Department; these have no business with it.
STRANGERS = ["nobody", "minh", "quantri", "phuong", "chutich"]
MEDDLERS = ["nobody", "minh"]


@dataclass
class Attack:
    name: str
    who: str
    method: str
    path: str
    status: set
    body: object = None
    headers: dict = field(default_factory=dict)
    # A page's form gets its token; "forged" and "none" are attacks of their own.
    token: str = "own"
    # What was typed and must be in the answer.
    keeps: str = ""
    # The sender may read about the victim.
    may_know: bool = False
    # The answer must contain this, or must not.
    says: str = ""
    hides: str = ""


ATTACKS = []


def attack(name, who, method, path, status, **more):
    status = {status} if isinstance(status, int) else set(status)
    ATTACKS.append(Attack(name, who, method, path, status, **more))


REFUSED = {400, 401, 403, 404, 405, 409, 411, 412, 413, 414, 415, 422, 428, 431}
# Leads to a sign-in page.
AWAY = {302, 303, 307}

# MARK: paths and queries

for number, path in enumerate(
    [
        "/../../../../etc/passwd", "/%2e%2e/%2e%2e/%2e%2e/etc/passwd", "/..%2f..%2fetc%2fpasswd", "/assets/../secret",
        "/assets/%2e%2e/%2e%2e/data/secret", "/assets/..%5c..%5csecret", "/assets//etc/passwd", "/assets/%00",
        "/assets/app.css%00.html", "/assets/", "/assets", "/.env", "/.git/config", "/data/secret", "/data/motcua.db",
        "/thu-tuc/..%2f..%2fPackage.swift", "/thu-tuc/%00", "/thu-tuc/%ff%fe", "/thu-tuc/%c0%ae%c0%ae", "/thu-tuc/%",
        "/thu-tuc/%4", "/thu-tuc/%zz", "/thu-tuc/" + "a" * 7000, "/" + "a/" * 3000, "/thu-tuc/%0d%0aX-Evil:%201",
        "/thu-tuc/1.001193%0a", "/thu-tuc/%F0%9F%98%80", "/thu-tuc/%E2%80%AE", "/thu-tuc/<script>alert(1)</script>",
        "/thu-tuc/'%20OR%20'1'='1", "/co-quan/..%2f..", "/co-quan/%27;DROP%20TABLE%20agency;--", "/co-quan/%00",
        "/ho-so/%2e%2e", "/work/..%2f..%2fetc", "/api/v1/../../etc/passwd", "/api/v1/%2e%2e/%2e%2e", "/api/v1/",
        "/api/v2/dossiers", "/api/v1/dossiers/../../../data/secret", "//evil.example/thu-tuc", "/\\evil.example",
        "/%5cevil.example", "/design/../../etc", "/kept", "/kept?form=x&seal=y", "/kept?form=%00", "/kept?form[]=1",
    ]
):  # fmt: skip
    attack(f"path-{number:02d}", "nobody", "RAW", path, REFUSED | AWAY | {301, 308})
for number, query in enumerate(
    [
        "q=" + "a" * 7500, "q=%00", "q=%ff", "q=%", "q=%zz", "q=" + quote("' OR 1=1 --"), "q=" + quote('"><script>x</script>'),
        "q=" + quote(unicodedata.normalize("NFD", "khai sinh đường ở")), "q=%E2%80%AE%F0%9F%98%80", "q[]=1", "q=1&q=2&q=3",
        "&".join(f"a{i}=1" for i in range(1200)), "=&=&=", "?????", "q=" + "%20" * 2000, "q=" + quote("*" * 500),
        "q=" + quote("%_\\"), "page=-1", "page=99999999999999999999", "after=%27", "lang=xx", "lang=vi&lang=en",
        "lang=en%0d%0aSet-Cookie:%20a=b", "field=../..", "audience[]=x", "level=%00",
    ]
):  # fmt: skip
    attack(f"query-{number:02d}", "nobody", "RAW", f"/thu-tuc?{query}", REFUSED | AWAY | {200}, hides="<script>x")
for number, query in enumerate(["q=%00", "q=%ff", "q=" + quote("' OR 1=1 --"), "q=" + quote("%"), "q=" + "a" * 5000,
                                "q=" + quote("_" * 100), "q=" + quote('"><script>x</script>')]):  # fmt: skip
    attack(f"work-search-{number}", "tiepnhan", "RAW", f"/work/search?{query}", REFUSED | {200}, may_know=True, hides="<script>x")
    attack(f"home-{number}", "nobody", "RAW", f"/?{query}", REFUSED | AWAY | {200}, hides="<script>x")
for number, query in enumerate(["ma=%00", "ma=" + quote('"><script>x</script>'), "ma=" + "9" * 6000, "khoa=%ff", "ma={code}"]):
    attack(f"look-up-link-{number}", "nobody", "RAW", f"/tra-cuu?{query}", REFUSED | {200}, hides="<script>x")
for number, target in enumerate(["//evil.example", "/\\evil.example", "https://evil.example", "/\t/evil.example", "javascript:alert(1)"]):
    attack(f"sign-in-leads-away-{number}", "nobody", "GET", f"/sign-in?next={quote(target)}", {200, 400}, hides='name="next"')
    attack(f"work-sign-in-leads-away-{number}", "nobody", "GET", f"/work/sign-in?next={quote(target)}", {200, 400}, hides='name="next"')

# MARK: methods

for method in ["PUT", "DELETE", "PATCH", "TRACE", "CONNECT", "PROPFIND", "FOO"]:
    attack(f"method-{method}-home", "nobody", "RAW " + method, "/", REFUSED | {501})
    attack(f"method-{method}-dossier", "minh", "RAW " + method, "/ho-so/{dossier}", REFUSED | {501})
    attack(f"method-{method}-api", "minh", "RAW " + method, "/api/v1/dossiers/{dossier}", REFUSED | {501})

# MARK: forms that anybody can send

FORMS = {
    "sign-in": ("/sign-in", {"login": "{typed}", "password": "sai mật khẩu nhé"}, "login"),
    "sign-up": ("/sign-up", {"name": "{typed}", "phone": "abc", "password": "x", "again": "y"}, "name"),
    "look-up": ("/tra-cuu", {"code": "{typed}", "secret": "AAAAAAAA"}, "code"),
    "work-sign-in": ("/work/sign-in", {"login": "{typed}", "password": "sai mật khẩu nhé"}, "login"),
    "new-password": ("/work/new-password", {"login": "{typed}", "current": "x", "password": "y", "again": "z"}, "login"),
}
TYPED = {
    "script": '"><script>alert(1)</script>',
    "sql": "' OR '1'='1'; DROP TABLE session; --",
    "nfd": unicodedata.normalize("NFD", "Nguyễn Thị Hường"),
    "emoji": "😀🇻🇳 Lan",
    "marks": "Zalgo H̷̛͙e̵̾c̴̀",
    "turned": "\u202egnưảg\u202c",
    "long": "Rất dài " * 30,
}
KEPT = REFUSED - {400, 403, 405, 415} | {429}
for form, (path, fields, typed_in) in FORMS.items():
    for kind, typed in TYPED.items():
        fill = {name: value.replace("{typed}", typed) for name, value in fields.items()}
        attack(f"{form}-{kind}", "nobody", "POST", path, KEPT, body=fill, keeps=typed, hides="<script>alert")
    attack(f"{form}-nul", "nobody", "POST", path, 400, body=b"login=a%00b&name=a%00b&code=a%00b")
    attack(f"{form}-not-utf8", "nobody", "POST", path, 400, body=b"login=%ff%fe&name=%ff&code=%ff")
    attack(f"{form}-half-escape", "nobody", "POST", path, 400, body=b"login=%4&name=%&code=%zz")
    attack(f"{form}-empty", "nobody", "POST", path, REFUSED, body=b"")
    attack(f"{form}-2MiB", "nobody", "POST", path, 413, body=b"login=" + b"a" * (2 << 20))
    attack(f"{form}-6000-pairs", "nobody", "POST", path, 413, body=b"&".join(b"a=1" for _ in range(6000)))
    attack(f"{form}-no-token", "nobody", "POST", path, 403, body=fields, token="none")
    attack(f"{form}-forged-token", "nobody", "POST", path, 403, body=fields, token="forged")
    attack(f"{form}-other-browsers-token", "nobody", "POST", path, 403, body=fields, token="other")
    attack(f"{form}-other-site", "nobody", "POST", path, 403, body=fields, headers={"Origin": "https://evil.example"})
    attack(f"{form}-cross-site", "nobody", "POST", path, 403, body=fields, headers={"Sec-Fetch-Site": "cross-site"})
    attack(f"{form}-null-origin", "nobody", "POST", path, 403, body=fields, headers={"Origin": "null"})
    attack(f"{form}-json", "nobody", "POST", path, {400, 403, 415}, body=b'{"login":"a"}', headers={"Content-Type": "application/json"})
    attack(f"{form}-xml", "nobody", "POST", path, {400, 403, 415}, body=b"<a/>", headers={"Content-Type": "text/xml"})
    attack(f"{form}-no-boundary", "nobody", "POST", path, {400, 403, 415}, body=b"x", headers={"Content-Type": "multipart/form-data"})
    attack(
        f"{form}-broken-multipart", "nobody", "POST", path, {400, 403, 415},
        body=b"--x\r\nContent-Disposition: form-data; name=csrf", headers={"Content-Type": "multipart/form-data; boundary=x"},
    )  # fmt: skip

# MARK: other people's things

for who in STRANGERS:
    gone = {401, 403, 404} | AWAY
    for path in ["/ho-so/{dossier}", "/ho-so/{dossier}?filed=1", "/ho-so/{dossier}/giay-xac-nhan.pdf", "/ho-so/{dossier}/tep/{file}",
                 "/ho-so/{dossier}/rut", "/ho-so/{dossier}/bo-sung", "/nhap/{draft}", "/nhap/{draft}/khai/applicant",
                 "/nhap/{draft}/khai/request?check=1", "/nhap/{draft}/giay-to", "/nhap/{draft}/xem-lai", "/nhap/{draft}/xoa",
                 "/work/dossiers/{dossier}", "/work/dossiers/{dossier}/files/{file}", "/work/dossiers/{dossier}/papers/receipt",
                 "/work/dossiers/{dossier}/papers/control-slip", "/work/papers/labels?dossier={dossier}", "/ho-so/{dossier}/giay/receipt", "/work/dossiers/{dossier}/act/refuse",
                 "/work/dossiers/{dossier}/act/accept"]:  # fmt: skip
        attack(f"{who} reads {path}", who, "GET", path, gone)
    for path in ["dossiers/{dossier}", "dossiers/{dossier}/proof.pdf", "dossiers/{dossier}/files/{file}", "drafts/{draft}",
                 "work/dossiers/{dossier}", "work/dossiers/{dossier}/receipt.pdf", "work/dossiers/{dossier}/files/{file}", "dossiers/{dossier}/papers/receipt",
                 "work/dossiers/{dossier}/papers/control-slip", "work/papers/receipt?dossier={dossier}", "work/papers/hand-over?dossier={dossier}"]:  # fmt: skip
        attack(f"{who} reads api {path}", who, "GET", f"/api/v1/{path}", {401, 403, 404})
    for path, body in [("work/dossiers/{dossier}/acts/accept", {}), ("work/dossiers/{dossier}/acts/refuse", {"text": "x"}),
                       ("dossiers/{dossier}/withdrawal", {}), ("drafts/{draft}/submission", {})]:  # fmt: skip
        attack(f"{who} does api {path}", who, "POST", f"/api/v1/{path}", {401, 403, 404}, body=body)
for who in MEDDLERS:
    gone = {401, 403, 404} | AWAY
    for path, body in [("/nhap/{draft}/khai/applicant", {"applicant.fullName": "Kẻ Lạ"}), ("/nhap/{draft}/luu/applicant", {"applicant.fullName": "Kẻ Lạ"}),
                       ("/nhap/{draft}/nop", {"a": "b"}), ("/nhap/{draft}/xoa", {"a": "b"}), ("/nhap/{draft}/giay-to/{file}/xoa", {"a": "b"}),
                       ("/ho-so/{dossier}/rut", {"reason": "x"}), ("/ho-so/{dossier}/cach-nhan", {"returnBy": "counter"}),
                       ("/ho-so/{dossier}/bo-sung", {"message": "x"}), ("/work/dossiers/{dossier}/act/accept", {"version": "1"}),
                       ("/work/dossiers/{dossier}/act/refuse", {"text": "x"}), ("/work/many", {"act": "hand-over", "dossier": "{dossier}"})]:  # fmt: skip
        attack(f"{who} does {path}", who, "POST", path, gone, body=body)
    attack(f"{who} puts api answers", who, "PUT", "/api/v1/drafts/{draft}/answers", {401, 404}, body={"applicant": {"fullName": "Kẻ Lạ"}})
    attack(f"{who} deletes api draft", who, "DELETE", "/api/v1/drafts/{draft}", {401, 404})
    attack(f"{who} deletes api file", who, "DELETE", "/api/v1/drafts/{draft}/files/{file}", {401, 404})
    attack(f"{who} chooses api return", who, "PUT", "/api/v1/dossiers/{dossier}/return-method", {401, 404}, body={"returnBy": "counter"})
# An officer of another agency hands over what is not theirs: told how many, and nothing about them.
attack("phuong hands strangers over", "phuong", "POST", "/work/many", 200, body={"act": "hand-over", "dossier": "{dossier}"}, says="1 hồ sơ chưa làm được")
attack("phuong finds nobody", "phuong", "GET", "/work/search?q=kin+dao", 200, hides="{code}")
attack("phuong finds no code", "phuong", "GET", "/api/v1/work/search?q={code}", 200, hides=SECRET_NAME)
attack("quantri has no inbox", "quantri", "GET", "/work/inbox/all", 403)
attack("quantri searches", "quantri", "GET", "/work/search?q=kin+dao", 403)
attack("tiepnhan keeps no staff", "tiepnhan", "GET", "/work/staff", 403)
attack("tiepnhan makes staff", "tiepnhan", "POST", "/work/staff/new", 403, body={"name": "A B", "userName": "abc.def", "roles": "admin"})
attack("citizen makes staff", "minh", "POST", "/work/staff/new", {403, 404} | AWAY, body={"name": "A B"})
attack("thuly takes nothing in", "thuly", "GET", f"/work/intake/{LETTER}", 403)
attack("thuly takes nothing in by form", "thuly", "POST", f"/work/intake/{LETTER}", 403, body={"applicant.fullName": "A B"})

# MARK: what the state or the role does not allow

for who in ["tiepnhan", "thuly", "lanhdao", "vanthu"]:
    # The dossier is filed and nothing else: only reception may accept it, refuse it or ask.
    for act, body in [("hand-over", {}), ("take", {}), ("assign", {"officer": "{examiner}"}), ("complete-step", {}), ("send-back", {"text": "x"}),
                      ("return", {}), ("confirm-withdrawal", {}), ("decline-withdrawal", {"text": "x"}), ("stop", {"text": "x"}),
                      ("require-payment", {"text": "x", "amount": 1000}), ("confirm-payment", {})]:  # fmt: skip
        attack(f"{who} {act} too early", who, "POST", f"/api/v1/work/dossiers/{{dossier}}/acts/{act}", {403, 409}, body=body, may_know=True)
        page = {name: str(value) for name, value in body.items()} | {"version": ""}
        kept = "Lý do đã viết kỹ" if "text" in page else ""
        # The refusal has nothing to do with the text, which is kept.
        attack(f"{who} {act} too early by form", who, "POST", f"/work/dossiers/{{dossier}}/act/{act}", {403, 409},
               body=page | ({"text": kept} if kept else {}), keeps=kept, may_know=True)  # fmt: skip
for who in ["thuly", "lanhdao", "vanthu"]:
    for act, body in [("accept", {}), ("refuse", {"text": "x"}), ("supplement", {"text": "x", "components": []})]:
        attack(f"{who} {act} in another's place", who, "POST", f"/api/v1/work/dossiers/{{dossier}}/acts/{act}", 403, body=body, may_know=True)
for act in ["fly", "accept%00", "..", "ACCEPT", "accept;x"]:
    attack(f"act {act}", "tiepnhan", "RAW POST", f"/work/dossiers/{{dossier}}/act/{act}", REFUSED | AWAY, may_know=True)
attack("refuse without reason", "tiepnhan", "POST", "/work/dossiers/{dossier}/act/refuse", 422, body={"text": "   "}, may_know=True)
attack("stale version", "tiepnhan", "POST", "/work/dossiers/{dossier}/act/accept", 409, body={"version": "99"}, may_know=True)
attack("assign to a stranger", "lanhdao", "POST", "/api/v1/work/dossiers/{processing}/acts/assign", 422, body={"officer": "nobody"})
attack("assign to another agency", "lanhdao", "POST", "/api/v1/work/dossiers/{processing}/acts/assign", 422, body={"officer": "{stranger}"})
attack("unknown paper", "tiepnhan", "POST", "/api/v1/work/dossiers/{dossier}/acts/supplement", 422, body={"text": "x", "components": ["../x"]}, may_know=True)
attack("nothing asked for", "tiepnhan", "POST", "/api/v1/work/dossiers/{dossier}/acts/supplement", 422, body={"text": "x", "items": []}, may_know=True)
for item in [{"item": "../x"}, {"item": "_answers"}, {"item": ""}]:
    attack(f"item {item}", "tiepnhan", "POST", "/api/v1/work/dossiers/{dossier}/acts/supplement", 422, body={"text": "x", "items": [item]}, may_know=True)
for count in ["-1", "100", "1e3", "x"]:
    attack(f"{count} copies asked for", "tiepnhan", "POST", "/work/dossiers/{dossier}/act/supplement", 422,
           body={"component": LETTER_PAPER, "text": "x", f"copies-{LETTER_PAPER}": count, f"text-{LETTER_PAPER}": "Đã viết"}, keeps="Đã viết", may_know=True)  # fmt: skip
for day in ["2001-01-01", "9999-12-31"]:
    attack(f"answer by {day}", "tiepnhan", "POST", "/api/v1/work/dossiers/{dossier}/acts/supplement", 422,
           body={"text": "x", "components": [LETTER_PAPER], "answerBy": day}, may_know=True)  # fmt: skip
attack("answer by no day", "tiepnhan", "POST", "/api/v1/work/dossiers/{dossier}/acts/supplement", 400,
       body={"text": "x", "components": [LETTER_PAPER], "answerBy": "tomorrow"}, may_know=True)  # fmt: skip
for who, status in [("tiepnhan", 403), ("thuly", 403), ("vanthu", 403), ("lan", AWAY | {403})]:
    attack(f"{who} looks at the board", who, "GET", "/work/board", status)
for query in ["show=x", "agency=nobody", "after=x", "show=late&agency=../x"]:
    attack(f"board {query}", "lanhdao", "GET", f"/work/board?{query}", 422)
for amount in [0, -1, 10**15]:
    attack(f"payment of {amount}", "thuly", "POST", "/api/v1/work/dossiers/{processing}/acts/require-payment", 422, body={"text": "x", "amount": amount})
attack("payment of 2^63", "thuly", "POST", "/api/v1/work/dossiers/{processing}/acts/require-payment", 400, body=b'{"text":"x","amount":9223372036854775808}')
attack("result without file", "thuly", "POST", "/api/v1/work/dossiers/{processing}/result", 422, body=[("outcome", (None, "granted"))])
attack("denial without reason", "thuly", "POST", "/api/v1/work/dossiers/{processing}/result", 422, body=[("outcome", (None, "denied"))])
attack("result of no kind", "thuly", "POST", "/api/v1/work/dossiers/{processing}/result", 422, body=[("outcome", (None, "maybe"))])
attack("result of a stranger's paper", "thuly", "POST", "/api/v1/work/dossiers/{processing}/result", 422,
       body=[("outcome", (None, "granted")), ("paper-../../x", ("a.pdf", papers.pdf(size=2000)))])  # fmt: skip
attack("result kept text", "thuly", "POST", "/work/dossiers/{processing}/result", 422,
       body=[("text", (None, "Đã viết rất nhiều <b>lý do</b>"))], keeps="Đã viết rất nhiều <b>lý do</b>")  # fmt: skip
for who in ["lanhdao", "vanthu", "tiepnhan"]:
    attack(f"{who} prepares the result", who, "POST", "/api/v1/work/dossiers/{processing}/result", 403,
           body=[("outcome", (None, "denied")), ("text", (None, "x"))])  # fmt: skip
    attack(f"{who} completes another's step", who, "POST", "/api/v1/work/dossiers/{processing}/acts/complete-step", 403, body={})
attack("supplement nobody asked for", "lan", "POST", "/ho-so/{own}/bo-sung", 409, body={"message": "x"})
attack("supplement nobody asked for, api", "lan", "POST", "/api/v1/dossiers/{own}/supplement", 409, body=[("message", (None, "x"))])
attack("return of no kind", "lan", "PUT", "/api/v1/dossiers/{own}/return-method", 400, body={"returnBy": "pigeon"})
attack("return of no kind by form", "lan", "POST", "/ho-so/{own}/cach-nhan", 422, body={"returnBy": "pigeon"})
attack("withdrawal twice", "lan", "POST", "/ho-so/{withdrawn}/rut", 409, body={"reason": "x"})
attack("another's file in my dossier", "lan", "GET", "/ho-so/{own}/tep/{file}", 404)
attack("another's file in my dossier, api", "lan", "GET", "/api/v1/dossiers/{own}/files/{file}", 404)
attack("another's file in their dossier", "thuly", "GET", "/work/dossiers/{processing}/files/{file}", 404)
attack("another's file out of my draft", "lan", "POST", "/nhap/{mine}/giay-to/{file}/xoa", {303, 404}, body={"a": "b"})
attack("filing what is not finished", "lan", "POST", "/nhap/{mine}/nop", {200, 422}, body={"a": "b"}, says="chưa xong")
attack("filing what is not finished, api", "lan", "POST", "/api/v1/drafts/{mine}/submission", 422, body={})

# MARK: forms of a draft; whatever is typed stays

for kind, typed in TYPED.items():
    attack(f"draft-{kind}", "lan", "POST", "/nhap/{mine}/khai/applicant", 303,
           body={"applicant.fullName": "1", "applicant.phone": typed, "applicant.address": typed})  # fmt: skip
    attack(f"draft-{kind}, shown", "lan", "GET", "/nhap/{mine}/khai/applicant?check=1", 422, keeps=typed, hides="<script>alert")
    attack(f"act-text-{kind}", "tiepnhan", "POST", "/work/dossiers/{dossier}/act/supplement", 422,
           body={"component": "no-such", "text": typed}, keeps=typed, hides="<script>alert", may_know=True)  # fmt: skip
    attack(f"intake-{kind}", "tiepnhan", "POST", f"/work/intake/{LETTER}", 422,
           body={"applicant.fullName": "1", "request.content": typed}, keeps=typed, hides="<script>alert")  # fmt: skip
    attack(f"begin-{kind}", "lan", "POST", f"/nop/{LETTER}", 422, body={"agency": typed, "returnBy": "online", "situation": typed},
           hides="<script>alert")  # fmt: skip
for name, fields in {
    "unknown names": {"applicant.x": "1", "x.y.z": "1", "constructor": "1", "__proto__.a": "1", "applicant.fullName.": "1"},
    "rows where none are": {"applicant.0.fullName": "1", "applicant.999999.fullName": "1", "applicant.-1.fullName": "1"},
    "rows beyond number": {"applicant.99999999999999999999.fullName": "1"},
    "twice": [("applicant.fullName", "1"), ("applicant.fullName", "2")],
    "add a row nowhere": {"_add": "applicant", "_remove": "applicant.0"},
    "remove beyond number": {"_remove": "residence.99999999999999999999"},
}.items():
    attack(f"draft fields: {name}", "lan", "POST", "/nhap/{mine}/khai/applicant", {200, 303, 422}, body=fields)
attack("draft section of no kind", "lan", "POST", "/nhap/{mine}/khai/constructor", 404, body={"a": "b"})
attack("draft too long an answer", "lan", "POST", "/nhap/{mine}/khai/request", {303, 413, 422}, body={"request.content": "dài " * 100_000})
attack("draft autosave from another site", "lan", "POST", "/nhap/{mine}/luu/applicant", 403, body={"applicant.fullName": "x"},
       headers={"Origin": "https://evil.example"})  # fmt: skip
attack("counts beyond paper", "tiepnhan", "POST", f"/work/intake/{LETTER}", 422,
       body={f"originals-{LETTER_PAPER}": "1000", f"copies-{LETTER_PAPER}": "-1", "applicant.fullName": "Giữ Lại Tên"}, keeps="Giữ Lại Tên")  # fmt: skip

# MARK: cursors and limits

for number, value in enumerate(["x", "-1", "0", "99999999999999999999", "%27%20OR%201=1", "%00", "a" * 3000, "1.2.3", "%7B%7D", "AAAA", "%F0%9F%98%80"]):
    attack(f"cursor-mine-{number}", "lan", "RAW", f"/ho-so?after={value}", REFUSED | {200})
    attack(f"cursor-inbox-{number}", "tiepnhan", "RAW", f"/work/inbox/all?after={value}", REFUSED | {200}, may_know=True)
    attack(f"cursor-api-{number}", "lan", "RAW", f"/api/v1/dossiers?after={value}", REFUSED | {200})
    attack(f"cursor-api-inbox-{number}", "tiepnhan", "RAW", f"/api/v1/work/inboxes/all?after={value}", REFUSED | {200}, may_know=True)
for value in ["0", "-5", "101", "x", "1e3", "99999999999999999999", "", "%00"]:
    attack(f"limit-{value}", "lan", "RAW", f"/api/v1/dossiers?limit={value}", {400, 422})
for inbox in ["nothing", "turn-", "turn-admin%00", "..", "turn-caseOfficer'"]:
    attack(f"inbox-{inbox}", "tiepnhan", "RAW", f"/work/inbox/{inbox}", REFUSED | AWAY)

# MARK: JSON

JSON_ENDS = {
    "sessions": ("nobody", "sessions", {"login": "0912000001", "password": "x", "kind": "citizen"}),
    "accounts": ("nobody", "accounts", {"name": "Ai Đó", "password": "x"}),
    "look-ups": ("nobody", "look-ups", {"code": "x", "secret": "y"}),
    "drafts": ("lan", "drafts", {"procedure": LETTER, "agency": JUSTICE, "returnBy": "online"}),
    "intake": ("tiepnhan", "work/intake", {"procedure": LETTER, "returnBy": "counter", "answers": {}}),
    "act": ("tiepnhan", "work/dossiers/{dossier}/acts/refuse", {"text": "x"}),
}
for name, (who, path, sound) in JSON_ENDS.items():
    wrong = {key: 7 for key in sound}
    for kind, body in {
        "empty": b"", "text": b"xin chao", "cut": json.dumps(sound).encode()[:-3], "array": b"[]", "string": b'"x"', "null": b"null",
        "number": b"1e999", "wrong-types": json.dumps(wrong).encode(), "deep": b"[" * 50_000, "deep-object": b'{"a":' * 20_000 + b"1" + b"}" * 20_000,
        "nul": json.dumps(sound | {next(iter(sound)): "a\u0000b"}).encode(), "raw-nul": b'{"login":"a\x00b"}',
        "lone-surrogate": json.dumps(sound).encode().replace(b'": "', b'": "\\ud800', 1), "not-utf8": b'{"login":"\xff\xfe"}',
        "bom": b"\xef\xbb\xbf" + b"{", "2MiB": b'{"login":"' + b"a" * (2 << 20) + b'"}', "comment": b"/* */ {}",
    }.items():  # fmt: skip
        attack(f"json-{name}-{kind}", who, "POST", f"/api/v1/{path}", REFUSED, body=body, headers={"Content-Type": "application/json"}, may_know=True)
    for kind in ["text/plain", "application/x-www-form-urlencoded", "application/xml", "multipart/form-data", "/", ""]:
        attack(f"json-{name}-as-{kind or 'nothing'}", who, "POST", f"/api/v1/{path}", {400, 415}, body=json.dumps(sound).encode(),
               headers={"Content-Type": kind})  # fmt: skip
for kind, answers in {
    "unknown-section": {"x": {}}, "unknown-field": {"applicant": {"x": "1"}}, "list": [], "text": "x", "list-for-section": {"applicant": [{}]},
    "object-for-text": {"applicant": {"fullName": {"a": 1}}}, "list-for-text": {"applicant": {"fullName": ["a"]}},
    "number-for-text": {"applicant": {"fullName": 5}}, "true-for-text": {"applicant": {"fullName": True}}, "proto": {"__proto__": {"a": 1}},
}.items():  # fmt: skip
    attack(f"answers-{kind}", "lan", "PUT", "/api/v1/drafts/{mine}/answers", {400, 422}, body=answers)
attack("answers-stale", "lan", "PUT", "/api/v1/drafts/{mine}/answers", {409, 412}, body={}, headers={"If-Match": '"999"'})
for agency in [WARD, "", "h26", "../x", "h26-tu-phap'"]:
    attack(f"agency-{agency or 'none'}", "lan", "POST", "/api/v1/drafts", 422, body={"procedure": LETTER, "agency": agency, "returnBy": "online"})
for procedure in ["", "0.000000", "../x", "x" * 1000]:
    attack(f"procedure-{procedure[:20]}", "lan", "POST", "/api/v1/drafts", {404, 409, 422}, body={"procedure": procedure, "agency": JUSTICE, "returnBy": "online"})
# What sticks to a code that was copied is cleaned off.
attack("procedure-with-blank", "lan", "POST", "/api/v1/drafts", 201, body={"procedure": LETTER + " ", "agency": JUSTICE, "returnBy": "online"})

# MARK: multipart and files

WHOLE = ("dossier", (None, json.dumps(letter()), "application/json"))
SMALL = papers.pdf(size=4000)
HEAD = {"Content-Type": "multipart/form-data; boundary=b"}
PART = b'--b\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n'


def paper(name, data, component=LETTER_PAPER):
    return [WHOLE, (f"paper-{component}", (name, data))]


for kind, body in {
    "no parts": [], "no dossier": [(f"paper-{LETTER_PAPER}", ("a.pdf", SMALL))], "no paper": [WHOLE],
    "empty file": paper("a.pdf", b""), "heic": paper("a.jpg", papers.heic()), "password": paper("a.pdf", papers.pdf(encrypted=True)),
    "cut pdf": paper("a.pdf", SMALL[:2000]), "script named pdf": paper("a.pdf", b"<script>alert(1)</script>"), "html": paper("a.html", b"<html></html>"),
    "svg": paper("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"), "zip": paper("a.zip", papers.word_document()), "exe": paper("a.pdf", b"MZ" + b"\0" * 5000),
    "cut jpeg": paper("a.jpg", papers.photo(width=200, height=200)[:900]), "cut png": paper("a.png", papers.png()[:40]), "gif": paper("a.gif", b"GIF89a" + b"\0" * 99),
    "unknown paper": paper("a.pdf", SMALL, "no-such-paper"), "path as paper": paper("a.pdf", SMALL, "../../x"), "empty paper": paper("a.pdf", SMALL, ""),
    "dossier twice": [WHOLE, WHOLE], "dossier is no JSON": [("dossier", (None, "xin chào")), (f"paper-{LETTER_PAPER}", ("a.pdf", SMALL))],
    "dossier is a file": [("dossier", ("dossier.json", json.dumps(letter()))), (f"paper-{LETTER_PAPER}", ("a.pdf", SMALL))],
    "dossier with NUL": [("dossier", (None, json.dumps(letter(content="a\u0000b")))), (f"paper-{LETTER_PAPER}", ("a.pdf", SMALL))],
    "dossier too long": [("dossier", (None, json.dumps(letter(content="dài " * 2_000_000))))], "41 files": [WHOLE] + [(f"paper-{LETTER_PAPER}", ("a.pdf", b""))] * 1001,
    "51 MB": paper("a.pdf", SMALL[:-7] + b"\0" * 51_000_000 + b"%%EOF"),
    "raw nothing": b"", "raw text": b"xin chao", "raw cut": PART % (b"dossier", b"{}"), "raw no name": b"--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--",
    "raw no disposition": b"--b\r\nX: y\r\n\r\nx\r\n--b--", "raw long head": b"--b\r\nContent-Disposition: form-data; name=\"" + b"a" * 100_000 + b"\"\r\n\r\nx\r\n--b--",
    "raw many heads": b"--b\r\n" + b"X: y\r\n" * 5000 + b"\r\nx\r\n--b--", "raw head with NUL": b"--b\r\nContent-Disposition: form-data; name=\"a\x00b\"\r\n\r\nx\r\n--b--",
    "raw base64": b"--b\r\nContent-Disposition: form-data; name=\"dossier\"\r\nContent-Transfer-Encoding: base64\r\n\r\ne30=\r\n--b--",
    "raw value with NUL": PART % (b"dossier", b'{"a":"\x00"}') + b"--b--", "raw not utf8": PART % (b"dossier", b"\xff\xfe") + b"--b--",
    "raw 5000 parts": (PART % (b"x", b"y")) * 5000 + b"--b--", "raw endless preamble": b"x" * 3_000_000,
}.items():  # fmt: skip
    raw = isinstance(body, bytes)
    attack(f"multipart {kind}", "lan", "POST", "/api/v1/dossiers", REFUSED, body=body, headers=dict(HEAD) if raw else {})
    if not raw and len(body) < 100 and "dossier" not in kind and kind not in ("no paper", "no parts"):
        only = [part for part in body if part[0] != "dossier"]
        attack(f"upload page {kind}", "lan", "POST", "/nhap/{mine}/giay-to", {303, 413, 422} if kind in ("no dossier", "empty paper") else {413, 422}, body=only)
        attack(f"upload api {kind}", "lan", "POST", "/api/v1/drafts/{mine}/files", {201, 422, 413} if kind == "no dossier" else {413, 422}, body=only)
for boundary in ["", "x" * 71, "x" * 5000, '"', "b\\", "--", "đ"]:
    attack(f"boundary {boundary[:6]!r} of {len(boundary)}", "lan", "POST", "/api/v1/dossiers", {400, 415, 422, 431}, body=PART % (b"dossier", b"{}") + b"--b--",
           headers={"Content-Type": f"multipart/form-data; boundary={boundary}".encode()})  # fmt: skip
# Names that try to be paths are kept as names, never used as paths.
for name in ["../../../etc/cron.d/x.pdf", "..\\..\\x.pdf", "/etc/passwd", "a\r\nb.pdf", "x" * 3000 + ".pdf", ".", "..", "CON.pdf", "<script>alert(1)</script>.pdf",
             "‮fdp.exe", "😀.pdf", unicodedata.normalize("NFD", "giấy tờ.pdf"), "\"><img src=x>.pdf"]:  # fmt: skip
    attack(f"file name {name[:24]!r}", "minh", "POST", "/api/v1/dossiers", {201} | REFUSED, body=paper(name, SMALL), hides="<script>alert")

# MARK: who one claims to be

for kind, value in {"garbage": "Bearer x", "empty": "Bearer ", "nothing": "Bearer", "basic": "Basic bGFuOng=", "long": "Bearer " + "a" * 6000,
                    "two": "Bearer a b", "quote": "Bearer ' OR 1=1", "star": "Bearer %"}.items():  # fmt: skip
    attack(f"token-{kind}", "nobody", "GET", "/api/v1/dossiers/{dossier}", {401, 431}, headers={"Authorization": value})
    attack(f"cookie-{kind}", "nobody", "GET", "/ho-so/{dossier}", AWAY | {400, 431}, headers={"Cookie": f"session={quote(value)}; browser=x"})
attack("cookie at the api", "nobody", "GET", "/api/v1/dossiers", 401, headers={"Cookie": "session={cookie}"})
attack("token at the pages", "nobody", "GET", "/ho-so", AWAY, headers={"Authorization": "Bearer {token}"})
attack("citizen's token at work", "lan", "GET", "/api/v1/work/inboxes", {401, 403})
attack("officer's token at home", "tiepnhan", "GET", "/api/v1/dossiers", {401, 403})
attack("citizen's cookie at work", "lan", "GET", "/work/inbox/all", AWAY | {403})
attack("officer's cookie at home", "tiepnhan", "GET", "/ho-so", AWAY | {403})
for key in ["x", "a" * 65, "khóa tiếng Việt".encode(), "a b c d e f"]:
    attack(f"key {key[:8]!r}", "minh", "POST", "/api/v1/dossiers", {400, 422}, body=paper("a.pdf", SMALL), headers={"Idempotency-Key": key})
attack("key used for something else", "lan", "POST", "/api/v1/dossiers", 422, headers={"Idempotency-Key": "used-before-1"},
       body=[("dossier", (None, json.dumps(letter(content="Khác hẳn")))), (f"paper-{LETTER_PAPER}", ("a.pdf", SMALL))])  # fmt: skip
attack("headers beyond number", "nobody", "GET", "/", {200, 400, 431}, headers={f"X-{i}": "y" for i in range(90)})
attack("header beyond length", "nobody", "GET", "/", {200, 400, 431}, headers={"X-Long": "y" * 12_000})
attack("host of another", "nobody", "GET", "/", {200, 400, 421}, headers={"Host": "evil.example"}, hides="evil.example")
attack("range of nothing", "lan", "GET", "/ho-so/{own}/giay-xac-nhan.pdf", {200, 206, 416}, headers={"Range": "bytes=999999999-"})
attack("etag of nothing", "nobody", "GET", "/", {200}, headers={"If-None-Match": '"' + "x" * 3000})
attack("secret by guessing", "nobody", "POST", "/api/v1/look-ups", {404, 429}, body={"code": "{code}", "secret": "AAAAAAAA"})
attack("secret of any kind", "nobody", "POST", "/api/v1/look-ups", {404, 422, 429}, body={"code": "{code}", "secret": "%"})
attack("health tells nothing", "nobody", "GET", "/health", 200)
attack("metrics tell nobody", "nobody", "GET", "/metrics", {200, 404}, hides="{dossier}")


def test_there_are_enough_of_them():
    assert len(ATTACKS) >= 300
    names = [attack.name for attack in ATTACKS]
    assert len(set(names)) == len(names), [name for name in names if names.count(name) > 1]


# MARK: the scene and those who act in it


class Person:
    """Somebody with a browser and a program."""

    def __init__(self, house, name):
        self.house, self.name = house, name
        self.browser = requests.Session()
        kind = "staff" if name in STAFF else "citizen"
        login = CITIZENS.get(name, name)
        page = "/work/sign-in" if name in STAFF else "/sign-in"
        self.csrf = token_on(self.browser.get(house.address + page).text)
        self.program = Program(house)
        if name != "nobody":
            self.program = Program(house, login, kind)
            answer = self.browser.post(
                house.address + page,
                data=[("csrf", self.csrf), ("login", login), ("password", PASSWORD)],
                allow_redirects=False,
            )
            assert answer.status_code in AWAY, answer.text


def token_on(page):
    return re.search(r'name="csrf" value="([^"]+)"', page)[1]


class Scene:
    def __init__(self, house):
        self.house = house
        self.people = {name: Person(house, name) for name in ["nobody", *CITIZENS, *STAFF]}
        self.other_token = token_on(requests.get(f"{house.address}/sign-in").text)
        victim = Program(house)
        answer = victim.post("accounts", json={"name": SECRET_NAME, "phone": SECRET_PHONE, "password": "mua he xanh tham"})
        assert answer.status_code == 201, answer.text
        victim.session.headers["Authorization"] = f"Bearer {answer.json()['token']}"
        whole = letter(SECRET_NAME, SECRET_TEXT)
        whole["answers"]["applicant"]["phone"] = SECRET_PHONE
        receipt = made(victim.file(whole, letter_papers()))
        draft = made(victim.post("drafts", json={"procedure": LETTER, "agency": JUSTICE, "returnBy": "online"}))
        made(victim.post(f"drafts/{draft['id']}/files", files={f"paper-{LETTER_PAPER}": ("kin.pdf", SMALL)}))
        assert victim.put(f"drafts/{draft['id']}/answers", json=whole["answers"]).status_code == 200
        lan = self.people["lan"].program
        own = made(lan.file(letter(), letter_papers(), key="used-before-1"))
        withdrawn = made(lan.file(letter(), letter_papers()))
        assert lan.post(f"dossiers/{withdrawn['id']}/withdrawal", json={}).status_code == 200
        processing = made(lan.file(letter("Nguyễn Thị Lan"), letter_papers()))
        for who, act in [("tiepnhan", "accept"), ("tiepnhan", "hand-over")]:
            answer = self.people[who].program.post(f"work/dossiers/{processing['id']}/acts/{act}", json={})
            assert answer.status_code == 200, answer.text
        mine = made(lan.post("drafts", json={"procedure": LETTER, "agency": JUSTICE, "returnBy": "online"}))
        self.victim, self.dossier, self.draft = victim, receipt["id"], draft["id"]
        details = victim.get(f"dossiers/{receipt['id']}").json()
        self.words = {
            "dossier": receipt["id"], "code": receipt["code"], "file": details["files"][0]["id"], "draft": draft["id"], "own": own["id"],
            "withdrawn": withdrawn["id"], "processing": processing["id"], "mine": mine["id"], "examiner": self.people["thuly"].program.person["id"],
            "stranger": self.people["phuong"].program.person["id"], "cookie": self.people["lan"].browser.cookies["session"],
            "token": lan.session.headers["Authorization"].removeprefix("Bearer "),
        }  # fmt: skip
        self.before = self.state()

    def state(self):
        """What the victim has: it must be the same at the end."""
        return self.victim.get(f"dossiers/{self.dossier}").json(), self.victim.get(f"drafts/{self.draft}").json()

    def named(self, value):
        """`value` with the things of this scene in place of their names."""
        if isinstance(value, str):
            for name, word in self.words.items():
                value = value.replace("{" + name + "}", word)
            return value
        if isinstance(value, dict):
            return {key: self.named(item) for key, item in value.items()}
        return value

    def send(self, attack):
        person = self.people[attack.who]
        path, headers, body = self.named(attack.path), self.named(attack.headers), attack.body
        if attack.method.startswith("RAW"):
            return self.raw(person, attack.method.removeprefix("RAW").strip() or "GET", path)
        is_api = path.startswith("/api/")
        session = person.program.session if is_api else person.browser
        more = {"headers": headers, "timeout": 60, "allow_redirects": False}
        if isinstance(body, bytes):
            more["data"] = body if is_api or "Content-Type" in headers else self.token(person, attack, b"csrf=%s&") + body
            headers.setdefault("Content-Type", "application/json" if is_api else "application/x-www-form-urlencoded")
        elif is_api and isinstance(body, list) and (not body or isinstance(body[0], tuple)) and attack.method == "POST":
            more["files"] = body or [("nothing", (None, ""))]
        elif is_api and body is not None:
            more["json"] = self.named(body)
        elif isinstance(body, list) and body and isinstance(body[0][1], tuple):
            more["files"] = [("csrf", (None, self.token(person, attack, b"%s").decode()))] + body
        elif body is not None:
            pairs = list(self.named(body).items() if isinstance(body, dict) else body)
            token = self.token(person, attack, b"%s").decode()
            more["data"] = ([("csrf", token)] if token else []) + pairs
        elif headers.get("Cookie"):
            session = requests.Session()
        return session.request(attack.method, self.house.address + path, **more)

    def token(self, person, attack, shape):
        token = {"own": person.csrf, "other": self.other_token, "forged": "0" * len(person.csrf), "none": ""}[attack.token]
        return shape % token.encode() if token else b""

    def raw(self, person, method, path):
        """Sends the path exactly as it is written; libraries tidy it."""
        place = urlsplit(self.house.address)
        connection = http.client.HTTPConnection(place.hostname, place.port, timeout=60)
        connection._validate_path = lambda path: None
        connection._encode_request = lambda request: request.encode("utf-8")
        cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in person.browser.cookies)
        headers = {"Cookie": cookies, "Accept": "text/html"}
        if path.startswith("/api/") and "Authorization" in person.program.session.headers:
            headers = {"Authorization": person.program.session.headers["Authorization"]}
        body = None
        if method == "POST":
            body, headers["Content-Type"] = f"csrf={person.csrf}", "application/x-www-form-urlencoded"
        try:
            connection.request(method, path, body=body, headers=headers)
            answer = connection.getresponse()
            return Raw(answer.status, answer.headers, answer.read())
        finally:
            connection.close()


class Raw:
    def __init__(self, status, headers, content):
        self.status_code, self.headers, self.content = status, headers, content
        self.text = content.decode("utf-8", "replace")


def made(answer):
    assert answer.status_code == 201, answer.text
    return answer.json()


@pytest.fixture(scope="module")
def scene(house):
    scene = Scene(house)
    yield scene
    assert house.process.poll() is None, "The server is gone."
    assert scene.state() == scene.before, "Somebody changed what is not theirs."
    assert house.memory < 400, f"{house.memory} MB after the attacks"


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: re.sub(r"[^\w{}/.-]+", "_", attack.name))
def test_it_is_borne(house, scene, attack):
    answer = scene.send(attack)
    told = html.unescape(answer.text)
    assert answer.status_code < 500 or answer.status_code == 501 in attack.status, f"{answer.status_code}\n{told[:500]}"
    assert answer.status_code in attack.status, f"{answer.status_code} is not in {sorted(attack.status)}\n{told[:1500]}"
    if not attack.may_know:
        known = [secret for secret in SECRETS if secret in told or unicodedata.normalize("NFD", secret) in told]
        assert not known, f"It tells {known}"
    if answer.status_code >= 400 and attack.path.startswith("/api/") and not attack.method.startswith("RAW"):
        problem = json.loads(answer.content)
        assert answer.headers["Content-Type"].startswith("application/problem+json")
        assert problem["status"] == answer.status_code and problem["detail"]
    assert "X-Evil" not in answer.headers
    if answer.status_code in AWAY:
        assert answer.headers["Location"].startswith("/") and not answer.headers["Location"].startswith(("//", "/\\"))
    for kept in [attack.keeps] if attack.keeps else []:
        kept = unicodedata.normalize("NFC", kept).strip()
        assert kept in told or squeezed(kept) in squeezed(told), f"What was typed is gone: {kept!r}\n{told[:3000]}"
    if attack.says:
        assert scene.named(attack.says) in told, told[:3000]
    if attack.hides:
        assert scene.named(attack.hides) not in answer.text


def squeezed(text):
    """Without blanks and signs that cannot be seen: tidying may take those away."""
    return "".join(letter for letter in text if not letter.isspace() and unicodedata.category(letter) != "Cf")

"""The API does what `Docs/openapi.yaml` says, also when it is sent what nobody would send on purpose."""

import json
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from api_papers import SMALL
from house import ROOT, Program

DESCRIPTION = ROOT / "Docs/openapi.yaml"
SEED = 20261123
CHECKS = [
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
]
WARD, WARD_OFFICER = "h26-doi-can", "phuong"


def test_the_description_is_valid_openapi():
    validate(yaml.safe_load(DESCRIPTION.read_text()))


# MARK: a journey, each answer compared with the description


class Described:
    """A program whose every answer must be one that the description allows."""

    def __init__(self, program):
        self.program = program
        self.document = yaml.safe_load(DESCRIPTION.read_text())
        self.registry = Registry().with_resource(
            "urn:description", Resource.from_contents(self.document, default_specification=DRAFT202012)
        )

    def call(self, method, template, wanted, ids=(), **more):
        path = template.format(*ids)
        answer = self.program.request(method, path.removeprefix("/api/v1/"), **more)
        assert answer.status_code == wanted, f"{method} {path}: {answer.status_code} {answer.text[:500]}"
        operation = self.operation(method, path)
        content = self.response(operation, wanted).get("content", {})
        if not content:
            assert answer.content == b"", f"{method} {path} answers a body that is not described"
            return None
        kind = answer.headers["Content-Type"].split(";")[0]
        assert kind in content, f"{method} {path} answers {kind}, described are {list(content)}"
        if not kind.endswith("json"):
            return answer
        schema = {"$ref": f"urn:description#{self.pointer(operation, wanted, kind)}"}
        faults = [error.message for error in Draft202012Validator(schema, registry=self.registry).iter_errors(answer.json())]
        assert not faults, f"{method} {path}: {faults}"
        return answer.json()

    def operation(self, method, path):
        """The path and method in the description that this request is one of; literal parts win over parameters."""
        parts = path.split("?")[0].split("/")
        fitting = [
            template
            for template, operations in self.document["paths"].items()
            if method.lower() in operations
            and len(template.split("/")) == len(parts)
            and all(one == other or one.startswith("{") for one, other in zip(template.split("/"), parts))
        ]
        assert fitting, f"{method} {path} is not described"
        return min(fitting, key=lambda template: template.count("{")), method.lower()

    def response(self, operation, status):
        path, method = operation
        responses = self.document["paths"][path][method]["responses"]
        assert str(status) in responses, f"{method} {path} does not describe {status}"
        response = responses[str(status)]
        reference = response.get("$ref")
        return self.document["components"]["responses"][reference.rsplit("/", 1)[1]] if reference else response

    def pointer(self, operation, status, kind):
        def escaped(part):
            return part.replace("~", "~0").replace("/", "~1").replace("{", "%7B").replace("}", "%7D")

        path, method = operation
        response = self.document["paths"][path][method]["responses"][str(status)]
        if "$ref" in response:
            return f"{response['$ref'].removeprefix('#')}/content/{escaped(kind)}/schema"
        return f"/paths/{escaped(path)}/{method}/responses/{status}/content/{escaped(kind)}/schema"


def example():
    """The dossier that the description itself gives as an example."""
    return yaml.safe_load(DESCRIPTION.read_text())["components"]["schemas"]["NewDossier"]["example"]


def pdf(name="Giấy ủy quyền.pdf"):
    return name, SMALL, "application/pdf"


def test_a_dossier_goes_from_draft_to_result_as_described(house):
    lan = Described(Program(house, "0912000001"))
    officer = Described(Program(house, WARD_OFFICER, "staff"))
    leader = Described(Program(house, "chutich", "staff"))
    visitor = Described(Program(house))
    dossier = example()

    lan.call("GET", "/api/v1/me", 200)
    visitor.call("GET", "/api/v1/me", 401)
    assert visitor.call("GET", "/api/v1/procedures?q=giay+doc+than", 200)["items"][0]["code"] == dossier["procedure"]
    visitor.call("GET", "/api/v1/procedures/{}", 200, [dossier["procedure"]])
    visitor.call("GET", "/api/v1/procedures/9.999999", 404)
    visitor.call("GET", "/api/v1/agencies?q=doi+can", 200)
    visitor.call("GET", "/api/v1/agencies/{}", 200, [WARD])
    visitor.call("GET", "/api/v1/agencies/{}/orders", 200, [WARD])

    beginning = {key: dossier[key] for key in ["procedure", "situation", "agency", "returnBy"]}
    draft = lan.call("POST", "/api/v1/drafts", 201, json=beginning)
    lan.call("GET", "/api/v1/drafts", 200)
    lan.call("POST", "/api/v1/drafts/{}/submission", 422, [draft["id"]])
    saved = lan.call("PUT", "/api/v1/drafts/{}/answers", 200, [draft["id"]], json=dossier["answers"],
                     headers={"If-Match": f'"{draft["version"]}"'})
    assert saved["missing"] == []
    lan.call("PUT", "/api/v1/drafts/{}/answers", 412, [draft["id"]], json={}, headers={"If-Match": f'"{draft["version"]}"'})
    files = lan.call("POST", "/api/v1/drafts/{}/files", 201, [draft["id"]], files={"paper-mandate": pdf()})["items"]
    heic = ("ảnh.heic", b"\0\0\0\x18ftypheic" + bytes(100), "image/heic")
    lan.call("POST", "/api/v1/drafts/{}/files", 422, [draft["id"]], files={"paper-mandate": heic})
    lan.call("DELETE", "/api/v1/drafts/{}/files/{}", 204, [draft["id"], files[0]["id"]])
    lan.call("POST", "/api/v1/drafts/{}/files", 201, [draft["id"]], files={"paper-mandate": pdf()})
    receipt = lan.call("POST", "/api/v1/drafts/{}/submission", 201, [draft["id"]])
    assert lan.call("POST", "/api/v1/drafts/{}/submission", 201, [draft["id"]]) == receipt, "filing twice is filing once"

    place = [receipt["id"]]
    answer_by = (date.today() + timedelta(days=20)).isoformat()
    work = "/api/v1/work/dossiers/{}"
    visitor.call("POST", "/api/v1/look-ups", 200, json={"code": receipt["code"], "secret": receipt["secret"]})
    visitor.call("POST", "/api/v1/look-ups", 404, json={"code": receipt["code"], "secret": "00000000"})
    details = lan.call("GET", "/api/v1/dossiers/{}", 200, place)
    lan.call("GET", "/api/v1/dossiers/{}/proof.pdf", 200, place)
    lan.call("GET", "/api/v1/dossiers/{}/files/{}", 200, [*place, details["files"][0]["id"]])
    lan.call("PUT", "/api/v1/dossiers/{}/return-method", 200, place, json={"returnBy": "online"})

    def act(person, name, **order):
        return person.call("POST", work + "/acts/{}", 200, [*place, name], json=order)

    assert receipt["id"] in [item["id"] for item in officer.call("GET", "/api/v1/work/inboxes/new", 200)["items"]]
    officer.call("GET", "/api/v1/work/inboxes", 200)
    officer.call("GET", "/api/v1/work/search?q=nguyen+thi+lan", 200)
    version = officer.call("GET", work, 200, place)["dossier"]["version"]
    officer.call("POST", work + "/acts/{}", 422, [*place, "refuse"], json={})
    items = [{"item": "mandate", "certifiedCopies": 1, "text": "Bản mờ."}, {"item": "_answers", "text": "Năm sinh sai."}]
    act(officer, "supplement", text="Hồ sơ chưa đủ.", items=items, answerBy=answer_by, version=version)
    officer.call("POST", work + "/acts/{}", 409, [*place, "accept"], json={"version": version})
    asked = lan.call("GET", "/api/v1/dossiers/{}", 200, place)
    assert asked["requestedComponents"] == ["mandate"] and asked["request"]
    assert [item["state"] for item in asked["supplement"]["items"]] == ["awaited", "awaited"]
    assert asked["supplement"]["answerBy"] == answer_by
    lan.call("POST", "/api/v1/dossiers/{}/supplement", 422, place, files={"paper-mandate": pdf()})
    lan.call("POST", "/api/v1/dossiers/{}/supplement", 200, place, files={"paper-mandate": pdf()},
             data={"message": "Tôi gửi bổ sung ạ.", "word-_answers": "Năm 1990."})
    act(officer, "accept")
    officer.call("GET", work + "/receipt.pdf", 200, place)
    for paper in ["receipt", "control-slip"]:
        officer.call("GET", work + "/papers/{}", 200, [*place, paper])
    officer.call("GET", work + "/papers/{}", 409, [*place, "refusal"])
    officer.call("GET", work + "/papers/{}", 404, [*place, "nothing"])
    lan.call("GET", "/api/v1/dossiers/{}/papers/{}", 200, [*place, "receipt"])
    lan.call("GET", "/api/v1/dossiers/{}/papers/{}", 404, [*place, "control-slip"])
    for sheet in ["receipt", "hand-over"]:
        officer.call("GET", "/api/v1/work/papers/{}?dossier=" + place[0], 200, [sheet])
    officer.call("GET", "/api/v1/work/papers/{}?dossier=" + place[0], 409, ["labels"])
    officer.call("GET", "/api/v1/work/papers/{}", 422, ["receipt"])
    act(officer, "hand-over")
    act(officer, "take")
    officer.call("POST", work + "/result", 200, place, data={"outcome": "granted"},
                 files={"paper-marital-status-certificate": pdf("Giấy xác nhận.pdf")})
    act(officer, "complete-step", text="Đủ điều kiện.")
    act(leader, "complete-step")
    acts = act(officer, "complete-step")
    assert acts["dossier"]["stage"] == "finished", acts["dossier"]
    finished = lan.call("GET", "/api/v1/dossiers/{}", 200, place)
    lan.call("GET", "/api/v1/dossiers/{}/files/{}", 200, [*place, finished["results"][0]["id"]])
    assert lan.call("GET", "/api/v1/dossiers/{}", 200, place)["dossier"]["stage"] == "returned"
    lan.call("POST", "/api/v1/dossiers/{}/withdrawal", 409, place, json={})
    lan.call("GET", "/api/v1/dossiers?limit=1", 200)
    lan.call("DELETE", "/api/v1/sessions/current", 204)
    lan.call("GET", "/api/v1/dossiers", 401)


def test_a_repeated_key_files_one_dossier(house):
    lan = Described(Program(house, "0912000001"))
    headers = {"Idempotency-Key": "khai-mot-lan-0001"}

    def send(dossier, wanted):
        parts = [("dossier", (None, json.dumps(dossier), "application/json")), ("paper-mandate", pdf())]
        return lan.call("POST", "/api/v1/dossiers", wanted, files=parts, headers=headers)

    receipt = send(example(), 201)
    assert send(example(), 201) == receipt
    send(example() | {"returnBy": "post"}, 422)


def test_a_visitor_s_dossier_is_taken_in_at_the_counter(house):
    officer = Described(Program(house, WARD_OFFICER, "staff"))
    dossier = example()
    order = {key: dossier[key] for key in ["procedure", "situation", "returnBy", "answers"]}
    order["papers"] = [{"component": "declaration", "originals": 1}]
    receipt = officer.call("POST", "/api/v1/work/intake", 201, json=order)
    details = officer.call("GET", "/api/v1/work/dossiers/{}", 200, [receipt["id"]])
    assert details["dossier"]["stage"] == "accepted" and details["dossier"]["channel"] == "counter"
    Described(Program(house, "0912000001")).call("GET", "/api/v1/work/inboxes", 403)


def test_lists_are_read_on_from_where_they_ended(house):
    lan = Described(Program(house, "0912000002"))
    parts = [("dossier", (None, json.dumps(example()), "application/json"))]
    filed = {lan.call("POST", "/api/v1/dossiers", 201, files=parts)["id"] for _ in range(3)}
    seen, after = [], ""
    while after is not None:
        page = lan.call("GET", f"/api/v1/dossiers?limit=2{after and '&after=' + after}", 200)
        seen += [item["id"] for item in page["items"]]
        after = page.get("next")
    assert set(seen) >= filed and len(seen) == len(set(seen))
    lan.call("GET", "/api/v1/dossiers?after=0", 422)


def test_an_unchanged_answer_is_not_sent_again(house):
    lan = Program(house, "0912000001")
    tag = lan.get("me").headers["ETag"]
    assert lan.get("me", headers={"If-None-Match": tag}).status_code == 304


# MARK: what nobody would send on purpose


@pytest.fixture(scope="module")
def filled(one_house):
    """Something of everything, so that generated requests find what they name."""
    lan = Program(one_house, "0912000001")
    parts = [("dossier", (None, json.dumps(example()), "application/json")), ("paper-mandate", pdf())]
    dossiers = [lan.post("dossiers", files=parts).json()["id"] for _ in range(4)]
    beginning = {key: example()[key] for key in ["procedure", "situation", "agency", "returnBy"]}
    drafts = [lan.post("drafts", json=beginning).json()["id"] for _ in range(3)]
    files = [lan.get(f"dossiers/{dossier}").json()["files"][0]["id"] for dossier in dossiers]
    return {"draft": drafts, "dossier": dossiers, "file": files, "id": [WARD, "h26-tu-phap"], "code": ["1.004873", "2.000488"]}


@pytest.mark.parametrize("login, kind, tags", [
    ("0912000001", "citizen", ["Accounts", "Agencies", "Procedures", "Look-up", "Drafts", "Dossiers"]),
    (WARD_OFFICER, "staff", ["Work"]),
])
def test_whatever_is_sent_the_answer_is_a_described_one(one_house, filled, tmp_path, login, kind, tags):
    token = Program(one_house, login, kind).session.headers["Authorization"]
    settings = [f'hooks = "{Path(__file__).with_name("api_papers.py")}"']
    for name, values in filled.items():
        settings.append(f"[dictionaries.{name}]\nvalues = {json.dumps(values)}")
    settings.append("[parameters]")
    settings += [f'"path.{name}" = {{ dictionary = "{name}", probability = 0.8 }}' for name in filled]
    config = tmp_path / "schemathesis.toml"
    config.write_text("\n".join(settings) + "\n")
    command = [
        Path(sys.executable).with_name("st"), "--config-file", config, "run", DESCRIPTION, "--url", one_house.address,
        "--header", f"Authorization: {token}", "--checks", ",".join(CHECKS), "--phases", "examples,coverage,fuzzing",
        "--seed", SEED, "--max-examples", 15, "--max-time", 80, "--no-shrink", "--continue-on-failure",
        # It would end the session that the other requests need.
        "--exclude-operation-id", "closeSession", "--warnings", "off",
    ]
    for tag in tags:
        command += ["--include-tag", tag]
    done = subprocess.run([str(word) for word in command], cwd=tmp_path, capture_output=True, text=True, timeout=170)
    assert done.returncode == 0, done.stdout[-8000:] + done.stderr[-2000:]

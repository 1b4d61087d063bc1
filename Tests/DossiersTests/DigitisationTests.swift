import Foundation
import Hummingbird
import Kernel
import Persistence
import TestSupport
import Testing
import Web

@testable import DossierCore

struct DigitisationTests {
    private static let scan = FileReference(attachment: ID(rawValue: "f9"), digest: "ab", bytes: 3)
    private static let earlier = ID<Dossier>(rawValue: "d7")

    private static func paper(_ file: FileReference?, _ origin: PaperOrigin? = nil) -> FiledPaper {
        FiledPaper(component: "a", originals: file == nil ? 1 : 0, file: file, origin: origin)
    }

    @Test(
        arguments: [
            ([], .none),
            ([paper(nil)], .none),
            ([paper(scan)], .digitised),
            ([paper(nil), paper(scan)], .digitised),
            ([paper(scan, PaperOrigin(dossier: earlier, result: nil))], .reused),
            ([paper(scan, PaperOrigin(dossier: earlier, result: "birth-certificate")), paper(scan)], .reusedResult),
        ] as [([FiledPaper], Digitisation)]
    )
    func `a paper has one of four states`(papers: [FiledPaper], state: Digitisation) {
        #expect(Digitisation(of: papers) == state)
    }

    @Test func `reception and case officers of the agency add scans while the dossier is open`() throws {
        let papers = [FiledPaper(component: "a", file: Self.scan)]
        let open = Dossier(replaying: DossierTests.inProcess)
        for officer in [DossierTests.receiver, DossierTests.examiner] {
            #expect(try open.decide(.digitise(by: officer, papers: papers)) == [.scanning(.digitised(papers: papers))])
        }
        #expect(throws: Dossier.Refusal.notYourRole(needed: .reception)) {
            try open.decide(.digitise(by: DossierTests.leader, papers: papers))
        }
        #expect(throws: Dossier.Refusal.notYourAgency) {
            try open.decide(.digitise(by: DossierTests.stranger, papers: papers))
        }
        #expect(throws: Dossier.Refusal.scanMissing) {
            try open.decide(.digitise(by: DossierTests.receiver, papers: [FiledPaper(component: "a", originals: 1)]))
        }
        #expect(throws: Dossier.Refusal.notPossible(stage: .finished)) {
            try Dossier(replaying: DossierTests.finished).decide(
                .digitise(by: DossierTests.receiver, papers: papers)
            )
        }
        var dossier = open
        dossier.evolve(.scanning(.digitised(papers: papers)))
        #expect(dossier.papers == papers && dossier.stage == .processing)
    }

    @Test(arguments: TestDatabase.kinds)
    func `an officer adds scans, and the state of each paper is shown and answered`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            let hoa = try await house.officer(.reception)
            let taken = try await hoa.post(
                "/work/intake/\(Procedures.record)",
                [
                    "situation": "self", "returnBy": "counter", "applicant.fullName": "Phạm Thị Cúc",
                    "applicant.phone": "0912000009", "applicant.address": "Số 2", "request.kind": "1",
                    "originals-declaration": "1", "copies-identity-copy": "1",
                ]
            )
            let path = taken.location.replacing("?taken=1", with: "")
            let before = try await hoa.get(path)
            #expect(before.body.contains("Chưa số hóa") && before.links.contains("\(path)/digitise"))

            let page = try await hoa.get("\(path)/digitise")
            let form = try #require(page.actions.first { $0.contains("/digitise?once=") })
            let empty = try await hoa.upload(form, [])
            #expect(empty.status == 422 && empty.body.contains("Chưa có tệp quét nào"))
            let strange = try await hoa.upload(form, [.file("paper-certificate", "x.pdf", Paper.pdf)])
            #expect(strange.status == 422 && strange.body.contains("không có giấy tờ"))
            let parts: [Part] = [
                .field("bind", "yes"), .file("paper-identity-copy", "truoc.jpg", Paper.photo),
                .file("paper-identity-copy", "sau.jpg", Paper.photo),
                .file("paper-declaration", "to-khai.pdf", Paper.pdf),
            ]
            for _ in 1...2 { #expect(try await hoa.upload(form, parts).location == path) }
            let after = try await hoa.get(path)
            #expect(!after.body.contains("Chưa số hóa") && after.body.contains("Bản chụp căn cước.pdf"))
            #expect(after.body.contains("2 trang") && after.body.contains("Đã số hóa 2 giấy tờ"))
            let id = try #require(path.split(separator: "/").last.map(String.init))
            let answer = try await hoa.api(.get, "/api/v1/work/dossiers/\(id)").object
            let states = try #require(answer["digitisation"] as? [[String: Any]])
            #expect(states.map { $0["component"] as? String } == ["declaration", "identity-copy"])
            #expect(states.allSatisfy { $0["state"] as? Int == 1 })
            #expect(try await house.count("SELECT COUNT(*) FROM attachment") == 2)

            let dung = try await house.officer(.leader)
            #expect(try await dung.get("\(path)/digitise").status == 403)
            #expect(try await !dung.get(path).links.contains("\(path)/digitise"))
            #expect(try await house.stranger().get("\(path)/digitise").status == 404)
            #expect(try await house.isClean())
        }
    }
}

import Foundation
import Hummingbird
import Kernel
import Logging
import Persistence
import Quarantine
import Scans
import TestSupport
import Testing
import Web

@testable import DossierCore
@testable import Scanning

/// From the printed separator sheets through the scanner into the dossiers.
struct ScanTests {
    /// A dossier that Hoa has taken in at the counter, with papers that are not digitised.
    private func dossier(_ hoa: Browser, _ name: String) async throws -> (path: String, id: String) {
        let taken = try await hoa.post(
            "/work/intake/\(Procedures.record)",
            [
                "situation": "self", "returnBy": "counter", "applicant.fullName": name,
                "applicant.phone": "0912000009", "applicant.address": "Số 2", "request.kind": "1",
                "originals-declaration": "1", "copies-identity-copy": "3",
            ]
        )
        let path = taken.location.replacing("?taken=1", with: "")
        return (path, try #require(path.split(separator: "/").last.map(String.init)))
    }

    /// What a scanner makes of the printed pages: pictures of 150 dpi, in one PDF.
    private func scanned(_ papers: [[UInt8]]) async throws -> [UInt8] {
        let folder = FileManager.default.temporaryDirectory.appending(path: "scan-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for (index, paper) in papers.enumerated() {
            let file = folder.appending(path: "\(index).pdf")
            try Data(paper).write(to: file)
            let page = folder.appending(path: "page-\(index)").path
            #expect(try await program("pdftoppm", ["-r", "150", "-png", file.path, page]).status == 0)
        }
        let pages = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".png") }
        return try PhotoAlbum(
            paths: pages.sorted().map { folder.appending(path: $0).path },
            title: "Tập quét",
            created: TestClock().now
        ).pdf()
    }

    private func reader(_ house: House, _ reader: any FileReader = HereReader()) -> ScanReader {
        ScanReader(book: ScanBook(database: house.database), blobs: house.blobs, reader: reader) { house.clock.now }
    }

    private func readAll(_ house: House) async throws {
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        try await OutboxService(database: house.database, couriers: [reader(house)], logger: logger) {
            house.clock.now
        }.deliverAll()
    }

    @Test(arguments: TestDatabase.kinds)
    func `a pile of two dossiers is split at the sheets, corrected, confirmed and filed`(kind: TestDatabase)
        async throws
    {
        try await House.open(on: kind) { house in
            let hoa = try await house.officer(.reception)
            let (first, second) = (try await dossier(hoa, "Phạm Thị Cúc"), try await dossier(hoa, "Vũ Văn Đức"))
            let sheets = try await hoa.get("\(first.path)/separators")
            #expect(sheets.isPDF)
            let receipt = try await hoa.get("\(first.path)/papers/receipt").bytes
            let generic = try await hoa.get("/work/scan/separators").bytes
            // Two sheets, for the declaration and the identity card: the card's paper lies behind the second.
            let pile = try await scanned([sheets.bytes, receipt, generic, receipt])

            let list = try await hoa.get("/work/scan")
            let form = try #require(list.actions.first { $0.contains("/work/scan?once=") })
            let none = try await hoa.upload(form, [])
            #expect(none.status == 422 && none.body.contains("Chưa chọn tệp nào"))
            let photo = try await hoa.upload(form, [.file("paper-pile", "a.jpg", Paper.photo)])
            #expect(photo.status == 422 && photo.body.contains("không phải tệp PDF"))
            let path = try await hoa.upload(form, [.file("paper-pile", "sang.pdf", pile)]).location
            #expect(try await hoa.upload(form, [.file("paper-pile", "sang.pdf", pile)]).location == path)
            let waiting = try await hoa.get(path)
            #expect(waiting.headers[.init("Refresh")!] == "2" && waiting.body.contains("chờ đến lượt"))
            #expect(try await hoa.post(path, ["_file": "1"]).status == 409)

            try await readAll(house)
            let split = try await hoa.get(path)
            #expect(split.headers[.init("Refresh")!] == nil)
            #expect(split.body.contains("Phạm Thị Cúc") && split.body.contains("đã nhận 3 bản nhưng"))
            #expect(split.body.contains("Sau trang phân cách của “Tờ khai”"))
            let part = try await hoa.get("\(path)/parts/2")
            #expect(part.isPDF)
            #expect(try await hoa.get("\(path)/parts/1").status == 404, "nothing lies behind the first sheet")

            let unknown = try await hoa.post(path, ["_file": "1"])
            #expect(unknown.status == 422 && unknown.marked.contains("code-3"))
            let code = try await house.row(second.id).code.rawValue
            let corrected = try await hoa.post(path, ["code-3": code.lowercased()])
            #expect(corrected.location == path)
            let unnamed = try await hoa.post(path, ["_file": "1"])
            #expect(unnamed.status == 422 && unnamed.marked.contains("component-3"))
            #expect(try await house.count("SELECT COUNT(*) FROM attachment") == 0)
            let filed = try await hoa.post(path, ["_file": "1", "component-3": "declaration"])
            #expect(filed.location == path)
            #expect(try await hoa.get(path).body.contains("Đã lưu"))
            #expect(try await hoa.post(path, ["_file": "1"]).status == 409)

            let cuc = try #require(try await house.book.details(ID(rawValue: first.id)))
            #expect(
                cuc.dossier.papers.last?.component == "identity-copy" && cuc.files.map(\.component) == ["identity-copy"]
            )
            let duc = try #require(try await house.book.details(ID(rawValue: second.id)))
            #expect(duc.files.map(\.component) == ["declaration"] && duc.files[0].name == "Tờ khai.pdf")
            #expect(try await house.isClean())
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `piles are the agency's own, for those who receive or process`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            let hoa = try await house.officer(.reception)
            let form = try #require(try await hoa.get("/work/scan").actions.first { $0.contains("once=") })
            let path = try await hoa.upload(form, [.file("paper-pile", "a.pdf", Paper.pdf)]).location
            #expect(try await house.stranger().get(path).status == 404)
            #expect(try await house.stranger().post("\(path)/discard").status == 404)
            #expect(try await house.officer(.leader).get(path).status == 403)
            #expect(try await house.officer(.leader).get("/work/scan").status == 403)
            #expect(try await house.officer(.caseOfficer).get(path).status == 200)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a reader that died begins again, a damaged pile says so, and a discarded one is left alone`(
        kind: TestDatabase
    ) async throws {
        try await House.open(on: kind) { house in
            let hoa = try await house.officer(.reception)
            func upload(_ name: String, _ pdf: [UInt8]) async throws -> (path: String, id: ID<ScanBatch>) {
                let form = try #require(try await hoa.get("/work/scan").actions.first { $0.contains("once=") })
                let path = try await hoa.upload(form, [.file("paper-pile", name, pdf)]).location
                return (path, ID(rawValue: try #require(path.split(separator: "/").last.map(String.init))))
            }
            let receipt = try await hoa.get("\(dossier(hoa, "Phạm Thị Cúc").path)/papers/receipt").bytes
            let book = ScanBook(database: house.database)
            let died = try await upload("do.pdf", try await scanned([receipt]))
            try await book.note(1, of: 2, in: died.id, at: house.clock.now)
            let waiting = try await hoa.get(died.path)
            #expect(waiting.body.contains("Đã đọc 1 trên 2 trang"))
            let damaged = try await upload("hong.pdf", Paper.pdf)
            let discarded = try await upload("bo.pdf", try await scanned([receipt, receipt]))
            #expect(try await hoa.post("\(discarded.path)/discard").location == "/work/scan")

            try await readAll(house)
            #expect(try await house.count("SELECT COUNT(*) FROM scan_part WHERE batch = \(died.id)") == 1)
            #expect(try await hoa.get(damaged.path).body.contains("bị hỏng nên không đọc được"))
            #expect(try await house.count("SELECT COUNT(*) FROM scan_part WHERE batch = \(discarded.id)") == 0)
            // The same order once more, as when the note of its delivery was lost.
            try await reader(house).read(died.id)
            #expect(try await house.count("SELECT COUNT(*) FROM scan_part WHERE batch = \(died.id)") == 1)

            // However often the server is stopped while it reads, the pile waits for it.
            let interrupted = try await upload("ba.pdf", try await scanned([receipt]))
            for _ in 1...5 {
                await #expect(throws: ReadingRefusal.interrupted) {
                    try await reader(house, NoReader(refusal: ReadingRefusal.interrupted)).read(interrupted.id)
                }
            }
            #expect(try await hoa.get(interrupted.path).body.contains("chờ đến lượt"))
            try await reader(house, NoReader(refusal: PileFault.tooHeavy)).read(interrupted.id)
            #expect(try await hoa.get(interrupted.path).body.contains("quá nhiều bộ nhớ"))
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `the sweep keeps the pages of piles until they are forgotten`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            let hoa = try await house.officer(.reception)
            let form = try #require(try await hoa.get("/work/scan").actions.first { $0.contains("once=") })
            let receipt = try await hoa.get("\(dossier(hoa, "Phạm Thị Cúc").path)/papers/receipt").bytes
            let path = try await hoa.upload(form, [.file("paper-pile", "a.pdf", try await scanned([receipt]))]).location
            try await readAll(house)
            let digests = try await house.database.read { tx in
                try tx.fetch("SELECT digest FROM scan_batch UNION SELECT digest FROM scan_part")
                    .compactMap { BlobDigest(rawValue: try $0.text(0)) }
            }
            #expect(digests.count == 2)
            let book = ScanBook(database: house.database)
            #expect(try await book.used(digests) == Set(digests))
            try await book.forget(before: house.clock.now + .days(31))
            #expect(try await book.used(digests) == Set(digests), "nobody has confirmed it yet")
            _ = try await hoa.post("\(path)/discard")
            try await book.forget(before: house.clock.now + .days(31))
            #expect(try await book.used(digests).isEmpty)
        }
    }
}

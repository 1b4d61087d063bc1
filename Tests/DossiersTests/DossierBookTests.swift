import Kernel
import Persistence
import TestSupport
import Testing
import Web

@testable import DossierCore

struct DossierBookTests {
    @Test(arguments: TestDatabase.kinds)
    func `filing writes the event, the row, the words and the texts`(kind: TestDatabase) async throws {
        try await kind.room { room in
            let receipt = try await room.file()
            #expect(receipt.code.rawValue == "000.00.19.H26-261123-0001")
            #expect(receipt.secret.count == 8)
            let details = try await room.details(receipt.dossier)
            #expect(details.history.map(\.version) == [1])
            #expect(details.dossier.stage == .filed)
            #expect(details.row.version == 1)
            #expect(details.row.applicantName == "Nguyễn Thị Lan")
            #expect(details.row.procedureName == "Cấp Phiếu lý lịch tư pháp")
            #expect(details.row.filedAt == room.clock.now)
            #expect(details.row.applicant == Room.lan)
            #expect(details.answers == Room.answers("Nguyễn Thị Lan"))
            #expect(details.secret == receipt.secret)
            let words = try await room.rows("SELECT word FROM dossier_word ORDER BY word").map { try $0.text(0) }
            #expect(
                words == [
                    "#0001", "0000019h262611230001", "0912000001", "2611230001", "lan", "nguyen thi lan", "thi lan",
                ]
            )
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `two hundred who file at once get two hundred codes`(kind: TestDatabase) async throws {
        try await kind.room(connections: 8) { plain in
            var quotas = Quotas()
            quotas.handIns = 200
            let book = DossierBook(database: plain.database, staff: plain.staff, quotas: quotas)
            let room = Room(database: plain.database, book: book, drafts: plain.drafts)
            let codes = try await withThrowingTaskGroup(of: String.self) { group in
                for index in 1...200 {
                    group.addTask { try await room.file(Room.submission("Người \(index)")).code.rawValue }
                }
                return try await group.reduce(into: Set<String>()) { $0.insert($1) }
            }
            #expect(codes.count == 200)
            #expect(try await room.count("SELECT COUNT(*) FROM dossier") == 200)
            #expect(try await room.differences() == [])
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `each agency counts its own dossiers, each day anew`(kind: TestDatabase) async throws {
        try await kind.room { room in
            try await room.file()
            let other = try await room.file(Room.submission(to: Room.elsewhere, code: "000.00.19.H17"))
            #expect(other.code.rawValue == "000.00.19.H17-261123-0001")
            room.clock.advance(by: .days(1))
            #expect(try await room.file().code.rawValue == "000.00.19.H26-261124-0001")
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `the same key files once, however many send it at the same time`(kind: TestDatabase) async throws {
        try await kind.room { room in
            let key = IdempotencyKey(scope: "file/lan", key: "key-0001", digest: Room.submission().fingerprint)
            let receipts = try await withThrowingTaskGroup(of: DossierBook.Receipt.self) { group in
                for _ in 1...8 { group.addTask { try await room.file(once: key) } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(Set(receipts.map(\.secret)).count == 1)
            #expect(try await room.file(once: key) == receipts[0])
            #expect(try await room.count("SELECT COUNT(*) FROM dossier") == 1)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `another content under the same key is a conflict`(kind: TestDatabase) async throws {
        try await kind.room { room in
            let other = Room.submission(content: "Việc khác")
            try await room.file(once: IdempotencyKey(scope: "s", key: "k", digest: Room.submission().fingerprint))
            await #expect(throws: IdempotencyConflict.self) {
                try await room.file(other, once: IdempotencyKey(scope: "s", key: "k", digest: other.fingerprint))
            }
            #expect(try await room.count("SELECT COUNT(*) FROM dossier") == 1)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a counter files and accepts together or not at all`(kind: TestDatabase) async throws {
        try await kind.room { room in
            let visit = Room.submission(channel: .counter, returnBy: .counter, by: nil)
            let due = room.clock.now + .days(10)
            let receipt = try await room.book.file(
                visit,
                room.circumstances(),
                once: nil,
                acceptedBy: Room.hoa,
                due: due
            )
            let row = try await room.details(receipt.dossier).row
            #expect(row.stage == .accepted && row.version == 2 && row.dueAt == due)
            #expect(try await room.differences() == [])
            await #expect(throws: Dossier.Refusal.notYourRole(needed: .reception)) {
                try await room.book.file(visit, room.circumstances(), once: nil, acceptedBy: Room.binh)
            }
            #expect(try await room.count("SELECT COUNT(*) FROM dossier") == 1)
            #expect(try await room.count("SELECT COUNT(*) FROM event") == 2)
            #expect(try await room.count("SELECT COUNT(*) FROM dossier_text") == 2)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `the row follows every event`(kind: TestDatabase) async throws {
        try await kind.room { room in
            let id = try await room.file(Room.submission(returnBy: .counter)).dossier
            let reason = room.text("Vì sao")
            let due = room.clock.now + .days(10)
            let journey: [(Dossier.Command, Stage, Role)] = [
                (
                    .requestSupplement(
                        by: Room.hoa,
                        items: [DossierTests.missing],
                        reason: reason.sealed,
                        answerBy: nil,
                        ground: nil
                    ), .awaitingSupplement,
                    .caseOfficer
                ),
                (
                    .supplement(
                        by: Room.lan,
                        answers: DossierTests.brought,
                        message: nil,
                        due: nil
                    ),
                    .filed, .reception
                ),
                (.accept(by: Room.hoa, due: due), .accepted, .caseOfficer),
                (.askWithdrawal(by: Room.lan, reason: nil), .accepted, .caseOfficer),
                (.declineWithdrawal(by: Room.hoa, reason: reason.sealed), .accepted, .caseOfficer),
                (.handOver(by: Room.hoa, to: nil), .processing, .caseOfficer),
                (.assign(by: Room.binh, to: Room.binh.id), .processing, .caseOfficer),
                (
                    .requireObligation(by: Room.binh, amount: Money(dong: 200_000), ground: reason.sealed),
                    .awaitingObligation, .caseOfficer
                ),
                (.meetObligation(by: Room.binh, due: nil), .processing, .caseOfficer),
                (.chooseReturn(by: Room.lan, method: .post), .processing, .caseOfficer),
                (
                    .prepareResult(by: Room.binh, outcome: .granted, files: [Room.result], explanation: nil),
                    .processing,
                    .caseOfficer
                ),
                (.completeStep(by: Room.binh, remark: nil), .processing, .leader),
                (.sendBack(by: Room.dung, remark: reason.sealed), .processing, .caseOfficer),
                (.completeStep(by: Room.binh, remark: nil), .processing, .leader),
                (.completeStep(by: Room.dung, remark: nil), .processing, .clerk),
                (.completeStep(by: Room.mai, remark: nil), .finished, .returns),
                (.returnResult(by: Room.tam, method: .post), .returned, .clerk),
            ]
            for (command, stage, role) in journey {
                room.clock.advance(by: .hours(1))
                try await room.perform(command, on: id)
                let row = try await room.details(id).row
                #expect(row.stage == stage)
                if stage.isOpen, stage != .awaitingSupplement { #expect(row.role == role, "\(command)") }
                #expect(row.updatedAt == room.clock.now)
                #expect(try await room.differences() == [], "\(command)")
            }
            let row = try await room.details(id).row
            #expect(row.finishedAt == room.clock.now + .hours(-1))
            #expect(row.dueAt == due)
            #expect(row.version == 19)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `refusal, stop and withdrawal are followed too`(kind: TestDatabase) async throws {
        try await kind.room { room in
            let reason = room.text("Vì sao").sealed
            let ends: [([Dossier.Command], Stage)] = [
                ([.refuse(by: Room.hoa, reason: reason)], .refused),
                ([.accept(by: Room.hoa, due: nil), .stop(by: Room.dung, reason: reason)], .stopped),
                ([.askWithdrawal(by: Room.lan, reason: nil)], .withdrawn),
                (
                    [
                        .accept(by: Room.hoa, due: nil), .askWithdrawal(by: Room.lan, reason: nil),
                        .confirmWithdrawal(by: Room.hoa),
                    ], .withdrawn
                ),
            ]
            for (commands, stage) in ends {
                let id = try await room.file().dossier
                for command in commands { try await room.perform(command, on: id) }
                #expect(try await room.details(id).row.stage == stage)
            }
            #expect(try await room.differences() == [])
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `who has not seen the latest version changes nothing`(kind: TestDatabase) async throws {
        try await kind.room { room in
            let id = try await room.file().dossier
            try await room.perform(.accept(by: Room.hoa, due: nil), on: id)
            let remark = room.text("Không kịp")
            await #expect(throws: StaleVersion.self) {
                try await room.book.perform(
                    .stop(by: Room.dung, reason: remark.sealed),
                    on: id,
                    room.circumstances(),
                    texts: [remark],
                    files: [Room.file("a")],
                    expecting: 1
                )
            }
            let details = try await room.details(id)
            #expect(details.row.stage == .accepted)
            #expect(details.files.isEmpty)
            #expect(!details.texts.values.contains("Không kịp"))
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `of several who accept at once one does`(kind: TestDatabase) async throws {
        try await kind.room { room in
            let id = try await room.file().dossier
            let refusals = await withTaskGroup(of: Bool.self) { group in
                for _ in 1...6 {
                    group.addTask {
                        do {
                            try await room.perform(.accept(by: Room.hoa, due: nil), on: id)
                            return false
                        } catch { return error as? Dossier.Refusal == .notPossible(stage: .accepted) }
                    }
                }
                return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(refusals == 5)
            #expect(try await room.details(id).row.version == 2)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `an act sent twice under one key is done once`(kind: TestDatabase) async throws {
        try await kind.room { room in
            let id = try await room.file().dossier
            for _ in 1...2 {
                let version = try await room.book.perform(
                    .accept(by: Room.hoa, due: nil),
                    on: id,
                    room.circumstances(),
                    once: IdempotencyKey(scope: "work/hoa", key: "k", digest: "accept \(id.rawValue)")
                )
                #expect(version == 2)
            }
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `of many that are handed over, each is judged alone`(kind: TestDatabase) async throws {
        try await kind.room { room in
            var good: [ID<Dossier>] = []
            for _ in 1...5 {
                let id = try await room.file().dossier
                try await room.perform(.accept(by: Room.hoa, due: nil), on: id)
                good.append(id)
            }
            let unread = try await room.file().dossier
            let strange = try await room.file(Room.submission(to: Room.elsewhere, code: "000.00.19.H17")).dossier
            let unknown = ID<Dossier>(rawValue: "nobody")
            let order = Order(by: Room.hoa, room.circumstances()) { .handOver(by: $0, to: Room.binh.id) }
            let refused = try await room.book.perform(order, onEach: good + [unread, strange, unknown])
            #expect(
                refused == [unread: .notPossible(stage: .filed), strange: .notYourAgency, unknown: .notFiled]
            )
            for id in good { #expect(try await room.details(id).row.holder == Room.binh.id) }
            #expect(try await room.differences() == [])
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `no event holds what a person typed`(kind: TestDatabase) async throws {
        try await kind.room { room in
            let secretWords = ["Nguyễn Thị Lan", "0912000001", "Kim Mã", "bệnh tình riêng tư", "thiếu trang hai"]
            let receipt = try await room.file(Room.submission(content: secretWords[3]))
            let reason = room.text(secretWords[4])
            try await room.perform(
                .refuse(by: Room.hoa, reason: reason.sealed),
                on: receipt.dossier,
                texts: [reason]
            )
            let told = try await room.rows("SELECT payload, circumstances FROM event").map {
                try $0.text(0) + $0.text(1)
            }
            #expect(told.count == 2)
            for word in secretWords + [receipt.secret] {
                #expect(!told.contains { $0.contains(word) }, "an event names “\(word)”")
                #expect(!told.contains { $0.folded.contains(word.folded) }, "an event names “\(word)”")
            }
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `code and secret together open a dossier, in any case of letters`(kind: TestDatabase) async throws {
        try await kind.room { room in
            let receipt = try await room.file()
            let other = try await room.file()
            func open(_ code: String, _ secret: String) async throws -> ID<Dossier>? {
                guard let code = DossierCode(rawValue: code) else { return nil }
                return try await room.book.lookUp(code, secret: secret)
            }
            let code = receipt.code.rawValue
            #expect(try await open(code, receipt.secret) == receipt.dossier)
            #expect(try await open(" \(code.lowercased()) ", receipt.secret.uppercased()) == receipt.dossier)
            #expect(try await open(code, "\(receipt.secret.prefix(4)) \(receipt.secret.suffix(4))") == receipt.dossier)
            #expect(try await open(code, other.secret) == nil)
            #expect(try await open(code, "") == nil)
            #expect(try await open(code, receipt.secret + "x") == nil)
            #expect(try await open("000.00.19.H26-261123-9999", receipt.secret) == nil)
            #expect(try await open("'; DROP TABLE dossier", receipt.secret) == nil)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `an agency without a code of its own has dossiers that are found as well`(kind: TestDatabase) async throws {
        try await kind.room { room in
            let receipt = try await room.file(Room.submission(code: "h26-doi-can"))
            #expect(try await room.details(receipt.dossier).row.code == receipt.code)
            let typed = try #require(DossierCode(rawValue: receipt.code.rawValue))
            #expect(try await room.book.lookUp(typed, secret: receipt.secret) == receipt.dossier)
            #expect(try await room.differences() == [])
        }
    }
}

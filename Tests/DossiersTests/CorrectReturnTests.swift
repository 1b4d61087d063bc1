import HTTPTypes
import Kernel
import Persistence
import TestSupport
import Testing
import Web

@testable import DossierCore
@testable import Dossiers

/// The way of return that was entered wrong at the counter is put right, whichever it was.
struct CorrectReturnTests {
    private func correct(
        _ id: ID<Dossier>,
        to method: ReturnMethod,
        content: DossierTexts.Draft? = nil,
        in room: Room
    ) async throws {
        let reason = room.text("Ghi nhầm")
        try await room.perform(
            .correct(.way(by: Room.hoa, to: method, content: content?.sealed, reason: reason.sealed)),
            on: id,
            texts: [content, reason].compactMap(\.self)
        )
    }

    @Test(arguments: TestDatabase.kinds)
    func `goes to the post and back to the counter, and lists and answers follow`(kind: TestDatabase) async throws {
        try await kind.room { room in
            let id = try await room.file(Room.submission(channel: .counter, returnBy: .counter, by: nil)).dossier
            try await room.perform(.accept(by: Room.hoa, due: nil), on: id)
            let answers = Room.answers("Nguyễn Thị Lan").replacing("Số 1 Kim Mã", with: "Số 9 Láng Hạ")
            try await correct(
                id,
                to: .post,
                content: DossierTexts.Draft(answers, .answers, at: room.clock.now),
                in: room
            )
            let posted = try await room.details(id)
            #expect(posted.row.returnBy == .post && posted.dossier.returnBy == .post)
            #expect(posted.deliveryAddress == "Số 9 Láng Hạ")
            #expect(try await room.differences() == [])

            try await correct(id, to: .counter, in: room)
            let fetched = try await room.details(id)
            #expect(fetched.row.returnBy == .counter && fetched.dossier.returnBy == .counter)
            // The address was not taken back with the way.
            #expect(fetched.deliveryAddress == "Số 9 Láng Hạ")
            await #expect(throws: Dossier.Refusal.nothingCorrected) { try await correct(id, to: .counter, in: room) }
            await #expect(throws: Dossier.Refusal.notReturnedOnline) { try await correct(id, to: .online, in: room) }
            #expect(try await room.differences() == [])
        }
    }

    private func takenIn(_ reception: Browser, returnBy: String) async throws -> String {
        let taken = try await reception.api(
            .post,
            "/api/v1/work/intake",
            """
            {"procedure":"\(Procedures.record)","situation":"self","returnBy":"\(returnBy)","answers":\(House.complete)}
            """
        )
        return try #require(try taken.object["id"] as? String, "\(taken.body)")
    }

    @Test(arguments: TestDatabase.kinds)
    func `an officer sends to an address what was to be fetched, and the receipt says so`(kind: TestDatabase)
        async throws
    {
        try await House.open(on: kind) { house in
            let reception = try await house.officer(.reception)
            let id = try await takenIn(reception, returnBy: "counter")
            let path = "/work/dossiers/\(id)", act = "\(path)/act/correct-return"
            let page = try await reception.get(act).body
            #expect(page.contains("Đang ghi") && !page.contains("value=\"online\""))
            let nowhere = try await reception.post(
                act,
                ["returnBy": "post", "deliveryAddress": "", "text": "Ghi nhầm"]
            )
            #expect(nowhere.status == 422 && nowhere.marked == ["deliveryAddress"] && nowhere.body.contains("Ghi nhầm"))
            let same = try await reception.post(act, ["returnBy": "counter", "text": "Ghi nhầm"])
            #expect(same.status == 422 && same.body.contains("Chưa sửa gì"))
            house.clock.advance(by: .minutes(3))
            let done = try await reception.post(
                act,
                ["returnBy": "post", "deliveryAddress": "Số 9 Láng Hạ", "text": "Ghi nhầm"]
            )
            #expect(done.location.hasPrefix("\(path)?since="), "\(done.body)")
            #expect(try await house.row(id).returnBy == .post)
            let after = try await reception.get(path).body
            #expect(after.contains("Sửa cách nhận kết quả") && after.contains("Số 9 Láng Hạ"))
            let receipt = try await read(reception.get("\(path)/papers/receipt"))
            #expect(receipt.contains("BẢN SỬA") && receipt.contains("Số 9 Láng Hạ"))
            #expect(try await house.isClean())
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a program has fetched what was to be sent, also for whoever has an account`(
        kind: TestDatabase
    ) async throws {
        try await House.open(on: kind) { house in
            let reception = try await house.officer(.reception)
            let id = try await takenIn(reception, returnBy: "post")
            let act = "/api/v1/work/dossiers/\(id)/acts/correct-return"
            let unknown = try await reception.api(.post, act, #"{"returnBy":"pigeon","text":"Ghi nhầm"}"#)
            #expect(unknown.status == 400 && unknown.body.contains("returnBy"), "\(unknown.body)")
            let unreasoned = try await reception.api(.post, act, #"{"returnBy":"counter"}"#)
            #expect(try unreasoned.status == 422 && unreasoned.wrong == ["text"])
            let done = try await reception.api(.post, act, #"{"returnBy":"counter","text":"Ghi nhầm"}"#)
            #expect(done.status == 200, "\(done.body)")
            #expect(try await house.row(id).returnBy == .counter)
            let same = try await reception.api(.post, act, #"{"returnBy":"counter","text":"Ghi nhầm"}"#)
            #expect(same.status == 422 || same.status == 409, "nothing was corrected: \(same.body)")
            let own = try await house.filed(by: try await house.lan())
            try await house.bring(own, to: .accepted)
            let changed = try await reception.api(
                .post,
                "/api/v1/work/dossiers/\(own)/acts/correct-return",
                #"{"returnBy":"post","deliveryAddress":"Số 9 Láng Hạ","text":"Gọi điện báo"}"#
            )
            #expect(changed.status == 200, "\(changed.body)")
            #expect(try await house.row(own).returnBy == .post)
            let unfound = try await reception.api(
                .post,
                "/api/v1/work/dossiers/\(own)/acts/correct-return",
                #"{"returnBy":"post","deliveryAddress":"x","text":"Gọi điện báo"}"#
            )
            #expect(try unfound.status == 422 && unfound.wrong == ["deliveryAddress"])
            let back = try await reception.api(
                .post,
                "/api/v1/work/dossiers/\(own)/acts/correct-return",
                #"{"returnBy":"online","text":"Gọi điện báo"}"#
            )
            #expect(back.status == 200, "\(back.body)")
            #expect(try await house.row(own).returnBy == .online)
            #expect(try await house.isClean())
        }
    }
}

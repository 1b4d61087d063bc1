import Kernel
import Markup
import Persistence
import TestSupport
import Testing
import Web

@testable import DossierCore

/// Who acts on a dossier, and what its history says of them.
@Suite struct `Actors on a dossier` {
    private static let machine = Actor.system(name: "test")
    private static let helper = Actor.helper(id: ID(rawValue: "huong"), for: Room.lan)

    @Test(arguments: TestDatabase.kinds)
    func `a machine gives no officer's command, whatever officer it names`(kind: TestDatabase) async throws {
        try await kind.room { room in
            let id = try await room.file().dossier
            for actor in [Self.machine, Self.helper, .citizen(id: Room.lan), .visitor] {
                await #expect(throws: NotTheirsToGive(kind: actor.kind)) {
                    try await room.book.perform(.accept(by: Room.hoa, due: nil), on: id, room.circumstances(actor))
                }
            }
            #expect(try await room.details(id).history.count == 1)
            try await room.perform(.accept(by: Room.hoa, due: nil), on: id)
            #expect(try await room.details(id).dossier.stage == .accepted)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a helper chooses for the applicant, and withdraws nothing`(kind: TestDatabase) async throws {
        try await kind.room { room in
            let id = try await room.file().dossier
            try await room.perform(.accept(by: Room.hoa, due: nil), on: id)
            let byHelper = room.circumstances(Self.helper)
            try await room.book.perform(.chooseReturn(by: Room.lan, method: .counter), on: id, byHelper)
            await #expect(throws: NotTheirsToGive(kind: .helper)) {
                try await room.book.perform(.askWithdrawal(by: Room.lan, reason: nil), on: id, byHelper)
            }
            let details = try await room.details(id)
            #expect(details.dossier.returnBy == .counter && details.history.last?.circumstances.actor == Self.helper)
            #expect(try await room.differences() == [])
        }
    }

    @Test func `the history says who acted: helpers to both, applicants and machines to officers`() throws {
        let actors: [(Actor, officers: String?, applicant: String?)] = [
            (.officer(id: Room.hoa.id), "Trần Thị Hoa", nil),
            (.citizen(id: Room.lan), "Người nộp", nil),
            (Self.helper, "Người hỗ trợ làm thay người nộp", "Người hỗ trợ làm thay người nộp"),
            (Self.machine, "Hệ thống tự động", nil),
            (.visitor, nil, nil),
        ]
        for (actor, officers, applicant) in actors {
            let recorded = Recorded(
                version: 1,
                circumstances: Circumstances(at: DossierTests.due, actor: actor),
                event: Dossier.Event.result(.returnChosen(method: .post))
            )
            for (isForOfficers, expected) in [(true, officers), (false, applicant)] {
                let history = History(
                    say: .vi,
                    rules: nil,
                    texts: [:],
                    isForOfficers: isForOfficers,
                    names: isForOfficers ? [Room.hoa.id: "Trần Thị Hoa"] : [:]
                )
                let told = try #require(history.tell([recorded]).first).detail?.source
                #expect(told == expected.map { "<p class=\"quiet\">\($0)</p>" }, "\(actor)")
            }
        }
    }
}

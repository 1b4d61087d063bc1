import Kernel
import Persistence
import TestSupport
import Testing
import Web

@testable import DossierCore
@testable import Staffing

/// Who gets a dossier by the rules of the agency.
struct AssignmentTests {
    static let binh = ID<Officer>(rawValue: "binh"), lien = ID<Officer>(rawValue: "lien")
    static let hung = ID<Officer>(rawValue: "hung"), dung = ID<Officer>(rawValue: "dung")
    static let field = AssignmentRules.Scope.field(key: "criminal-record")

    private static func assigner(without away: Set<ID<Officer>> = []) -> Assigner {
        let all = [binh, lien, hung].map { Colleague(id: $0, name: $0.rawValue, roles: [.caseOfficer]) }
        let leader = Colleague(id: dung, name: "dung", roles: [.leader])
        return Assigner(present: (all + [leader]).filter { !away.contains($0.id) }) { _ in "criminal-record" }
    }

    private func set(
        _ way: AssignmentRules.Way,
        _ scope: AssignmentRules.Scope = .everything,
        _ role: Role = .caseOfficer,
        in room: Room
    ) async throws {
        try await room.staff.assignment.perform(
            .set(
                by: Room.dung,
                role: role,
                scope: scope,
                way: way,
                able: [Self.binh, Self.lien, Self.hung, Self.dung]
            ),
            of: Room.justice,
            room.circumstances()
        )
    }

    /// Hands a fresh dossier over by the rules and answers who holds it.
    @discardableResult
    private func handOver(in room: Room, without away: Set<ID<Officer>> = [], to receiver: ID<Officer>? = nil)
        async throws -> (ID<Dossier>, ID<Officer>?)
    {
        room.clock.advance(by: .minutes(1))
        let id = try await room.file().dossier
        try await room.perform(.accept(by: Room.hoa, due: nil), on: id)
        let order = Order(by: Room.hoa, room.circumstances(), assigner: Self.assigner(without: away)) {
            .handOver(by: $0, to: receiver)
        }
        try await room.book.perform(order, on: id)
        return (id, try await room.details(id).row.holder)
    }

    @Test(arguments: TestDatabase.kinds)
    func `without a rule whoever takes it gets it, and the narrowest rule counts`(kind: TestDatabase) async throws {
        try await kind.room { room in
            #expect(try await handOver(in: room).1 == nil)
            try await set(.fixed(officer: Self.binh), in: room)
            #expect(try await handOver(in: room).1 == Self.binh)
            try await set(.fixed(officer: Self.lien), Self.field, in: room)
            #expect(try await handOver(in: room).1 == Self.lien)
            try await set(.open, .procedure(code: "1.000001"), in: room)
            #expect(try await handOver(in: room).1 == nil)
            try await room.staff.assignment.perform(
                .remove(by: Room.dung, role: .caseOfficer, scope: .procedure(code: "1.000001")),
                of: Room.justice,
                room.circumstances()
            )
            #expect(try await handOver(in: room).1 == Self.lien)
            // What somebody chooses by hand goes before every rule.
            #expect(try await handOver(in: room, to: Self.hung).1 == Self.hung)
            #expect(try await handOver(in: room, without: [Self.lien]).1 == nil)
            #expect(try await room.staff.assignment.rules(of: Room.justice).count == 2)
            #expect(try await room.differences() == [])
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `work goes to whoever holds least, and among equals to who has waited longest`(kind: TestDatabase) async throws
    {
        try await kind.room { room in
            try await set(.leastLoaded(officers: [Self.binh, Self.lien, Self.hung]), in: room)
            var got: [ID<Officer>?] = []
            for _ in 1...6 { got.append(try await handOver(in: room).1) }
            #expect(got == [Self.binh, Self.lien, Self.hung, Self.binh, Self.lien, Self.hung])
            #expect(try await handOver(in: room, without: [Self.binh]).1 == Self.lien)
            // Hùng gives one away, so he holds least.
            let held = try await room.book.held(by: Self.hung, in: Room.justice, limit: 10)
            try await room.perform(.assign(by: Room.dung, to: Self.binh), on: held[0].id)
            #expect(try await handOver(in: room).1 == Self.hung)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `forty handed over at the same moment are shared evenly`(kind: TestDatabase) async throws {
        try await kind.room(connections: 8) { room in
            try await set(.leastLoaded(officers: [Self.binh, Self.lien]), in: room)
            var ids: [ID<Dossier>] = []
            for _ in 1...40 {
                let id = try await room.file().dossier
                try await room.perform(.accept(by: Room.hoa, due: nil), on: id)
                ids.append(id)
            }
            let order = Order(by: Room.hoa, room.circumstances(), assigner: Self.assigner()) {
                .handOver(by: $0, to: nil)
            }
            #expect(try await room.book.perform(order, onEach: ids) == [:])
            for officer in [Self.binh, Self.lien] {
                #expect(try await room.book.heldCount(by: officer, in: Room.justice) == 20)
            }
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a completed step goes on to whom the rule of the next role names`(kind: TestDatabase) async throws {
        try await kind.room { room in
            try await set(.fixed(officer: Self.dung), .everything, .leader, in: room)
            let (id, _) = try await handOver(in: room)
            try await room.perform(
                .prepareResult(by: Room.binh, outcome: .granted, files: [Room.result], explanation: nil),
                on: id
            )
            let order = Order(by: Room.binh, room.circumstances(), assigner: Self.assigner()) {
                .completeStep(by: $0, remark: nil)
            }
            try await room.book.perform(order, on: id)
            let row = try await room.details(id).row
            #expect(row.role == .leader && row.holder == Self.dung)
            #expect(try await room.differences() == [])
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `what a colleague holds is shared among the others of the same role, paused dossiers too`(
        kind: TestDatabase
    ) async throws {
        try await kind.room { room in
            var held: [ID<Dossier>] = []
            for _ in 1...4 { held.append(try await handOver(in: room, to: Self.binh).0) }
            try await room.perform(
                .requestSupplement(
                    by: Room.binh,
                    items: [SupplementItem(component: nil)],
                    reason: room.text("x").sealed,
                    answerBy: nil,
                    ground: nil
                ),
                on: held[0]
            )
            let order = Order(by: Room.dung, room.circumstances(), assigner: Self.assigner()) {
                .reassign(by: $0, to: nil, holding: [])
            }
            for id in held { #expect(try await room.book.perform(order, onEach: [id]) == [:]) }
            #expect(try await room.book.heldCount(by: Self.binh, in: Room.justice) == 0)
            #expect(try await room.book.heldCount(by: Self.lien, in: Room.justice) == 2)
            #expect(try await room.book.heldCount(by: Self.hung, in: Room.justice) == 2)
            #expect(try await room.differences() == [])
        }
    }

    @Test func `dossiers are moved to those who hold the role, by leaders and administrators`() {
        let dossier = Dossier(replaying: DossierTests.inProcess + [.assignment(.assigned(to: Self.binh))])
        func refusal(_ author: ActingOfficer, _ receiver: ID<Officer>?, _ roles: Set<Role>, on dossier: Dossier)
            -> Dossier.Refusal?
        {
            do throws(Dossier.Refusal) {
                _ = try dossier.decide(.reassign(by: author, to: receiver, holding: roles))
                return nil
            } catch {
                return error
            }
        }
        let admin = DossierTests.officer("quan", .admin)
        #expect(refusal(DossierTests.leader, Self.lien, [.caseOfficer], on: dossier) == nil)
        #expect(refusal(admin, Self.lien, [.caseOfficer], on: dossier) == nil)
        #expect(refusal(DossierTests.examiner, Self.lien, [.caseOfficer], on: dossier) == .notYourRole(needed: .leader))
        #expect(refusal(DossierTests.stranger, Self.lien, [.caseOfficer], on: dossier) == .notYourAgency)
        #expect(refusal(admin, Self.lien, [.clerk], on: dossier) == .receiverLacksRole(needed: .caseOfficer))
        #expect(refusal(admin, nil, [], on: dossier) == .nobodyFor(role: .caseOfficer))
        let free = Dossier(replaying: DossierTests.inProcess)
        #expect(refusal(admin, Self.lien, [.caseOfficer], on: free) == .notHeld)
    }

    @Test func `a rule is set by leaders and administrators, for people who hold the role`() {
        func refusal(_ author: ActingOfficer, _ way: AssignmentRules.Way, _ role: Role = .caseOfficer)
            -> AssignmentRules.Refusal?
        {
            do throws(AssignmentRules.Refusal) {
                _ = try AssignmentRules().decide(
                    .set(by: author, role: role, scope: .everything, way: way, able: [Self.binh])
                )
                return nil
            } catch {
                return error
            }
        }
        #expect(refusal(DossierTests.leader, .fixed(officer: Self.binh)) == nil)
        #expect(refusal(DossierTests.clerk, .open) == .notYours)
        #expect(refusal(DossierTests.leader, .fixed(officer: Self.lien)) == .lacksTheRole)
        #expect(refusal(DossierTests.leader, .leastLoaded(officers: [])) == .nobodyChosen)
        #expect(refusal(DossierTests.leader, .open, .reception) == .roleWithoutSteps)
    }

    @Test func `events of the rules are stored as ever`() throws {
        let examples: [AssignmentRules.Event] = [
            .ruleSet(role: .caseOfficer, scope: Self.field, way: .leastLoaded(officers: [Self.binh])),
            .ruleSet(role: .leader, scope: .procedure(code: "1.0"), way: .fixed(officer: Self.dung)),
            .ruleSet(role: .clerk, scope: .everything, way: .open),
            .ruleRemoved(role: .clerk, scope: .everything),
        ]
        #expect(try faultsOfStoredForms("AssignmentRules.Event", examples) == [])
    }

    @Test(arguments: TestDatabase.kinds)
    func `what is sent back goes to whoever did the step, if they are there`(kind: TestDatabase) async throws {
        try await kind.room { room in
            let cases: [(away: Set<ID<Officer>>, holder: ID<Officer>?)] = [([], Self.binh), ([Self.binh], nil)]
            for (away, expected) in cases {
                let (id, _) = try await handOver(in: room, to: Self.binh)
                let remark = room.text("x")
                try await room.perform(
                    .prepareResult(by: Room.binh, outcome: .denied, files: [], explanation: remark.sealed),
                    on: id
                )
                try await room.perform(.completeStep(by: Room.binh, remark: nil), on: id)
                let order = Order(by: Room.dung, room.circumstances(), assigner: Self.assigner(without: away)) {
                    .sendBack(by: $0, remark: remark.sealed)
                }
                try await room.book.perform(order, on: id, texts: [remark])
                let row = try await room.details(id).row
                #expect(row.holder == expected && row.role == .caseOfficer)
            }
            #expect(try await room.differences() == [])
        }
    }
}

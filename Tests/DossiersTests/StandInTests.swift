import Kernel
import Persistence
import TestSupport
import Testing
import Web

@testable import DossierCore
@testable import Staffing

/// Who may act in whose place.
struct StandInTests {
    static let binh = ID<Officer>(rawValue: "binh"), lien = ID<Officer>(rawValue: "lien")
    static let day = LocalDate(rawValue: "2026-11-23")!

    private static func standIn(_ roles: Role..., document: String? = nil) -> StandIn {
        StandIn(absent: binh, roles: Set(roles), document: document, until: day)
    }

    private static func deputy(_ roles: Role..., for standIn: StandIn) -> ActingOfficer {
        ActingOfficer(id: lien, agency: DossierTests.justice, roles: Set(roles), standIns: [standIn])
    }

    private func dossier(heldBy holder: ID<Officer>?, _ more: Dossier.Event...) -> Dossier {
        Dossier(replaying: DossierTests.inProcess + (holder.map { [.assignment(.assigned(to: $0))] } ?? []) + more)
    }

    @Test func `a deputy acts on what the absent colleague holds and on what nobody holds, and on nothing else`() {
        let deputy = Self.deputy(.reception, for: Self.standIn(.caseOfficer))
        let ask = Dossier.Command.requireObligation(by: deputy, amount: Money(dong: 1), ground: DossierTests.note)
        #expect(dossier(heldBy: Self.binh).allows(ask))
        #expect(dossier(heldBy: nil).allows(ask))
        #expect(!dossier(heldBy: ID(rawValue: "hung")).allows(ask))
    }

    @Test func `a lent role is no other role`() {
        let deputy = Self.deputy(.reception, for: Self.standIn(.caseOfficer))
        #expect(!dossier(heldBy: Self.binh).allows(.stop(by: deputy, reason: DossierTests.note)))
    }

    @Test func `a deputy for signing signs and leads, whoever holds the dossier`() {
        let deputy = Self.deputy(.caseOfficer, for: Self.standIn(.leader, document: "12/QĐ-STP"))
        let signing = Dossier(replaying: DossierTests.prepared + [.processing(.stepCompleted(step: 1, remark: nil))])
        #expect(signing.allows(.completeStep(by: deputy, remark: nil)))
        #expect(dossier(heldBy: ID(rawValue: "hung")).allows(.stop(by: deputy, reason: DossierTests.note)))
    }

    @Test func `the log names the absent colleague where the deputy acts in their place, and only there`() {
        let signing = Dossier(replaying: DossierTests.prepared + [.processing(.stepCompleted(step: 1, remark: nil))])
        let sign: (ActingOfficer) -> Dossier.Command = { .completeStep(by: $0, remark: nil) }
        let signs = Self.deputy(.caseOfficer, for: Self.standIn(.leader, document: "12/QĐ-STP"))
        #expect(signs.standIn(on: signing, for: sign)?.document == "12/QĐ-STP")
        // With the role of their own they stand in for nobody, unless the dossier lies on the absent one's desk.
        let leads = Self.deputy(.leader, for: Self.standIn(.leader, document: "12/QĐ-STP"))
        #expect(leads.standIn(on: signing, for: sign) == nil)
        let examines = Self.deputy(.caseOfficer, for: Self.standIn(.caseOfficer))
        let passOn: (ActingOfficer) -> Dossier.Command = {
            .assign(by: $0, to: Self.lien)
        }
        #expect(examines.standIn(on: dossier(heldBy: Self.binh), for: passOn)?.absent == Self.binh)
        #expect(examines.standIn(on: dossier(heldBy: Self.lien), for: passOn) == nil)
    }

    // MARK: - Recording

    private static let leader = DossierTests.leader, examiner = DossierTests.examiner

    private static func plan(_ change: (inout Absence.Plan) -> Void = { _ in }) -> Absence.Plan {
        var plan = Absence.Plan(
            absent: binh,
            absentRoles: [.caseOfficer],
            from: day,
            until: day.adding(days: 4),
            deputy: lien,
            deputyRoles: [.caseOfficer],
            deputyIsAway: false,
            roles: [.caseOfficer],
            document: nil
        )
        change(&plan)
        return plan
    }

    private func refusal(_ plan: Absence.Plan, by author: ActingOfficer = leader) -> Absence.Refusal? {
        do throws(Absence.Refusal) {
            _ = try Absence().decide(.record(by: author, plan: plan, today: Self.day))
            return nil
        } catch {
            return error
        }
    }

    @Test func `an absence is recorded by a leader, or by the officer for themselves`() {
        #expect(refusal(Self.plan()) == nil)
        #expect(refusal(Self.plan(), by: Self.examiner) == nil)
        #expect(refusal(Self.plan(), by: DossierTests.clerk) == .notYours)
    }

    @Test func `a plan that cannot be is refused with the reason`() {
        let wrong: [((inout Absence.Plan) -> Void, Absence.Refusal)] = [
            ({ $0.until = Self.day.adding(days: -1) }, .endsBeforeItBegins),
            ({ ($0.from, $0.until) = (Self.day.adding(days: -3), Self.day.adding(days: -1)) }, .hasPassed),
            ({ $0.until = Self.day.adding(days: 400) }, .tooLong), ({ $0.deputy = Self.binh }, .deputyIsAbsent),
            ({ $0.deputyIsAway = true }, .deputyIsAway), ({ $0.roles = [] }, .noRoleChosen),
            ({ $0.roles = [.clerk] }, .notTheirRole(.clerk)),
            ({ ($0.roles, $0.absentRoles) = ([.admin], [.admin]) }, .notTheirRole(.admin)),
            ({ ($0.roles, $0.absentRoles) = ([.leader], [.leader]) }, .documentNeeded),
        ]
        for (change, expected) in wrong { #expect(refusal(Self.plan(change)) == expected) }
        #expect(refusal(Self.plan { ($0.deputy, $0.roles) = (nil, []) }) == nil)
    }

    @Test func `only a leader gives a colleague a role that the colleague does not hold`() {
        let stretched = Self.plan { $0.deputyRoles = [.reception] }
        #expect(refusal(stretched, by: Self.examiner) == .leadersOnly(.caseOfficer))
        #expect(refusal(stretched) == nil)
    }

    @Test func `events of an absence are stored as ever`() throws {
        let examples: [Absence.Event] = [
            .recorded(
                officer: Self.binh,
                agency: DossierTests.justice,
                from: Self.day,
                until: Self.day,
                deputy: Self.lien,
                roles: [.leader],
                document: "12/QĐ-STP"
            ),
            .endedEarly,
        ]
        #expect(try faultsOfStoredForms("Absence.Event", examples) == [])
    }

    // MARK: - The book

    @Test(arguments: TestDatabase.kinds)
    func `a deputy sees the absent colleague's dossiers among their own, on the days of the absence`(
        kind: TestDatabase
    ) async throws {
        try await kind.room { room in
            let today = room.clock.now.localDate
            let plan = Self.plan { ($0.from, $0.until) = (today, today.adding(days: 2)) }
            let id = try await room.staff.absences.record(plan, by: Self.leader, room.circumstances())
            func standIns(_ days: Int) async throws -> [StandIn] {
                try await room.staff.absences.standIns(of: Self.lien, in: Room.justice, on: today.adding(days: days))
            }
            for (days, count) in [(-1, 0), (0, 1), (2, 1), (3, 0)] {
                #expect(try await standIns(days).count == count, "after \(days) days")
            }
            #expect(try await room.staff.absences.away(from: Room.justice, on: today) == [Self.binh])

            var mine: [ID<Dossier>] = []
            for holder in [Self.binh, Self.lien, ID(rawValue: "hung")] {
                room.clock.advance(by: .minutes(1))
                let dossier = try await room.file().dossier
                try await room.perform(.accept(by: Room.hoa, due: nil), on: dossier)
                try await room.perform(.handOver(by: Room.hoa, to: holder), on: dossier)
                mine.append(dossier)
            }
            let lien = ActingOfficer(
                id: Self.lien,
                agency: Room.justice,
                roles: [.caseOfficer],
                standIns: try await standIns(0)
            )
            let first = try await room.book.list(.mine, for: lien, now: room.clock.now, limit: 1)
            #expect(first.items.map(\.id) == [mine[1]])
            let rest = try await room.book.list(.mine, for: lien, now: room.clock.now, after: first.next, limit: 1)
            #expect(rest.items.map(\.id) == [mine[0]] && rest.next == nil)
            #expect(try await room.book.badges([.mine], for: lien, now: room.clock.now) == [.mine: 2])

            let order = Order(by: lien, room.circumstances(.officer(id: Self.lien))) {
                .requireObligation(by: $0, amount: Money(dong: 1), ground: room.text("x").sealed)
            }
            try await room.book.perform(order, on: mine[0])
            #expect(try await room.details(mine[0]).history.last?.circumstances.standingInFor == Self.binh)

            try await room.staff.absences.end(id, by: Self.leader, room.circumstances())
            #expect(try await standIns(0) == [])
            await #expect(throws: Absence.Refusal.over) {
                try await room.staff.absences.end(id, by: Self.leader, room.circumstances())
            }
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `nobody stands in who is away themselves`(kind: TestDatabase) async throws {
        try await kind.room { room in
            let today = room.clock.now.localDate
            let away = Self.plan {
                ($0.absent, $0.deputy, $0.roles) = (Self.lien, nil, [])
                ($0.from, $0.until) = (today.adding(days: 3), today.adding(days: 9))
            }
            try await room.staff.absences.record(away, by: Self.leader, room.circumstances())
            for (until, expected) in [(2, nil), (3, Absence.Refusal.deputyIsAway)] {
                let plan = Self.plan { ($0.from, $0.until) = (today, today.adding(days: until)) }
                var refused: Absence.Refusal?
                do {
                    try await room.staff.absences.record(plan, by: Self.leader, room.circumstances())
                } catch let refusal as Absence.Refusal {
                    refused = refusal
                }
                #expect(refused == expected)
            }
        }
    }
}

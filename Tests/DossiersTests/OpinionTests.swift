import Kernel
import Persistence
import TestSupport
import Testing
import Web

@testable import DossierCore
@testable import Dossiers

/// Asking colleagues for their opinion: the rules, then the rows.
struct OpinionTests {
    private static let note = DossierTests.note
    private static let examiner = DossierTests.examiner, leader = DossierTests.leader
    private static let receiver = DossierTests.receiver, clerk = DossierTests.clerk
    private static let first = ID<Opinion>(rawValue: "o1"), second = ID<Opinion>(rawValue: "o2")
    private static let day = LocalDate(rawValue: "2026-11-26")!

    private static func ask(
        by officer: ActingOfficer = examiner,
        _ asked: (ID<Opinion>, ActingOfficer)...
    ) -> Dossier.Command {
        .opinions(
            .ask(
                by: officer,
                of: asked.map { .init(opinion: $0.0, officer: $0.1.id) },
                question: note,
                answerBy: day
            )
        )
    }

    private static func give(_ opinion: ID<Opinion>, by officer: ActingOfficer) -> Dossier.Command {
        .opinions(.give(by: officer, opinion: opinion, stance: .agrees, text: note))
    }

    private static func withdraw(_ opinion: ID<Opinion>, by officer: ActingOfficer) -> Dossier.Command {
        .opinions(.withdraw(by: officer, opinion: opinion))
    }

    private static func asked(_ opinion: ID<Opinion>, of officer: ActingOfficer) -> Dossier.Event {
        .opinion(.asked(opinion: opinion, of: officer.id, asker: examiner.id, question: note, answerBy: day))
    }

    /// In process, with the examiner, who has asked reception and the clerk.
    private static let waiting =
        DossierTests.inProcess + [
            .assignment(.assigned(to: examiner.id)), asked(first, of: receiver), asked(second, of: clerk),
        ]

    private func refusal(_ history: [Dossier.Event], _ command: Dossier.Command) -> Dossier.Refusal? {
        do throws(Dossier.Refusal) {
            _ = try Dossier(replaying: history).decide(command)
            return nil
        } catch {
            return error
        }
    }

    // MARK: - Rules

    @Test func `several are asked at once, and each answers alone`() throws {
        var dossier = Dossier(replaying: DossierTests.inProcess)
        for event in try dossier.decide(Self.ask((Self.first, Self.receiver), (Self.second, Self.clerk))) {
            dossier.evolve(event)
        }
        #expect(dossier.opinions.open.map(\.officer) == [Self.receiver.id, Self.clerk.id])
        for event in try dossier.decide(Self.give(Self.second, by: Self.clerk)) { dossier.evolve(event) }
        #expect(dossier.opinions.map(\.state) == [.open, .given])
        #expect(dossier.due == DossierTests.due && dossier.stage == .processing, "nothing else has changed")
    }

    @Test(
        arguments: [
            ([DossierTests.filed], ask((first, receiver)), .notPossible(stage: .filed)),
            (DossierTests.finished, ask((first, receiver)), .notPossible(stage: .finished)),
            (DossierTests.inProcess, ask(by: clerk, (first, receiver)), .notYourRole(needed: .caseOfficer)),
            (DossierTests.inProcess, ask(by: DossierTests.stranger, (first, receiver)), .notYourAgency),
            (
                DossierTests.inProcess + [
                    .passage(.passed(to: DossierTests.elsewhere, request: note, due: DossierTests.due))
                ],
                ask((first, receiver)), .passedOn(to: DossierTests.elsewhere)
            ),
            (DossierTests.inProcess, ask(), .opinions(.nobodyAsked)),
            (DossierTests.inProcess, ask((first, examiner)), .opinions(.ofOneself)),
            (DossierTests.inProcess, ask((first, clerk), (second, clerk)), .opinions(.askedAlready)),
            (waiting, ask((ID(rawValue: "o3"), clerk)), .opinions(.askedAlready)),
            (waiting, give(ID(rawValue: "o9"), by: clerk), .opinions(.unknown)),
            (waiting, give(first, by: clerk), .opinions(.notAskedOfYou)),
            (waiting, give(first, by: leader), .opinions(.notAskedOfYou)),
            (
                waiting + [.opinion(.given(opinion: first, stance: nil, text: note))], give(first, by: receiver),
                .opinions(.alreadyGiven)
            ),
            (waiting + [.opinion(.withdrawn(opinion: first))], give(first, by: receiver), .opinions(.withdrawn)),
            (waiting + [.processing(.stopped(reason: note))], give(first, by: receiver), .opinions(.over)),
            (waiting + [.withdrawal(.withdrawn)], withdraw(first, by: examiner), .opinions(.over)),
            (waiting, withdraw(first, by: clerk), .opinions(.notYoursToWithdraw)),
            (waiting, withdraw(first, by: DossierTests.stranger), .opinions(.notYoursToWithdraw)),
            (waiting, .completeStep(by: examiner, remark: nil), .opinions(.stillOpen(count: 2))),
        ] as [([Dossier.Event], Dossier.Command, Dossier.Refusal)]
    )
    func `is refused`(history: [Dossier.Event], command: Dossier.Command, expected: Dossier.Refusal) {
        #expect(refusal(history, command) == expected)
        #expect(!expected.problem.vi.isEmpty && !expected.problem.en.isEmpty)
    }

    @Test(
        arguments: [
            ([DossierTests.filed, DossierTests.accepted], ask((first, receiver))),
            (DossierTests.inProcess, ask(by: leader, (first, receiver))),
            (waiting + [.opinion(.given(opinion: second, stance: nil, text: note))], ask((ID(rawValue: "o3"), clerk))),
            (waiting + [.opinion(.withdrawn(opinion: second))], ask((ID(rawValue: "o3"), clerk))),
            (waiting, withdraw(first, by: examiner)), (waiting, withdraw(first, by: leader)),
            (
                waiting + [.result(.prepared(outcome: .denied, files: [], explanation: note))],
                .completeStep(by: examiner, remark: nil, withoutOpinions: true)
            ),
            // It stays answerable until the dossier ends, also while the applicant is waited for.
            (waiting + [.processing(.stepCompleted(step: 1, remark: nil))], give(first, by: receiver)),
            (
                waiting + [.supplement(.requested(items: [], reason: note, answerBy: nil, ground: nil))],
                give(first, by: receiver)
            ),
            (
                waiting + [.passage(.passed(to: DossierTests.elsewhere, request: note, due: DossierTests.due))],
                give(first, by: receiver)
            ),
        ] as [([Dossier.Event], Dossier.Command)]
    )
    func `is allowed`(history: [Dossier.Event], command: Dossier.Command) {
        #expect(refusal(history, command) == nil)
    }

    @Test func `whoever got the dossier later withdraws what was asked before`() {
        let heir = DossierTests.officer("hung", .caseOfficer)
        #expect(refusal(Self.waiting, Self.withdraw(Self.first, by: heir)) == .opinions(.notYoursToWithdraw))
        #expect(
            refusal(Self.waiting + [.assignment(.assigned(to: heir.id))], Self.withdraw(Self.first, by: heir)) == nil
        )
    }

    @Test func `a correction does not open again what had ended`() {
        let dossier = Dossier(
            replaying: Self.waiting + [
                .result(.finished(outcome: .granted)), .result(.correctionOpened(reason: Self.note, due: nil)),
            ]
        )
        #expect(dossier.stage == .processing && dossier.opinions.map(\.state) == [.over, .over])
        let again = Dossier.Command.prepareResult(
            by: Self.examiner,
            outcome: .denied,
            files: [],
            explanation: Self.note
        )
        #expect(dossier.allows(again))
    }

    @Test func `a deputy answers for the colleague who was asked, and their own question in nobody's place`() {
        func deputy(of officer: ActingOfficer, _ roles: Role...) -> ActingOfficer {
            let standIn = StandIn(absent: officer.id, roles: officer.roles, document: nil, until: Self.day)
            return ActingOfficer(
                id: Self.clerk.id,
                agency: DossierTests.justice,
                roles: Set(roles),
                standIns: [standIn]
            )
        }
        let dossier = Dossier(replaying: Self.waiting)
        let forReceiver = deputy(of: Self.receiver, .clerk)
        #expect(dossier.allows(Self.give(Self.first, by: forReceiver)))
        #expect(forReceiver.standIn(on: dossier) { Self.give(Self.first, by: $0) }?.absent == Self.receiver.id)
        #expect(forReceiver.standIn(on: dossier) { Self.give(Self.second, by: $0) } == nil)
        // Although they stand in for whoever holds the dossier.
        let forHolder = deputy(of: Self.examiner, .clerk)
        #expect(forHolder.standIn(on: dossier) { Self.give(Self.second, by: $0) } == nil)
        #expect(forHolder.standIn(on: dossier) { Self.withdraw(Self.second, by: $0) }?.absent == Self.examiner.id)
    }

    @Test func `an opinion moves neither the clock nor the dossier, and is not for the applicant`() {
        let events = [
            Self.asked(Self.first, of: Self.receiver),
            .opinion(.given(opinion: Self.first, stance: nil, text: Self.note)),
            .opinion(.withdrawn(opinion: Self.first)),
        ]
        for event in events { #expect(!event.happening.changesHands && event.happening.isInternal) }
        #expect(events.map(\.happening.texts.count) == [1, 1, 0])
        #expect(!DossierTests.filed.happening.isInternal)
        let recorded = events.map {
            Recorded(
                version: 1,
                circumstances: Circumstances(at: DossierTests.due, actor: .visitor),
                event: $0
            )
        }
        let toApplicant = History(say: .vi, rules: nil, texts: [:], isForOfficers: false)
        #expect(toApplicant.tell(recorded).isEmpty)
        #expect(History(say: .vi, rules: nil, texts: [:], isForOfficers: true).tell(recorded).count == 3)
    }

    @Test func `three working days are proposed, and never a day after the dossier is due`() {
        let calendar = WorkingCalendar(days: CalendarDays())
        // A Thursday.
        let now = Instant(LocalMinute(rawValue: "2026-11-26T10:00")!)
        func usual(_ due: String?) -> String {
            let due = due.map { Instant(LocalMinute(rawValue: $0)!) }
            let dossier = Dossier(replaying: [DossierTests.filed, .filing(.accepted(due: due))])
            return AskOpinions.usualDay(for: dossier, calendar, now: now).rawValue
        }
        #expect(usual(nil) == "2026-12-01")
        #expect(usual("2026-12-09T17:00") == "2026-12-01")
        #expect(usual("2026-11-30T17:00") == "2026-11-30")
        #expect(usual("2026-11-29T17:00") == "2026-11-27", "the due day is a Sunday")
        #expect(usual("2026-11-20T17:00") == "2026-11-27", "it is late already")
    }

    // MARK: - Rows

    private static func ask(_ officers: [ActingOfficer], by day: LocalDate, _ room: Room, on id: ID<Dossier>)
        async throws -> [ID<Opinion>]
    {
        let question = room.text("Có vướng không?")
        let opinions = officers.map { _ in ID<Opinion>.fresh(at: room.clock.now) }
        let asked = zip(opinions, officers).map {
            Dossier.OpinionCommand.AskedColleague(opinion: $0, officer: $1.id)
        }
        try await room.perform(
            .opinions(.ask(by: Room.binh, of: asked, question: question.sealed, answerBy: day)),
            on: id,
            texts: [question]
        )
        return opinions
    }

    private static func inProcess(_ room: Room) async throws -> ID<Dossier> {
        let id = try await room.file().dossier
        try await room.perform(.accept(by: Room.hoa, due: nil), on: id)
        try await room.perform(.handOver(by: Room.hoa, to: nil), on: id)
        return id
    }

    private static func list(of officer: ActingOfficer, _ room: Room) async throws -> [ID<Dossier>] {
        let listing = try await room.book.list(.opinions, for: officer, now: room.clock.now)
        let badge = try await room.book.badges([.opinions], for: officer, now: room.clock.now)
        #expect(badge[.opinions] == listing.items.count)
        return listing.items.map(\.id)
    }

    @Test(arguments: TestDatabase.kinds)
    func `a question stands in the list of whoever is asked until it is answered, withdrawn or over`(
        kind: TestDatabase
    ) async throws {
        try await kind.room { room in
            let id = try await Self.inProcess(room)
            let opinions = try await Self.ask([Room.mai, Room.hoa, Room.tam], by: Self.day, room, on: id)
            for officer in [Room.mai, Room.hoa, Room.tam] {
                #expect(try await Self.list(of: officer, room) == [id])
            }
            #expect(try await Self.list(of: Room.dung, room) == [])
            #expect(try await Self.list(of: Room.officer("mai", in: Room.elsewhere, .clerk), room) == [])
            #expect(try await room.differences() == [])

            let words = room.text("Đồng ý")
            try await room.perform(
                .opinions(.give(by: Room.mai, opinion: opinions[0], stance: .agrees, text: words.sealed)),
                on: id,
                texts: [words]
            )
            try await room.perform(.opinions(.withdraw(by: Room.binh, opinion: opinions[1])), on: id)
            #expect(try await Self.list(of: Room.mai, room) == [])
            #expect(try await Self.list(of: Room.hoa, room) == [])
            #expect(try await Self.list(of: Room.tam, room) == [id])
            #expect(try await room.differences() == [])

            try await room.perform(.stop(by: Room.dung, reason: room.text("x").sealed), on: id)
            #expect(try await Self.list(of: Room.tam, room) == [])
            #expect(try await room.count("SELECT COUNT(*) FROM dossier_opinion") == 0)
            #expect(try await room.differences() == [])
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `the most urgent comes first, page by page, with what an absent colleague is asked`(kind: TestDatabase)
        async throws
    {
        try await kind.room { room in
            var expected: [(day: LocalDate, id: ID<Dossier>)] = []
            for index in 0..<7 {
                room.clock.advance(by: .minutes(1))
                let id = try await Self.inProcess(room)
                let day = Self.day.adding(days: 10 - index / 2)
                _ = try await Self.ask([index.isMultiple(of: 3) ? Room.hoa : Room.mai], by: day, room, on: id)
                expected.append((day, id))
            }
            let standIn = StandIn(absent: Room.hoa.id, roles: [.reception], document: nil, until: Self.day)
            let deputy = ActingOfficer(id: Room.mai.id, agency: Room.justice, roles: [.clerk], standIns: [standIn])
            var (seen, cursor): ([DossierRow], Cursor?) = ([], nil)
            repeat {
                let page = try await room.book.list(
                    .opinions,
                    for: deputy,
                    now: room.clock.now,
                    after: cursor,
                    limit: 2
                )
                seen += page.items
                cursor = page.next.flatMap { Cursor($0.text) }
            } while cursor != nil
            // Earlier questions first within a day: their names sort by age.
            let order = expected.enumerated().sorted { ($0.element.day, $0.offset) < ($1.element.day, $1.offset) }
            #expect(seen.map(\.id) == order.map(\.element.id))
            #expect(seen.map(\.wanted?.answerBy) == order.map { $0.element.day })
            #expect(try await Self.list(of: deputy, room).count == 7)
            #expect(try await Self.list(of: Room.mai, room).count == 4)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `verify tells of rows that the history does not tell of`(kind: TestDatabase) async throws {
        for change in [
            "UPDATE dossier_opinion SET officer = 'x'", "UPDATE dossier_opinion SET answer_ends = 1",
            "UPDATE dossier_opinion SET asked_at = 1", "UPDATE dossier_opinion SET agency = 'x'",
            "DELETE FROM dossier_opinion",
        ] as [SQL] {
            try await kind.room { room in
                let id = try await Self.inProcess(room)
                _ = try await Self.ask([Room.mai], by: Self.day, room, on: id)
                #expect(try await room.differences() == [])
                try await room.change(change)
                #expect(try await room.differences() == ["the opinions that are waited for are others"])
            }
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `several steps completed at once leave out the dossiers whose opinions are missing`(kind: TestDatabase)
        async throws
    {
        try await kind.room { room in
            let (asked, free) = (try await Self.inProcess(room), try await Self.inProcess(room))
            _ = try await Self.ask([Room.mai], by: Self.day, room, on: asked)
            for id in [asked, free] {
                let reason = room.text("Không đủ điều kiện")
                try await room.perform(
                    .prepareResult(by: Room.binh, outcome: .denied, files: [], explanation: reason.sealed),
                    on: id,
                    texts: [reason]
                )
            }
            let order = Order(by: Room.binh, room.circumstances(.officer(id: Room.binh.id))) {
                CompleteStep().command(by: $0, CompleteStep.Terms())
            }
            let refused = try await room.book.perform(order, onEach: [asked, free])
            #expect(refused == [asked: .opinions(.stillOpen(count: 1))])
            #expect(try await room.details(free).dossier.step == 2)
        }
    }
}

import Agencies
import Catalogue
import DossierCore
import Kernel
import Persistence
import Web

/// One year of one agency, lived through day by day with the real commands.
struct YearSimulation: Sendable {
    let office: SimulatedOffice
    let clock: SimulatedClock
    let dossiers: Int
    let year: Int
    let seed: UInt64
    /// Dossiers that are worked on at the same time.
    private static let together = 96

    /// What happened, counted.
    struct Course: Sendable {
        var lives: [Life] = []
        var commands = 0
        /// Attempts at what is forbidden; the store refused each as the rules do.
        var refused = 0
        var seen = Witness.Seen()
    }

    /// What one dossier has lived through in a day.
    private struct Lived: Sendable {
        var life: Life
        var commands = 0
        var refused = 0
        var seen = Witness.Seen()
    }

    private var witness: Witness { Witness(office, dossiers: dossiers) }

    struct Disagreement: Error, CustomStringConvertible { let description: String }

    func run(progress: (LocalDate, Int) -> Void = { _, _ in }) async throws -> Course {
        guard let first = LocalDate(year: year, month: 1, day: 1) else { return Course() }
        let profile = ArrivalProfile(year: year, calendar: office.calendar)
        var course = Course()
        course.lives = (0..<dossiers).map { Life(number: $0, seed: seed, in: office, profile) }
        var agenda: [Int: [Int]] = [:]
        for life in course.lives { agenda[life.arrival.localDate.dayNumber, default: []].append(life.number) }
        var day = first
        while day < first.adding(months: 12) {
            clock.now = Instant(LocalMinute(date: day, minuteOfDay: 0))
            let due = agenda.removeValue(forKey: day.dayNumber) ?? []
            try await live(due, through: day, &course) { number, next in
                agenda[next.dayNumber, default: []].append(number)
            }
            day = day.adding(days: 1)
            if day.civil.day == 1 { progress(day, course.commands) }
        }
        clock.now = Instant(LocalMinute(date: day, minuteOfDay: 0))
        return course
    }

    /// Lets the dossiers with these numbers live through a day, many at a time.
    private func live(
        _ numbers: [Int],
        through day: LocalDate,
        _ course: inout Course,
        later: (Int, LocalDate) -> Void
    ) async throws {
        try await withThrowingTaskGroup(of: Lived.self) { group in
            var waiting = numbers.makeIterator()
            func begin(_ group: inout ThrowingTaskGroup<Lived, any Error>, _ lives: [Life]) {
                guard let number = waiting.next() else { return }
                let life = lives[number]
                group.addTask { try await live(life, through: day) }
            }
            for _ in 0..<Self.together { begin(&group, course.lives) }
            while let lived = try await group.next() {
                let life = lived.life
                course.lives[life.number] = life
                course.commands += lived.commands
                course.refused += lived.refused
                course.seen += lived.seen
                if let next = life.next { later(life.number, next.at.localDate) }
                begin(&group, course.lives)
            }
        }
    }

    private func live(_ life: Life, through day: LocalDate) async throws -> Lived {
        var lived = Lived(life: life)
        if life.id == nil {
            try await file(&lived.life)
            lived.commands += lived.life.version
            lived.seen += try await witness.look(at: lived.life, now: lived.life.last)
            lived.life.next = try lived.life.plan(in: office)
        }
        while let move = lived.life.next, move.at.localDate <= day {
            if lived.life.lot.falls(0.01) { lived.refused += try await tryForbidden(&lived.life, at: move.at) }
            try await perform(move, on: &lived.life)
            lived.commands += 1
            lived.seen += try await witness.look(at: lived.life, now: move.at)
            lived.life.next = try lived.life.plan(in: office)
        }
        return lived
    }

    // MARK: - Filing

    private func file(_ life: inout Life) async throws {
        let (rules, at) = (life.rules, life.arrival)
        let situation = rules.revision.cases.isEmpty ? nil : life.lot.pick(rules.revision.cases).key
        let methods = rules.returnMethods.filter { $0 != .online || life.citizen != nil }
        let (application, errors) = try await office.desk.judge(
            FilingDesk.Application(
                procedure: rules.procedure.code.rawValue,
                situation: situation,
                agency: office.agency.id.rawValue,
                channel: life.channel,
                returnBy: life.lot.pick(methods),
                applicant: life.citizen,
                answers: try rules.revision.form.filled(today: at.localDate, &life.lot),
                papers: life.channel == .online ? [] : rules.handedPapers(in: situation),
                files: life.channel == .online
                    ? rules.uploads(in: situation).filter(\.required).map { office.file(for: $0.key, at: at) } : []
            )
        )
        guard var application else {
            throw Disagreement(description: "\(rules.procedure.code.rawValue): \(errors.map(\.en))")
        }
        let officer = life.channel == .online ? nil : office.officer(.reception, &life.lot)
        if life.channel == .counter, life.lot.falls(0.4) {
            application.feePaid = FeePayment(amount: Money(dong: 1000 * life.lot.number(5...90)), receipt: nil)
        }
        let actor: Actor = officer.map { .officer(id: $0.id) } ?? life.citizen.map { .citizen(id: $0) } ?? .visitor
        let receipt = try await office.desk.book.file(
            application,
            Circumstances(at: at, actor: actor, channel: life.channel),
            once: nil,
            acceptedBy: officer,
            due: officer.flatMap { _ in office.desk.due(rules, channel: life.channel, received: at, in: office.calendar)
            }
        )
        life.id = receipt.dossier
        life.take(try await office.house.events.history(of: receipt.dossier))
    }

    // MARK: - Everything after

    private func perform(_ move: Life.Move, on life: inout Life) async throws {
        guard let id = life.id else { return }
        let circumstances = Circumstances(at: move.at, actor: move.actor)
        let events: [Dossier.Event]
        do {
            events = try life.dossier.decide(move.command)
        } catch {
            throw Disagreement(description: "dossier \(life.number): \(move.command) is refused: \(error)")
        }
        let version = try await office.desk.book.perform(
            move.command,
            on: id,
            circumstances,
            texts: move.texts,
            files: move.files,
            expecting: life.version
        )
        life.append(events, circumstances)
        guard version == life.version else {
            throw Disagreement(description: "dossier \(life.number) is at version \(version), not \(life.version)")
        }
    }

    /// 1 when something forbidden was tried; the store has to refuse it as the rules do.
    private func tryForbidden(_ life: inout Life, at now: Instant) async throws -> Int {
        let command = life.mischief(in: office)
        let expected: Dossier.Refusal
        do {
            _ = try life.dossier.decide(command)
            return 0
        } catch {
            expected = error
        }
        guard let id = life.id else { return 0 }
        // Not even whoever might give such a command may give this one.
        let actor: Actor =
            command.givers.contains(.citizen) ? .citizen(id: ID(rawValue: "nobody")) : .officer(id: office.stranger.id)
        do {
            try await office.desk.book.perform(command, on: id, Circumstances(at: now, actor: actor))
        } catch let refusal as Dossier.Refusal where refusal == expected {
            return 1
        }
        throw Disagreement(description: "dossier \(life.number): \(command) was not refused with \(expected)")
    }
}

extension FilingRules {
    /// The papers of a visitor who has brought everything.
    fileprivate func handedPapers(in situation: String?) -> [FiledPaper] {
        handedIn(in: situation).filter { $0.required && !$0.show }.map {
            FiledPaper(component: $0.key, originals: $0.originals, copies: $0.copies)
        }
    }
}

import Agencies
import Catalogue
import DossierCore
import Foundation
import Kernel
import NIOCore
import Persistence
import Synchronization
import Web

/// The time of a simulation, for everything that asks what day it is.
final class SimulatedClock: Sendable {
    // Read by every command, set by the simulation at the beginning of each of its days.
    private let instant: Mutex<Instant>

    init(_ start: Instant) { instant = Mutex(start) }

    var now: Instant {
        get { instant.withLock { $0 } }
        set { instant.withLock { $0 = newValue } }
    }
}

/// The agency whose year is simulated: its people, what it decides, and the time they take.
struct SimulatedOffice: Sendable {
    let house: House
    let agency: AgencyProfile
    /// The procedures that are asked for, the everyday ones often.
    let procedures: [(item: FilingRules, weight: Double)]
    /// What everybody uploads and every result is: one small file, stored once.
    let paper: AttachedFile
    let staff: [ActingOfficer]
    /// The case officer of an agency that is asked for its part of the work.
    let partner: ActingOfficer
    /// Somebody of another agency, who has no business here.
    let stranger: ActingOfficer

    var desk: FilingDesk { house.desk }

    /// Whoever might open its page: one of each post, whoever holds it or was asked, the partner, who only reads or keeps
    /// accounts, a stranger.
    func everybody(around dossier: Dossier) -> [ActingOfficer] {
        let known = Set([dossier.holder].compactMap(\.self) + dossier.opinions.flatMap { [$0.officer, $0.asker] })
        let own = staff.filter { officer in
            known.contains(officer.id) || staff.first { $0.roles == officer.roles }?.id == officer.id
        }
        return own + [
            partner, stranger,
            ActingOfficer(id: ID(rawValue: "simulated-auditor"), agency: agency.id, roles: [.auditor]),
            ActingOfficer(id: ID(rawValue: "simulated-admin"), agency: agency.id, roles: [.admin]),
        ]
    }
    let calendar: WorkingCalendar

    /// Shares by which a commune's counter is asked for; every other procedure has a share of 0.2.
    private static let everyday: [String: Double] = [
        "2.000815": 30, "2.000635": 12, "1.004873": 10, "1.001193": 8, "2.000884": 8, "1.000656": 4, "1.000894": 4,
        "1.001612": 4, "1.004222": 3,
    ]

    struct Impossible: Error, CustomStringConvertible { let description: String }

    init(_ house: House, agency id: ID<Agency>, year: Int) async throws {
        guard let agency = try await house.agencies.tree()[id] else {
            throw Impossible(
                description: "There is no agency \(id.rawValue). Run “motcua demo” first, or name another."
            )
        }
        self.house = house
        self.agency = agency
        calendar = try await house.calendars.calendar(of: id)
        guard let first = LocalDate(year: year, month: 1, day: 1) else {
            throw Impossible(description: "\(year) is not a year.")
        }
        let catalogue = house.catalogue.current
        var procedures: [(item: FilingRules, weight: Double)] = []
        for code in catalogue.codes {
            guard let procedure = catalogue[code], let revision = procedure.revision(on: first),
                procedure.revision(on: first.adding(months: 12).adding(days: -1)) == revision,
                try await house.desk.competent(for: procedure).contains(where: { $0.id == id })
            else { continue }
            let rules = FilingRules(procedure: procedure, revision: revision)
            procedures.append((rules, Self.everyday[code.rawValue] ?? 0.2))
        }
        guard !procedures.isEmpty else {
            throw Impossible(description: "\(id.rawValue) decides no procedure of the catalogue in \(year).")
        }
        self.procedures = procedures
        paper = try await Self.paper(in: house, at: Instant(LocalMinute(date: first, minuteOfDay: 0)))
        let posts: [(Set<Role>, Int)] = [
            ([.reception, .returns], 3), ([.caseOfficer], 5), ([.leader], 2), ([.clerk], 2),
        ]
        staff = posts.enumerated().flatMap { post, posts in
            (1...posts.1).map { number in
                ActingOfficer(id: ID(rawValue: "simulated-\(post + 1)-\(number)"), agency: id, roles: posts.0)
            }
        }
        partner = ActingOfficer(
            id: ID(rawValue: "simulated-partner"),
            agency: ID(rawValue: "simulated-partners"),
            roles: [.caseOfficer]
        )
        stranger = ActingOfficer(
            id: ID(rawValue: "simulated-stranger"),
            agency: ID(rawValue: "elsewhere"),
            roles: Set(Role.allCases)
        )
    }

    private static func paper(in house: House, at now: Instant) async throws -> AttachedFile {
        let pdf = """
            %PDF-1.4
            1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj
            2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj
            3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >> endobj
            trailer << /Root 1 0 R >>
            startxref
            9
            %%EOF

            """
        let chunks = AsyncThrowingStream<ByteBuffer, any Error> { stream in
            stream.yield(ByteBuffer(string: pdf))
            stream.finish()
        }
        let uploads = Uploads(blobs: house.blobs, reader: house.reader, office: Office { now })
        return try await uploads.store(chunks, named: "giay-to.pdf", for: "")
    }

    /// The simulation's one paper, handed in for a component or given as a result.
    func file(for component: String, at now: Instant) -> AttachedFile {
        AttachedFile(
            id: .fresh(at: now),
            component: component,
            name: paper.name,
            kind: paper.kind,
            pages: paper.pages,
            bytes: paper.bytes,
            digest: paper.digest
        )
    }

    /// Somebody who may do what `role` does: the holder if they can, otherwise one by lot.
    func officer(_ role: Role, holder: ID<Officer>? = nil, _ lot: inout Lot) -> ActingOfficer {
        let able = staff.filter { $0.roles.contains(role) }
        return able.first { $0.id == holder } ?? lot.pick(able)
    }

    /// The moment when `minutes` have been worked since `start`.
    func work(_ minutes: Int, after start: Instant) -> Instant { calendar.adding(workingMinutes: minutes, to: start) }
}

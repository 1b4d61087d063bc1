import Agencies
import Foundation
import Kernel
import Persistence
import TestSupport
import Web

/// A small country: a city with a department, a district, its one-stop office and two wards.
enum Samples {
    static let city = agency("h26", "Ủy ban nhân dân thành phố Hà Nội", .peoplesCommittee, .province) {
        $0.codes = [code("000.00.00.H26"), code("H26", from: "2020-09-15")]
        $0.place = "Hà Nội"
    }
    static let justice = agency("tu-phap", "Sở Tư pháp thành phố Hà Nội", .department, .province, under: "h26") {
        $0.serves = .fields(["civil-status", "criminal-record"])
    }
    static let district = agency("ba-dinh", "Ủy ban nhân dân quận Ba Đình", .peoplesCommittee, .district, under: "h26")
    {
        $0.codes = [code("000.00.31.H26"), code("H26.31")]
        $0.place = "Ba Đình"
    }
    static let office = agency("mot-cua", "Bộ phận Một cửa quận Ba Đình", .oneStop, .district, under: "ba-dinh") {
        $0.serves = .fields([])
    }
    static let wardA = agency(
        "doi-can",
        "Ủy ban nhân dân phường Đội Cấn",
        .peoplesCommittee,
        .commune,
        under: "ba-dinh"
    )
    static let wardB = agency("kim-ma", "Ủy ban nhân dân phường Kim Mã", .peoplesCommittee, .commune, under: "ba-dinh")
    static let all = [city, justice, district, office, wardA, wardB]

    static let today = LocalDate(rawValue: "2021-11-22")!

    static func agency(
        _ id: String,
        _ name: String,
        _ kind: AgencyKind,
        _ level: AgencyLevel,
        under parent: String? = nil,
        _ change: (inout AgencyProfile) -> Void = { _ in }
    ) -> AgencyProfile {
        var profile = AgencyProfile(
            id: ID(rawValue: id),
            name: Words(name, "\(id) in English"),
            kind: kind,
            level: level,
            parent: parent.map(ID.init(rawValue:))
        )
        change(&profile)
        return profile
    }

    static func code(_ text: String, from: String? = nil, until: String? = nil) -> AgencyCode {
        AgencyCode(
            text,
            status: .demonstration,
            validFrom: from.flatMap(LocalDate.init(rawValue:)),
            validUntil: until.flatMap(LocalDate.init(rawValue:))
        )!
    }

    /// A file that the project ships.
    static func shipped(_ path: String) throws -> String {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }
}

extension TestDatabase {
    /// Lends a book with nothing in it.
    func book(_ body: (AgencyBook, any Database) async throws -> Void) async throws {
        try await fresh { database in
            try await database.migrate(Agencies.migrations)
            try await body(AgencyBook(database: database), database)
        }
    }
}

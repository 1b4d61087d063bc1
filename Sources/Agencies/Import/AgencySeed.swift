import Kernel
import Web
import Yams

/// A file that describes the agencies of an authority: a tree written as a tree.
///
///     hours: { office: { monday: ["08:00-12:00", "13:30-17:00"] } }
///     agencies:
///       - id: h26
///         name: { vi: …, en: … }
///         kind: peoples-committee
///         level: province
///         agencies: [ … those below it … ]
package struct AgencySeed: Sendable {
    /// Each before those below it.
    package let agencies: [AgencyProfile]

    /// The file cannot be read as a description of agencies.
    package struct Unreadable: Error, CustomStringConvertible {
        package let description: String
    }

    package init(yaml: String) throws {
        let file: File
        do {
            file = try YAMLDecoder().decode(File.self, from: yaml)
        } catch let error as DecodingError {
            throw Unreadable(description: explain(error))
        }
        var agencies: [AgencyProfile] = []
        for entry in file.agencies {
            try entry.add(to: &agencies, under: nil, file)
        }
        self.agencies = agencies
    }
}

private struct File: Decodable {
    /// Hours by name, so that they are written once.
    let hours: [String: WeeklyHours]?
    /// Whether addresses, telephones and names are invented.
    let demonstration: Bool?
    let agencies: [Entry]
}

private struct Entry: Decodable {
    struct Code: Decodable {
        let code: String
        let status: CodeStatus
        let from: LocalDate?
        let until: LocalDate?
    }

    struct Contact: Decodable {
        let name: String
        let position: Words
        let phone: PhoneNumber?
        let email: EmailAddress?
        let published: Bool?
    }

    struct Successor: Decodable {
        let agency: String
        let from: LocalDate
    }

    let id: String
    let name: Words
    let kind: AgencyKind
    let level: AgencyLevel
    let unit: String?
    let codes: [Code]?
    let from: LocalDate?
    let until: LocalDate?
    let successors: [Successor]?
    let place: String?
    let address: String?
    let phone: PhoneNumber?
    let email: EmailAddress?
    let hours: String?
    let contacts: [Contact]?
    let serves: Serves?
    let agencies: [Entry]?

    func add(to list: inout [AgencyProfile], under parent: ID<Agency>?, _ file: File) throws {
        list.append(try profile(under: parent, file))
        for entry in agencies ?? [] { try entry.add(to: &list, under: ID(rawValue: id), file) }
    }

    private func profile(under parent: ID<Agency>?, _ file: File) throws -> AgencyProfile {
        AgencyProfile(
            id: ID(rawValue: id),
            name: Words(name.vi.tidied, name.en.tidied),
            kind: kind,
            level: level,
            parent: parent,
            adminUnit: unit,
            codes: try (codes ?? []).map { entry in
                guard
                    let code = AgencyCode(
                        entry.code,
                        status: entry.status,
                        validFrom: entry.from,
                        validUntil: entry.until
                    )
                else {
                    throw AgencySeed.Unreadable(
                        description: "agency \(id): code \(entry.code) must look like 000.00.19.H26 or H26.19"
                    )
                }
                return code
            },
            validFrom: from,
            validUntil: until,
            successors: (successors ?? []).map { Succession(agency: ID(rawValue: $0.agency), from: $0.from) },
            place: place?.tidied,
            address: address?.tidied,
            phone: phone,
            email: email,
            hours: try hours.map { name in
                guard let hours = file.hours?[name] else {
                    throw AgencySeed.Unreadable(
                        description: "agency \(id): there are no hours named \(name); add them at the top of the file"
                    )
                }
                return hours
            },
            contacts: (contacts ?? []).map {
                AgencyContact(
                    name: $0.name.tidied,
                    position: $0.position,
                    phone: $0.phone,
                    email: $0.email,
                    isPublished: $0.published ?? true
                )
            },
            // Whoever receives for others decides nothing, so it need not be said of each.
            serves: serves ?? (kind == .oneStop ? .fields([]) : .everything),
            isDemonstration: file.demonstration ?? false
        )
    }
}

/// Where the fault is and what was expected there.
private func explain(_ error: DecodingError) -> String {
    func place(_ path: [any CodingKey]) -> String {
        let place = path.map { key in key.intValue.map { "[\($0)]" } ?? ".\(key.stringValue)" }.joined()
        return place.isEmpty ? "the file" : String(place.drop { $0 == "." })
    }
    switch error {
    case .keyNotFound(let key, let context): return "\(place(context.codingPath)): \(key.stringValue) is missing"
    case .dataCorrupted(let context) where context.underlyingError is YamlError:
        // Says line and column.
        return context.underlyingError.map { "\($0)" } ?? context.debugDescription
    case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
        return "\(place(context.codingPath)): \(context.debugDescription)"
    @unknown default: return "\(error)"
    }
}

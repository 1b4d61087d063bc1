package import Kernel
package import Web

/// At which level of government an agency stands.
package enum AgencyLevel: String, Codable, CaseIterable, Comparable, Sendable {
    case ministry, province
    /// Abolished on 1 July 2025; older dossiers keep their agencies.
    case district
    case commune

    package static func < (left: AgencyLevel, right: AgencyLevel) -> Bool {
        let order = AgencyLevel.allCases
        return order.firstIndex(of: left)! < order.firstIndex(of: right)!
    }
}

/// What an agency is in the state: a committee, a department, an office.
package enum AgencyKind: String, Codable, CaseIterable, Sendable {
    case ministry
    /// Ủy ban nhân dân.
    case peoplesCommittee = "peoples-committee"
    /// Sở, of a province.
    case department
    /// Phòng chuyên môn, of a district.
    case division
    /// Bộ phận Tiếp nhận và Trả kết quả or Trung tâm Phục vụ hành chính công: receives for others and decides nothing.
    case oneStop = "one-stop"

    package var words: Words {
        switch self {
        case .ministry: Words("Bộ, cơ quan ngang bộ", "Ministry")
        case .peoplesCommittee: Words("Ủy ban nhân dân", "People's Committee")
        case .department: Words("Sở", "Department")
        case .division: Words("Phòng chuyên môn", "Division")
        case .oneStop: Words("Bộ phận Một cửa", "One-stop office")
        }
    }
}

/// An agency as it is told to everybody.
package struct AgencyProfile: Codable, Hashable, Sendable {
    package var id: ID<Agency>
    package var name: Words
    package var kind: AgencyKind
    package var level: AgencyLevel
    package var parent: ID<Agency>?
    /// Code of the administrative unit it governs, 2, 3 or 5 digits; not to be confused with the agency's own codes.
    package var adminUnit: String?
    /// The one that dossier codes begin with comes first.
    package var codes: [AgencyCode]
    package var validFrom: LocalDate?
    /// The last day of its existence.
    package var validUntil: LocalDate?
    package var successors: [Succession]
    /// What stands before the date on its papers, such as `Ba Đình`; nil for that of the agency above.
    package var place: String?
    package var address: String?
    package var phone: PhoneNumber?
    package var email: EmailAddress?
    package var hours: WeeklyHours?
    package var contacts: [AgencyContact]
    package var serves: Serves
    /// Address, telephone and names are invented: shown with a warning wherever they are shown.
    package var isDemonstration: Bool

    package init(
        id: ID<Agency>,
        name: Words,
        kind: AgencyKind,
        level: AgencyLevel,
        parent: ID<Agency>? = nil,
        adminUnit: String? = nil,
        codes: [AgencyCode] = [],
        validFrom: LocalDate? = nil,
        validUntil: LocalDate? = nil,
        successors: [Succession] = [],
        place: String? = nil,
        address: String? = nil,
        phone: PhoneNumber? = nil,
        email: EmailAddress? = nil,
        hours: WeeklyHours? = nil,
        contacts: [AgencyContact] = [],
        serves: Serves = .everything,
        isDemonstration: Bool = false
    ) {
        self.id = id
        self.name = name
        self.kind = kind
        self.level = level
        self.parent = parent
        self.adminUnit = adminUnit
        self.codes = codes
        self.validFrom = validFrom
        self.validUntil = validUntil
        self.successors = successors
        self.place = place
        self.address = address
        self.phone = phone
        self.email = email
        self.hours = hours
        self.contacts = contacts
        self.serves = serves
        self.isDemonstration = isDemonstration
    }

    /// Whether it exists on a day.
    package func exists(on date: LocalDate) -> Bool {
        (validFrom.map { $0 <= date } ?? true) && (validUntil.map { date <= $0 } ?? true)
    }

    /// Its first code in force on a day, of a given scheme or of any.
    package func code(on date: LocalDate, _ scheme: CodeScheme? = nil) -> AgencyCode? {
        codes.first { $0.isValid(on: date) && (scheme == nil || $0.scheme == scheme) }
    }

    /// What dossier codes begin with; the id where no code was given.
    package var code: String { codes.first?.code ?? id.rawValue }
}

/// Who went on with an agency's work.
package struct Succession: Codable, Hashable, Sendable {
    package var agency: ID<Agency>
    /// The successor's first day.
    package var from: LocalDate

    package init(agency: ID<Agency>, from: LocalDate) {
        self.agency = agency
        self.from = from
    }
}

/// Somebody who answers for an agency, with name and position; shown to the public only when published.
package struct AgencyContact: Codable, Hashable, Sendable {
    package var name: String
    package var position: Words
    package var phone: PhoneNumber?
    package var email: EmailAddress?
    /// Whether visitors see it.
    package var isPublished: Bool

    package init(
        name: String,
        position: Words,
        phone: PhoneNumber? = nil,
        email: EmailAddress? = nil,
        isPublished: Bool = true
    ) {
        self.name = name
        self.position = position
        self.phone = phone
        self.email = email
        self.isPublished = isPublished
    }
}

/// The fields of work in which an agency decides.
package enum Serves: Hashable, Sendable {
    /// Every field of its level, except those that a department below it has been given.
    case everything
    /// Keys of fields such as `civil-status`; none for an agency that decides nothing here.
    case fields(Set<String>)

    package func includes(_ field: String) -> Bool {
        switch self {
        case .everything: true
        case .fields(let fields): fields.contains(field)
        }
    }

    /// Whether the field was given to the agency by name.
    package func names(_ field: String) -> Bool { self != .everything && includes(field) }
}

/// Stored as `"everything"` or as a list.
extension Serves: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if (try? container.decode(String.self)) == "everything" {
            self = .everything
        } else {
            self = .fields(Set(try container.decode([String].self)))
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .everything: try container.encode("everything")
        case .fields(let fields): try container.encode(fields.sorted())
        }
    }
}

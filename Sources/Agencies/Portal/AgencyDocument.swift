import Hummingbird
import Kernel
import Web

/// An agency in a list, as programs read it.
struct AgencySummary: Encodable {
    let id: ID<Agency>
    let code: String
    let name: Words
    let kind: AgencyKind
    let level: AgencyLevel
    let parent: ID<Agency>?
    let adminUnit: String?
    let validFrom: LocalDate?
    let validUntil: LocalDate?

    init(_ agency: AgencyProfile) {
        id = agency.id
        code = agency.code
        name = agency.name
        kind = agency.kind
        level = agency.level
        parent = agency.parent
        adminUnit = agency.adminUnit
        validFrom = agency.validFrom
        validUntil = agency.validUntil
    }
}

/// What a program may ask of the list.
struct AgencyQuery {
    var words: String?
    var code: String?
    var parent: ID<Agency>?
    var level: AgencyLevel?
    var limit = 100
    /// The last agency of the page before.
    var after: ID<Agency>?

    private static let largest = 200

    init(_ parameters: some Collection<(key: Substring, value: Substring)>) throws {
        var errors: [FieldError] = []
        for (key, value) in parameters {
            let value = String(value).tidied
            switch key {
            case "q": words = value
            case "code": code = value
            case "parent": parent = ID(rawValue: value)
            case "after": after = ID(rawValue: value)
            case "level":
                level = AgencyLevel(rawValue: value)
                if level == nil {
                    let choices = AgencyLevel.allCases.map(\.rawValue).joined(separator: ", ")
                    errors.append(FieldError("level", "Cấp phải là \(choices).", "The level must be \(choices)."))
                }
            case "limit":
                guard let limit = Int(typed: value, in: 1...AgencyQuery.largest) else {
                    errors.append(
                        FieldError(
                            "limit",
                            "Số mục mỗi trang từ 1 đến \(AgencyQuery.largest).",
                            "A page has 1 to \(AgencyQuery.largest) items."
                        )
                    )
                    continue
                }
                self.limit = limit
            default: continue
            }
        }
        guard errors.isEmpty else { throw Problem.invalid(errors) }
    }
}

struct AgencyList: Encodable {
    let items: [AgencySummary]
    /// To be sent as `after` for the next page; null on the last.
    let next: ID<Agency>?

    private enum CodingKeys: String, CodingKey { case items, next }

    init(of tree: AgencyTree, _ query: AgencyQuery) {
        var found = query.words.map(tree.search) ?? tree.all
        if let code = query.code {
            let holder = tree.agency(code: code)?.id
            found = found.filter { $0.id == holder }
        }
        if let parent = query.parent { found = found.filter { $0.parent == parent } }
        if let level = query.level { found = found.filter { $0.level == level } }
        if let after = query.after, let index = found.firstIndex(where: { $0.id == after }) {
            found.removeFirst(index + 1)
        }
        items = found.prefix(query.limit).map(AgencySummary.init)
        next = found.count > query.limit ? items.last?.id : nil
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(items, forKey: .items)
        // Written also when null, so that programs need not tell "last page" from "old server".
        try container.encode(next, forKey: .next)
    }
}

/// Everything that is told of one agency.
struct AgencyDocument: Encodable {
    struct Reference: Encodable {
        let id: ID<Agency>
        let name: Words

        init(_ agency: AgencyProfile) {
            id = agency.id
            name = agency.name
        }
    }

    struct Contact: Encodable {
        let name: String
        let position: Words
        let phone: PhoneNumber?
        let email: EmailAddress?
    }

    let id: ID<Agency>
    let code: String
    let name: Words
    let kind: AgencyKind
    let level: AgencyLevel
    let adminUnit: String?
    let validFrom: LocalDate?
    let validUntil: LocalDate?
    let codes: [AgencyCode]
    let address: String?
    let phone: PhoneNumber?
    let email: EmailAddress?
    let hours: WeeklyHours?
    let contacts: [Contact]
    let serves: Serves
    let isDemonstration: Bool
    /// From the top down.
    let ancestors: [Reference]
    let children: [Reference]
    /// Where dossiers for it are handed in.
    let reception: Reference?
    let successors: [Succession]
    /// Who does its work today: itself, or those who went on with it.
    let current: [Reference]

    init(_ agency: AgencyProfile, _ tree: AgencyTree, on date: LocalDate) {
        id = agency.id
        code = agency.code
        name = agency.name
        kind = agency.kind
        level = agency.level
        adminUnit = agency.adminUnit
        validFrom = agency.validFrom
        validUntil = agency.validUntil
        codes = agency.codes
        address = agency.address
        phone = agency.phone
        email = agency.email
        hours = agency.hours
        contacts = agency.contacts.filter(\.isPublished).map {
            Contact(name: $0.name, position: $0.position, phone: $0.phone, email: $0.email)
        }
        serves = agency.serves
        isDemonstration = agency.isDemonstration
        ancestors = tree.ancestors(of: agency.id).map(Reference.init)
        children = tree.children(of: agency.id).filter { $0.exists(on: date) }.map(Reference.init)
        reception = tree.reception(of: agency.id, on: date).map(Reference.init)
        successors = agency.successors
        current = tree.current(for: agency.id, on: date).map(Reference.init)
    }
}

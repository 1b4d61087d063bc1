import Kernel
import Web

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// A session that has just been opened, as programs are told.
struct SessionAnswer: Encodable {
    let token: String
    let expiresAt: String
    let person: Person

    init(_ session: OpenedSession, _ person: Person) {
        token = session.token.rawValue
        expiresAt = session.expires.rfc3339
        self.person = person
    }
}

/// Who is signed in, as programs are told.
struct Person: Encodable {
    struct Agency: Encodable {
        let id: String
        let name: String
    }

    let kind: Audience
    let id: String
    let name: String
    /// Of officers only.
    let agency: Agency?
    let roles: [Role]?

    init(_ identity: Identity) {
        switch identity {
        case .citizen(let citizen):
            (kind, id, name) = (.citizen, citizen.id.rawValue, citizen.name)
            (agency, roles) = (nil, nil)
        case .officer(let officer):
            (kind, id, name) = (.staff, officer.id.rawValue, officer.name)
            (agency, roles) = (Agency(id: officer.agency.rawValue, name: officer.agencyName), officer.roles.ordered)
        }
    }
}

extension Instant {
    /// As RFC 3339 writes it, in UTC: `2026-11-23T02:30:00Z`.
    var rfc3339: String {
        Date(timeIntervalSince1970: Double(milliseconds / 1000)).formatted(.iso8601)
    }
}

package import Kernel
import Web

/// All agencies at one moment, ready to be asked.
package struct AgencyTree: Sendable {
    /// Grows with every change that is stored.
    package let revision: Int
    private let profiles: [ID<Agency>: AgencyProfile]
    private let below: [ID<Agency>?: [AgencyProfile]]
    private let byCode: [String: [(agency: ID<Agency>, code: AgencyCode)]]
    private let knownCodes: [String: KnownCode]
    private let searchable: [(id: ID<Agency>, words: [Substring], isCurrent: Bool)]

    init(revision: Int, profiles: [AgencyProfile], knownCodes: [KnownCode] = []) {
        self.revision = revision
        let profiles = profiles.sorted { AgencyTree.order($0) < AgencyTree.order($1) }
        self.profiles = Dictionary(profiles.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        below = Dictionary(grouping: profiles, by: \.parent)
        var byCode: [String: [(agency: ID<Agency>, code: AgencyCode)]] = [:]
        for profile in profiles {
            for code in profile.codes { byCode[code.code, default: []].append((profile.id, code)) }
        }
        self.byCode = byCode
        self.knownCodes = Dictionary(knownCodes.map { ($0.code.code, $0) }, uniquingKeysWith: { first, _ in first })
        searchable = profiles.map { profile in
            let text = "\(profile.name.vi) \(profile.name.en)".folded
            return (profile.id, text.split(separator: " "), profile.validUntil == nil)
        }
        all = subtree(of: nil)
    }

    /// From the top downwards, people's committees before what belongs to them, then by name.
    private static func order(_ profile: AgencyProfile) -> (Int, Int, String, String) {
        let level = AgencyLevel.allCases.firstIndex(of: profile.level)!
        let kind = AgencyKind.allCases.firstIndex(of: profile.kind)!
        return (level, kind, profile.name.vi.folded, profile.id.rawValue)
    }

    /// Each before its children.
    package private(set) var all: [AgencyProfile] = []
    package var isEmpty: Bool { profiles.isEmpty }
    package var roots: [AgencyProfile] { children(of: nil) }

    package subscript(_ id: ID<Agency>) -> AgencyProfile? { profiles[id] }

    package func children(of id: ID<Agency>?) -> [AgencyProfile] { below[id] ?? [] }

    /// From the top down to the agency's parent.
    package func ancestors(of id: ID<Agency>) -> [AgencyProfile] {
        var ancestors: [AgencyProfile] = []
        var next = profiles[id]?.parent
        while let id = next, let profile = profiles[id] {
            ancestors.insert(profile, at: 0)
            next = profile.parent
        }
        return ancestors
    }

    /// What stands before the date on an agency's papers: its own place or that of the nearest agency above.
    package func place(of id: ID<Agency>) -> String? {
        ([self[id]].compactMap(\.self) + ancestors(of: id).reversed()).lazy.compactMap(\.place).first
    }

    package func path(of id: ID<Agency>) -> AgencyPath { AgencyPath(ancestors(of: id).map(\.id) + [id]) }

    /// An agency and all below it, each before its children; nil for the whole tree.
    package func subtree(of id: ID<Agency>?) -> [AgencyProfile] {
        let top = id.flatMap { profiles[$0] }.map { [$0] } ?? []
        return top + (id != nil && top.isEmpty ? [] : children(of: id).flatMap { subtree(of: $0.id) })
    }

    /// The agency that has a code, of whatever scheme; on any day when none is given.
    package func agency(code: String, on date: LocalDate? = nil) -> AgencyProfile? {
        let holders = byCode[AgencyCode.tidied(code)] ?? []
        let holder = holders.last { date.map($0.code.isValid) ?? true }
        return holder.flatMap { profiles[$0.agency] }
    }

    /// What lists outside say of a code, also of agencies that do not work with us.
    package func knownCode(_ code: String) -> KnownCode? { knownCodes[AgencyCode.tidied(code)] }

    /// Who decides on a procedure of a field that is done at some levels.
    ///
    /// An agency that serves everything gives way to one below it, of its own level, that was given the field by
    /// name: a people's committee to its Department of Justice.
    package func competent(for levels: Set<String>, field: String, on date: LocalDate) -> [AgencyProfile] {
        let candidates = all.filter { agency in
            agency.kind != .oneStop && agency.exists(on: date) && levels.contains(agency.level.rawValue)
                && agency.serves.includes(field)
        }
        let relieved = Set(
            candidates.filter { $0.serves.names(field) }
                .flatMap { named in ancestors(of: named.id).filter { $0.level == named.level } }
                .map(\.id)
        )
        return candidates.filter { !relieved.contains($0.id) || $0.serves.names(field) }
    }

    /// The office that receives for an agency: its own one-stop office, or that of the nearest agency above of the
    /// same level, or the agency itself.
    package func reception(of id: ID<Agency>, on date: LocalDate) -> AgencyProfile? {
        guard let agency = profiles[id] else { return nil }
        let chain = [agency] + ancestors(of: id).reversed().filter { $0.level == agency.level }
        for candidate in chain {
            if candidate.kind == .oneStop { return candidate }
            if let office = children(of: candidate.id).first(where: { $0.kind == .oneStop && $0.exists(on: date) }) {
                return office
            }
        }
        return agency
    }

    /// Who does an agency's work on a day: itself while it exists, otherwise those who went on with it.
    package func current(for id: ID<Agency>, on date: LocalDate) -> [AgencyProfile] {
        var current: [AgencyProfile] = []
        var seen: Set<ID<Agency>> = []
        var pending = [id]
        while !pending.isEmpty {
            let id = pending.removeFirst()
            guard let profile = profiles[id], seen.insert(id).inserted else { continue }
            if profile.exists(on: date) {
                current.append(profile)
            } else {
                pending += profile.successors.filter { $0.from <= date }.map(\.agency)
            }
        }
        return current
    }

    /// Agencies in whose name every word of `text` begins some word, accents aside, those that exist first; an agency
    /// whose code was typed comes alone.
    package func search(_ text: String) -> [AgencyProfile] {
        if let agency = agency(code: text) { return [agency] }
        // No name has more words; each is looked for in every agency of the country.
        let wanted = String(text.prefix(200)).folded.split(separator: " ").prefix(20)
        guard !wanted.isEmpty else { return [] }
        let found = searchable.compactMap { entry -> (id: ID<Agency>, rank: Int)? in
            var place = 0
            for word in wanted {
                guard let index = entry.words.firstIndex(where: { $0.hasPrefix(word) }) else { return nil }
                place += index
            }
            return (entry.id, place + (entry.isCurrent ? 0 : 1000))
        }
        // Stable: equal ranks keep the order of the tree.
        let ranked = found.enumerated().sorted { ($0.element.rank, $0.offset) < ($1.element.rank, $1.offset) }
        return ranked.compactMap { profiles[$0.element.id] }
    }

    /// Who decides what an office receives: a one-stop office decides nothing itself.
    package func decider(for office: AgencyProfile) -> AgencyProfile {
        office.kind == .oneStop ? office.parent.flatMap { self[$0] } ?? office : office
    }
}

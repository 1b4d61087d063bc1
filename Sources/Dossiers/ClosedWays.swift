import Agencies
import Catalogue
import DossierCore
import Kernel
import Markup
import Web

/// Where which ways of filing one procedure are closed by order, or about to be.
struct ClosedWays: Sendable {
    struct Entry: Sendable {
        let agency: AgencyProfile
        let closed: ChannelClosed
    }

    let rules: FilingRules
    /// How many agencies decide the procedure.
    let competent: Int
    let entries: [Entry]
    /// Nothing is closed by these yet.
    let coming: [Entry]

    func closes(_ way: Channel, at agency: ID<Agency>) -> Bool {
        entries.contains { $0.closed.channel == way && $0.agency.id == agency }
    }

    /// What is closed, and what will be; nil where it is nothing.
    func notice(_ say: Language, link: (Channel) -> String?) -> HTML? {
        guard !entries.isEmpty || !coming.isEmpty else { return nil }
        return "\(closedNow(say, link: link))\(comingSoon(say))"
    }

    private func comingSoon(_ say: Language) -> HTML? {
        guard !coming.isEmpty else { return nil }
        return Web.notice(
            title: say("Sắp tạm dừng một cách nộp, hiện vẫn nhận", "A way of filing will be closed; it is still open")
        ) {
            "<ul>\(Self.groups(coming).map { line($0, say) })</ul>"
        }
    }

    /// One for every order and way.
    private static func groups(_ entries: [Entry]) -> [[Entry]] {
        Dictionary(grouping: entries) { "\($0.closed.channel.rawValue) \($0.closed.closing.order.id.rawValue)" }
            .sorted { $0.key < $1.key }.map(\.value)
    }

    /// The orders that close a way, with the agencies at which they do, and the ways that remain somewhere; `link` tells
    /// where a way is taken. Nil when nothing is closed.
    private func closedNow(_ say: Language, link: (Channel) -> String?) -> HTML? {
        guard !entries.isEmpty else { return nil }
        let remaining = rules.ways.map { way in (way, closed: entries.count { $0.closed.channel == way }) }
            .filter { $0.closed < competent }
        return Web.notice(.bad, title: say("Có cách nộp đang tạm dừng", "A way of filing is closed")) {
            """
            <ul>\(Self.groups(entries).map { line($0, say) })</ul>
            <ul>\(remaining.compactMap { way, closed in
                let open = closed == 0 ? say("Vẫn nhận", "Still open") : say("Vẫn nhận ở cơ quan khác", "Still open elsewhere")
                return link(way).map { "<li>\(open): <a href=\"\($0)\">\(say(way.way))</a></li>" as HTML }
            })</ul>
            """
        }
    }

    private static let named = 5

    private func line(_ entries: [Entry], _ say: Language) -> HTML {
        let names = entries.prefix(Self.named).map { say($0.agency.name) }.joined(separator: ", ")
        let rest = entries.count - Self.named
        let places =
            entries.count == competent
            ? say("mọi cơ quan giải quyết thủ tục này", "every agency that decides this procedure")
            : rest > 0 ? say("\(names) và \(rest) cơ quan khác", "\(names) and \(rest) others") : names
        return """
            <li>\(entries.first.map { say($0.closed.words) })<br><small>\(say("Tại", "At")): \(places)</small></li>
            """
    }
}

extension FilingDesk {
    /// The order that closes a way of filing with an agency now, for a page; the filing itself asks again.
    func closure(of channel: Channel, _ rules: FilingRules, at agency: ID<Agency>) async throws -> ChannelClosed? {
        try await book.orders?.closure(
            of: channel,
            at: agency,
            field: rules.procedure.field,
            procedure: rules.procedure.code.rawValue,
            open: rules.ways,
            on: office.now
        )?.leading(to: rules.procedure.code.rawValue)
    }

    private func announced(_ channel: Channel, _ rules: FilingRules, at agency: ID<Agency>) async throws
        -> [ChannelClosed]
    {
        try await book.orders?.announced(
            channel,
            at: agency,
            field: rules.procedure.field,
            procedure: rules.procedure.code.rawValue,
            open: rules.ways,
            on: office.now
        ) ?? []
    }

    /// Which of these ways are closed at which of the agencies that decide.
    func closedWays(_ rules: FilingRules, _ channels: [Channel]) async throws -> ClosedWays {
        let competent = try await competent(for: rules.procedure)
        var (entries, coming): ([ClosedWays.Entry], [ClosedWays.Entry]) = ([], [])
        for agency in competent {
            for channel in channels {
                coming += try await announced(channel, rules, at: agency.id).map { .init(agency: agency, closed: $0) }
                guard let closed = try await closure(of: channel, rules, at: agency.id) else { continue }
                entries.append(ClosedWays.Entry(agency: agency, closed: closed))
            }
        }
        return ClosedWays(rules: rules, competent: competent.count, entries: entries, coming: coming)
    }

    /// What the page of a procedure says of ways that are closed, before anything is filled in.
    var closedWaysPanel: Panel<Procedure> {
        Panel { procedure, say in
            guard let revision = procedure.revision(on: office.now.localDate) else { return nil }
            let rules = FilingRules(procedure: procedure, revision: revision)
            return try await closedWays(rules, rules.ways).notice(say) { way in
                // Counters and post offices are found from the agency's page.
                way == .online ? "/nop/\(procedure.code.rawValue)" : AgencyLinks.list
            }
        }
    }
}

import Kernel
import Web

/// Time limits and fees of the portal's file, the part of it that is wrong most often.
struct PortalTermsReader {
    let code: ProcedureCode
    let decision: String?
    var report: ImportReport

    /// The portal may have several rows for one channel, one per situation.
    mutating func terms(of channel: Channel, _ rows: [PortalRecord.Terms]) -> ChannelTerms? {
        guard !rows.isEmpty else { return nil }
        let terms = rows.map { term($0) }
        let known = terms.compactMap(\.self)
        let distinct = Set(known)
        if distinct.count > 1 { report.add(.severalTermsInOneChannel, code.rawValue) }
        // Whoever waits the longest is promised no less; but where one row says nothing, nothing can be promised.
        let longest = known.count == terms.count ? distinct.max { $0.roughHours < $1.roughHours } : nil
        return ChannelTerms(channel: channel, term: longest, termNote: note(rows, distinct), fee: fee(rows))
    }

    private mutating func term(_ row: PortalRecord.Terms) -> TimeLimit? {
        guard let value = row.time?.value else { return miss(.termMissing) }
        guard let unit = row.time?.unit else { return miss(.termWithoutUnit) }
        guard value >= 1, value <= 3650, value == value.rounded() else { return miss(.termNotWhole) }
        switch unit {
        case "working_day": return TimeLimit(amount: Int(value), unit: .workingDays)
        case "calendar_day": return TimeLimit(amount: Int(value), unit: .days)
        case "month": return TimeLimit(amount: Int(value), unit: .months)
        // Up to eight hours are a working day either way; "24 giờ" may be one day or three.
        case "hour": return value <= 8 ? TimeLimit(amount: Int(value), unit: .workingHours) : miss(.hoursOfUnknownKind)
        default: return miss(.termWithoutUnit)
        }
    }

    private mutating func miss(_ reason: ImportReport.Reason) -> TimeLimit? {
        report.add(reason, code.rawValue)
        return nil
    }

    private func note(_ rows: [PortalRecord.Terms], _ distinct: Set<TimeLimit>) -> Words? {
        let said = rows.compactMap { $0.description?.tidied }.first { !$0.isEmpty }.map { String($0.prefix(600)) }
        let all = distinct.sorted { $0.roughHours < $1.roughHours }.map(\.words)
        guard all.count > 1 else { return said.map { Words($0, $0) } }
        return Words(
            "Tùy trường hợp: \(all.map(\.vi).joined(separator: "; ")).",
            "Depending on the case: \(all.map(\.en).joined(separator: "; "))."
        )
    }

    private mutating func fee(_ rows: [PortalRecord.Terms]) -> Fee {
        var items: [FeeItem] = []
        for row in rows {
            switch price(row) {
            case .unknown: return .unknown
            case .free: break
            case .due(let more): items += more.filter { !items.contains($0) }
            }
        }
        return items.isEmpty ? .free : .due(items)
    }

    private mutating func price(_ row: PortalRecord.Terms) -> Fee {
        guard let price = row.fee, price.reliable == true, let amount = price.amount else {
            return unknown(.feeUnreliable)
        }
        guard price.currency == "VND" else { return unknown(.feeInForeignCurrency) }
        let note = price.note?.tidied ?? ""
        if amount == 0 {
            // "Miễn phí – Chưa quy định" and the like mean that nobody knows.
            return note.isEmpty ? .free : unknown(.freeOfChargeContradicted)
        }
        // A missing "000": no fee in Việt Nam is below a thousand đồng.
        guard amount >= 1000, let decision, !decision.isEmpty else { return unknown(.feeImplausible) }
        let name = note.isEmpty ? "Phí, lệ phí" : String(note.prefix(400))
        return .due([FeeItem(name: Words(name, name), amount: Money(dong: amount), per: nil, basis: decision)])
    }

    private mutating func unknown(_ reason: ImportReport.Reason) -> Fee {
        report.add(reason, code.rawValue)
        return .unknown
    }

    /// A channel is not free on the word of a page that elsewhere does not know the fee.
    mutating func withoutContradictions(_ channels: [ChannelTerms]) -> [ChannelTerms] {
        guard channels.contains(where: { $0.fee == .unknown }) else { return channels }
        return channels.map { terms in
            guard terms.fee == .free else { return terms }
            report.add(.freeOfChargeContradicted, code.rawValue)
            return ChannelTerms(channel: terms.channel, term: terms.term, termNote: terms.termNote, fee: .unknown)
        }
    }
}

extension TimeLimit {
    /// For comparing limits of different units, not for counting days.
    fileprivate var roughHours: Int {
        switch unit {
        case .workingHours: amount
        case .sameDay: 8
        case .workingDays: amount * 34
        case .days: amount * 24
        case .months: amount * 720
        }
    }
}

package import Catalogue
package import DossierCore
package import Kernel
package import Persistence
package import Web

/// What a dossier costs its applicant and what of it is recorded as paid: counted here, from what was filed, for every
/// page and every paper.
package struct Charges: Sendable {
    /// What is to be paid, line by line; what no source states is never called free.
    package let price: [Words]
    /// What the system has on record of payments, line by line.
    package let recorded: [Words]

    /// A price that no source states is left out where something was asked for or paid.
    package var lines: [Words] { isStated || recorded.isEmpty ? price + recorded : recorded }
    private let isStated: Bool
    private let sums: Sums

    /// Of answers that are not filed yet.
    package init(_ rules: FilingRules, through channel: Channel, answers: Answers) {
        price = Self.price(rules, through: channel, answers: answers)
        recorded = []
        isStated = Self.isStated(rules, through: channel)
        sums = Sums(rules, through: channel, answers: answers)
    }

    /// Of a filed dossier; without its answers, once they are erased, nothing can be counted any more.
    package init(_ rules: FilingRules, of details: DossierBook.Details) {
        price = Self.price(rules, through: details.row.channel, answers: details.readAnswers)
        recorded = Payments(details.history).words
        isStated = Self.isStated(rules, through: details.row.channel)
        sums = Sums(rules, through: details.row.channel, answers: details.readAnswers)
    }

    /// Why `taken` is asked about, in a sentence that ends without its mark: the procedure charges something else. Nil
    /// where it does not, and where nobody can tell.
    package func doubt(about taken: Money) -> Words? { sums.doubt(about: taken) }

    private static func isStated(_ rules: FilingRules, through channel: Channel) -> Bool {
        switch rules.revision.terms(of: channel)?.fee {
        case nil, .unknown: false
        case .free, .due: true
        }
    }

    private static func price(_ rules: FilingRules, through channel: Channel, answers: Answers?) -> [Words] {
        switch rules.revision.terms(of: channel)?.fee {
        case nil, .unknown:
            return [Words("cơ quan giải quyết thông báo sau", "the agency will tell later")]
        case .free:
            let published = rules.revision.decision.map { " (\($0))" } ?? ""
            return [
                Words(
                    "không thu, theo thủ tục hành chính đã công bố\(published)",
                    "none, by the published procedure\(published)"
                )
            ]
        case .due(let items):
            return items.map { item in
                line(item, count: answers.flatMap { count($0, item.per, rules.revision.form) })
            }
        }
    }

    fileprivate static func count(_ answers: Answers, _ unit: FeeUnit?, _ form: FormDefinition) -> Int? {
        unit.flatMap { form.count(of: $0, in: answers) }
    }

    private static func line(_ item: FeeItem, count: Int?) -> Words {
        let unit = item.per?.words
        guard let count, let unit else {
            return Words(
                "\(item.name.vi): \(item.amount.text)\(unit.map { " / \($0.vi)" } ?? "") (\(item.basis))",
                "\(item.name.en): \(item.amount.text)\(unit.map { " / \($0.en)" } ?? "") (\(item.basis))"
            )
        }
        let sum = Money(dong: item.amount.dong * count)
        return Words(
            "\(item.name.vi): \(count) \(unit.vi) × \(item.amount.text) = \(sum.text) (\(item.basis))",
            "\(item.name.en): \(count) × \(item.amount.text) = \(sum.text) (\(item.basis))"
        )
    }
}

/// The sums that a procedure can charge. Which of several fees is meant nobody asks, so each may be, and all together.
private struct Sums: Sendable {
    private let items: [FeeItem]
    /// What each comes to; nil where its number is not known.
    private let counted: [Money?]
    private let isFree: Bool

    /// More fees than these make so many sums that hardly any is odd.
    private static let most = 6

    init(_ rules: FilingRules, through channel: Channel, answers: Answers?) {
        switch rules.revision.terms(of: channel)?.fee {
        case nil, .unknown: (items, isFree) = ([], false)
        case .free: (items, isFree) = ([], true)
        case .due(let items): (self.items, isFree) = (items, false)
        }
        counted = items.map { item in
            let count = answers.flatMap { Charges.count($0, item.per, rules.revision.form) }
            return count.map { Money(dong: item.amount.dong * $0) }
        }
    }

    func doubt(about taken: Money) -> Words? {
        if isFree {
            return taken.dong == 0 ? nil : Words("theo thủ tục thì không thu", "the procedure charges nothing")
        }
        let known = counted.compactMap(\.self)
        guard !items.isEmpty, items.count <= Self.most else { return nil }
        guard known.count == items.count else { return unknown(taken) }
        let sums = known.reduce([0]) { sums, next in sums + sums.map { $0 + next.dong } }
        guard !sums.contains(taken.dong) else { return nil }
        let sum = Money(dong: known.map(\.dong).reduce(0, +))
        return Words("theo thủ tục là \(sum.text)", "the procedure charges \(sum.text)")
    }

    /// A single fee whose number is not known is taken some whole number of times.
    private func unknown(_ taken: Money) -> Words? {
        guard items.count == 1, let rate = items.first?.amount, rate.dong > 0, !taken.dong.isMultiple(of: rate.dong)
        else { return nil }
        return Words("mức thu là \(rate.text) mỗi đơn vị", "the rate is \(rate.text) each")
    }
}

/// What a history says of money.
package struct Payments: Sendable {
    package struct Payment: Sendable {
        package let amount: Money
        package let at: Instant
        /// What was noted of it.
        var noted: FeePayment?
        /// What was asked for; nil for what was taken with the papers.
        var asked: Money?
    }

    private(set) var paid: [Payment] = []
    /// Asked for, and not recorded as paid.
    package private(set) var owed: [Payment] = []

    package init(_ history: [Recorded<Dossier.Event>]) {
        var taken: Payment?
        for recorded in history {
            let at = recorded.circumstances.at
            switch recorded.event {
            case .filing(.filed(let filing)):
                taken = filing.feePaid.map { Payment(amount: $0.amount, at: at, noted: $0) }
            case .correction(.feeCorrected(_, let fee, _)):
                taken = fee.map { Payment(amount: $0.amount, at: at, noted: $0) }
            case .obligation(.required(let amount, _)): owed.append(Payment(amount: amount, at: at))
            case .obligation(.met(_, let noted)):
                guard let met = owed.popLast() else { continue }
                paid.append(Payment(amount: noted?.amount ?? met.amount, at: at, noted: noted, asked: met.amount))
            default: break
            }
        }
        if let taken { paid.insert(taken, at: 0) }
    }

    package var words: [Words] {
        paid.map { payment in
            let what = payment.noted?.words ?? Words(payment.amount.text, payment.amount.text)
            let other = payment.asked.flatMap { $0 == payment.amount ? nil : $0 }
            return Words(
                "đã ghi nhận nộp \(what.vi), lúc \(payment.at.localMinute.vietnamese)\(other.map { " (đã yêu cầu \($0.text))" } ?? "")",
                "\(what.en) recorded as paid at \(payment.at.localMinute.vietnamese)\(other.map { " (\($0.text) was asked for)" } ?? "")"
            )
        }
            + owed.map { payment in
                Words(
                    "đã yêu cầu nộp \(payment.amount.text) lúc \(payment.at.localMinute.vietnamese), chưa ghi nhận đã nộp",
                    "\(payment.amount.text) asked for at \(payment.at.localMinute.vietnamese), not recorded as paid"
                )
            }
    }

    /// What Form 05 says of money: what is recorded, and nothing beyond it.
    package var settlement: String {
        guard !paid.isEmpty || !owed.isEmpty else { return "hệ thống không ghi nhận khoản nào đã nộp cho hồ sơ này." }
        let refund =
            paid.isEmpty ? "" : "; việc hoàn trả theo quy định của pháp luật, hệ thống chưa ghi nhận khoản hoàn trả nào"
        return "\(words.map(\.vi).joined(separator: "; "))\(refund)."
    }
}

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

    /// Of answers that are not filed yet.
    package init(_ rules: FilingRules, through channel: Channel, answers: Answers) {
        price = Self.price(rules, through: channel, answers: answers)
        recorded = []
        isStated = Self.isStated(rules, through: channel)
    }

    /// Of a filed dossier; without its answers, once they are erased, nothing can be counted any more.
    package init(_ rules: FilingRules, of details: DossierBook.Details) {
        price = Self.price(rules, through: details.row.channel, answers: details.readAnswers)
        recorded = Payments(details.history).words
        isStated = Self.isStated(rules, through: details.row.channel)
    }

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

    private static func count(_ answers: Answers, _ unit: FeeUnit?, _ form: FormDefinition) -> Int? {
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

/// What a history says of money.
package struct Payments: Sendable {
    struct Payment: Sendable {
        let amount: Money
        let at: Instant
        /// Of the paper given for it.
        var receipt: String?
        /// When it was asked for; nil for what was taken with the papers.
        var asked: Instant?
    }

    private(set) var paid: [Payment] = []
    /// Asked for, and not recorded as paid.
    private(set) var owed: [Payment] = []

    package init(_ history: [Recorded<Dossier.Event>]) {
        for recorded in history {
            let at = recorded.circumstances.at
            switch recorded.event {
            case .filing(.filed(let filing)):
                if let fee = filing.feePaid { paid.append(Payment(amount: fee.amount, at: at, receipt: fee.receipt)) }
            case .obligation(.required(let amount, _)): owed.append(Payment(amount: amount, at: at))
            case .obligation(.met):
                if let met = owed.popLast() { paid.append(Payment(amount: met.amount, at: at, asked: met.at)) }
            default: break
            }
        }
    }

    package var words: [Words] {
        paid.map { payment in
            let receipt = payment.receipt.map { Words(", biên lai số \($0)", ", receipt No. \($0)") }
            return Words(
                "đã ghi nhận nộp \(payment.amount.text) lúc \(payment.at.localMinute.vietnamese)\(receipt?.vi ?? "")",
                "\(payment.amount.text) recorded as paid at \(payment.at.localMinute.vietnamese)\(receipt?.en ?? "")"
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

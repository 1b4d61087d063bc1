package import Web

/// What an import could not use, and why.
package struct ImportReport: Encodable, Sendable {
    package enum Reason: String, CaseIterable, Encodable, Sendable {
        case unreadableLine = "unreadable-line"
        case unreadableCode = "unreadable-code"
        case missingName = "missing-name"
        case repeatedCode = "repeated-code"
        case otherProcedureServed = "other-procedure-served"
        case noLevel = "no-level"
        case noChannel = "no-channel"
        case severalTermsInOneChannel = "several-terms-in-one-channel"
        case termMissing = "term-missing"
        case termWithoutUnit = "term-without-unit"
        case termNotWhole = "term-not-whole"
        case hoursOfUnknownKind = "hours-of-unknown-kind"
        case feeUnreliable = "fee-unreliable"
        case freeOfChargeContradicted = "free-of-charge-contradicted"
        case feeInForeignCurrency = "fee-in-foreign-currency"
        case feeImplausible = "fee-implausible"

        /// Whether the record was left out; otherwise only a part of it.
        package var skipsRecord: Bool {
            switch self {
            case .unreadableLine, .unreadableCode, .missingName, .repeatedCode, .otherProcedureServed, .noLevel: true
            case .noChannel, .severalTermsInOneChannel, .termMissing, .termWithoutUnit, .termNotWhole,
                .hoursOfUnknownKind,
                .feeUnreliable, .freeOfChargeContradicted, .feeInForeignCurrency, .feeImplausible:
                false
            }
        }

        package var words: Words {
            switch self {
            case .unreadableLine: Words("dòng không đọc được", "line not readable")
            case .unreadableCode: Words("mã không đúng dạng", "code not well formed")
            case .missingName: Words("không có tên", "no name")
            case .repeatedCode: Words("mã lặp lại", "code repeated")
            case .otherProcedureServed: Words("cổng trả về thủ tục khác", "the portal served another procedure")
            case .noLevel: Words("không rõ cấp thực hiện", "no known level")
            case .noChannel: Words("không có kênh nộp: chỉ để xem", "no channel: only shown")
            case .severalTermsInOneChannel:
                Words(
                    "một kênh có nhiều thời hạn: lấy thời hạn dài nhất",
                    "several terms in one channel: the longest taken"
                )
            case .termMissing: Words("không có thời hạn", "no term")
            case .termWithoutUnit: Words("thời hạn không có đơn vị", "term without unit")
            case .termNotWhole: Words("thời hạn bằng 0 hoặc lẻ", "term of zero or a fraction")
            case .hoursOfUnknownKind:
                Words("không rõ giờ làm việc hay giờ đồng hồ", "working hours or hours of the clock: not said")
            case .feeUnreliable: Words("phí không đáng tin cậy: ghi là chưa rõ", "fee not reliable: unknown")
            case .freeOfChargeContradicted:
                Words(
                    "ghi miễn phí nhưng nơi khác nói có phí: ghi là chưa rõ",
                    "“free” contradicted elsewhere: unknown"
                )
            case .feeInForeignCurrency: Words("phí bằng ngoại tệ: ghi là chưa rõ", "fee in a foreign currency: unknown")
            case .feeImplausible: Words("số tiền không hợp lý: ghi là chưa rõ", "implausible amount: unknown")
            }
        }
    }

    package struct Line: Encodable, Sendable {
        package let reason: Reason
        package let skipsRecord: Bool
        /// Procedures, or lines where there is no code.
        package let codes: [String]
        package var count: Int { codes.count }

        private enum CodingKeys: String, CodingKey { case reason, skipsRecord, count, codes }

        package func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(reason, forKey: .reason)
            try container.encode(skipsRecord, forKey: .skipsRecord)
            try container.encode(count, forKey: .count)
            try container.encode(codes, forKey: .codes)
        }
    }

    package internal(set) var read = 0
    package internal(set) var imported = 0
    private var found: [Reason: Set<String>] = [:]

    /// In the order of the reasons above; only those that occurred.
    package var lines: [Line] {
        Reason.allCases.compactMap { reason in
            found[reason].map { Line(reason: reason, skipsRecord: reason.skipsRecord, codes: $0.sorted()) }
        }
    }

    mutating func add(_ reason: Reason, _ code: String) { found[reason, default: []].insert(code) }

    package func codes(_ reason: Reason) -> [String] { found[reason]?.sorted() ?? [] }

    private enum CodingKeys: String, CodingKey { case read, imported, lines }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(read, forKey: .read)
        try container.encode(imported, forKey: .imported)
        try container.encode(lines, forKey: .lines)
    }
}

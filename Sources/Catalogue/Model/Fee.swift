package import Kernel
package import Web

/// What a procedure costs. Silence of a source is `unknown`: the national portal prints "Miễn phí" wherever it has no
/// number, so `free` needs a source that says it.
package enum Fee: Hashable, Sendable {
    case free, unknown
    case due([FeeItem])
}

/// What an amount is counted by.
package enum FeeUnit: String, Codable, CaseIterable, Sendable {
    case dossier, `case`, copy, page, paper, document, certificate, registration, signature, transaction, contract, will
    case person, vehicle, year, month, time

    package var words: Words {
        switch self {
        case .dossier: Words("hồ sơ", "dossier")
        case .case: Words("trường hợp", "case")
        case .copy: Words("bản sao", "copy")
        case .page: Words("trang", "page")
        case .paper: Words("giấy tờ", "paper")
        case .document: Words("văn bản", "document")
        case .certificate: Words("giấy chứng nhận", "certificate")
        case .registration: Words("lần đăng ký", "registration")
        case .signature: Words("chữ ký", "signature")
        case .transaction: Words("giao dịch", "transaction")
        case .contract: Words("hợp đồng", "contract")
        case .will: Words("di chúc", "will")
        case .person: Words("người", "person")
        case .vehicle: Words("phương tiện", "vehicle")
        case .year: Words("năm", "year")
        case .month: Words("tháng", "month")
        case .time: Words("lần", "time")
        }
    }
}

/// One amount to be paid, and for what.
package struct FeeItem: Codable, Hashable, Sendable {
    package let name: Words
    package let amount: Money
    /// Nil when the source does not say what it is counted by.
    package let per: FeeUnit?
    /// Number of the circular or resolution that sets it.
    package let basis: String

    package init(name: Words, amount: Money, per: FeeUnit?, basis: String) {
        self.name = name
        self.amount = amount
        self.per = per
        self.basis = basis
    }
}

extension Fee: Codable {
    private enum Word: String, Codable { case free, unknown }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let items = try? container.decode([FeeItem].self) {  // Not a list: then it must be one of the two words.
            self = .due(items)
            return
        }
        switch try container.decode(Word.self) {
        case .free: self = .free
        case .unknown: self = .unknown
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .free: try container.encode(Word.free)
        case .unknown: try container.encode(Word.unknown)
        case .due(let items): try container.encode(items)
        }
    }
}

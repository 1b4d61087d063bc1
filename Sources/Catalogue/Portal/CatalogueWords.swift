import Kernel
package import Web

extension Procedure.Level {
    package var words: Words {
        switch self {
        case .ministry: Words("Bộ, ngành", "Ministry")
        case .province: Words("Cấp tỉnh", "Province")
        case .district: Words("Cấp huyện", "District")
        case .commune: Words("Cấp xã", "Commune")
        }
    }
}

extension Procedure.Audience {
    package var words: Words {
        switch self {
        case .citizen: Words("Công dân Việt Nam", "Vietnamese citizens")
        case .business: Words("Doanh nghiệp", "Businesses")
        case .householdBusiness: Words("Hộ kinh doanh", "Household businesses")
        case .organisation: Words("Tổ chức", "Organisations")
        case .foreigner: Words("Người nước ngoài", "Foreigners")
        case .overseasVietnamese: Words("Người Việt Nam ở nước ngoài", "Vietnamese abroad")
        }
    }
}

extension Channel {
    var filingWords: Words {
        switch self {
        case .online: Words("Trực tuyến", "Online")
        case .counter: Words("Tại Một Cửa", "At the counter")
        case .post: Words("Qua bưu chính", "By post")
        }
    }
}

extension Revision.OnlineLevel {
    /// Nil when the source does not say.
    var words: Words? {
        switch self {
        case .level1: Words("Mức độ 1: xem thông tin", "Level 1: information")
        case .level2: Words("Mức độ 2: tải biểu mẫu", "Level 2: forms to download")
        case .level3:
            Words("Mức độ 3: nộp trực tuyến, nhận kết quả ngoài mạng", "Level 3: file online, collect the result")
        case .level4: Words("Mức độ 4: làm trọn vẹn trực tuyến", "Level 4: everything online")
        case .partial: Words("Dịch vụ công trực tuyến một phần", "Partly online")
        case .full: Words("Dịch vụ công trực tuyến toàn trình", "Fully online")
        case .unstated: nil
        }
    }
}

extension Fee {
    /// In one line, for lists. What no reliable source says is never called free.
    var words: Words {
        switch self {
        case .free: Words("Miễn phí", "Free of charge")
        case .unknown:
            Words("Chưa có thông tin đáng tin cậy – hỏi cơ quan", "No reliable information – ask the agency")
        case .due(let items):
            Words(items.map(\.words.vi).joined(separator: "; "), items.map(\.words.en).joined(separator: "; "))
        }
    }
}

extension FeeItem {
    var words: Words {
        Words(
            "\(name.vi): \(amount.text)\(per.map { " / \($0.words.vi)" } ?? "") (\(basis))",
            "\(name.en): \(amount.text)\(per.map { " / \($0.words.en)" } ?? "") (\(basis))"
        )
    }
}

extension ChannelTerms {
    static let unstatedTerm = Words("Chưa nêu rõ – hỏi cơ quan", "Not stated – ask the agency")

    var termWords: Words { term?.words ?? ChannelTerms.unstatedTerm }
}

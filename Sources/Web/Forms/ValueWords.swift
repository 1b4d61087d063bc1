package import Kernel

// What is wrong with a value that somebody typed, and how to mend it; each is said after the name of the field.

extension PhoneNumber {
    /// Nil where nothing is wrong.
    package static func fault(in typed: String) -> Words? {
        do {
            _ = try PhoneNumber(typed: typed)
            return nil
        } catch {
            return error.words
        }
    }
}

extension PhoneNumber.Fault {
    fileprivate var words: Words {
        switch self {
        case .strange(let character):
            Words(
                "có “\(character)”, không phải chữ số. Hãy chỉ nhập chữ số, ví dụ 0912345678.",
                "has “\(character)”, which is no digit. Enter digits only, such as 0912345678."
            )
        case .length(let count, let right):
            Words(
                "có \(count) chữ số, trong khi số này phải có \(right). Hãy xem lại, ví dụ 0912345678.",
                "has \(count) digits where such a number has \(right). Please check it; it is like 0912345678."
            )
        case .noSuchBeginning:
            Words(
                "không có đầu số này. Di động bắt đầu bằng 03, 05, 07, 08, 09; cố định bằng 02; số nước ngoài bằng dấu + và mã nước.",
                "begins as no number does. Mobiles begin with 03, 05, 07, 08, 09, fixed lines with 02, foreign numbers with + and the country."
            )
        case .noCountry:
            Words(
                "thiếu số 0 ở đầu, hoặc dấu + và mã nước nếu là số nước ngoài, ví dụ 0912345678, +821012345678.",
                "lacks the 0 in front, or + and the country of a foreign number, such as 0912345678, +821012345678."
            )
        case .foreignLength(let count):
            Words(
                "có \(count) chữ số cả mã nước, trong khi số nước ngoài có từ 7 đến 15. Hãy xem lại.",
                "has \(count) digits with the country, where foreign numbers have 7 to 15. Please check it."
            )
        }
    }
}

extension PersonName {
    /// Nil where nothing is wrong.
    package static func fault(in typed: String) -> Words? {
        guard PersonName(rawValue: typed) == nil else { return nil }
        return nameFault(in: typed, longest: longest, mayContain)
    }
}

extension OrganisationName {
    /// What keeps the text from being the name of a person and of an organisation; nil where it is one of them.
    package static func faultOfParty(in typed: String) -> Words? {
        guard PersonName(rawValue: typed) == nil, OrganisationName(rawValue: typed) == nil else { return nil }
        return nameFault(in: typed, longest: longest, mayContain)
    }
}

private func nameFault(in typed: String, longest: Int, _ mayContain: (Character) -> Bool) -> Words {
    let name = typed.tidied
    if name.count > longest {
        return Words(
            "dài \(name.count) ký tự, tối đa \(longest). Hãy viết ngắn lại.",
            "has \(name.count) characters, at most \(longest) fit. Please shorten it."
        )
    }
    if let strange = name.first(where: { !$0.isWhitespace && !mayContain($0) }) {
        return Words(
            "có “\(strange)”, không dùng được trong tên. Hãy viết như trên giấy tờ, ví dụ Nguyễn Thị An.",
            "has “\(strange)”, which no name has. Write it as on the papers, such as Nguyễn Thị An."
        )
    }
    return Words(
        "không phải là tên. Hãy viết bằng chữ cái như trên giấy tờ, ví dụ Nguyễn Thị An.",
        "is not a name. Write it in letters as on the papers, such as Nguyễn Thị An."
    )
}

extension NationalNumber {
    /// Nil where nothing is wrong.
    package static func fault(in typed: String) -> Words? {
        guard NationalNumber(rawValue: typed) == nil else { return nil }
        let kept = typed.plainCode.filter { !$0.isWhitespace && !".-".contains($0) }
        if let strange = kept.first(where: { !$0.isASCII || !$0.isNumber }) {
            return Words(
                "có “\(strange)”, không phải chữ số. Hãy nhập 12 chữ số của thẻ căn cước hoặc 9 chữ số của CMND.",
                "has “\(strange)”, which is no digit. Enter the 12 digits of the identity card, or the 9 of the older one."
            )
        }
        if kept.utf8.count == 12 {
            return Words(
                "bắt đầu bằng \(kept.prefix(3)), không phải mã của tỉnh nào. Hãy xem lại số trên thẻ.",
                "begins with \(kept.prefix(3)), the code of no province. Please check the number on the card."
            )
        }
        return Words(
            "có \(kept.utf8.count) chữ số; thẻ căn cước có 12, CMND có 9. Hãy xem lại.",
            "has \(kept.utf8.count) digits; the identity card has 12, the older one 9. Please check it."
        )
    }
}

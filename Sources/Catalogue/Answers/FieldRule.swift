import Kernel
import Web

/// What a typed answer means, or why it means nothing.
enum Judgement {
    case accepted(Answers.Answer)
    case refused(Words)
}

/// The rule of one field: from what people type to the one form in which it is stored.
struct FieldRule {
    let field: FormField
    let options: [FieldOption]
    let today: LocalDate

    /// `row` holds the other answers of the same row, which a check may compare with.
    func judge(_ answer: Answers.Answer, in row: Answers.Row) -> Judgement {
        switch answer {
        case .several(let several): judge(several)
        case .text(let text): field.type == .choices ? judge([text]) : judge(text.tidied, in: row)
        }
    }

    private func judge(_ several: [String]) -> Judgement {
        guard field.type == .choices else {
            return several.count == 1 ? judge(several[0].tidied, in: [:]) : .refused(pleaseChoose)
        }
        let chosen = Set(several)
        guard chosen.isSubset(of: options.map(\.value)) else { return .refused(pleaseChoose) }
        return .accepted(.several(options.map(\.value).filter(chosen.contains)))
    }

    private func judge(_ text: String, in row: Answers.Row) -> Judgement {
        guard text.count <= field.maximum else {
            return .refused(
                Words(
                    "dài \(text.count) ký tự, tối đa \(field.maximum). Hãy viết ngắn lại.",
                    "has \(text.count) characters, at most \(field.maximum) fit. Please shorten it."
                )
            )
        }
        return switch field.type {
        case .name: stored(PersonName(rawValue: text)?.rawValue, PersonName.fault(in: text))
        case .party:
            stored(
                PersonName(rawValue: text)?.rawValue ?? OrganisationName(rawValue: text)?.rawValue,
                OrganisationName.faultOfParty(in: text)
            )
        case .text, .paragraph, .address: .accepted(.text(text))
        case .date: date(text, in: row)
        case .partialDate: partialDate(text, in: row)
        case .choice, .yesNo:
            options.contains { $0.value == text } ? .accepted(.text(text)) : .refused(pleaseChoose)
        case .choices: .refused(pleaseChoose)
        case .number: number(text)
        case .money: money(text)
        case .phone: stored(PhoneNumber(rawValue: text)?.rawValue, PhoneNumber.fault(in: text))
        case .email:
            stored(
                EmailAddress(rawValue: text)?.rawValue,
                Words(
                    "không đúng. Hãy nhập theo dạng ten@example.vn.",
                    "is not an e-mail address. Write it like name@example.vn."
                )
            )
        case .nationalNumber: stored(NationalNumber(rawValue: text)?.rawValue, NationalNumber.fault(in: text))
        case .idNumber: idNumber(text)
        }
    }

    private func stored(_ value: String?, _ fault: @autoclosure () -> Words?) -> Judgement {
        value.map { .accepted(.text($0)) } ?? .refused(fault() ?? pleaseCorrect)
    }

    private var pleaseCorrect: Words { Words("không đúng. Hãy sửa lại.", "is not right. Please correct it.") }

    private var pleaseChoose: Words {
        Words("không có trong danh sách. Hãy chọn lại.", "is not in the list. Please choose again.")
    }

    /// Passports and foreign papers have letters; blanks, dots and dashes are how people group them.
    private func idNumber(_ typed: String) -> Judgement {
        let kept = typed.plainCode.uppercased().filter { !" .-/".contains($0) }
        let isDigits = kept.utf8.allSatisfy { (48...57).contains($0) }
        let isPlain = kept.utf8.allSatisfy { (48...57).contains($0) || (65...90).contains($0) }
        // Our cards have 12 or 9 digits, and no passport has more than nine characters (ICAO 9303): a digit is missing.
        if isDigits, [10, 11].contains(kept.utf8.count) {
            return .refused(
                Words(
                    "có \(kept.utf8.count) chữ số; thẻ căn cước có 12, CMND có 9. Hãy xem lại số trên giấy tờ.",
                    "has \(kept.utf8.count) digits; the identity card has 12, the older one 9. Please check the paper."
                )
            )
        }
        guard isPlain, (6...20).contains(kept.utf8.count) else {
            return .refused(
                Words(
                    "không đúng. Hãy nhập 6 đến 20 chữ số và chữ cái như trên giấy tờ.",
                    "is not right. Enter the 6 to 20 digits and letters on the document."
                )
            )
        }
        return .accepted(.text(kept))
    }
}

extension FieldRule {
    private func date(_ text: String, in row: Answers.Row) -> Judgement {
        let text = text.plainCode
        guard let day = LocalDate(vietnamese: text.withSlashes), FieldRule.isPlausible(day) else {
            if FieldRule.hasShortYear(text) { return .refused(FieldRule.shortYear) }
            if let month = PartialDate(vietnamese: text), month.first != month.last {
                return .refused(
                    Words(
                        "mới có tháng hoặc năm, còn thiếu ngày. Hãy nhập đủ ngày/tháng/năm, ví dụ 31/12/1990.",
                        "is only a month or a year. Write the day too: day/month/year, such as 31/12/1990."
                    )
                )
            }
            return .refused(
                Words(
                    "không phải là một ngày có thật. Hãy nhập ngày/tháng/năm, ví dụ 31/12/1990.",
                    "is not a real date. Write day/month/year, such as 31/12/1990."
                )
            )
        }
        return checked(PartialDate(day), in: row)
    }

    private func partialDate(_ text: String, in row: Answers.Row) -> Judgement {
        let text = text.plainCode
        guard let date = PartialDate(vietnamese: text), FieldRule.isPlausible(date.first) else {
            if FieldRule.hasShortYear(text) { return .refused(FieldRule.shortYear) }
            return .refused(
                Words(
                    "không đúng. Hãy nhập ngày/tháng/năm, tháng/năm hoặc năm, ví dụ 31/12/1990, 12/1990, 1990.",
                    "is not a date. Write day/month/year, month/year or the year: 31/12/1990, 12/1990, 1990."
                )
            )
        }
        return checked(date, in: row)
    }

    /// Nobody means the year 20 or 9999: a slip of the finger.
    private static func isPlausible(_ day: LocalDate) -> Bool { (1850...2150).contains(day.civil.year) }

    /// `31/12/90`, `12/90`: which century is meant is never guessed.
    private static func hasShortYear(_ text: String) -> Bool {
        let parts = text.split(whereSeparator: { "/-. ".contains($0) })
        return (2...3).contains(parts.count)
            && parts.allSatisfy { (1...2).contains($0.utf8.count) && Int(typed: $0, in: 0...99) != nil }
    }

    private static let shortYear = Words(
        "ghi năm bằng hai chữ số. Hãy ghi đủ bốn chữ số của năm, ví dụ 31/12/1990.",
        "has a year of two digits. Write all four digits of the year, such as 31/12/1990."
    )

    /// An imprecise date is refused only when no day in it would do.
    private func checked(_ date: PartialDate, in row: Answers.Row) -> Judgement {
        let refusal: Words? =
            switch field.check {
            case nil, .whole: nil
            case .notFuture:
                date.first > today
                    ? Words("ở sau hôm nay. Hãy kiểm tra lại ngày.", "lies in the future. Please check the date.") : nil
            case .notPast:
                date.last < today
                    ? Words("đã qua. Hãy chọn ngày từ hôm nay.", "has passed. Choose today or a later day.") : nil
            case .adult:
                date.first.adding(months: 18 * 12) > today
                    ? Words(
                        "cho thấy chưa đủ 18 tuổi. Hãy kiểm tra lại ngày sinh.",
                        "means under 18. Please check the date of birth."
                    )
                    : nil
            case .after(let other): refusal(of: date, before: row[other])
            }
        return refusal.map(Judgement.refused) ?? .accepted(.text(date.rawValue))
    }

    private func refusal(of date: PartialDate, before other: Answers.Answer?) -> Words? {
        guard case .text(let text) = other, let start = PartialDate(vietnamese: text.tidied), date.last < start.first
        else { return nil }
        return Words(
            "ở trước ngày \(start.vietnamese). Hãy kiểm tra lại hai ngày.",
            "lies before \(start.vietnamese). Please check both dates."
        )
    }
}

extension FieldRule {
    /// As Vietnamese writes numbers: dots between thousands, a comma before decimals.
    private func number(_ text: String) -> Judgement {
        guard let (text, number) = writtenNumber(text), !field.isWhole || !text.contains(",") else {
            guard !field.isWhole else {
                return .refused(
                    Words(
                        "không phải là số nguyên. Hãy chỉ nhập chữ số, ví dụ 2.",
                        "is not a whole number. Enter digits, such as 2."
                    )
                )
            }
            return .refused(
                Words(
                    "không phải là số. Hãy chỉ nhập chữ số, ví dụ 12 hoặc 12,5.",
                    "is not a number. Enter digits, such as 12 or 12,5."
                )
            )
        }
        if let least = field.atLeast, number < Double(least) { return .refused(tooSmall(String(least))) }
        if let most = field.atMost, number > Double(most) { return .refused(tooLarge(String(most))) }
        return .accepted(.text(text))
    }

    /// The number as it is stored, without dots between thousands, and its value; at most fifteen digits and six
    /// decimals. A single dot may also stand for the comma, as foreigners and programs write it.
    private func writtenNumber(_ typed: String) -> (text: String, value: Double)? {
        var text = typed.filter { $0 != " " }
        let sign = text.hasPrefix("-") ? "-" : ""
        text.removeFirst(sign.count)
        var parts = text.split(separator: ",", maxSplits: 1, omittingEmptySubsequences: false)
        let groups = parts[0].split(separator: ".", omittingEmptySubsequences: false)
        if groups.count > 1, (1...3).contains(groups[0].count), groups.dropFirst().allSatisfy({ $0.count == 3 }) {
            parts[0] = Substring(groups.joined())
        } else if groups.count == 2, parts.count == 1 {
            parts = groups
        }
        let areDigits = parts.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy { (48...57).contains($0) } }
        guard areDigits, parts[0].count <= 15, parts.count == 1 || parts[1].count <= 6,
            let value = Double(typed: sign + parts.joined(separator: "."), in: -1e15...1e15)
        else { return nil }
        return (sign + parts.joined(separator: ","), value)
    }

    /// Fifteen digits, which is more than the state budget of a year.
    static let amounts = 0...999_999_999_999_999

    private func money(_ text: String) -> Judgement {
        guard let digits = Money.digits(typed: text), let amount = Int(typed: digits, in: Self.amounts) else {
            return .refused(
                Words(
                    "không phải là số tiền. Hãy nhập số đồng, không có phần lẻ, ví dụ 1.500.000.",
                    "is not an amount. Enter đồng without fractions, such as 1.500.000."
                )
            )
        }
        let least = field.atLeast ?? 0
        if amount < least { return .refused(tooSmall(Money(dong: least).text)) }
        if let most = field.atMost, amount > most { return .refused(tooLarge(Money(dong: most).text)) }
        return .accepted(.text(String(amount)))
    }

    private func tooSmall(_ least: String) -> Words {
        Words("phải từ \(least) trở lên. Hãy sửa lại.", "must be at least \(least). Please correct it.")
    }

    private func tooLarge(_ most: String) -> Words {
        Words("không được quá \(most). Hãy sửa lại.", "must be at most \(most). Please correct it.")
    }
}

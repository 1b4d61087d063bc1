package import Kernel

/// Reads the fields of a form into values, and collects under their names what is wrong with them.
///
/// Nothing is cut or guessed: what cannot be taken as it was typed is refused with the reason, and everything that is
/// wrong is told at once.
package struct FormReader {
    package let form: FormData
    package private(set) var errors: [FieldError] = []

    package init(_ form: FormData) { self.form = form }

    package mutating func refuse(_ field: String, _ vietnamese: String, _ english: String) {
        errors.append(FieldError(field, vietnamese, english))
    }

    /// Throws everything that was wrong; does nothing when all could be read.
    package func finish() throws(Problem) {
        guard errors.isEmpty else { throw Problem.invalid(errors) }
    }

    // MARK: - Text

    /// A text that has to be there; `missing` is said when it is not.
    package mutating func text(_ field: String, max: Int, missing: Words) -> String? {
        guard form.filled(field) != nil else {
            refuse(field, missing.vi, missing.en)
            return nil
        }
        return optionalText(field, max: max)
    }

    /// A text that may be left out.
    package mutating func optionalText(_ field: String, max: Int) -> String? {
        guard let text = form.filled(field) else { return nil }
        guard text.count <= max else {
            errors.append(.tooLong(field, text, most: max))
            return nil
        }
        return text
    }

    // MARK: - Numbers

    package mutating func number(_ field: String, in range: ClosedRange<Int>) -> Int? {
        if let number = form.filled(field).flatMap({ Int(typed: $0, in: range) }) { return number }
        refuse(
            field,
            "Hãy ghi một số từ \(range.lowerBound) đến \(range.upperBound).",
            "Please write a number from \(range.lowerBound) to \(range.upperBound)."
        )
        return nil
    }

    /// A number that may be left out.
    package mutating func optionalNumber(_ field: String, in range: ClosedRange<Int>) -> Int? {
        form.filled(field) == nil ? nil : number(field, in: range)
    }

    /// Metres from 0.5 to 10 with at most two decimals, as centimetres; nil when nothing was typed.
    package mutating func metres(_ field: String) -> Int? {
        guard let text = form.filled(field) else { return nil }
        let parts = text.replacing(",", with: ".").split(separator: ".", omittingEmptySubsequences: false)
        let fraction = parts.count == 2 ? parts[1] : "0"
        if (1...2).contains(parts.count), (1...2).contains(fraction.utf8.count),
            let whole = Int(typed: parts[0], in: 0...10), let decimals = Int(typed: fraction, in: 0...99)
        {
            let centimetres = whole * 100 + decimals * (fraction.utf8.count == 1 ? 10 : 1)
            if (50...1000).contains(centimetres) { return centimetres }
        }
        refuse(field, "Hãy ghi khoảng cách từ 0,5 đến 10 mét, ví dụ 2.", "Please write 0.5 to 10 metres, such as 2.")
        return nil
    }

    // MARK: - Time

    package mutating func day(_ field: String) -> LocalDate? {
        if let day = form.filled(field).flatMap(LocalDate.init(vietnamese:)) { return day }
        refuse(field, "Hãy ghi ngày như 25/07/2021.", "Please write a date such as 25/07/2021.")
        return nil
    }

    /// A day that may be left out.
    package mutating func optionalDay(_ field: String) -> LocalDate? {
        form.filled(field) == nil ? nil : day(field)
    }

    /// A time of the day in minutes since midnight.
    package mutating func time(_ field: String) -> Int? {
        // `7:30` is written as often as `07:30`.
        let minutes = form.filled(field).flatMap { LocalMinute.minutes($0.utf8.count == 4 ? "0\($0)" : $0) }
        if minutes == nil { refuse(field, "Hãy ghi giờ như 07:30.", "Please write a time such as 07:30.") }
        return minutes
    }

    /// A time of the day that may be left out.
    package mutating func optionalTime(_ field: String) -> Int? { form.filled(field) == nil ? nil : time(field) }

    // MARK: - Choices

    /// One of several answers; `missing` is said when none of them was given.
    package mutating func choice<Value: RawRepresentable<String>>(
        _ field: String,
        of type: Value.Type = Value.self,
        missing: Words
    ) -> Value? {
        if let value = form.filled(field).flatMap(Value.init(rawValue:)) { return value }
        refuse(field, missing.vi, missing.en)
        return nil
    }
}

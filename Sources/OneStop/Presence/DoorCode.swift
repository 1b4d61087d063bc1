import Kernel
import Web

/// The code of an office's door: whoever can read it off the display, the machine or the poster is there.
///
/// It follows from the server's key, so that nothing is kept and every process knows it.
struct DoorCode: Sendable {
    let key: ServerKey
    let office: ID<Agency>

    /// The half of a day for which a code holds: one that has been passed on is worth little by noon.
    struct Term: Hashable, Sendable {
        let date: LocalDate
        let isAfternoon: Bool

        init(date: LocalDate, isAfternoon: Bool) { (self.date, self.isAfternoon) = (date, isAfternoon) }

        init(at now: Instant) {
            let minute = now.localMinute
            self.init(date: minute.date, isAfternoon: minute.minuteOfDay >= Term.noon)
        }

        var end: LocalMinute {
            isAfternoon
                ? LocalMinute(date: date.adding(days: 1), minuteOfDay: 0)
                : LocalMinute(date: date, minuteOfDay: Term.noon)
        }

        private static let noon = 720
    }

    /// How long a code is still taken after its term: for whoever has read it and is filling in the form.
    static let grace = Span.minutes(20)

    /// Six digits for people, whose keyboards make other letters of some letters.
    func digits(in term: Term) -> String {
        let number = leadingNumber(signature(term), digits: 12)
        return padded(Int(number % 1_000_000), 6)
    }

    /// What the QR code carries instead: too long to be guessed.
    func token(in term: Term) -> String { String(signature(term).suffix(24)) }

    /// What the QR code at the door opens. The code lies in the fragment, which no server and no log ever sees; on the
    /// page a script fills it in, and without one the digits beside the QR code are typed.
    func link(_ site: String, in term: Term) -> String {
        "\(site)/quay/\(office.rawValue)#ma=\(digits(in: term))&cua=\(token(in: term))"
    }

    func accepts(digits typed: String, at now: Instant) -> Bool { terms(at: now).contains { digits(in: $0) == typed } }
    func accepts(token typed: String, at now: Instant) -> Bool { terms(at: now).contains { token(in: $0) == typed } }

    private func terms(at now: Instant) -> Set<Term> {
        [Term(at: now), Term(at: Instant(milliseconds: now.milliseconds - Self.grace.milliseconds))]
    }

    private func signature(_ term: Term) -> String {
        key.signature(of: "\(office.rawValue) \(term.date.rawValue) \(term.isAfternoon ? 2 : 1)", for: "door")
    }
}

/// `123 456`: read aloud and typed in two halves.
func grouped(code: String) -> String { "\(code.prefix(3)) \(code.dropFirst(3))" }

/// The number that the first hexadecimal digits of a signature of ours write, at most 16 of them.
func leadingNumber(_ signature: String, digits: Int) -> UInt64 {
    signature.prefix(digits).reduce(0) { $0 << 4 | UInt64($1.hexDigitValue ?? 0) }
}

package import Kernel

/// One thing that a notice has to tell: a value that knows what it is, and never a sentence.
package enum NoticeFact: Codable, Hashable, Sendable {
    case code(String)
    /// What something is called, such as a ticket or an office.
    case name(String)
    case day(LocalDate)
    case moment(LocalMinute)
    /// A time of a day that whoever reads it knows.
    case time(LocalMinute)
    case minutes(Int)
    case link(String)

    package enum Sort: String, CaseIterable, Sendable { case code, name, day, moment, time, minutes, link }

    package var sort: Sort {
        switch self {
        case .code: .code
        case .name: .name
        case .day: .day
        case .moment: .moment
        case .time: .time
        case .minutes: .minutes
        case .link: .link
        }
    }

    /// As it stands in a sentence, in whatever language.
    package var text: String {
        switch self {
        case .code(let text), .name(let text), .link(let text): text
        case .day(let day): day.vietnamese
        case .moment(let moment): moment.vietnamese
        case .time(let time): time.timeOfDay
        case .minutes(let count): "\(count)"
        }
    }
}

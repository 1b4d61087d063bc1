import Agencies
import DossierCore
import Kernel
import Markup
import Web

/// What the agency owes the applicant and has not done in time, told to everybody who may follow the dossier.
struct Lateness: Equatable, Sendable {
    enum What: String, Encodable, Sendable {
        /// Filed online and not answered within eight working hours.
        case firstAnswer = "first-answer"
        /// Not finished by the day that was promised.
        case result
    }

    let what: What
    /// The moment by which it was owed.
    let since: Instant

    init?(_ row: DossierRow, now: Instant) {
        if let due = row.firstAnswerDue, due < now {
            (what, since) = (.firstAnswer, due)
        } else if let due = DossierRow.openDue(row.stage, row.dueAt), due < now {
            (what, since) = (.result, due)
        } else {
            return nil
        }
    }

    var title: Words {
        switch what {
        case .firstAnswer: Words("Cơ quan chậm trả lời", "The agency’s answer is late")
        case .result: Words("Hồ sơ đã quá hạn giải quyết", "The dossier is past its time")
        }
    }

    func tag(_ say: Language) -> HTML {
        Web.tag(what == .firstAnswer ? say("Chậm trả lời", "Answer late") : say("Quá hạn", "Late"), .bad)
    }
}

/// Who answers for a late dossier, and how they are reached: the agency with its published telephone, not a person.
struct Answerable: Sendable {
    let lateness: Lateness
    let agency: AgencyProfile?
    /// The agency that does its part now, where that is another one.
    let partner: Words?

    func notice(_ say: Language) -> HTML {
        Web.notice(.bad, title: say(lateness.title)) {
            """
            <p>\(owed(say))</p>
            <p>\(say("Nơi chịu trách nhiệm", "Answerable")): <strong>\(agency.map { say($0.name) } ?? say("cơ quan giải quyết", "the agency"))</strong>\
            \(partner.map { "<br>\(say("Đang phối hợp giải quyết", "Now doing its part")): \(say($0))" as HTML })</p>
            <p>\(contact(say))</p>
            """
        }
    }

    private func owed(_ say: Language) -> HTML {
        let since: HTML = "<strong>\(lateness.since.localMinute.vietnamese)</strong>"
        return switch lateness.what {
        case .firstAnswer:
            "\(say("Lẽ ra bạn được trả lời về việc tiếp nhận trước", "You were owed an answer by")) \(since)."
        case .result: "\(say("Lẽ ra bạn được trả kết quả trước", "You were owed the result by")) \(since)."
        }
    }

    private func contact(_ say: Language) -> HTML {
        if let phone = agency?.phone?.rawValue {
            return """
                \(say("Hãy gọi", "Please call")) <a href="tel:\(phone)">\(phone)</a> \(say("và đọc mã hồ sơ.", "and give the dossier’s code."))
                """
        }
        let place = agency?.address.map { say("Địa chỉ: \($0).", "Address: \($0).") } ?? ""
        return
            "\(say("Cơ quan chưa công bố số điện thoại ở đây.", "The agency has published no telephone here.")) \(place)"
    }
}

/// The same for programs.
struct LatenessShape: Encodable {
    let what: Lateness.What
    let since: String
    let agency: Words
    let phone: String?
    let address: String?

    init(_ answerable: Answerable) {
        what = answerable.lateness.what
        since = answerable.lateness.since.iso8601
        agency = answerable.agency?.name ?? Words("", "")
        phone = answerable.agency?.phone?.rawValue
        address = answerable.agency?.address
    }
}

extension FilingDesk {
    /// Who answers for what is late about a dossier; nil while nothing is.
    func answerable(_ row: DossierRow) async throws -> Answerable? {
        guard let lateness = Lateness(row, now: office.now) else { return nil }
        var partner: Words?
        if let other = row.standing.partner { partner = try await names(of: [other])[other] }
        return Answerable(lateness: lateness, agency: try await agency(row.agency), partner: partner)
    }
}

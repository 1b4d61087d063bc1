import Agencies
import Catalogue
import DossierCore
import Hummingbird
import Kernel
import Markup
import Persistence
import Web

/// How the due date of a dossier was counted, for its applicant and for officers alike.
struct CountedDue {
    /// What the applicant was told; nil before acceptance and where no source states a term.
    let told: Instant?
    /// Nil where no clock has begun.
    let clock: (facts: DossierClock, due: DueDate)?
    /// The article that departs from the ordinary way of counting.
    let basis: String?
}

extension FilingDesk {
    func counted(_ details: DossierBook.Details) async throws -> CountedDue {
        let rules = try rules(of: details.filing)
        let clock = DossierClock(rules, channel: details.dossier.channel, history: details.history)
        let calendar = try await calendars.calendar(of: details.filing.agency)
        return CountedDue(
            told: details.dossier.due,
            clock: clock.map { ($0, $0.due(in: calendar)) },
            basis: rules.revision.clock?.basis
        )
    }
}

/// The count of a due date, line by line: what counted, what did not, and on which basis.
struct ClockPage {
    let counted: CountedDue
    let details: DossierBook.Details

    func show(_ context: some AudienceContext, crumbs: [Crumb]) -> Response {
        let say = context.language
        return page(
            say("Thời hạn được tính như thế nào", "How the time was counted"),
            context,
            lead: "\(details.row.code.rawValue) – \(details.row.procedureName)",
            crumbs: crumbs
        ) {
            guard let clock = counted.clock else { return none(say) }
            return """
                \(notices(clock.due, say))
                \(panel { facts(clock.facts, clock.due, say) })
                \(lines(clock.due, say))
                """
        }
    }

    private func none(_ say: Language) -> HTML {
        details.history.beginning != nil
            ? emptyState(
                say("Thủ tục này chưa công bố thời hạn", "No term is published for this procedure"),
                say("Hãy hỏi cơ quan giải quyết ngày trả kết quả.", "Please ask the agency when the result will come.")
            )
            : emptyState(
                say("Thời hạn chưa bắt đầu", "The time has not begun"),
                say(
                    "Thời hạn tính từ khi cơ quan tiếp nhận hồ sơ hợp lệ.",
                    "The time runs from the moment the agency accepts the dossier."
                )
            )
    }

    private func notices(_ due: DueDate, _ say: Language) -> HTML {
        """
        \(due.isPaused ? notice(.waiting) {
            "<p>\(say("Thời hạn đang tạm dừng, sẽ tính lại khi tiếp tục giải quyết.", "The clock stands still; the date is counted again when work resumes."))</p>"
        } : nil)
        \(due.isProvisional ? notice(.active) {
            "<p>\(say("Có ngày nghỉ chưa được công bố chính thức: ngày hẹn trả có thể thay đổi.", "Some days off are not decided yet: the due date may change."))</p>"
        } : nil)
        \(counted.told.flatMap { told in
            told.localMinute == due.at.localMinute || due.isPaused ? nil : notice(.waiting) {
                "<p>\(say("Ngày đã hẹn là \(told.localMinute.vietnamese). Theo lịch làm việc và quy tắc hiện nay, kết quả tính là \(due.at.localMinute.vietnamese).", "The date given is \(told.localMinute.vietnamese). By today's calendar and rules the count gives \(due.at.localMinute.vietnamese)."))</p>"
            }
        })
        """
    }

    private func facts(_ clock: DossierClock, _ due: DueDate, _ say: Language) -> HTML {
        var facts: [(name: String, value: HTML)] = [
            (say("Hẹn trả", "Due"), "<strong>\((counted.told ?? due.at).localMinute.vietnamese)</strong>"),
            (say("Tiếp nhận", "Received"), "\(clock.received.localMinute.vietnamese)"),
            (say("Thời hạn", "Term"), "\(say(clock.term.words))"),
            (say("Cách tính", "Counted"), "\(say(clock.way))"),
            (
                say("Căn cứ", "Basis"),
                "\(counted.basis ?? say("Bộ luật Dân sự 2015, Điều 147 và 148", "Civil Code 2015, Art. 147 and 148"))"
            ),
        ]
        if due.original != due.at {
            facts.append(
                (say("Hẹn ban đầu", "First due date"), "\(due.original.localMinute.vietnamese)")
            )
        }
        return definitionList(facts)
    }

    private func lines(_ due: DueDate, _ say: Language) -> HTML {
        table(
            say("Từng ngày", "Day by day"),
            [
                Column(say("Ngày", "Day")), Column(say(due.unit.heading), numeric: true),
                Column(say("Vì sao", "Why")), Column(say("Căn cứ", "Basis")),
            ],
            rows: due.explanation.map { line in
                [
                    "\(line.when.in(say))", line.counted > 0 ? "\(line.counted)" : "–", "\(line.text.in(say))",
                    "\(line.basis?.in(say) ?? "–")",
                ]
            }
        )
    }
}

extension Explanation {
    fileprivate func `in`(_ say: Language) -> String { say(vi, en) }
}

extension DueDate.Unit {
    fileprivate var heading: Words {
        switch self {
        case .workingDays: Words("Tính (ngày làm việc)", "Counted (working days)")
        case .workingMinutes: Words("Tính (phút làm việc)", "Counted (minutes of work)")
        case .days: Words("Tính (ngày)", "Counted (days)")
        case .months: Words("Tính (tháng)", "Counted (months)")
        }
    }
}

extension DossierClock {
    /// How the term is counted, and what a pause does to it.
    fileprivate var way: Words {
        let counting =
            switch (term.unit, rule.mode) {
            case (.sameDay, _):
                Words(
                    "trong ngày; nhận sau \(LocalMinute.timeOfDay(rule.cutoff)) thì ngày làm việc tiếp theo",
                    "the same day; after \(LocalMinute.timeOfDay(rule.cutoff)) the next working day"
                )
            case (.workingDays, .excludeReceiptDay):
                Words("không tính ngày tiếp nhận", "without the day of receipt")
            case (.workingDays, .includeIfBeforeCutoff):
                Words(
                    "tính cả ngày tiếp nhận nếu nhận không sau \(LocalMinute.timeOfDay(rule.cutoff))",
                    "with the day of receipt unless received after \(LocalMinute.timeOfDay(rule.cutoff))"
                )
            case (.workingDays, .workingMinutes):
                Words("theo giờ làm việc, 8 giờ một ngày", "by the hour of work, 8 hours a day")
            case (.workingHours, _): Words("theo giờ làm việc", "by the hour of work")
            case (.days, _), (.months, _):
                Words("theo lịch, từ ngày tiếp theo ngày tiếp nhận", "by the calendar, from the day after receipt")
            }
        guard !pauses.isEmpty else { return counting }
        let resuming =
            switch rule.resume {
            case .extend: Words("tạm dừng thì kéo dài tương ứng", "extended by what was waited")
            case .restart: Words("sau tạm dừng tính lại từ đầu", "counted anew after a pause")
            case .phase: Words("sau tạm dừng tính theo giai đoạn", "the next phase runs after a pause")
            }
        return Words("\(counting.vi); \(resuming.vi)", "\(counting.en); \(resuming.en)")
    }
}

/// The count for programs.
struct ClockShape: Encodable {
    struct Span: Encodable { let from: String, until: String? }

    struct Count: Encodable {
        let dueAt: String
        let originalDueAt: String
        let receivedAt: String
        let term: TimeLimit
        let rule: DueRule
        let basis: String?
        let pauses: [Span]
        let isPaused: Bool
        let isProvisional: Bool
        let unit: DueDate.Unit
        let counted: Int
        let lines: [ExplainedLine]
    }

    /// What the applicant was told.
    let dueAt: String?
    let count: Count?

    init(_ counted: CountedDue) {
        dueAt = counted.told?.iso8601
        count = counted.clock.map { clock, due in
            Count(
                dueAt: due.at.iso8601,
                originalDueAt: due.original.iso8601,
                receivedAt: clock.received.iso8601,
                term: clock.term,
                rule: clock.rule,
                basis: counted.basis,
                pauses: clock.pauses.map { Span(from: $0.from.iso8601, until: $0.until?.iso8601) },
                isPaused: due.isPaused,
                isProvisional: due.isProvisional,
                unit: due.unit,
                counted: due.counted,
                lines: due.explanation
            )
        }
    }
}

import Catalogue
package import Kernel
package import Markup
package import Persistence
package import Web

/// With whom a dossier lies, and for what.
package struct Holding: Equatable {
    let stage: Stage
    let step: Int
    let role: Role
    let holder: ID<Officer>?
    /// The other agency that does its part.
    let partner: ID<Agency>?

    package init(_ row: DossierRow) {
        (stage, step, role, holder) = (row.stage, row.standing.step, row.role, row.holder)
        partner = row.standing.partner
    }

    init(_ dossier: Dossier) {
        (stage, step, role, holder) = (dossier.stage, dossier.step, dossier.currentRole, dossier.holder)
        partner = dossier.passage?.agency
    }

    /// `isOver`: it has gone on since, so nobody is waited for any more.
    package func holderName(_ names: [ID<Officer>: String], _ agencies: [ID<Agency>: Words], isOver: Bool = false)
        -> Words
    {
        switch stage {
        case .awaitingSupplement, .awaitingObligation: return Words("Người nộp hồ sơ", "The applicant")
        case .filed, .accepted, .processing, .finished, .unfiled, .refused, .withdrawn, .stopped, .returned, .cancelled:
            if let partner {
                let agency = agencies[partner] ?? .anotherAgency
                guard let name = holder.flatMap({ names[$0] }) else { return agency }
                return Words("\(agency.vi): \(name)", "\(agency.en): \(name)")
            }
            if let holder {
                return names[holder].map { Words($0, $0) } ?? Words("Người đã rời cơ quan", "A former colleague")
            }
            // Until it is handed over an accepted dossier is reception's.
            let role = stage == .accepted ? Role.reception.words : role.words
            return isOver ? role : Words("\(role.vi) (chưa có người nhận)", "\(role.en) (not taken yet)")
        }
    }

    /// `steps` are the names of the planned steps.
    package func stepName(_ steps: [Words]) -> Words {
        switch stage {
        case .filed: Words("Chờ tiếp nhận", "To be received")
        case .accepted: Words("Chờ chuyển xử lý", "To be handed over")
        case .awaitingSupplement: Words("Chờ bổ sung", "Supplement awaited")
        case .awaitingObligation: Words("Chờ nộp tiền", "Payment awaited")
        case .processing where partner != nil: Words("Phối hợp giải quyết", "Another agency’s part")
        case .processing: steps.indices.contains(step) ? steps[step] : stage.name
        case .finished: Words("Chờ trả kết quả", "To be returned")
        case .unfiled, .refused, .withdrawn, .stopped, .returned, .cancelled: stage.name
        }
    }
}

/// Everybody with whom a dossier has lain, in order, and how long.
package struct Holdings {
    struct Span {
        let holding: Holding
        let from: Instant
        /// Nil while it still lies there.
        var until: Instant?
    }

    private(set) var spans: [Span] = []

    package init(_ history: [Recorded<Dossier.Event>]) {
        var dossier = Dossier()
        for recorded in history {
            dossier.evolve(recorded.event)
            let holding = Holding(dossier)
            guard recorded.event.happening.changesHands, holding != spans.last?.holding else { continue }
            close(at: recorded.circumstances.at)
            if dossier.stage.isOpen || dossier.stage == .finished {
                spans.append(Span(holding: holding, from: recorded.circumstances.at))
            }
        }
    }

    private mutating func close(at now: Instant) {
        guard let last = spans.indices.last, spans[last].until == nil else { return }
        spans[last].until = now
        // What was passed on in the same moment was held by nobody.
        if spans[last].from == now { spans.removeLast() }
    }

    package func table(
        _ rules: FilingRules,
        names: [ID<Officer>: String],
        agencies: [ID<Agency>: Words],
        calendar: WorkingCalendar,
        now: Instant,
        _ say: Language
    ) -> HTML {
        Web.table(
            say("Ai đã giữ hồ sơ", "Who has held the dossier"),
            [
                Column(say("Ai", "Who")), Column(say("Bước", "Step")), Column(say("Từ – đến", "From – until")),
                Column(say("Giờ làm việc", "Working time")),
            ],
            density: .dense,
            hidesCaption: true,
            rows: spans.map { span in
                [
                    "\(say(span.holding.holderName(names, agencies, isOver: span.until != nil)))",
                    "\(say(span.holding.stepName(rules.revision.steps.map(\.name))))",
                    """
                    <span>\(span.from.localMinute.vietnamese) – \
                    \(span.until.map { "\($0.localMinute.vietnamese)" } ?? tag(say("đang giữ", "now"), .active))</span>
                    """,
                    "\(Self.spelled(calendar.workingMinutes(from: span.from, to: span.until ?? now), say))",
                ]
            }
        )
    }

    /// A working day has eight hours.
    private static func spelled(_ minutes: Int, _ say: Language) -> String {
        let (days, hours, rest) = (minutes / 480, minutes % 480 / 60, minutes % 60)
        if days > 0 { return say("\(days) ngày \(hours) giờ", "\(days) d \(hours) h") }
        return hours > 0
            ? say("\(hours) giờ \(rest) phút", "\(hours) h \(rest) min") : say("\(rest) phút", "\(rest) min")
    }
}

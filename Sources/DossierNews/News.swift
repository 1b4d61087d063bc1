import DossierCore
import Kernel
import Persistence
import Web

/// What an applicant is told of one event.
struct News: Equatable {
    let kind: NoticeKind
    /// The time that it is about.
    var time: NoticeFact?
    /// From when it is of no use any more.
    var until: Instant?

    init(_ kind: NoticeKind) { self.kind = kind }

    init(_ kind: NoticeKind, due: Instant) { (self.kind, time) = (kind, .moment(due.localMinute)) }

    init(_ kind: NoticeKind, on day: LocalDate) { (self.kind, time) = (kind, .day(day)) }

    init(_ kind: NoticeKind, lastDay day: LocalDate) {
        self.init(kind, on: day)
        until = Instant(LocalMinute(date: day.adding(days: 1), minuteOfDay: 0))
    }

    static func ready(_ method: ReturnMethod) -> News {
        switch method {
        case .online: News(DossierNotice.readyOnline)
        case .counter: News(DossierNotice.readyAtCounter)
        case .post: News(DossierNotice.readyByPost)
        }
    }
}

/// An event with what was so around it.
struct Story {
    let before: Dossier
    let after: Dossier
    /// What has happened since.
    let later: ArraySlice<Recorded<Dossier.Event>>

    /// Nil when the log does not have the event.
    init?(of version: Int, in history: [Recorded<Dossier.Event>]) {
        guard let index = history.firstIndex(where: { $0.version == version }) else { return nil }
        before = Dossier(replaying: history[..<index].map(\.event))
        after = Dossier(replaying: history[...index].map(\.event))
        later = history[(index + 1)...]
    }

    /// Whoever stands at the counter is told once.
    func isAccepted(at instant: Instant) -> Bool {
        guard let next = later.first, case .filing(.accepted) = next.event else { return false }
        return next.circumstances.at == instant
    }

    /// The day that was told is another.
    var moved: News? {
        guard let due = after.due, due != before.due else { return nil }
        return News(DossierNotice.dueMoved, due: due)
    }
}

extension Recorded<Dossier.Event> {
    /// What the applicant is told of it; nil for what is not for them, and for what they do and see themselves. `story` is
    /// asked only where that depends on it.
    func news(_ story: () throws -> Story?) rethrows -> News? {
        switch event {
        case .filing(.filed):
            try story()?.isAccepted(at: circumstances.at) == true ? nil : News(DossierNotice.filed)
        case .filing(.accepted(let due)):
            due.map { News(DossierNotice.accepted, due: $0) } ?? News(DossierNotice.acceptedWithoutDay)
        case .filing(.refused): News(DossierNotice.refused)
        case .supplement(.requested(_, _, let day, _)):
            day.map { News(DossierNotice.supplementAsked, lastDay: $0) } ?? News(DossierNotice.supplementAskedOpen)
        case .supplement(.answered), .obligation(.met), .correction(.channelCorrected): try story()?.moved
        case .obligation(.required): News(DossierNotice.paymentAsked)
        case .clock(.extended(let due, _, _)): News(DossierNotice.extended, due: due)
        case .clock(.recounted(_, let due, _)): News(DossierNotice.dueMoved, due: due)
        case .clock(.apologised(_, let day)): News(DossierNotice.apologised, on: day)
        case .result(.finished): try story().map { .ready($0.after.returnBy) }
        case .result(.returned(.counter, _, _)): News(DossierNotice.handedOver)
        case .result(.returned(.post, _, _)): News(DossierNotice.posted)
        case .result(.returnTakenBack): News(DossierNotice.returnTakenBack)
        case .result(.correctionOpened): News(DossierNotice.corrected)
        case .correction(.returnCorrected(let old, let new, _, _)):
            try old != new && story()?.after.stage == .finished ? .ready(new) : nil
        case .correction(.intakeCancelled): News(DossierNotice.cancelled)
        case .processing(.stopped): News(DossierNotice.stopped)
        case .withdrawal(.withdrawn): News(DossierNotice.withdrawn)
        case .withdrawal(.declined): News(DossierNotice.withdrawalDeclined)
        case .result(.prepared), .result(.issued), .result(.returnChosen), .result(.signed),
            .result(.returned(.online, _, _)), .clock(.firstAnswerRecounted), .correction(.answersCorrected),
            .correction(.papersCorrected), .correction(.feeCorrected), .processing(.stepCompleted),
            .processing(.sentBack), .withdrawal(.asked), .scanning, .assignment, .passage, .opinion, .telling:
            nil
        }
    }
}

extension Dossier.Event {
    private static let asking = [
        DossierNotice.supplementAsked, DossierNotice.supplementAskedOpen, DossierNotice.supplementReminder,
    ]
    private static let dues = [DossierNotice.dueMoved, DossierNotice.extended]
    private static let ready = [DossierNotice.readyOnline, DossierNotice.readyAtCounter, DossierNotice.readyByPost]
    private static let given = [DossierNotice.handedOver, DossierNotice.posted]
    private static let way =
        asking + dues
        + [
            DossierNotice.filed, DossierNotice.accepted, DossierNotice.acceptedWithoutDay, DossierNotice.paymentAsked,
            DossierNotice.apologised, DossierNotice.withdrawalDeclined, DossierNotice.corrected,
        ]

    /// What nobody needs to be told any more who has not been told yet.
    var overtakes: [NoticeKind] {
        switch self {
        case .filing(.accepted): [DossierNotice.filed]
        case .supplement(.answered): Self.asking
        case .obligation(.met): [DossierNotice.paymentAsked]
        case .clock(.extended), .clock(.recounted): Self.dues
        case .result(.finished): Self.way
        case .result(.returnChosen), .correction(.returnCorrected): Self.ready
        case .result(.returned): Self.way + Self.ready + [DossierNotice.returnTakenBack]
        case .result(.returnTakenBack): Self.given
        case .result(.correctionOpened): Self.way + Self.ready + Self.given
        case .filing(.refused), .processing(.stopped), .withdrawal(.withdrawn), .correction(.intakeCancelled):
            Self.way + Self.ready
        case .filing(.filed), .supplement(.requested), .obligation(.required), .clock(.apologised),
            .clock(.firstAnswerRecounted), .result(.prepared), .result(.issued), .result(.signed),
            .correction(.answersCorrected), .correction(.channelCorrected), .correction(.papersCorrected),
            .correction(.feeCorrected), .processing(.stepCompleted), .processing(.sentBack), .withdrawal(.asked),
            .withdrawal(.declined), .scanning, .assignment, .passage, .opinion, .telling:
            []
        }
    }
}

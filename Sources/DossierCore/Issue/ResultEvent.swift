package import Kernel
import Web

/// A result is prepared, issued, returned and, where it was wrong, replaced. Case names and labels are the stored format:
/// add, never rename.
package enum ResultEvent: Codable, Equatable, Sendable {
    case prepared(outcome: Outcome, files: [ResultFile], explanation: SealedText?)
    /// The clerk gives the result its number: right before `finished`, or earlier, for the version that is stamped.
    case issued(number: String, date: LocalDate, signer: ID<Officer>?)
    case finished(outcome: Outcome)
    case returnChosen(method: ReturnMethod)
    /// The sealed or signed version takes the place of what lay before the leader.
    case signed(files: [ResultFile])
    /// `collector` says who collected it; until `takenBackUntil` the entry could be taken back.
    case returned(method: ReturnMethod, collector: SealedText? = nil, takenBackUntil: Instant? = nil)
    case returnTakenBack(reason: SealedText)
    case correctionOpened(reason: SealedText, due: Instant?)
}

extension ResultEvent: DossierHappening {
    package var name: String {
        switch self {
        case .prepared: "resultPrepared"
        case .issued: "issued"
        case .finished: "finished"
        case .returnChosen: "returnChosen"
        case .signed: "resultSigned"
        case .returned: "returned"
        case .returnTakenBack: "returnTakenBack"
        case .correctionOpened: "correctionOpened"
        }
    }

    package func happen(to dossier: inout Dossier) {
        switch self {
        case .prepared(let outcome, let files, _):
            (dossier.outcome, dossier.results, dossier.unsigned) = (outcome, files, [])
        case .signed(let files):
            if dossier.unsigned.isEmpty { dossier.unsigned = dossier.results }
            dossier.results = files
        case .issued(let number, let date, let signer):
            dossier.issue = Issue(number: number, date: date, signer: signer)
        case .finished: (dossier.stage, dossier.holder, dossier.withdrawalIsAsked) = (.finished, nil, false)
        case .returnChosen(let method): dossier.returnBy = method
        case .returned(_, _, let until): (dossier.stage, dossier.takenBackUntil) = (.returned, until)
        case .returnTakenBack: (dossier.stage, dossier.takenBackUntil) = (.finished, nil)
        case .correctionOpened(_, let due):
            (dossier.stage, dossier.step, dossier.holder) = (.processing, dossier.firstProcessingStep, nil)
            dossier.replaced += dossier.results
            (dossier.results, dossier.unsigned, dossier.takenBackUntil) = ([], [], nil)
            (dossier.outcome, dossier.issue, dossier.isCorrection) = (nil, nil, true)
            (dossier.due, dossier.extensions) = (due, 0)
        }
    }

    package func sentence(in history: History) -> Sentence {
        let say = history.say
        switch self {
        case .prepared(let outcome, _, let explanation):
            // What is proposed is not decided yet, and not for the applicant's eyes.
            guard history.isForOfficers else {
                return Sentence(say("Đang hoàn thiện kết quả", "The result is being completed"), .active)
            }
            return Sentence(
                outcome == .granted
                    ? say("Đã chuẩn bị kết quả", "Result prepared")
                    : say("Đề xuất không chấp thuận", "Denial proposed"),
                .active,
                history.text(explanation)
            )
        case .issued(let number, let date, let signer):
            return Sentence(
                say(
                    "Ban hành kết quả số \(number), ngày \(date.vietnamese)",
                    "Issued as \(number) on \(date.vietnamese)"
                ),
                .active,
                signer.flatMap { history.names[$0] }.map { say("Người ký: \($0)", "Signed by \($0)") }
            )
        case .finished(.granted): return Sentence(say("Đã có kết quả", "The result is ready"), .good)
        case .finished(.denied):
            return Sentence(say("Đã xử lý xong: không chấp thuận", "Finished: request denied"), .bad)
        case .returnChosen(let method):
            return Sentence(say("Chọn nhận kết quả: ", "Result to be received: ") + say(method.words), .neutral)
        case .signed:
            return Sentence(say("Đã có bản ký, đóng dấu", "The signed and sealed version is there"), .active)
        case .returned(let method, let collector, _):
            return Sentence(returned(method, say), .good, history.text(collector))
        case .returnTakenBack(let reason):
            return Sentence(
                say("Thu hồi xác nhận đã trả kết quả", "The entry of the return was taken back"),
                .waiting,
                history.text(reason)
            )
        case .correctionOpened(let reason, let due):
            return Sentence(
                say("Mở lại để đính chính kết quả", "Opened again to correct the result")
                    + (due.map { say(", hẹn trả \($0.localMinute.vietnamese)", ", due \($0.localMinute.vietnamese)") }
                        ?? ""),
                .waiting,
                history.text(reason)
            )
        }
    }

    private func returned(_ method: ReturnMethod, _ say: Language) -> String {
        switch method {
        case .online: say("Đã trả kết quả trực tuyến", "Result received online")
        case .post: say("Đã gửi trả kết quả qua bưu điện", "Result sent by post")
        case .counter: say("Đã trả kết quả tại quầy", "Result handed over at the counter")
        }
    }

    package var changesHands: Bool {
        switch self {
        case .finished, .returned, .returnTakenBack, .correctionOpened: true
        case .prepared, .issued, .signed, .returnChosen: false
        }
    }

    /// The replacement of a wrong result has the whole term, from the day on which the fault was seen.
    package var clock: ClockTurn? { if case .correctionOpened = self { .begins } else { nil } }

    package var texts: [SealedText] {
        switch self {
        case .prepared(_, _, let explanation): [explanation].compactMap(\.self)
        case .correctionOpened(let reason, _), .returnTakenBack(let reason): [reason]
        case .returned(_, let collector, _): [collector].compactMap(\.self)
        case .issued, .finished, .signed, .returnChosen: []
        }
    }

    package var files: [FileReference] {
        switch self {
        case .prepared(_, let files, _), .signed(let files): files.map(\.file)
        default: []
        }
    }

    /// What officers do among each other until the result is out.
    package var isInternal: Bool { if case .signed = self { true } else { false } }

    package var counted: Counted? {
        switch self {
        case .finished: .finished
        case .returned: .returned
        case .prepared, .issued, .signed, .returnChosen, .returnTakenBack, .correctionOpened: nil
        }
    }

    package var uncounted: [Counted] { if case .returnTakenBack = self { [.returned] } else { [] } }
}

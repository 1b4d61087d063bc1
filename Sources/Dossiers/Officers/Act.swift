import Catalogue
import Kernel
import Web

/// What an officer may do with a dossier, apart from uploading its result.
enum Act: String, CaseIterable {
    case giveOpinion = "give-opinion", confirmWithdrawal = "confirm-withdrawal", declineWithdrawal =
        "decline-withdrawal", accept,
        handOver = "hand-over", take, completeStep = "complete-step", returnResult = "return",
        confirmPayment = "confirm-payment", receiveSupplement = "receive-supplement", supplement, assign, sendBack =
        "send-back",
        requirePayment = "require-payment", passBack = "pass-back", askOpinions = "ask-opinions", pass, recall, extend,
        openCorrection = "open-correction", refuse, stop, withdrawOpinion = "withdraw-opinion"

    var name: Words {
        switch self {
        case .accept: Words("Tiếp nhận", "Accept")
        case .refuse: Words("Từ chối tiếp nhận", "Refuse")
        case .receiveSupplement: Words("Nhận giấy tờ bổ sung", "Take the supplement in")
        case .supplement: Words("Yêu cầu bổ sung", "Ask for a supplement")
        case .handOver: Words("Chuyển xử lý", "Hand over")
        case .take: Words("Nhận xử lý", "Take it")
        case .assign: Words("Giao cho người khác", "Assign")
        case .completeStep: Words("Hoàn thành bước", "Complete the step")
        case .sendBack: Words("Trả lại bước trước", "Send back")
        case .returnResult: Words("Trả kết quả", "Return the result")
        case .confirmWithdrawal: Words("Xác nhận cho rút", "Confirm the withdrawal")
        case .declineWithdrawal: Words("Không cho rút", "Decline the withdrawal")
        case .stop: Words("Dừng giải quyết", "Stop")
        case .requirePayment: Words("Yêu cầu nghĩa vụ tài chính", "Require a payment")
        case .confirmPayment: Words("Xác nhận đã nộp tiền", "Confirm the payment")
        case .extend: Words("Xin lỗi và gia hạn", "Apologise and extend")
        case .openCorrection: Words("Đính chính kết quả", "Correct the result")
        case .pass: Words("Chuyển cơ quan phối hợp", "Pass to another agency")
        case .passBack: Words("Trả lời và chuyển lại", "Answer and pass back")
        case .recall: Words("Rút hồ sơ về", "Take it back")
        case .askOpinions: Words("Lấy ý kiến", "Ask for opinions")
        case .giveOpinion: Words("Cho ý kiến", "Give the opinion")
        case .withdrawOpinion: Words("Thu hồi câu hỏi", "Withdraw the question")
        }
    }

    /// What the act needs besides a press of its button.
    enum Need: Hashable {
        case text, optionalText, items, answers, colleague, optionalColleague, amount, method, laterDate, agency,
            opinions,
            opinion, confirmation
    }

    var needs: Set<Need> {
        switch self {
        case .accept, .take, .confirmWithdrawal, .confirmPayment: []
        case .refuse, .sendBack, .declineWithdrawal, .stop: [.text]
        case .supplement: [.text, .items]
        case .handOver: [.optionalColleague]
        case .assign: [.colleague]
        case .receiveSupplement: [.optionalText, .answers]
        case .completeStep: [.optionalText, .optionalColleague, .confirmation]
        case .returnResult: [.method]
        case .requirePayment: [.text, .amount]
        case .extend: [.text, .laterDate]
        case .openCorrection, .passBack, .recall: [.text]
        case .pass: [.text, .agency]
        case .askOpinions: [.text, .opinions]
        case .giveOpinion: [.text, .opinion]
        case .withdrawOpinion: [.opinion]
        }
    }

    /// What cannot be undone asks once more.
    var isFinal: Bool {
        switch self {
        case .refuse, .confirmWithdrawal, .stop, .supplement, .openCorrection: true
        case .accept, .handOver, .take, .assign, .completeStep, .sendBack, .returnResult, .declineWithdrawal,
            .requirePayment, .confirmPayment, .receiveSupplement, .extend, .pass, .passBack, .recall, .askOpinions,
            .giveOpinion, .withdrawOpinion:
            false
        }
    }

    /// The key that performs or opens it.
    var key: String? {
        switch self {
        case .accept: "t"
        case .refuse: "x"
        case .supplement, .receiveSupplement: "b"
        case .handOver: "c"
        case .take: "n"
        case .completeStep: "h"
        case .sendBack: "l"
        case .returnResult: "r"
        case .extend: "g"
        case .giveOpinion: "y"
        case .passBack: "e"
        case .assign, .confirmWithdrawal, .declineWithdrawal, .stop, .requirePayment, .confirmPayment, .openCorrection,
            .pass, .recall, .askOpinions, .withdrawOpinion:
            nil
        }
    }

    /// The acts that the rules allow `officer` now, the likeliest first.
    static func possible(on dossier: Dossier, by officer: ActingOfficer) -> [Act] {
        allCases.filter { act in
            // Taking what one holds already would be one more button without use.
            guard act != .take || dossier.holder != officer.id else { return false }
            do throws(Dossier.Refusal) {
                try act.require(on: dossier, by: officer)
                return true
            } catch {
                return false
            }
        }
    }

    /// Refuses an act that the rules do not allow now, whatever its form says.
    func require(on dossier: Dossier, by officer: ActingOfficer) throws(Dossier.Refusal) {
        switch self {
        case .accept: try dossier.mayAccept(by: officer)
        case .refuse: try dossier.mayRefuse(by: officer)
        case .supplement: try dossier.mayRequestSupplement(by: officer)
        case .receiveSupplement: try dossier.mayReceiveSupplement(by: officer)
        case .handOver: try dossier.mayHandOver(by: officer)
        case .take, .assign: try dossier.mayAssign(by: officer)
        case .completeStep: try dossier.mayCompleteStep(by: officer, withoutOpinions: true)
        case .sendBack: try dossier.maySendBack(by: officer)
        case .returnResult: try dossier.mayReturnResult(by: officer)
        case .confirmWithdrawal, .declineWithdrawal: try dossier.mayJudgeWithdrawal(by: officer)
        case .stop: try dossier.mayStop(by: officer)
        case .requirePayment: try dossier.mayRequireObligation(by: officer)
        case .confirmPayment: try dossier.mayMeetObligation(by: officer)
        case .extend: try dossier.mayExtend(by: officer)
        case .openCorrection: try dossier.mayOpenCorrection(by: officer)
        case .pass: try dossier.mayPass(by: officer)
        case .passBack: try dossier.mayPassBack(by: officer)
        case .recall: try dossier.mayRecall(by: officer)
        case .askOpinions: try dossier.mayAskOpinions(by: officer)
        case .giveOpinion: try dossier.mayGiveOpinion(by: officer)
        case .withdrawOpinion: try dossier.mayWithdrawOpinion(by: officer)
        }
    }

    /// What the form of an act says, parsed.
    struct Details {
        var text: SealedText?
        var colleague: ID<Officer>?
        var amount = Money(dong: 0)
        var method: ReturnMethod?
        var isException = false
        var due: Instant?
        var items: [SupplementItem] = []
        var answerBy: LocalDate?
        var ground: RepeatGround?
        var answers: [SupplementAnswer] = []
        var agency: ID<Agency>?
        var partDue: Instant?
        var opinions = OpinionTerms()
        var withoutOpinions = false
        var at = Instant(milliseconds: 0)
    }

    func command(
        by officer: ActingOfficer,
        on details: DossierBook.Details,
        form: FormData,
        text: SealedText?,
        order: SupplementOrder?,
        answers: SupplementAnswers?,
        passage: PassageOrder?,
        opinions: OpinionOrder?,
        at now: Instant,
        due: Instant?
    ) -> Dossier.Command {
        command(
            by: officer,
            returnBy: details.dossier.returnBy,
            Details(
                text: text,
                colleague: form.filled("officer").map { ID(rawValue: $0) },
                amount: form.filled("amount").flatMap(Money.init(typed:)) ?? Money(dong: 0),
                method: form.filled("method").flatMap(ReturnMethod.init(rawValue:)),
                isException: form.filled("exception") != nil,
                due: due,
                items: order?.items ?? [],
                answerBy: order?.answerBy,
                ground: order?.ground,
                answers: answers?.answers ?? [],
                agency: passage?.agency,
                partDue: passage?.due,
                opinions: opinions?.terms ?? OpinionTerms(),
                withoutOpinions: form.filled("withoutOpinions") != nil,
                at: now
            )
        )
    }

    /// The command of an act that needs no words.
    func command(by officer: ActingOfficer, to receiver: ID<Officer>?, method: ReturnMethod?) -> Dossier.Command {
        command(by: officer, returnBy: method ?? .counter, Details(colleague: receiver, method: method))
    }

    private func command(by officer: ActingOfficer, returnBy: ReturnMethod, _ details: Details) -> Dossier.Command {
        // Acts that need a text are only performed after `check` has seen it.
        let text = details.text ?? .sample
        return switch self {
        case .accept: .accept(by: officer, due: details.due)
        case .refuse: .refuse(by: officer, reason: text)
        case .supplement:
            .requestSupplement(
                by: officer,
                items: details.items,
                reason: text,
                answerBy: details.answerBy,
                ground: details.ground
            )
        case .handOver: .handOver(by: officer, to: details.colleague)
        case .take: .assign(by: officer, to: officer.id)
        case .assign: .assign(by: officer, to: details.colleague ?? officer.id)
        case .completeStep:
            .completeStep(
                by: officer,
                remark: details.text,
                next: details.colleague,
                withoutOpinions: details.withoutOpinions
            )
        case .sendBack: .sendBack(by: officer, remark: text)
        case .returnResult: .returnResult(by: officer, method: details.method ?? returnBy)
        case .confirmWithdrawal: .confirmWithdrawal(by: officer)
        case .declineWithdrawal: .declineWithdrawal(by: officer, reason: text)
        case .stop: .stop(by: officer, reason: text)
        case .requirePayment: .requireObligation(by: officer, amount: details.amount, ground: text)
        case .confirmPayment: .meetObligation(by: officer, due: details.due)
        case .extend:
            .extend(
                by: officer,
                to: details.due ?? details.at,
                reason: text,
                asException: details.isException,
                at: details.at
            )
        case .openCorrection: .openCorrection(by: officer, reason: text, due: details.due)
        case .pass:
            .pass(
                by: officer,
                to: details.agency ?? ID(rawValue: ""),
                request: text,
                due: details.partDue ?? details.at,
                at: details.at
            )
        case .passBack: .passBack(by: officer, answer: text, files: [])
        case .recall: .recall(by: officer, reason: text)
        case .askOpinions, .giveOpinion, .withdrawOpinion: .opinions(command(by: officer, text, details.opinions))
        case .receiveSupplement:
            .receiveSupplement(
                by: officer,
                answers: details.answers,
                message: details.text,
                at: details.at,
                due: details.due
            )
        }
    }

    var textMissing: FieldError {
        switch self {
        case .askOpinions:
            FieldError("text", "Chưa ghi điều cần hỏi. Hãy viết rõ câu hỏi.", "Please write what you want to know.")
        case .giveOpinion:
            FieldError(
                "text",
                "Chưa ghi ý kiến. Hãy viết ý kiến và lý do.",
                "Please write your opinion and its reason."
            )
        default:
            FieldError(
                "text",
                "Chưa ghi nội dung. Hãy viết rõ để người nhận hiểu và làm được.",
                "Nothing is written yet. Please write it so that the reader understands and can act."
            )
        }
    }

    static let strangeColleague = FieldError(
        "officer",
        "Không có người này trong cơ quan. Hãy chọn lại.",
        "There is nobody of that name in the agency. Please choose again."
    )

    /// What is wrong with the form of an act.
    func check(
        _ form: FormData,
        rules: FilingRules,
        calendar: WorkingCalendar,
        isColleague: (String) async throws -> Bool
    ) async throws -> [FieldError] {
        var errors: [FieldError] = []
        if needs.contains(.text), form.filled("text") == nil {
            errors.append(textMissing)
        }
        if needs.contains(.answers) {
            let known = Set(rules.revision.components.map(\.key))
            if form.all("component").contains(where: { !known.contains($0) }) {
                errors.append(
                    FieldError("component", "Giấy tờ không thuộc thủ tục này.", "A paper is not one of this procedure.")
                )
            }
        }
        if !needs.isDisjoint(with: [.colleague, .optionalColleague]) {
            if let id = form.filled("officer") {
                if try await !isColleague(id) {
                    errors.append(Self.strangeColleague)
                }
            } else if needs.contains(.colleague) {
                errors.append(
                    FieldError(
                        "officer",
                        "Chưa chọn người nhận. Hãy chọn trong danh sách.",
                        "Please choose a colleague."
                    )
                )
            }
        }
        if needs.contains(.amount), form.filled("amount").flatMap(Money.init(typed:)).map({ $0.dong > 0 }) != true {
            errors.append(
                FieldError(
                    "amount",
                    "Số tiền không đúng. Hãy nhập số đồng, ví dụ 200.000.",
                    "The amount is not right. Enter đồng, such as 200.000."
                )
            )
        }
        if needs.contains(.laterDate) { errors += Self.check(date: form.filled("date"), calendar) }
        if needs.contains(.method), let method = form.filled("method"), ReturnMethod(rawValue: method) == nil {
            errors.append(
                FieldError("method", "Cách trả không đúng. Hãy chọn lại.", "Please choose how it is returned.")
            )
        }
        return errors
    }
}

extension SealedText {
    /// Stands for a text where the rules are only asked whether there may be one.
    fileprivate static let sample = SealedText(text: ID(rawValue: ""), digest: "")
}

extension Dossier {
    func allowsResult(by officer: ActingOfficer) -> Bool {
        do throws(Refusal) {
            try mayPrepareResult(by: officer)
            return true
        } catch {
            return false
        }
    }
}

extension Act {
    /// The result can only be fetched on a day on which somebody is there.
    private static func check(date typed: String?, _ calendar: WorkingCalendar) -> [FieldError] {
        guard let date = typed.flatMap(LocalDate.init(vietnamese:)) else {
            return [
                FieldError(
                    "date",
                    "Chưa có ngày hẹn mới. Hãy nhập ngày/tháng/năm, ví dụ 25/08/2026.",
                    "The new day is missing. Enter day/month/year, such as 25/08/2026."
                )
            ]
        }
        guard !calendar.isWorkingDay(date) else { return [] }
        let next = calendar.workingDay(after: date).vietnamese
        return [
            FieldError(
                "date",
                "\(date.vietnamese) là ngày nghỉ. Hãy chọn ngày làm việc, ví dụ \(next).",
                "Nobody works on \(date.vietnamese). Please choose a working day, such as \(next)."
            )
        ]
    }
}

extension Money {
    /// Reads `200.000`, `200000 đ`; at most 999 billion.
    init?(typed: String) {
        let digits = typed.filter { !" .,đ₫".contains($0) }
        guard !digits.isEmpty, digits.utf8.count <= 12, let dong = Int(digits), dong >= 0 else { return nil }
        self.init(dong: dong)
    }
}

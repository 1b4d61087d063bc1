package import Kernel
import Markup
import Persistence
package import Web

/// Tells the history of a dossier, to its applicant or to officers.
struct History: Sendable {
    let say: Language
    let rules: FilingRules?
    let texts: [ID<DossierText>: String]
    /// What officers write to each other, and who they are, is not for the applicant, who deals with the agency.
    let isForOfficers: Bool
    var names: [ID<Officer>: String] = [:]
    var agencies: [ID<Agency>: Words] = [:]
    /// For readers who have not signed in: reasons and requests may speak of persons.
    var hidesTexts = false

    /// Newest first.
    func tell(_ events: [Recorded<Dossier.Event>]) -> [Happening] {
        events.reversed().filter { isForOfficers || !$0.event.isInternal }.map { recorded in
            let (title, tone, text) = sentence(recorded.event)
            let who = actor(recorded.circumstances)
            return Happening(
                recorded.circumstances.at.localMinute.vietnamese,
                title,
                machineTime: recorded.circumstances.at.localMinute.rawValue + "+07:00",
                tone: tone,
                detail: detail(text, who)
            )
        }
    }

    private func detail(_ text: String?, _ who: String?) -> HTML? {
        guard text != nil || who != nil else { return nil }
        return """
            \(text.map { "<p class=\"pre\">\($0)</p>" as HTML })\(who.map { "<p class=\"quiet\">\($0)</p>" as HTML })
            """
    }

    private func actor(_ circumstances: Circumstances) -> String? {
        switch circumstances.actor {
        case .officer(let id):
            names[id].map { name in
                guard let absent = circumstances.standingInFor.flatMap({ names[$0] }) else { return name }
                let basis = circumstances.basis.map { " (\($0))" } ?? ""
                return say("\(name), thay cho \(absent)\(basis)", "\(name), in place of \(absent)\(basis)")
            }
        case .citizen: !isForOfficers ? nil : say("Người nộp", "Applicant")
        case .visitor, .system: nil
        }
    }

    private func names(of papers: [FiledPaper]) -> String {
        papers.map { paper in rules.map { say($0.componentName(paper.component)) } ?? paper.component }
            .joined(separator: "\n")
    }

    func text(_ sealed: SealedText?) -> String? {
        guard !hidesTexts else { return nil }
        return sealed.map { texts[$0.text] ?? say("(nội dung đã xóa theo quy định)", "(erased by law)") }
    }

    private func sentence(_ event: Dossier.Event) -> (title: String, tone: Tone, text: String?) {
        switch event {
        case .filed(let filing): (filed(filing.channel), .neutral, nil)
        case .accepted(let due):
            (
                due.map {
                    say("Tiếp nhận, hẹn trả \($0.localMinute.vietnamese)", "Accepted, due \($0.localMinute.vietnamese)")
                } ?? say("Tiếp nhận", "Accepted"), .active, nil
            )
        case .refused(let reason): (say("Không tiếp nhận", "Not accepted"), .bad, text(reason))
        case .supplementRequested(_, let request):
            (say("Yêu cầu bổ sung", "Supplement requested"), .waiting, text(request))
        case .supplemented(_, _, let message, _, _):
            (say("Đã bổ sung", "Supplement received"), .active, text(message))
        case .supplementItemsRequested(let items, let reason, let answerBy, let ground):
            (
                ground != nil && isForOfficers
                    ? say("Yêu cầu bổ sung lần nữa (ngoại lệ)", "Supplement requested once more, as an exception")
                    : say("Yêu cầu bổ sung", "Supplement requested"),
                .waiting, asked(items, reason, answerBy, ground)
            )
        case .supplementItemsAnswered(let answers, let message, _, _):
            (say("Đã bổ sung", "Supplement received"), .active, answered(answers, message))
        case .handedOver(let receiver):
            (
                receiver.flatMap { names[$0] }.map { say("Chuyển xử lý cho \($0)", "Handed over to \($0)") }
                    ?? say("Chuyển xử lý", "Handed over for processing"), .active, nil
            )
        case .assigned(let receiver):
            (
                names[receiver].map { say("Giao cho \($0)", "Assigned to \($0)") }
                    ?? say("Đã có người thụ lý", "An officer has taken it"), .active, nil
            )
        case .obligationRequired(let amount, let ground):
            (say("Cần nộp \(amount.text)", "\(amount.text) to be paid"), .waiting, text(ground))
        case .obligationMet: (say("Đã hoàn thành nghĩa vụ tài chính", "Payment received"), .active, nil)
        case .resultPrepared(let outcome, _, let explanation):
            (
                // What is proposed is not decided yet, and not for the applicant's eyes.
                !isForOfficers
                    ? say("Đang hoàn thiện kết quả", "The result is being completed")
                    : outcome == .granted
                        ? say("Đã chuẩn bị kết quả", "Result prepared")
                        : say("Đề xuất không chấp thuận", "Denial proposed"), .active,
                !isForOfficers ? nil : text(explanation)
            )
        case .stepCompleted(let step, let remark):
            (
                say("Xong bước: ", "Step done: ") + (rules?.stepName(step).map { say($0) } ?? String(step + 1)),
                .active,
                !isForOfficers ? nil : text(remark)
            )
        case .sentBack(let step, let remark):
            (
                say("Trả lại bước: ", "Sent back to: ") + (rules?.stepName(step).map { say($0) } ?? String(step + 1)),
                .waiting, !isForOfficers ? nil : text(remark)
            )
        case .issued(let number, let date, let signer):
            (
                say(
                    "Ban hành kết quả số \(number), ngày \(date.vietnamese)",
                    "Issued as \(number) on \(date.vietnamese)"
                ),
                .active, signer.flatMap { names[$0] }.map { say("Người ký: \($0)", "Signed by \($0)") }
            )
        case .finished(let outcome):
            (
                outcome == .granted
                    ? say("Đã có kết quả", "The result is ready")
                    : say("Đã xử lý xong: không chấp thuận", "Finished: request denied"),
                outcome == .granted ? .good : .bad, nil
            )
        case .returned(let method): (returned(method), .good, nil)
        case .returnChosen(let method):
            (say("Chọn nhận kết quả: ", "Result to be received: ") + say(method.words), .neutral, nil)
        case .withdrawalAsked(let reason): (say("Yêu cầu rút hồ sơ", "Withdrawal asked for"), .waiting, text(reason))
        case .withdrawalDeclined(let reason):
            (say("Không đồng ý cho rút hồ sơ", "Withdrawal declined"), .waiting, text(reason))
        case .withdrawn: (say("Đã rút hồ sơ", "Withdrawn"), .neutral, nil)
        case .stopped(let reason): (say("Dừng giải quyết", "Stopped"), .bad, text(reason))
        case .extended(let due, let reason, let isException):
            (
                isException && isForOfficers
                    ? say(
                        "Xin lỗi và gia hạn lần nữa (ngoại lệ), hẹn lại \(due.localMinute.vietnamese)",
                        "Extended once more as an exception, now due \(due.localMinute.vietnamese)"
                    )
                    : say(
                        "Xin lỗi và hẹn lại ngày trả kết quả: \(due.localMinute.vietnamese)",
                        "With apologies: now due \(due.localMinute.vietnamese)"
                    ), .waiting, text(reason)
            )
        case .recounted(let from, let to, let ground):
            (
                say(
                    "Ngày hẹn trả đã đổi từ \(from.localMinute.vietnamese) sang \(to.localMinute.vietnamese)",
                    "The due date has changed from \(from.localMinute.vietnamese) to \(to.localMinute.vietnamese)"
                ), .waiting, say("Vì \(ground.explanation.vi)", "Because of \(ground.explanation.en)")
            )
        case .firstAnswerRecounted(let due, let ground):
            (
                say(
                    "Hạn trả lời lần đầu đổi thành \(due.localMinute.vietnamese)",
                    "The first answer is now due \(due.localMinute.vietnamese)"
                ), .neutral, say("Vì \(ground.explanation.vi)", "Because of \(ground.explanation.en)")
            )
        case .digitised(let papers):
            (
                say("Đã số hóa \(papers.count) giấy tờ", "Papers scanned: \(papers.count)"), .neutral,
                isForOfficers ? names(of: papers) : nil
            )
        case .passed(let agency, let request, let due):
            (
                say(
                    "Chuyển \((agencies[agency] ?? .anotherAgency).vi) phối hợp giải quyết",
                    "Passed to \((agencies[agency] ?? .anotherAgency).en) for its part"
                ), .active,
                !isForOfficers
                    ? nil
                    : [
                        text(request),
                        say(
                            "Cần trả lời trước \(due.localMinute.vietnamese)",
                            "Wanted by \(due.localMinute.vietnamese)"
                        ),
                    ].compactMap(\.self).joined(separator: "\n")
            )
        case .passedBack(let answer, _):
            (
                say("Cơ quan phối hợp đã trả lời", "The other agency has answered"), .active,
                isForOfficers ? text(answer) : nil
            )
        case .recalled(let reason):
            (
                say("Rút hồ sơ về từ cơ quan phối hợp", "Taken back from the other agency"), .active,
                isForOfficers ? text(reason) : nil
            )
        case .opinionAsked(_, let officer, _, let question, let day): opinionAsked(of: officer, question, day)
        case .opinionGiven(_, let stance, let words): opinionGiven(stance, words)
        case .opinionWithdrawn: (say("Thu hồi câu hỏi xin ý kiến", "Question withdrawn"), .neutral, nil)
        case .correctionOpened(let reason, let due):
            (
                say("Mở lại để đính chính kết quả", "Opened again to correct the result")
                    + (due.map { say(", hẹn trả \($0.localMinute.vietnamese)", ", due \($0.localMinute.vietnamese)") }
                        ?? ""),
                .waiting, text(reason)
            )
        }
    }

    private func filed(_ channel: Channel) -> String {
        switch channel {
        case .online: say("Nộp trực tuyến", "Filed online")
        case .post: say("Nộp qua bưu chính công ích", "Filed by post")
        case .counter: say("Nộp trực tiếp tại Bộ phận Một cửa", "Filed at the one-stop counter")
        }
    }

    private func returned(_ method: ReturnMethod) -> String {
        switch method {
        case .online: say("Đã trả kết quả trực tuyến", "Result received online")
        case .post: say("Đã gửi trả kết quả qua bưu điện", "Result sent by post")
        case .counter: say("Đã trả kết quả tại quầy", "Result handed over at the counter")
        }
    }
}

extension ReturnMethod {
    package var words: Words {
        switch self {
        case .online: Words("Bản điện tử trên Cổng", "Electronic copy on this site")
        case .post: Words("Qua bưu điện đến tận nơi", "By post to your address")
        case .counter: Words("Tại Bộ phận Một cửa", "At the one-stop office")
        }
    }
}

extension Channel {
    package var words: Words {
        switch self {
        case .online: Words("Trực tuyến", "Online")
        case .post: Words("Bưu chính công ích", "Public post")
        case .counter: Words("Trực tiếp", "Counter")
        }
    }
}

extension Stage {
    var tone: Tone {
        switch self {
        case .unfiled, .filed, .withdrawn: .neutral
        case .accepted, .processing: .active
        case .awaitingSupplement, .awaitingObligation: .waiting
        case .refused, .stopped: .bad
        case .finished, .returned: .good
        }
    }

    func tag(_ say: Language) -> HTML { Web.tag(say(name), tone) }
}

import Hummingbird
import Kernel
import Persistence
package import Web

extension Dossier.Refusal: ProblemConvertible {
    package var problem: Problem {
        switch self {
        case .alreadyFiled:
            Problem("already-filed", "Hồ sơ này đã được nộp.", "This dossier has been filed already.", .conflict)
        case .notFiled: .noSuchDossier
        case .notYourAgency:
            // Whether it exists elsewhere is nobody's business here.
            .noSuchDossier
        case .notYourRole(let needed):
            Problem(
                "role-needed",
                "Bước này dành cho \(needed.words.vi.lowercased()). Hãy chuyển cho người có vai trò đó.",
                "This step is for the \(needed.words.en.lowercased()). Please pass it to somebody who holds that role.",
                .forbidden
            )
        case .notYourDossier: .noSuchDossier
        case .notPossible(let stage):
            Problem(
                "not-possible-now",
                "Hồ sơ đang ở trạng thái “\(stage.name.vi)” nên không làm được việc này. Trang của hồ sơ cho biết hiện làm được gì.",
                "The dossier is “\(stage.name.en)”, so this cannot be done. Its page tells what can be done now.",
                .conflict
            )
        case .supplementAlreadyAsked:
            Problem(
                "supplement-already-asked",
                """
                Đã yêu cầu bổ sung ở giai đoạn này; pháp luật chỉ cho yêu cầu một lần, đầy đủ. Nếu pháp luật cho phép yêu \
                cầu lần nữa, hãy đánh dấu ô ngoại lệ, nêu lý do và căn cứ.
                """,
                """
                A supplement has been asked for in this phase; the law allows it once, and completely. Where the law \
                lets you ask again, tick the exception and give its reason and basis.
                """,
                .conflict,
                errors: [
                    FieldError(
                        "again",
                        "Hãy đánh dấu nếu pháp luật cho phép yêu cầu lần nữa.",
                        "Please tick this if the law allows asking again."
                    )
                ]
            )
        case .nothingToSupply:
            Problem(
                "nothing-to-supply",
                "Chưa chọn giấy tờ nào cần bổ sung. Hãy chọn ít nhất một.",
                "Nothing is chosen that is to be supplied. Please choose at least one paper.",
                .unprocessableContent,
                errors: [FieldError("component", "Hãy chọn ít nhất một giấy tờ.", "Please choose at least one paper.")]
            )
        case .unanswered(let items):
            Problem(
                "unanswered",
                "Còn \(items.count) mục chưa trả lời. Hãy gửi giấy tờ hoặc ghi vì sao không có.",
                "\(items.count) things are not answered yet. Please send each, or write why there is none.",
                .unprocessableContent,
                errors: items.map {
                    FieldError("word-\($0)", "Mục này chưa được trả lời.", "This has not been answered yet.")
                }
            )
        case .nothingRequested:
            Problem(
                "nothing-requested",
                "Hồ sơ này không có yêu cầu bổ sung nào đang chờ.",
                "No supplement is awaited for this dossier.",
                .conflict
            )
        case .scanMissing:
            Problem.invalid([
                FieldError(
                    "papers",
                    "Chưa có tệp quét nào. Hãy chọn tệp cho ít nhất một giấy tờ.",
                    "There is no scan yet. Please choose a file for at least one paper."
                )
            ])
        case .withdrawalAlreadyAsked:
            Problem(
                "withdrawal-already-asked",
                "Bạn đã yêu cầu rút hồ sơ; cơ quan đang xem xét.",
                "You have asked to withdraw the dossier; the office is looking at it.",
                .conflict
            )
        case .noWithdrawalAsked:
            Problem(
                "no-withdrawal-asked",
                "Người dân không yêu cầu rút hồ sơ này.",
                "Nobody asked to withdraw this dossier.",
                .conflict
            )
        case .resultMissing:
            Problem(
                "result-missing",
                "Chưa có kết quả. Hãy đính kèm tệp kết quả, hoặc nêu lý do khi không chấp thuận.",
                "There is no result yet. Attach its file, or give the reasons if the request is denied.",
                .conflict
            )
        case .notReturnedOnline:
            Problem(
                "not-returned-online",
                "Hồ sơ này đăng ký nhận kết quả bằng cách khác. Hãy đổi cách nhận kết quả trước.",
                "This result is to be received in another way. Please change that first.",
                .conflict
            )
        case .fetchedOnline:
            Problem(
                "fetched-online",
                """
                Người dân đã chọn nhận bản điện tử: hồ sơ được ghi là đã trả khi họ tải kết quả về. Nếu họ đến quầy hoặc \
                muốn nhận qua bưu điện, hãy mở hồ sơ và chọn cách trả đó.
                """,
                """
                The applicant chose the electronic copy: it counts as returned when they fetch it. If they came to the \
                counter or want it by post, open the dossier and choose that way.
                """,
                .conflict
            )
        case .collectorMissing:
            Problem(
                "collector-missing",
                "Kết quả này trả tại quầy: hãy mở hồ sơ và ghi ai nhận.",
                "This result is returned at the counter: open the dossier and enter who collects it.",
                .unprocessableContent,
                errors: [
                    FieldError(
                        "collector",
                        "Chưa ghi ai nhận kết quả. Hãy chọn một mục.",
                        "Who collects the result is missing. Please choose."
                    )
                ]
            )
        case .nothingToTakeBack:
            Problem(
                "nothing-to-take-back",
                "Không còn thu hồi được xác nhận đã trả (chỉ trong \(Dossier.minutesToTakeBack) phút sau khi ghi). Nếu kết quả sai, lãnh đạo mở lại để đính chính.",
                "The entry cannot be taken back any more (only within \(Dossier.minutesToTakeBack) minutes). A leader can open a wrong result again.",
                .conflict
            )
        case .ownWork:
            Problem(
                "own-work",
                """
                Bạn đã thẩm định hồ sơ này và sắp tự ký duyệt (thay người khác). Hãy để người khác ký; nếu vẫn phải ký, mở \
                hồ sơ và đánh dấu xác nhận, việc này sẽ được ghi lại.
                """,
                """
                You examined this dossier and are about to sign it yourself. Let somebody else sign; if you have to, open \
                the dossier and tick the confirmation, which is recorded.
                """,
                .conflict,
                errors: [
                    FieldError(
                        "ownWork",
                        "Hãy đánh dấu nếu bạn vẫn phải ký hồ sơ do chính mình thẩm định.",
                        "Please tick this if you have to sign what you have examined yourself."
                    )
                ]
            )
        case .nothingCorrected:
            Problem(
                "nothing-corrected",
                "Chưa sửa gì so với nội dung đang lưu. Hãy sửa ô bị sai rồi lưu lại.",
                "Nothing differs from what is stored. Please change what is wrong and save again.",
                .unprocessableContent
            )
        case .filedByApplicant:
            Problem(
                "filed-by-applicant",
                "Hồ sơ này do người dân tự nộp trực tuyến nên không hủy hay đổi kênh tại quầy được. Người dân có thể rút hồ sơ.",
                "The applicant filed this online, so it cannot be cancelled, nor its channel changed, at the counter. They can withdraw it.",
                .conflict
            )
        case .numberGiven:
            Problem(
                "number-given",
                "Kết quả này đã được cấp số. Số đứng ở mục “Kết quả” của hồ sơ.",
                "This result has its number already: it stands under “Result”.",
                .conflict
            )
        case .noEarlierStep:
            Problem(
                "no-earlier-step",
                "Đây là bước đầu tiên nên không có bước trước để trả lại.",
                "This is the first step: there is none before it to send back to.",
                .conflict
            )
        case .nothingDue:
            Problem(
                "nothing-due",
                "Hồ sơ này chưa có ngày hẹn trả nên không có gì để gia hạn.",
                "This dossier has no due date, so there is nothing to extend.",
                .conflict
            )
        case .notLate(let due):
            Problem(
                "not-late",
                """
                Hồ sơ chưa quá hạn (hẹn trả \(due.localMinute.vietnamese)). Hãy dùng “Xin lỗi và gia hạn” để hẹn ngày khác.
                """,
                """
                The dossier is not late (due \(due.localMinute.vietnamese)). Please use “Apologise and extend” for another day.
                """,
                .conflict
            )
        case .alreadyLate(let due):
            Problem(
                "already-late",
                """
                Đã quá hạn trả từ \(due.localMinute.vietnamese) nên không gia hạn được nữa. Hãy gửi thư xin lỗi vì đã quá \
                hạn, giải quyết và trả kết quả ngay.
                """,
                """
                It has been late since \(due.localMinute.vietnamese), so it cannot be extended any more. Please send the \
                apology for the delay, finish and return it now.
                """,
                .conflict
            )
        case .extendedBefore:
            Problem(
                "extended-before",
                "Hồ sơ đã được gia hạn một lần. Gia hạn lần nữa là ngoại lệ: hãy đánh dấu ô ngoại lệ và nêu rõ lý do.",
                "It was extended once. Another time is an exception: tick the box and give the reason.",
                .conflict,
                errors: [
                    FieldError(
                        "exception",
                        "Hãy đánh dấu nếu đây là trường hợp ngoại lệ.",
                        "Please tick this if it is an exception."
                    )
                ]
            )
        case .opinions(let refusal): refusal.problem
        case .notHeld:
            Problem(
                "not-held",
                "Hồ sơ này hiện không ai giữ, nên không cần chuyển giao.",
                "Nobody holds this dossier, so it need not be given to somebody else.",
                .conflict
            )
        case .nobodyFor(let role):
            Problem(
                "nobody-there",
                "Không có ai khác đang làm việc có vai trò \(role.words.vi.lowercased()). Hãy chọn đích danh một người.",
                "Nobody else at work is a \(role.words.en.lowercased()). Please choose a person by name.",
                .conflict
            )
        case .receiverLacksRole(let role):
            Problem(
                "receiver-lacks-role",
                "Người nhận không có vai trò \(role.words.vi.lowercased()) của bước này. Hãy chọn người khác.",
                "The receiver is no \(role.words.en.lowercased()), which this step needs. Please choose somebody else.",
                .conflict
            )
        case .passedOn:
            Problem(
                "passed-on",
                "Hồ sơ đang ở cơ quan phối hợp. Hãy chờ trả lời, hoặc rút hồ sơ về rồi làm tiếp.",
                "The dossier is with another agency. Please wait for its answer, or take the dossier back first.",
                .conflict
            )
        case .passedToItself:
            Problem.invalid([
                FieldError(
                    "agency",
                    "Đây là cơ quan của hồ sơ. Hãy chọn cơ quan khác.",
                    "This is the dossier’s own agency. Please choose another."
                )
            ])
        case .partDueInThePast:
            Problem.invalid([
                FieldError(
                    "by",
                    "Ngày cần trả lời đã qua. Hãy chọn ngày sau.",
                    "That day is past. Please choose a later one."
                )
            ])
        case .notPassed:
            Problem(
                "not-passed",
                "Hồ sơ không ở cơ quan phối hợp nào. Hãy tải lại trang.",
                "The dossier is with no other agency. Please reload the page.",
                .conflict
            )
        case .notLater(let due):
            Problem(
                "not-later",
                "Ngày hẹn mới phải sau \(due.localMinute.vietnamese).",
                "The new day must be after \(due.localMinute.vietnamese).",
                .unprocessableContent,
                errors: [
                    FieldError(
                        "date",
                        "Hãy chọn ngày sau \(due.localMinute.vietnamese).",
                        "Please choose a day after \(due.localMinute.vietnamese)."
                    )
                ]
            )
        }
    }
}

extension Drafts.Refusal: ProblemConvertible {
    package var problem: Problem {
        switch self {
        case .notFound:
            Problem(
                "no-such-draft",
                "Không có bản nháp này trong tài khoản của bạn. Hãy mở “Hồ sơ của tôi”.",
                "There is no such draft in your account. Please open “My dossiers”.",
                .notFound
            )
        case .alreadyFiled:
            Problem(
                "already-filed",
                "Bản nháp này đã được nộp thành hồ sơ.",
                "This draft has been filed already.",
                .conflict
            )
        case .tooManyFiles:
            Problem(
                "too-many-files",
                "Mỗi hồ sơ nhận tối đa \(Drafts.mostFiles) tệp. Hãy gộp các trang vào một tệp PDF.",
                "A dossier takes at most \(Drafts.mostFiles) files. Please put pages together into one PDF.",
                .conflict
            )
        case .changedElsewhere:
            Problem(
                "changed-elsewhere",
                "Bản nháp vừa được sửa ở một cửa sổ khác. Hãy tải lại trang để xem bản mới nhất.",
                "The draft has just been changed in another window. Please reload to see the latest.",
                .conflict
            )
        }
    }
}

extension Problem {
    package static let noSuchDossier = Problem(
        "no-such-dossier",
        "Không có hồ sơ này, hoặc bạn không có quyền xem. Hãy kiểm tra lại mã hồ sơ.",
        "There is no such dossier, or it is not yours to see. Please check the code.",
        .notFound
    )

    /// Somebody saved first: nothing was lost, but it must be looked at again.
    package static let changedMeanwhile = Problem(
        "changed-meanwhile",
        "Hồ sơ vừa có cập nhật mới (do người khác, hoặc do bạn ở cửa sổ khác). Hãy tải lại trang rồi làm lại.",
        "The dossier has just changed, by somebody else or by you in another window. Please reload the page and try again.",
        .conflict
    )
}

extension StaleVersion: ProblemConvertible {
    package var problem: Problem { .changedMeanwhile }
}

extension IdempotencyConflict: ProblemConvertible {
    package var problem: Problem {
        Problem(
            "key-used-differently",
            "Khóa chống lặp này đã dùng cho một yêu cầu khác. Hãy dùng khóa mới.",
            "This idempotency key was used for another request. Please use a new one.",
            .unprocessableContent
        )
    }
}

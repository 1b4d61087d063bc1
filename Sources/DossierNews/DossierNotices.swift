import Web

/// What applicants are told about their dossiers; in which words is not known here.
enum DossierNotice {
    static let filed = kind("filed", Words("Hồ sơ đến nơi", "The dossier has arrived"))
    static let accepted = kind("accepted", Words("Tiếp nhận, ngày hẹn trả", "Accepted, with the due date"), .moment)
    static let acceptedWithoutDay = kind("acceptedWithoutDay", Words("Tiếp nhận", "Accepted"))
    static let supplementAsked = kind(
        "supplementAsked",
        Words("Cần bổ sung, hạn cuối", "A supplement, with its last day"),
        .day
    )
    static let supplementAskedOpen = kind("supplementAskedOpen", Words("Cần bổ sung", "A supplement is needed"))
    static let supplementReminder = kind(
        "supplementReminder",
        Words("Nhắc hạn bổ sung", "Reminder of a supplement"),
        .day
    )
    static let paymentAsked = kind("paymentAsked", Words("Khoản phải nộp", "A payment is due"))
    static let dueMoved = kind("dueMoved", Words("Ngày hẹn trả thay đổi", "Another due date"), .moment)
    static let extended = kind("extended", Words("Xin lỗi và hẹn lại", "Apology, another due date"), .moment)
    static let apologised = kind("apologised", Words("Xin lỗi vì quá hạn", "Apology for the delay"), .day)
    static let readyOnline = kind("readyOnline", Words("Có kết quả để tải", "The result can be downloaded"))
    static let readyAtCounter = kind(
        "readyAtCounter",
        Words("Có kết quả để nhận tại quầy", "The result can be fetched")
    )
    static let readyByPost = kind("readyByPost", Words("Có kết quả, trả qua bưu điện", "The result goes by post"))
    static let handedOver = kind("handedOver", Words("Kết quả trao tại quầy", "The result was handed over"))
    static let posted = kind("posted", Words("Kết quả giao bưu điện", "The result was given to the post"))
    static let returnTakenBack = kind(
        "returnTakenBack",
        Words("Ghi nhầm việc trả kết quả", "The return was recorded by mistake")
    )
    static let corrected = kind("corrected", Words("Kết quả đang được đính chính", "The result is being corrected"))
    static let refused = kind("refused", Words("Không tiếp nhận", "Not accepted"))
    static let stopped = kind("stopped", Words("Dừng giải quyết", "Work has stopped"))
    static let cancelled = kind("cancelled", Words("Hủy vì nhập nhầm", "Cancelled"))
    static let withdrawn = kind("withdrawn", Words("Hồ sơ được rút", "Withdrawn"))
    static let withdrawalDeclined = kind("withdrawalDeclined", Words("Không đồng ý cho rút", "Withdrawal declined"))

    static let all = [
        filed, accepted, acceptedWithoutDay, supplementAsked,
        supplementAskedOpen, supplementReminder, paymentAsked, dueMoved,
        extended, apologised, readyOnline, readyAtCounter,
        readyByPost, handedOver, posted, returnTakenBack,
        corrected, refused, stopped, cancelled,
        withdrawn, withdrawalDeclined,
    ]

    private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })

    static func named(_ name: String) -> NoticeKind? { byName[name] }

    /// The code and a link, and the one time that it is about.
    private static func kind(_ name: String, _ title: Words, _ time: NoticeFact.Sort? = nil) -> NoticeKind {
        var facts: [String: NoticeFact.Sort] = ["code": .code, "link": .link]
        switch time {
        case .moment: facts["time"] = .moment
        case .day: facts["day"] = .day
        default: break
        }
        return NoticeKind("dossier.\(name)", title, facts)
    }
}

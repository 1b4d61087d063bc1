import Agencies
import DossierCore
import Kernel
import Spreadsheets
import Web

/// The columns in which the register is handed on: those of Form 07 in its order, then what offices ask for besides.
struct RegisterColumns {
    let say: Language
    let agencies: [ID<Agency>: String]
    let now: Instant

    init(_ query: RegisterQuery, now: Instant, _ say: Language) {
        self.say = say
        self.now = now
        agencies = Dictionary(
            query.agencies.map { ($0.id, say($0.name)) },
            uniquingKeysWith: { first, _ in first }
        )
    }

    var columns: [SheetColumn] {
        [
            SheetColumn(say("TT", "No."), width: 7),
            SheetColumn(say("Mã hồ sơ", "Dossier code"), width: 28),
            SheetColumn(say("Tên TTHC", "Procedure"), width: 40),
            SheetColumn(say("Số bộ", "Sets"), width: 7),
            SheetColumn(say("Tên cá nhân, tổ chức", "Applicant"), width: 26),
            SheetColumn(say("Địa chỉ", "Address"), width: 36),
            SheetColumn(say("Số điện thoại", "Telephone"), width: 15),
            SheetColumn(say("Cơ quan giải quyết", "Deciding agency"), width: 32),
            SheetColumn(say("Nhận hồ sơ", "Received"), width: 18),
            SheetColumn(say("Hẹn trả kết quả", "Due"), width: 18),
            SheetColumn(say("Trả kết quả", "Returned"), width: 18),
            SheetColumn(say("Phương thức nhận kết quả", "Way of return"), width: 22),
            SheetColumn(say("Ký nhận", "Signature"), width: 18),
            SheetColumn(say("Ghi chú", "Remarks"), width: 26),
            SheetColumn(say("Nộp hồ sơ", "Filed"), width: 18),
            SheetColumn(say("Có kết quả", "Finished"), width: 18),
            SheetColumn(say("Kênh nộp", "Channel"), width: 18),
            SheetColumn(say("Trạng thái", "State"), width: 24),
            SheetColumn(say("Mã TTHC", "Procedure code"), width: 13),
            SheetColumn(say("Số văn bản kết quả", "Number of the result"), width: 20),
        ]
    }

    func cells(_ entry: RegisterEntry, number: Int) -> [Cell] {
        [
            .number(number), .text(entry.code.rawValue), .text(entry.procedureName), .number(Self.sets),
            .text(entry.applicantName), .text(entry.registered.address), .text(entry.registered.phone),
            .text(agencies[entry.agency]), .minute(entry.registered.receivedAt), .minute(entry.dueAt),
            .minute(entry.registered.returnedAt), .text(say(entry.returnMethod.words)), .text(signature(entry)),
            .text(remarks(entry)), .minute(entry.filedAt), .minute(entry.finishedAt), .text(say(entry.channel.words)),
            .text(say(entry.stage.name)), .text(entry.procedureCode), .text(entry.registered.resultNumber),
        ]
    }

    /// One-stop offices take one set; more are copies among the papers.
    static let sets = 1

    /// Who fetches a result at a counter signs with a pen.
    func signature(_ entry: RegisterEntry) -> String? {
        switch entry.registered.returnedBy {
        case .online: say("Đã nhận trực tuyến", "Received online")
        case .post: say("Giao qua bưu chính", "Delivered by post")
        case .counter, nil: nil
        }
    }

    func remarks(_ entry: RegisterEntry) -> String? {
        let state: String? =
            switch entry.stage {
            case .refused, .withdrawn, .stopped, .cancelled, .awaitingSupplement, .awaitingObligation:
                say(entry.stage.name)
            case .unfiled, .filed, .accepted, .processing, .finished, .returned: nil
            }
        let again = entry.wasAskedAgain ? say("Yêu cầu bổ sung lần nữa", "Supplement asked for again") : nil
        let remarks = [state, again, entry.isLate(at: now) ? say("Quá hạn", "Late") : nil].compactMap(\.self)
        return remarks.isEmpty ? nil : remarks.joined(separator: "; ")
    }
}

import Agencies
import Hummingbird
import Kernel
package import Web

extension VisitPurpose {
    package var words: Words {
        switch self {
        case .reception: Words("Nộp hồ sơ", "Hand in a dossier")
        case .result: Words("Nhận kết quả", "Fetch a result")
        case .onlineHelp: Words("Hỗ trợ nộp trực tuyến", "Help with filing online")
        case .postDropOff: Words("Gửi hồ sơ qua bưu chính", "Leave an envelope for the post")
        }
    }
}

extension PriorityReason {
    package var words: Words {
        switch self {
        case .elderly: Words("Người từ 80 tuổi", "Aged 80 or older")
        case .disabled: Words("Người khuyết tật", "Person with a disability")
        case .pregnant: Words("Phụ nữ mang thai", "Pregnant")
        case .merit: Words("Người có công với cách mạng", "Person with merit")
        case .smallChild: Words("Đi cùng trẻ dưới 36 tháng tuổi", "With a child younger than 36 months")
        }
    }
}

extension OutOfOrderReason {
    package var words: Words {
        switch self {
        case .emergency: Words("Sức khỏe hoặc việc khẩn cấp", "Unwell, or an emergency")
        case .sameDossier: Words("Cùng hồ sơ vừa giải quyết", "Belongs to the dossier just handled")
        case .shortQuestion: Words("Chỉ hỏi một câu ngắn", "One short question")
        case .officerLeaves: Words("Cán bộ phụ trách sắp vắng mặt", "The officer for it is about to leave")
        case .mendedMistake: Words("Đã bị gọi sót", "Was passed over by mistake")
        case .hallIsFull: Words("Phòng chờ đã đủ người", "The hall is full")
        }
    }
}

extension OfficeDay.Refusal: ProblemConvertible {
    package var problem: Problem {
        let words = words
        return Problem("queue", words.vi, words.en, status)
    }

    private var status: HTTPResponse.Status {
        switch self {
        case .noSuchTicket, .noSuchCounter: .notFound
        case .noSuchLine, .healthRulesFirst, .badCapacity, .timeHasPassed: .unprocessableContent
        default: .conflict
        }
    }

    private var words: Words {
        switch self {
        case .notOpen: Words("Hôm nay chưa có ai lấy số ở đây.", "No ticket was taken here today.")
        case .tooEarly(let opens):
            Words(
                "Chưa đến giờ lấy số. Cơ quan mở cửa lúc \(opens.localMinute.timeOfDay); số được phát trước đó một giờ.",
                "It is too early. The office opens at \(opens.localMinute.timeOfDay); tickets are given from an hour before."
            )
        case .dayIsOver:
            Words(
                "Hôm nay đã hết giờ tiếp nhận. Bạn có thể đặt lịch hẹn, nộp trực tuyến hoặc qua bưu chính.",
                "The office has closed for today. You may book an appointment, file online or by post."
            )
        case .noSuchLine: Words("Hãy chọn một việc trong danh sách.", "Please choose one of the list.")
        case .healthRulesFirst:
            Words(
                "Hãy đọc và đánh dấu đã hiểu các quy định phòng dịch trước khi lấy số.",
                "Please read the health rules and tick that you have understood them before taking a ticket."
            )
        case .hasTicket(let number):
            Words(
                "Với số điện thoại hoặc số giấy tờ này, bạn đang có số thứ tự \(number.rawValue) cho cùng việc. Hãy mở lại phiếu đó trên máy đã lấy, hoặc hỏi bàn hướng dẫn.",
                "With this phone or identity number you hold ticket \(number.rawValue) for the same matter. Open it where you took it, or ask at the desk."
            )
        case .noSuchTicket: Words("Không có số thứ tự này hôm nay.", "There is no such ticket today.")
        case .noSuchCounter: Words("Không có quầy này.", "There is no such counter.")
        case .counterIsBusy(let number):
            Words(
                "Quầy đang phục vụ số \(number.rawValue). Hãy kết thúc trước.",
                "The counter is serving \(number.rawValue). Please finish first."
            )
        case .counterIsNotOpen:
            Words("Quầy chưa mở. Hãy mở quầy trước.", "The counter is not open. Please open it first.")
        case .nobodyAtCounter: Words("Không có ai đang ở quầy.", "Nobody is at the counter.")
        case .nobodyWaits: Words("Không còn ai chờ quầy này.", "Nobody waits for this counter.")
        case .hallIsFull(let capacity):
            Words(
                "Phòng đã đủ \(capacity) người được phép. Hãy đợi có người ra.",
                "The hall holds the \(capacity) people it may. Please wait until somebody leaves."
            )
        case .notWaiting: Words("Số này không còn chờ nữa.", "This ticket does not wait any more.")
        case .isAway(let until):
            Words(
                "Người này được hẹn quay lại lúc \(until.localMinute.timeOfDay). Khi họ có mặt, hãy bấm “Đã quay lại”.",
                "This person was told to be back at \(until.localMinute.timeOfDay). When they are here, press “Is back”."
            )
        case .otherLine:
            Words(
                "Quầy này không phục vụ lĩnh vực của số đó. Hãy chuyển sang quầy khác.",
                "This counter does not serve the field of that ticket. Please use another counter."
            )
        case .notTheirTurn(let next):
            Words(
                "Chưa đến lượt số này: tiếp theo là \(next.rawValue). Muốn gọi trước, hãy chọn lý do.",
                "It is not their turn: \(next.rawValue) is next. To call them before, choose a reason."
            )
        case .callAgainFirst(let times):
            Words("Hãy gọi lại \(times) lần nữa trước khi bỏ qua.", "Please call \(times) more times before skipping.")
        case .cameBackTooLate(let minutes):
            Words(
                "Đã quá \(minutes) phút kể từ khi gọi. Hãy lấy số mới.",
                "More than \(minutes) minutes have passed since the call. Please take a new ticket."
            )
        case .timeHasPassed: Words("Hãy chọn một giờ chưa qua.", "Please choose a time that is still to come.")
        case .nothingToConfirm:
            Words(
                "Số này không khai diện ưu tiên, hoặc không còn chờ nữa.",
                "This ticket claims no priority, or waits no more."
            )
        case .notBegun(let number):
            Words(
                "Số \(number.rawValue) đã được gọi nhưng chưa bấm “Đã đến”. Hãy bấm “Đã đến” hoặc “Vắng” trước.",
                "Ticket \(number.rawValue) was called and nobody has pressed “Is here” yet. Press “Is here” or “Absent” first."
            )
        case .otherVisitor(let now):
            now.map {
                Words(
                    "Tại quầy bây giờ là số \($0.rawValue); thao tác vừa rồi là cho người trước và chưa được thực hiện.",
                    "Ticket \($0.rawValue) is at the counter now; what you pressed was for the one before and was not done."
                )
            }
                ?? Words(
                    "Người này không còn ở quầy; thao tác vừa rồi chưa được thực hiện.",
                    "This visitor is not at the counter any more; what you pressed was not done."
                )
        case .nothingToTakeBack:
            Words(
                "Không còn thao tác nào lấy lại được: đã quá \(LastAct.length.milliseconds / 60_000) phút, hoặc đã có người khác được gọi.",
                "There is nothing to take back any more: \(LastAct.length.milliseconds / 60_000) minutes have passed, or somebody else was called."
            )
        case .badCapacity: Words("Số người không hợp lệ.", "The number of people is not valid.")
        }
    }
}

extension TicketBook.NotReceiving: ProblemConvertible {
    package var problem: Problem {
        if let order { return order.problem }
        return Problem(
            "not-receiving",
            "\(words.vi) Bạn cũng có thể nộp trực tuyến hoặc qua bưu chính.",
            "\(words.en) You may also file online or by post.",
            .conflict
        )
    }

    /// Why nobody is received today and which day is the next one.
    var words: Words {
        if let order { return order.words }
        guard isSetUp else {
            return Words(
                "Nơi này chưa phát số thứ tự ở đây. Giờ tiếp nhận có ở trang của cơ quan.",
                "No tickets are given for this office here yet. Its own page tells when it receives people."
            )
        }
        let reason = closedFor.map { Words(" (\($0.vi))", " (\($0.en))") } ?? Words("", "")
        let next =
            next.map { day in
                Words(
                    " Ngày tiếp nhận gần nhất: \(day.weekdayName.vi) \(day.vietnamese).",
                    " The next day of reception is \(day.weekdayName.en) \(day.vietnamese)."
                )
            } ?? Words("", "")
        return Words(
            "Hôm nay nơi này không tiếp nhận trực tiếp\(reason.vi).\(next.vi)",
            "This office receives nobody today\(reason.en).\(next.en)"
        )
    }
}

import Hummingbird
package import Kernel
package import Web

/// A way of filing is closed by order, or about to be: says by which document, why, from when until when, and which ways remain.
package struct ChannelClosed: ProblemConvertible, Equatable {
    package let channel: Channel
    package let closing: ImposedOrder
    /// Who has ordered it.
    package let authority: Words
    /// The ways that remain; nil where it depends on what somebody wants to file.
    package let open: [Channel]?
    /// The order has been given and does not hold yet: nothing is closed.
    package let isAhead: Bool
    /// Where they are found.
    package var way: Problem.Way?

    package init(
        _ channel: Channel,
        by closing: ImposedOrder,
        of authority: Words,
        open: [Channel]?,
        isAhead: Bool = false
    ) {
        self.channel = channel
        self.isAhead = isAhead
        self.closing = closing
        self.authority = authority
        self.open = open
    }

    package var problem: Problem {
        let words = words
        var problem = Problem("channel-closed", words.vi, words.en, .conflict)
        problem.way = way
        return problem
    }

    private var remaining: Words {
        guard let open else {
            return Words(
                "Trang của từng thủ tục cho biết các cách nộp còn lại.",
                "The page of each procedure tells which ways remain."
            )
        }
        guard !open.isEmpty else {
            return Words(
                "Trong thời gian này không còn cách nộp nào khác; hãy nộp khi hết thời gian trên.",
                "No other way is open meanwhile; please file when this is over."
            )
        }
        return Words(
            "\(isAhead ? "Trong thời gian ấy vẫn nhận" : "Vẫn nhận"): \(open.map(\.way.vi).joined(separator: ", ")).",
            "\(isAhead ? "Open meanwhile" : "Still open"): \(open.map(\.way.en).joined(separator: ", "))."
        )
    }

    /// What is closed, by which document, why, and what remains open.
    package var words: Words {
        let (order, way) = (closing.order, channel.way)
        return Words(
            "\(isAhead ? "Sẽ tạm dừng" : "Tạm dừng") \(way.vi) \(order.period.vi), theo \(order.document.vi) của \(authority.vi). Lý do: \(order.reason). \(remaining.vi)",
            "\(isAhead ? "To be closed" : "Closed") \(order.period.en): \(way.en), by \(order.document.en) of \(authority.en). Reason: \(order.reason). \(remaining.en)"
        )
    }
}

extension AgencyOrders.Refusal: ProblemConvertible {
    package var problem: Problem {
        switch self {
        case .notYours:
            Problem(
                "order-of-others",
                "Mệnh lệnh này do cấp trên ban hành. Chỉ cơ quan đã ban hành hoặc cấp trên của cơ quan đó được dừng.",
                "This was ordered from above. Only whoever ordered it, or stands above them, can lift it.",
                .forbidden
            )
        case .nothingOrdered:
            Problem.invalid([
                FieldError(
                    "percent",
                    "Chưa nêu biện pháp nào. Hãy ghi tỷ lệ chỗ ngồi, khoảng cách, kênh tạm dừng hoặc quy định y tế.",
                    "No measure is named. Give a percentage, a distance, a closed channel or health rules."
                )
            ])
        case .startHasPassed:
            Problem.invalid([
                FieldError(
                    "startDay",
                    "Thời điểm bắt đầu đã qua. Hãy để trống để áp dụng ngay, hoặc chọn thời điểm sau lúc này.",
                    "The beginning has passed. Leave it empty to begin at once, or choose a later time."
                )
            ])
        case .documentOfTheFuture:
            Problem.invalid([
                FieldError(
                    "date",
                    "Ngày văn bản ở sau hôm nay. Hãy ghi ngày ký văn bản; ngày bắt đầu áp dụng ghi ở mục “Bắt đầu”.",
                    "The document is dated after today. Give the day on which it was signed; when it begins to hold has fields of its own."
                )
            ])
        case .endsBeforeItStarts:
            Problem.invalid([
                FieldError(
                    "endDay",
                    "Thời điểm kết thúc phải sau thời điểm bắt đầu.",
                    "The end has to come after the beginning."
                )
            ])
        case .noSuchOrder: .notFound
        case .overAlready:
            Problem(
                "order-is-over",
                "Mệnh lệnh này đã hết hiệu lực. Hãy mở lại danh sách.",
                "This order is over already. Please open the list again.",
                .conflict
            )
        }
    }
}

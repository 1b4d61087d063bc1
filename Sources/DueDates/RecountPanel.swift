import Agencies
import DossierCore
import Kernel
import Markup
import Web

extension DossierBook {
    /// What an entry of a calendar does to due dates, for its page: how many dossiers, and how far it has come.
    var recountPanel: Panel<ID<CalendarEntry>> {
        Panel { entry, say in
            let recounts = try await recounts(of: entry)
            return panel(say("Tính lại ngày hẹn trả", "Due dates counted anew")) {
                guard !recounts.isEmpty else {
                    return
                        "<p>\(say("Chưa bắt đầu; trong ít phút nữa hãy tải lại trang.", "Not begun yet; please reload the page in a few minutes."))</p>"
                }
                return table(
                    say("Tính lại ngày hẹn trả", "Due dates counted anew"),
                    [
                        Column(say("Vì", "For")),
                        Column(say("Hồ sơ phải xem", "Dossiers to look at"), numeric: true),
                        Column(say("Đã xem", "Looked at"), numeric: true),
                        Column(say("Đổi ngày", "Date changed"), numeric: true), Column(say("Tình trạng", "State")),
                    ],
                    hidesCaption: true,
                    rows: recounts.map { $0.cells(say) }
                )
            }
        }
    }
}

extension Recount {
    fileprivate func cells(_ say: Language) -> [HTML] {
        let cause = isWithdrawal ? say("Thu hồi", "The withdrawal") : say("Quyết định", "The decision")
        let state =
            if let finishedAt {
                tag(
                    say("Xong lúc \(finishedAt.localMinute.vietnamese)", "Done \(finishedAt.localMinute.vietnamese)"),
                    .good
                )
            } else {
                tag(say("Đang tính", "Counting"), .waiting)
            }
        return [.text(cause), "\(max(expected, seen))", "\(seen)", "\(moved)", state]
    }
}

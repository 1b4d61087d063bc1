import Agencies
import Hummingbird
import Kernel
import Markup
import Web

/// The display in the hall, read from ten metres away and spoken where the browser can speak.
struct HallBoard {
    let agency: AgencyProfile
    let board: DayBoard?
    /// Told where there is no board, or where an order closes the counter.
    let closing: TicketBook.NotReceiving?
    /// The orders that are about to close the counters.
    let announced: [ChannelClosed]
    let version: Int
    let now: Instant
    /// Nil on a screen that is not known to stand in the hall.
    let door: DoorCode?
    let site: String

    func show(_ context: AppContext) throws -> Response {
        let say = context.language
        return page(say(agency.name), context, width: .wide, refresh: 10) {
            """
            <span class="bare"></span>
            <div class="hall" data-speaks>
            \(live(agency.id, version: version) {
                """
                \(comingClosures(announced, say))
                \(closing.map { emptyState(say("Hiện không phát số", "No tickets are given now"), say($0.words)) })
                \(board.map { content($0, say) })
                """
            })
            <p class="actions"><button type="button" class="button plain" data-speech hidden>\(say("Bật giọng đọc", "Turn the voice on"))</button></p>
            </div>
            """
        }
    }

    private func content(_ board: DayBoard, _ say: Language) -> HTML {
        let called = board.positions.filter { $0.visitor != nil }.sorted { ($0.since ?? now) > ($1.since ?? now) }
        let next = board.waiting.filter { $0.correctingFor == nil && $0.awayUntil.map { $0 <= now } ?? true }
        let entering = next.filter(\.isInside).prefix(12)
        return """
            <div class="boards">
            <section><h2>\(say("Mời đến quầy", "Please go to"))</h2>
            <ol class="calls" aria-live="polite">\(called.map { call($0, say) })</ol>
            \(called.isEmpty ? "<p class=\"none\">–</p>" as HTML : nil)
            </section>
            <section><h2>\(say("Tiếp theo", "Next"))</h2>
            <p class="next">\(entering.map { "<span>\($0.number.rawValue)</span> " as HTML })</p>
            <dl class="hall-facts">
            <div><dt>\(say("Trong phòng", "Inside"))</dt><dd>\(board.summary.inside)/\(board.summary.capacity)</dd></div>
            <div><dt>\(say("Đang chờ", "Waiting"))</dt><dd>\(board.summary.waiting)</dd></div>
            </dl>
            \(outside(Array(next.filter { !$0.isInside }.prefix(6)), say))
            \(door.map { DoorSign(code: $0, site: site, term: DoorCode.Term(at: now)).show(say) })
            </section>
            </div>
            """
    }

    private func call(_ position: DayBoard.Position, _ say: Language) -> HTML {
        let number = position.visitor?.rawValue ?? ""
        let words = "Mời số \(number) đến quầy \(position.number)"
        // Spoken once for every call, also when the same number is called again.
        return """
            <li class="\(position.isServing ? "served" : "calling")" data-say="\(words)" \
            data-call="\(number)-\(position.number)-\(position.calls)">\
            <strong>\(number)</strong><span>\(say("Quầy", "Counter")) <b>\(position.number)</b></span></li>
            """
    }

    private func outside(_ waiting: [DayBoard.Waiting], _ say: Language) -> HTML? {
        guard !waiting.isEmpty else { return nil }
        return """
            <p class="outside">\(say("Chờ bên ngoài", "Wait outside")): \
            \(waiting.map { $0.number.rawValue }.joined(separator: ", "))</p>
            """
    }
}

import DossierCore
import Kernel
import Markup
import Web

extension NoticeBook {
    /// What was said about a dossier, on its pages: each with its way, its time and its true state.
    var toldPanel: Panel<DossierOnPage> {
        Panel { page, say in
            let told = try await told(about: page.id.subject)
            guard !told.isEmpty else { return nil }
            return panel(say("Báo tin: việc gì, bằng cách nào", "News: what was told, and how"), id: "told") {
                """
                \(table(
                    say("Tin về hồ sơ này, mới nhất trước", "News of this dossier, the newest first"),
                    [Column(say("Tin", "News")), Column(say("Lúc", "At")), Column(say("Cách", "Way")), Column(say("Tình trạng", "State"))],
                    density: .dense,
                    hidesCaption: true,
                    rows: told.map { cells($0, say) }
                ))
                """
            }
        }
    }

    private func cells(_ told: ToldNotice, _ say: Language) -> [HTML] {
        [
            "\(DossierNotice.named(told.kind).map { say($0.title) } ?? told.kind)",
            "\(told.said.localMinute.vietnamese)",
            "\(way(told, say))",
            """
            \(told.state.tag(say))\(told.called.map { called -> HTML in
                """
                <br>\(say("Cán bộ ghi là đã gọi điện lúc", "An officer recorded a call at")) \
                \(called.localMinute.vietnamese)
                """
            })
            """,
        ]
    }

    /// By which way it went; “here only” where it went by none.
    private func way(_ told: ToldNotice, _ say: Language) -> String {
        switch told.state {
        case .handedOver(let way, _), .unclear(let way, _): say(way.words)
        case .waiting: "–"
        case .failed, .suppressed:
            told.called == nil
                ? say("Chỉ ở trang này", "On this page only") : say("Điện thoại", "By telephone")
        }
    }
}

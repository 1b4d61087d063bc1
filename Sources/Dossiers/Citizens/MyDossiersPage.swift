import DossierCore
import Hummingbird
import Kernel
import Markup
import Web

/// A citizen's drafts and dossiers.
struct MyDossiersPage {
    let drafts: [(draft: Draft, procedure: Words)]
    let listing: Listing<DossierRow>
    /// In bytes: what drafts and unsent supplements take, and may take.
    let use: Int
    let allowed: Int
    let now: Instant
    /// The draft that was just set aside, if it is there.
    let saved: ID<Draft>?

    func show(_ context: CitizenContext) -> Response {
        let say = context.language
        return page(
            say("Hồ sơ của tôi", "My dossiers"),
            context,
            crumbs: [Crumb(say("Trang chủ", "Home"), "/")]
        ) {
            """
            \(kept(say))
            \(unfinished(say))
            \(space(say))
            \(filed(say))
            \(pager(newer: nil, older: listing.next.map { "/ho-so?after=\($0.text)" }, say))
            """
        }
    }

    /// Rests on the draft itself: an address that says so keeps nothing.
    private func kept(_ say: Language) -> HTML? {
        guard let draft = drafts.first(where: { $0.draft.id == saved })?.draft else { return nil }
        let at = draft.updatedAt.localMinute.vietnamese
        return notice(.good) {
            "<p>\(say("Đã lưu lúc \(at). Bạn có thể quay lại bất cứ lúc nào.", "Saved at \(at). Come back whenever you like."))</p>"
        }
    }

    private func unfinished(_ say: Language) -> HTML? {
        guard !drafts.isEmpty else { return nil }
        return """
            <h2>\(say("Đang viết dở", "Drafts"))</h2>
            <ul class="cards">\(drafts.map { draft, procedure -> HTML in
                """
                <li><a href="/nhap/\(draft.id.rawValue)"><strong>\(say(procedure))</strong></a>
                <p class="quiet">\(say("Lưu lúc", "Saved at")) \(draft.updatedAt.localMinute.vietnamese)</p></li>
                """
            })</ul>
            """
    }

    private func space(_ say: Language) -> HTML? {
        guard use > 0 else { return nil }
        return """
            <p class="quiet">\(say(
                "Giấy tờ chưa nộp của bạn dùng \(size(of: use)) trong \(size(of: allowed)).",
                "Your papers that are not filed yet use \(size(of: use)) of \(size(of: allowed))."
            ))</p>
            """
    }

    private func filed(_ say: Language) -> HTML {
        guard !listing.items.isEmpty else {
            return drafts.isEmpty
                ? emptyState(
                    say("Bạn chưa có hồ sơ nào", "You have no dossiers yet"),
                    say("Tìm thủ tục cần làm rồi bấm “Nộp trực tuyến”.", "Find a procedure and press “File online”."),
                    action: linkButton(say("Tìm thủ tục", "Find a procedure"), "/")
                ) : ""
        }
        return """
            <h2>\(say("Đã nộp", "Filed"))</h2>
            \(table(
                say("Hồ sơ đã nộp", "Filed dossiers"),
                [
                    Column(say("Thủ tục", "Procedure")), Column(say("Mã hồ sơ", "Code")),
                    Column(say("Trạng thái", "State")), Column(say("Ngày nộp", "Filed")),
                    Column(say("Hẹn trả", "Due")),
                ],
                hidesCaption: true,
                rows: listing.items.map { row in
                    [
                        "<a href=\"/ho-so/\(row.id.rawValue)\">\(row.procedureName)</a>",
                        "<span class=\"code\">\(row.code.rawValue)</span>",
                        "\(row.stage.tag(say))\(Lateness(row, now: now).map { " \($0.tag(say))" as HTML })",
                        "\(row.filedAt.localDate.vietnamese)",
                        "\(row.dueAt?.localDate.vietnamese ?? "–")",
                    ]
                }
            ))
            """
    }
}

import Catalogue
import DossierCore
import Hummingbird
import Kernel
import Markup
import Scans
import Web

private func scanCrumbs(_ say: Language, isInside: Bool = true) -> [Crumb] {
    let work = Crumb(say("Bàn làm việc", "Workspace"), "/work")
    return isInside ? [work, Crumb(say("Quét hồ sơ", "Scanning"), "/work/scan")] : [work]
}

extension ScanBatch.State {
    var name: Words {
        switch self {
        case .queued: Words("Chờ đọc", "Waiting")
        case .reading: Words("Đang đọc", "Being read")
        case .ready: Words("Chờ xác nhận", "To be confirmed")
        case .filed: Words("Đã lưu vào hồ sơ", "Filed")
        case .discarded: Words("Đã bỏ", "Thrown away")
        case .failed: Words("Không đọc được", "Unreadable")
        }
    }

    var tone: Tone {
        switch self {
        case .queued, .reading: .active
        case .ready: .waiting
        case .filed: .good
        case .discarded: .neutral
        case .failed: .bad
        }
    }
}

/// Where piles are handed in, and what became of the latest.
struct ScanListPage {
    let batches: [ScanBatch]
    let errors: [FieldError]

    func show(_ context: OfficerContext) -> Response {
        let say = context.language
        let form = Form(context, errors: errors)
        return page(
            say("Quét hồ sơ cả tập", "Scanning piles"),
            context,
            status: errors.isEmpty ? .ok : .unprocessableContent,
            width: .wide,
            crumbs: scanCrumbs(say, isInside: false)
        ) {
            """
            \(form.summary)
            <div class="desk"><div class="now">
            \(panel(say("Tập vừa quét", "What was scanned")) {
                form.post(to: once("/work/scan"), hasFiles: true) {
                    """
                    \(form.fileField(
                        "paper-pile",
                        say("Tệp PDF của máy quét", "The scanner's PDF"),
                        hint: say(
                            "Tối đa \(PileSheet.most) trang và \(Uploads.megabytes) MB mỗi tệp; được chọn nhiều tệp.",
                            "At most \(PileSheet.most) pages and \(Uploads.megabytes) MB each; several files are fine."
                        ),
                        several: true
                    ))
                    \(actions(button(say("Tải lên và tách", "Upload and split"), key: "l")))
                    """
                }
            })
            \(panel(say("Cách làm", "How it is done")) {
                """
                <ol><li>\(say(
                    "Ở trang hồ sơ, chọn “Số hóa giấy tờ” rồi in trang phân cách của hồ sơ đó.",
                    "On the dossier's page choose “Scan papers” and print its separator sheets."
                ))</li><li>\(say(
                    "Đặt mỗi trang phân cách trước giấy tờ của nó; xếp nhiều hồ sơ thành một tập rồi quét ra PDF.",
                    "Lay each sheet before its paper, pile up several dossiers, and scan the pile to PDF."
                ))</li><li>\(say(
                    "Tải tệp lên đây, xem lại bảng tách và xác nhận.",
                    "Upload the file here, look at how it was split, and confirm."
                ))</li></ol>
                <p>\(linkButton(
                    say("In trang phân cách chung", "Print a generic separator"),
                    "/work/scan/separators",
                    .quiet
                ))</p>
                """
            })
            </div><div class="case">
            \(panel(say("Các tập gần đây", "Latest piles")) { list(say) })
            </div></div>
            """
        }
    }

    private func list(_ say: Language) -> HTML {
        guard !batches.isEmpty else {
            return emptyState(
                say("Chưa có tập quét nào", "Nothing has been scanned yet"),
                say("Tập vừa tải lên sẽ hiện ở đây.", "Piles appear here once they are uploaded.")
            )
        }
        return table(
            say("Các tập quét gần đây", "Latest piles"),
            [
                Column(say("Tệp", "File")), Column(say("Tải lên lúc", "Uploaded")), Column(say("Trạng thái", "State")),
                Column(say("Số trang", "Pages"), numeric: true),
            ],
            density: .dense,
            hidesCaption: true,
            rows: batches.map { batch in
                [
                    "<a href=\"/work/scan/\(batch.id.rawValue)\">\(batch.name)</a>",
                    "\(batch.createdAt.localMinute.vietnamese)", tag(say(batch.state.name), batch.state.tone),
                    "\(batch.pages.map(String.init) ?? "–")",
                ]
            }
        )
    }
}

/// How far the reader has come; the page comes again by itself, with or without a script.
func scanProgressPage(_ batch: ScanBatch, _ context: OfficerContext) -> Response {
    let say = context.language
    var response = page(
        say("Đang đọc tập quét", "The pile is being read"),
        context,
        lead: batch.name,
        crumbs: scanCrumbs(say)
    ) {
        notice(.active, title: say(batch.state.name)) {
            """
            <p>\(batch.pages.map { pages -> HTML in
                """
                <progress max="\(pages)" value="\(batch.pagesRead)">\(batch.pagesRead)/\(pages)</progress>
                \(say("Đã đọc \(batch.pagesRead) trên \(pages) trang.", "\(batch.pagesRead) of \(pages) pages are read."))
                """
            } ?? "\(say("Tập quét đang chờ đến lượt.", "The pile waits for its turn."))")</p>
            <p>\(say(
                "Trang này tự tải lại. Bạn có thể rời đi làm việc khác; tập quét không mất.",
                "This page reloads by itself. You may leave it; nothing is lost."
            )) <a href="/work/scan/\(batch.id.rawValue)">\(say("Tải lại ngay", "Reload now"))</a></p>
            """
        }
    }
    response.headers[.init("Refresh")!] = "2"
    return response
}

import Catalogue
import DossierCore
import Hummingbird
import Kernel
import Markup
import Scans
import Web

/// Photos of one paper become one PDF while the citizen still works on the draft.
extension CitizenRoutes {
    /// How the PDF will look, before the photos are given up for it.
    func showAlbum(_ request: Request, _ context: CitizenContext) async throws -> Response {
        let (work, component, photos) = try await photos(context)
        guard !photos.isEmpty else { throw Problem.noPhotos }
        let title = work.rules.componentName(component).vi
        let pdf = try await uploads.album(of: photos, titled: title, for: .citizen(context.citizen.id))
        return printed(pdf, named: "\(title).pdf", context)
    }

    func bindPhotos(_ request: Request, _ context: CitizenContext) async throws -> Response {
        _ = try await request.form(context)
        let (work, component, photos) = try await photos(context)
        // The button was pressed twice: it is done already.
        guard !photos.isEmpty else { return .redirect(to: work.path("giay-to")) }
        return try await told {
            let title = work.rules.componentName(component).vi
            let bound = try await uploads.bind(
                photos,
                for: component,
                titled: title,
                by: .citizen(context.citizen.id)
            )
            try await desk.drafts.replace(
                photos,
                by: bound,
                in: work.draft.id,
                of: context.citizen.id,
                at: desk.office.now
            )
            return .redirect(to: work.path("giay-to"))
        } again: { problem in
            PapersPage(work: work, errors: [FieldError("paper-\(component)", problem.vi, problem.en)]).show(context)
        }
    }

    private func photos(_ context: CitizenContext) async throws
        -> (work: DraftAtWork, component: String, photos: [AttachedFile])
    {
        let work = try await work(context)
        let component = try context.parameters.require("component")
        return (work, component, work.files.filter { $0.component == component && $0.isPhoto })
    }
}

extension Problem {
    fileprivate static let noPhotos = Problem(
        "no-photos",
        "Giấy tờ này chưa có ảnh nào để gộp. Hãy tải ảnh lên trước.",
        "There are no photos of this paper. Please upload them first.",
        .notFound
    )
}

extension PapersPage {
    /// Papers of which photos were uploaded, each with what would become of them.
    func albums(_ form: Form, _ say: Language) -> HTML? {
        let photos = Dictionary(grouping: work.files.filter(\.isPhoto), by: \.component)
        let components = work.rules.uploads(in: work.draft.situation).filter { photos[$0.key] != nil }
        guard !components.isEmpty else { return nil }
        return panel(say("Ảnh chụp giấy tờ", "Photos of papers")) {
            """
            <p>\(say(
                "Cán bộ đọc một tệp PDF dễ hơn nhiều ảnh rời. Mỗi ảnh thành một trang A4, tự xoay đúng chiều; xem trước rồi hãy gộp.",
                "One PDF is easier to read than loose photos. Each becomes an upright A4 page; look at it before you decide."
            ))</p>
            \(components.map { album($0.key, photos[$0.key] ?? [], form, say) })
            """
        }
    }

    private func album(_ component: String, _ photos: [AttachedFile], _ form: Form, _ say: Language) -> HTML {
        let count = photos.count
        let path = work.path("gop-anh/\(component)")
        return form.post(to: path) {
            """
            <p><strong>\(say(work.rules.componentName(component)))</strong>: \
            \(say("\(count) ảnh → PDF \(count) trang", count == 1 ? "1 photo → PDF of 1 page" : "\(count) photos → PDF of \(count) pages"))</p>
            \(actions(
                button(
                    count == 1
                        ? say("Chuyển ảnh thành PDF", "Turn the photo into a PDF")
                        : say("Gộp ảnh thành một PDF", "Put the photos into one PDF"),
                    .plain
                ),
                "<a href=\"\(path)\" target=\"_blank\" rel=\"noopener\">\(say("Xem trước PDF", "Look at the PDF"))</a>"
            ))
            """
        }
    }
}

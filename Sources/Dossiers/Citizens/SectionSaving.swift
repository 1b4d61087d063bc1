import Catalogue
import DossierCore
import Hummingbird
import Kernel
import Web

/// Saving a section of a draft: field by field, against what the page showed when it was read.
extension CitizenRoutes {
    func saveSection(_ request: Request, _ context: CitizenContext) async throws -> Response {
        let form = try await request.form(context)
        let work = try await work(context)
        let section = try work.section(context.parameters.require("section"))
        let reading = try await save(form, of: section, into: work, context, partly: true)
        guard reading.clashes.isEmpty else {
            let work = try await self.work(context)
            return ClashPage(
                path: work.path("khai/\(section.key)"),
                name: section.name,
                read: ReadMarks(section, in: work.answers),
                clashes: reading.clashes
            ).show(context)
        }
        try await note(section.key, of: work, context)
        if form["_later"] != nil { return .redirect(to: "/ho-so?saved=\(work.draft.id.rawValue)") }
        if reading.rowsChanged { return .redirect(to: work.path("khai/\(section.key)")) }
        // Conditions may have changed which sections follow, and what this one asks.
        let saved = try await self.work(context)
        guard saved.errors(of: section).isEmpty else {
            // What was typed is in the draft, so the page about it has an address, to which one can go back.
            return .redirect(to: saved.path("khai/\(section.key)?check=1"))
        }
        return .redirect(to: saved.path(after: "khai/\(section.key)"))
    }

    /// Keeps what is being typed; the answer brings the marks with which the next of it comes.
    func autosave(_ request: Request, _ context: CitizenContext) async throws -> Response {
        let form = try await request.form(context)
        let work = try await work(context)
        let section = try work.section(context.parameters.require("section"))
        _ = try await save(form, of: section, into: work, context, partly: false)
        try await note(section.key, of: work, context)
        guard let read = form.marks else { return Response(status: .noContent) }
        let marks = work.rules.revision.form.marks(read, after: form.answerPairs, of: section)
        return try json(SavedShape(read: marks.text), context)
    }

    private struct SavedShape: Encodable { let read: String }

    /// With a clash a page saves what does not clash, and shows the rest; what is saved while somebody types is saved
    /// whole or not at all, because nobody is asked then.
    private func save(
        _ form: FormData,
        of section: FormSection,
        into work: DraftAtWork,
        _ context: CitizenContext,
        partly: Bool
    ) async throws -> FormReading {
        let (definition, pairs, marks) = (work.rules.revision.form, form.answerPairs, form.marks)
        return try await desk.drafts.save(work.draft.id, of: context.citizen.id, at: desk.office.now) { stored in
            let earlier = try Answers(stored: stored)
            // A page without marks is one of an earlier version, or a program's: it says what everything is.
            let reading =
                marks.map { definition.reading(pairs, into: earlier, of: section, readAs: $0) }
                ?? definition.reading(pairs, into: earlier)
            guard partly || reading.clashes.isEmpty else { throw Problem.clash(reading.clashes) }
            return (reading.answers.json, reading)
        }
    }
}

extension FormData {
    /// What the page showed that has sent this.
    var marks: ReadMarks? { self[ReadMarks.name].flatMap(ReadMarks.init(text:)) }
}

extension Problem {
    fileprivate static func clash(_ clashes: [AnswerClash]) -> Problem {
        Problem(
            "changed-elsewhere",
            "Có mục vừa được sửa ở một cửa sổ khác, nên lần này chưa lưu gì. Hãy chọn nội dung đúng.",
            "Something has just been changed in another window, so nothing was saved. Please choose what is right.",
            .conflict,
            errors: clashes.map { clash in
                FieldError(
                    clash.unit,
                    "“\(clash.label.vi)” ở cửa sổ khác là: \(clash.there?.vi ?? "để trống").",
                    "“\(clash.label.en)” in the other window is: \(clash.there?.en ?? "empty")."
                )
            }
        )
    }
}

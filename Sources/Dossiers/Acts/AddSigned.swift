import Catalogue
import DossierCore
import Kernel
import Markup
import Web

/// The clerk adds the signed and sealed version, which is what the applicant gets; what lay before the leader is kept.
struct AddSigned: ActWithFiles {
    struct Said: ActSaid {
        /// The stamped version bears no number of this system.
        let withoutNumber: Bool?

        init(_ form: FormData) { withoutNumber = form.isTicked("withoutNumber") }
    }

    struct Terms: Sendable { let files: [AttachedFile] }

    let name = Words("Thêm bản đã ký, đóng dấu", "Add the signed version")
    let key = "add-signed"
    let address = "signed"

    func require(_ dossier: Dossier, by officer: ActingOfficer) throws(Dossier.Refusal) {
        try dossier.mayAddSigned(by: officer)
    }

    func components(_ rules: FilingRules) -> [String] { rules.revision.results.map(\.key) }

    func fields(_ asked: ActForm) -> HTML {
        let (form, say) = (asked.form, asked.say)
        return """
            <p>\(say(
                "Bản này thay cho bản trình ký và là bản người dân nhận được. Bản trình ký vẫn được lưu.",
                "It takes the place of what was submitted for signature and is what the applicant gets. The earlier version is kept."
            ))</p>
            \(number(asked))
            \(asked.scene.rules.revision.results.map { result in
                form.fileField("paper-\(result.key)", say(result.name), required: false)
            })
            """
    }

    /// The number that the stamped version is to bear; where there is none yet, it comes first.
    private func number(_ asked: ActForm) -> HTML? {
        let say = asked.say
        if let issue = asked.dossier.issue {
            return """
                <p>\(say("Bản đã đóng dấu phải mang số", "The stamped version must bear the number")) \
                <strong>\(issue.number)</strong>, \(issue.date.vietnamese).</p>
                """
        }
        guard asked.dossier.isToBeIssued else { return nil }
        return """
            \(notice(.waiting, title: say("Kết quả chưa có số", "The result has no number yet")) {
                """
                <p>\(say(
                    "Hãy quay lại và bấm “Cấp số kết quả” trước, ghi số vào văn bản, đóng dấu rồi quét.",
                    "Go back and press “Give the result its number” first, write it on the paper, stamp it, then scan it."
                ))</p>
                """
            })
            \(asked.form.checkbox("withoutNumber", say("Văn bản này không mang số do hệ thống cấp", "This paper bears no number given by the system")))
            """
    }

    func terms(_ said: Said, _ files: [AttachedFile], _ scene: ActScene, _ wrong: inout [FieldError]) -> Terms? {
        let areRefused = !wrong.isEmpty
        if scene.dossier.isToBeIssued, said.withoutNumber != true {
            wrong.append(
                FieldError(
                    "withoutNumber",
                    "Kết quả chưa có số. Hãy cấp số trước, hoặc đánh dấu nếu văn bản không mang số do hệ thống cấp.",
                    "The result has no number yet. Give it one first, or tick this if the paper bears none of the system."
                )
            )
        }
        guard files.isEmpty, !areRefused else { return Terms(files: files) }
        wrong.append(
            FieldError(
                "paper-\(scene.rules.revision.results.first?.key ?? "result")",
                "Chưa có tệp nào. Hãy chọn bản đã ký, đóng dấu.",
                "There is no file yet. Please choose the signed version."
            )
        )
        return nil
    }

    func command(by officer: ActingOfficer, _ terms: Terms) -> Dossier.Command {
        .addSigned(
            by: officer,
            files: terms.files.map { ResultFile(result: $0.component, file: $0.reference) }
        )
    }
}

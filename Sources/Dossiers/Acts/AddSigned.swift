import Catalogue
import DossierCore
import Kernel
import Markup
import Web

/// The clerk adds the signed and sealed version, which is what the applicant gets; what lay before the leader is kept.
struct AddSigned: ActWithFiles {
    struct Terms: Sendable { let files: [AttachedFile] }
    typealias Said = NothingSaid

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
            \(asked.scene.rules.revision.results.map { result in
                form.fileField("paper-\(result.key)", say(result.name), required: false)
            })
            """
    }

    func terms(_ said: NothingSaid, _ files: [AttachedFile], _ scene: ActScene, _ wrong: inout [FieldError]) -> Terms? {
        guard files.isEmpty, wrong.isEmpty else { return Terms(files: files) }
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

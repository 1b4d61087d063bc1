import DossierCore
import Kernel
import Markup
import Web

/// The result is given to the applicant, or posted.
struct ReturnResult: BulkAct {
    struct Said: ActSaid {
        let method: Given<ReturnMethod>?

        init(_ form: FormData) { method = form.given("method", ReturnMethod.init(rawValue:)) }
    }

    let name = Words("Trả kết quả", "Return the result")
    let key = "return"
    let shortcut: String? = "r"

    func require(_ dossier: Dossier, by officer: ActingOfficer) throws(Dossier.Refusal) {
        try dossier.mayReturnResult(by: officer)
    }

    func fields(_ asked: ActForm) -> HTML {
        asked.form.radios(
            "method",
            asked.say("Cách trả", "How it is returned"),
            ReturnMethod.allCases.map { Web.Choice($0.rawValue, asked.say($0.words)) },
            value: asked.details.row.returnBy.rawValue
        )
    }

    /// As the applicant has chosen, unless something else is said.
    func terms(_ said: Said, _ scene: ActScene, _ wrong: inout [FieldError]) -> ReturnMethod? {
        guard let method = said.method else { return scene.dossier.returnBy }
        if method.value == nil {
            wrong.append(
                FieldError("method", "Cách trả không đúng. Hãy chọn lại.", "Please choose how it is returned.")
            )
        }
        return method.value
    }

    func command(by officer: ActingOfficer, _ method: ReturnMethod) -> Dossier.Command {
        .returnResult(by: officer, method: method)
    }

    // MARK: - Several at once

    func isOffered(in list: Inbox, to roles: Set<Role>) -> Bool { list == .finished && roles.contains(.returns) }

    func bulkFields(_ form: Form, _ colleagues: [Colleague], _ say: Language) -> HTML? {
        form.select(
            "method",
            say("Trả kết quả các hồ sơ đã chọn", "Return the chosen results"),
            [ReturnMethod.counter, .post].map { Choice($0.rawValue, say($0.words)) }
        )
    }

    func bulkTerms(
        _ form: FormData,
        colleagues: () async throws -> [Colleague],
        _ wrong: inout [FieldError]
    ) -> ReturnMethod? {
        let method = form.filled("method").flatMap(ReturnMethod.init(rawValue:))
        if method == nil {
            wrong.append(FieldError("method", "Hãy chọn cách trả kết quả.", "Please choose how they are returned."))
        }
        return method
    }
}

import DossierCore
import Kernel
import Markup
import Web

/// The result is given to the applicant or to whoever they have sent, or posted.
struct ReturnResult: BulkAct {
    struct Said: ActSaid {
        let method: Given<ReturnMethod>?
        let collector: CollectorSaid

        init(_ form: FormData) {
            // On the page the way and who collects are one choice; where nothing is chosen, that is what is asked for.
            method =
                form["collector"] == Collector.byPost
                ? Given(.post) : form.given("method", ReturnMethod.init(rawValue:)) ?? Given(.counter)
            collector = CollectorSaid(form)
        }

        init(from decoder: any Decoder) throws {
            method = try decoder.container(keyedBy: Key.self).decodeIfPresent(Given<ReturnMethod>.self, forKey: .method)
            collector = try CollectorSaid(from: decoder)
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: Key.self)
            try container.encodeIfPresent(method, forKey: .method)
            try collector.encode(to: encoder)
        }

        private enum Key: CodingKey { case method }
    }

    struct Terms: Sendable {
        /// Nil for the way that each applicant has chosen.
        let method: ReturnMethod?
        let collector: DossierTexts.Draft?
        let at: Instant
    }

    let name = Words("Trả kết quả", "Return the result")
    let key = "return"
    let shortcut: String? = "r"

    func require(_ dossier: Dossier, by officer: ActingOfficer) throws(Dossier.Refusal) {
        try dossier.mayReturnResult(by: officer)
    }

    func fields(_ asked: ActForm) -> HTML {
        let (say, chosen) = (asked.say, asked.dossier.returnBy)
        return """
            <p>\(say("Người dân đã chọn", "The applicant chose")): <strong>\(say(chosen.words))</strong></p>
            \(chosen == .online ? notice {
                "<p>\(say("Bản điện tử được ghi là đã trả khi người dân tải về. Chỉ ghi ở đây khi họ nhận bản giấy.", "The electronic copy counts as returned when the applicant fetches it. Record here only what they get on paper."))</p>"
            } : nil)
            \(Collector.fields(asked.form, applicant: asked.details.row.applicantName, say))
            """
    }

    func terms(_ said: Said, _ scene: ActScene, _ wrong: inout [FieldError]) -> Terms? {
        if let method = said.method, method.value == nil {
            wrong.append(
                FieldError("method", "Cách trả không đúng. Hãy chọn lại.", "Please choose how it is returned.")
            )
        }
        let method = said.method?.value ?? scene.dossier.returnBy
        let collector =
            method == .counter
            ? Collector(said.collector, applicant: scene.details.row.applicantName, &wrong) : nil
        if method == .post { wrong += said.collector.strangersToThePost }
        guard wrong.isEmpty else { return nil }
        return Terms(method: said.method?.value, collector: collector?.text(at: scene.now), at: scene.now)
    }

    func texts(_ terms: Terms) -> [DossierTexts.Draft] { [terms.collector].compactMap(\.self) }

    func command(by officer: ActingOfficer, _ terms: Terms) -> Dossier.Command {
        .returnResult(
            by: officer,
            method: terms.method,
            collector: terms.collector?.sealed,
            takenBackUntil: terms.at + .minutes(Dossier.minutesToTakeBack)
        )
    }

    // MARK: - Several at once

    func isOffered(in list: Inbox, to roles: Set<Role>) -> Bool { list == .finished && roles.contains(.returns) }

    func bulkName(in list: Inbox) -> Words {
        Words("Ghi đã gửi bưu điện các hồ sơ đã chọn", "Record the chosen ones as posted")
    }

    /// Who comes to the counter is written down for each; what is fetched online returns itself.
    func bulkTerms(
        _ form: FormData,
        at now: Instant,
        colleagues: () async throws -> [Colleague],
        _ wrong: inout [FieldError]
    ) -> Terms? {
        Terms(method: nil, collector: nil, at: now)
    }
}

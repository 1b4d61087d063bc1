import Catalogue
package import Kernel
package import Markup
package import Persistence
package import Web

/// Tells the history of a dossier, to its applicant or to officers.
package struct History: Sendable {
    package let say: Language
    package let rules: FilingRules?
    package let texts: [ID<DossierText>: String]
    /// What officers write to each other, and who they are, is not for the applicant, who deals with the agency.
    package let isForOfficers: Bool
    package var names: [ID<Officer>: String] = [:]
    package var agencies: [ID<Agency>: Words] = [:]
    /// For readers who have not signed in: reasons and requests may speak of persons.
    package var hidesTexts = false

    package init(
        say: Language,
        rules: FilingRules?,
        texts: [ID<DossierText>: String],
        isForOfficers: Bool,
        names: [ID<Officer>: String] = [:],
        agencies: [ID<Agency>: Words] = [:],
        hidesTexts: Bool = false
    ) {
        self.say = say
        self.rules = rules
        self.texts = texts
        self.isForOfficers = isForOfficers
        self.names = names
        self.agencies = agencies
        self.hidesTexts = hidesTexts
    }

    /// Newest first.
    package func tell(_ events: [Recorded<Dossier.Event>]) -> [Happening] {
        events.reversed().filter { isForOfficers || !$0.event.happening.isInternal }.map { recorded in
            let told = recorded.event.happening.sentence(in: self)
            let who = actor(recorded.circumstances)
            return Happening(
                recorded.circumstances.at.localMinute.vietnamese,
                told.title,
                machineTime: recorded.circumstances.at.localMinute.rawValue + "+07:00",
                tone: told.tone,
                detail: detail(told.text, who)
            )
        }
    }

    private func detail(_ text: String?, _ who: String?) -> HTML? {
        guard text != nil || who != nil else { return nil }
        return """
            \(text.map { "<p class=\"pre\">\($0)</p>" as HTML })\(who.map { "<p class=\"quiet\">\($0)</p>" as HTML })
            """
    }

    private func actor(_ circumstances: Circumstances) -> String? {
        switch circumstances.actor {
        case .officer(let id):
            names[id].map { name in
                guard let absent = circumstances.standingInFor.flatMap({ names[$0] }) else { return name }
                let basis = circumstances.basis.map { " (\($0))" } ?? ""
                return say("\(name), thay cho \(absent)\(basis)", "\(name), in place of \(absent)\(basis)")
            }
        case .citizen: !isForOfficers ? nil : say("Người nộp", "Applicant")
        // Whoever is helped sees what was done for them.
        case .helper: say("Người hỗ trợ làm thay người nộp", "A helper, for the applicant")
        case .system: !isForOfficers ? nil : say("Hệ thống tự động", "The system itself")
        case .visitor: nil
        }
    }

    func names(of papers: [FiledPaper]) -> String {
        papers.map { paper in rules.map { say($0.componentName(paper.component)) } ?? paper.component }
            .joined(separator: "\n")
    }

    /// What the form calls the field at `path`.
    func label(ofField path: String) -> String {
        guard let path = FieldPath(rawValue: path),
            let section = rules?.revision.form.section(path.section), let field = section.field(path.field)
        else { return path }
        return "\(say(section.name)) – \(say(field.label))" + (path.row.map { " (\($0 + 1))" } ?? "")
    }

    func name(ofStep step: Int) -> String { rules?.stepName(step).map { say($0) } ?? String(step + 1) }

    func text(_ sealed: SealedText?) -> String? {
        guard !hidesTexts else { return nil }
        return sealed.map { texts[$0.text] ?? say("(nội dung đã xóa theo quy định)", "(erased by law)") }
    }

}

extension ReturnMethod {
    package var words: Words {
        switch self {
        case .online: Words("Bản điện tử trên Cổng", "Electronic copy on this site")
        case .post: Words("Qua bưu điện đến tận nơi", "By post to your address")
        case .counter: Words("Tại Bộ phận Một cửa", "At the one-stop office")
        }
    }
}

extension Channel {
    package var words: Words {
        switch self {
        case .online: Words("Trực tuyến", "Online")
        case .post: Words("Bưu chính công ích", "Public post")
        case .counter: Words("Trực tiếp", "Counter")
        }
    }
}

extension Stage {
    var tone: Tone {
        switch self {
        case .unfiled, .filed, .withdrawn, .cancelled: .neutral
        case .accepted, .processing: .active
        case .awaitingSupplement, .awaitingObligation: .waiting
        case .refused, .stopped: .bad
        case .finished, .returned: .good
        }
    }

    package func tag(_ say: Language) -> HTML { Web.tag(say(name), tone) }
}

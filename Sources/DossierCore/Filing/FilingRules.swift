import Agencies
package import Catalogue
package import Kernel
package import Web

/// The rules under which one dossier is filed: a procedure, the revision in force, the agency that decides.
package struct FilingRules: Sendable {
    package let procedure: Procedure
    package let revision: Revision

    package init(procedure: Procedure, revision: Revision) {
        self.procedure = procedure
        self.revision = revision
    }

    /// How the result may reach the applicant, best for them first.
    package var returnMethods: [ReturnMethod] {
        var methods: [ReturnMethod] = []
        // An electronic result has the value of the paper (Decree 45/2020/NĐ-CP, Art. 14).
        if revision.results.contains(where: \.electronic) { methods.append(.online) }
        if revision.post.return { methods.append(.post) }
        methods.append(.counter)
        return methods
    }

    /// The ways in which it can be filed, those that keep people at home first.
    package var ways: [Channel] { revision.ways }

    /// The papers that are handed in as files when somebody files online.
    package func uploads(in situation: String?) -> [Component] {
        revision.components(in: situation).filter { $0.digital && !$0.show && !$0.form }
    }

    /// The papers that are handed in or shown at a counter.
    package func handedIn(in situation: String?) -> [Component] { revision.components(in: situation) }

    /// What is missing among the files of an online dossier.
    package func missing(_ files: [AttachedFile], in situation: String?) -> [FieldError] {
        let given = Set(files.map(\.component))
        return uploads(in: situation).filter { $0.required && !given.contains($0.key) }.map { component in
            FieldError(
                "paper-\(component.key)",
                "Chưa có tệp cho “\(component.name.vi)”. Hãy chụp ảnh hoặc chọn tệp PDF.",
                "No file yet for “\(component.name.en)”. Take a photo or choose a PDF file."
            )
        }
    }

    /// A situation must be chosen where the procedure has several.
    package func check(situation: String?) -> [FieldError] {
        let known = revision.cases.map(\.key)
        if known.isEmpty, situation == nil { return [] }
        if let situation, known.contains(situation) { return [] }
        return [
            FieldError(
                "situation",
                "Chưa chọn trường hợp của bạn. Hãy chọn một mục.",
                "Your case is not chosen. Please choose one."
            )
        ]
    }

    /// Whether the way of return asks where the post brings the result; a form that asks it itself is enough.
    package var asksReturnAddress: Bool { revision.form.section("delivery")?.field("deliveryAddress") == nil }

    /// `typed` by the rules of the form and of the way of return, which is one choice: what the form repeats of it
    /// follows, and what it needs must be there.
    package func check(_ typed: Answers, returnBy method: ReturnMethod?, on today: LocalDate) -> CheckedAnswers {
        let form = revision.form
        let checked = form.check(form.following(returnByPost: method == .post, typed), on: today)
        var (answers, errors) = (checked.answers, checked.errors + check(returnBy: method))
        if method == .post, asksReturnAddress {
            answers["delivery", "deliveryAddress"] = typed["delivery", "deliveryAddress"]?.tidied
            if answers.deliveryAddress?.isEmpty ?? true { errors.append(.returnAddressMissing) }
        }
        return CheckedAnswers(answers: answers, errors: errors, compared: checked.compared)
    }

    package func check(returnBy method: ReturnMethod?) -> [FieldError] {
        if let method, returnMethods.contains(method) { return [] }
        return [
            FieldError(
                "returnBy",
                "Chưa chọn cách nhận kết quả. Hãy chọn một mục.",
                "How to receive the result is not chosen. Please choose one."
            )
        ]
    }

    /// The papers with these keys as the rules want them on a counter: at least one original each.
    package func papers(_ keys: [String]) -> [FiledPaper] {
        revision.components.filter { keys.contains($0.key) }.map { component in
            FiledPaper(
                component: component.key,
                originals: component.copies > 0 ? component.originals : max(1, component.originals),
                copies: component.copies
            )
        }
    }

    package var steps: [PlannedStep] {
        revision.steps.map { PlannedStep(key: $0.key, role: Role($0.role), hours: $0.hours) }
    }

    package func stepName(_ index: Int) -> Words? {
        revision.steps.indices.contains(index) ? revision.steps[index].name : nil
    }

    package func componentName(_ key: String) -> Words {
        revision.components.first { $0.key == key }?.name ?? resultName(key)
    }

    package func resultName(_ key: String) -> Words {
        revision.results.first { $0.key == key }?.name ?? Words(key, key)
    }

    package func term(for channel: Channel) -> TimeLimit? { revision.terms(of: channel)?.term }

    package var dueRule: DueRule { revision.clock?.rule ?? DueRule() }
}

extension Role {
    package init(_ role: ProcessingStep.Role) {
        self =
            switch role {
            case .reception: .reception
            case .case: .caseOfficer
            case .leader: .leader
            case .clerk: .clerk
            case .returns: .returns
            }
    }
}

extension Answers {
    /// Every form begins with the applicant: the name a dossier is listed under.
    package var applicantName: String { self["applicant", "fullName"]?.tidied ?? "" }
    package var applicantPhone: String? { self["applicant", "phone"]?.tidied }
    package var applicantEmail: String? { self["applicant", "email"]?.tidied }
    package var applicantAddress: String? { self["applicant", "address"]?.tidied }
    /// Where the post brings the result: the form's own answer, or else where the applicant lives.
    package var deliveryAddress: String? { self["delivery", "deliveryAddress"]?.tidied ?? applicantAddress }

    /// `self` with what was given, beside the form, as the address for the post.
    package func delivered(to address: String?) -> Answers {
        var answers = self
        if let address { answers["delivery", "deliveryAddress"] = address }
        return answers
    }
}

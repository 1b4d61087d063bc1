import Catalogue
import DossierCore
import Kernel
import Markup
import Web

/// Another way of return is on record than the applicant wants, or another address for the post: who has an account chooses
/// the way alone, and tells the office where the address is wrong.
struct CorrectReturn: OfficerAct {
    struct Said: ActSaid {
        let returnBy: Given<ReturnMethod>?
        let deliveryAddress: String?
        /// As a form sends them that asks for the address itself.
        let fields: [CorrectAnswers.Said.Pair]?
        let text: String?

        init(_ form: FormData) {
            returnBy = form.given("returnBy", ReturnMethod.init(rawValue:))
            (deliveryAddress, text) = (form["deliveryAddress"], form["text"])
            fields = form.answerPairs.map { CorrectAnswers.Said.Pair(name: $0.name, value: $0.value) }
        }
    }

    struct Terms: Sendable {
        let method: ReturnMethod
        /// All answers, where the address has changed.
        let content: DossierTexts.Draft?
        let reason: DossierTexts.Draft
    }

    let name = Words("Sửa cách nhận kết quả", "Correct the way of return")
    let key = "correct-return"
    let width = PageWidth.wide
    private let reason = ActText(label: Words("Lý do sửa", "Why it is corrected"), rows: 3)

    func require(_ dossier: Dossier, by officer: ActingOfficer) throws(Dossier.Refusal) {
        try dossier.mayCorrectReturn(by: officer)
    }

    func fields(_ asked: ActForm) -> HTML {
        let (say, rules, dossier) = (asked.say, asked.scene.rules, asked.dossier)
        let hasAccount = dossier.filing?.applicant != nil
        let choices = rules.returnChoices(office: nil, say).filter {
            hasAccount || $0.value != ReturnMethod.online.rawValue
        }
        let address = dossier.returnBy == .post ? asked.details.deliveryAddress : nil
        return """
            <p>\(say("Đang ghi", "Recorded")): <strong>\(say(dossier.returnBy.words))</strong>\(address.map { " – \($0)" })</p>
            \(asked.form.radios("returnBy", say("Người dân nhận kết quả", "The applicant receives the result"), choices, value: dossier.returnBy.rawValue))
            \(returnAddress(asked.form, rules, say, value: asked.details.readAnswers?["delivery", "deliveryAddress"]))
            \(rules.asksReturnAddress ? nil : delivery(asked))
            \(reason.field(asked))
            """
    }

    /// What the procedure's own form asks for the post.
    private func delivery(_ asked: ActForm) -> HTML? {
        let form = asked.scene.rules.revision.form
        guard let section = form.section("delivery"), let stored = asked.details.readAnswers else { return nil }
        let method = asked.typed.filled("returnBy").flatMap(ReturnMethod.init(rawValue:)) ?? asked.dossier.returnBy
        let typed = asked.typed.pairs.isEmpty ? stored : form.reading(asked.typed.answerPairs, into: stored).answers
        let answers = form.following(returnByPost: method == .post, typed)
        return formSection(section, of: form, answers: answers, errors: asked.form.errors, in: asked.form, asked.say)
    }

    func terms(_ said: Said, _ scene: ActScene, _ wrong: inout [FieldError]) -> Terms? {
        let (rules, method) = (scene.rules, said.returnBy?.value)
        let reason = reason.read(said.text, at: scene.now, &wrong)
        wrong += rules.check(returnBy: method)
        if method == .online, scene.dossier.filing?.applicant == nil { wrong.append(.onlineNeedsAccount) }
        guard let stored = scene.details.readAnswers else {
            // What was erased names no address any more.
            if method == .post { wrong.append(.returnAddressMissing) }
            guard let method, let reason, wrong.isEmpty else { return nil }
            return Terms(method: method, content: nil, reason: reason)
        }
        let answers = answers(said, stored, method, rules, on: scene.now.localDate, &wrong)
        guard let method, let reason, wrong.isEmpty else { return nil }
        let isChanged = !answers.fields(differingFrom: stored).isEmpty
        return Terms(
            method: method,
            content: isChanged ? DossierTexts.Draft(answers.json, .answers, at: scene.now) : nil,
            reason: reason
        )
    }

    /// `stored` with the address that was given, beside the form or in it.
    private func answers(
        _ said: Said,
        _ stored: Answers,
        _ method: ReturnMethod?,
        _ rules: FilingRules,
        on today: LocalDate,
        _ wrong: inout [FieldError]
    ) -> Answers {
        let form = rules.revision.form
        let following = form.following(returnByPost: method == .post, stored)
        guard !rules.asksReturnAddress else {
            // Where nothing is said of the address, the one on record stays.
            guard let given = said.deliveryAddress else {
                if method == .post, stored.deliveryAddress?.isEmpty ?? true { wrong.append(.returnAddressMissing) }
                return following
            }
            let (address, errors) = rules.returnAddress(given, for: method)
            wrong += errors
            return following.delivered(to: address)
        }
        let typed = form.reading((said.fields ?? []).map { ($0.name, $0.value) }, into: following).answers
        let all = form.following(returnByPost: method == .post, typed.delivered(to: said.deliveryAddress?.written))
        let checked = form.check(all, on: today)
        // What has nothing to do with the way of return is not judged anew.
        wrong += checked.errors.filter { $0.field.hasPrefix("delivery.") }
        return checked.answers
    }

    func texts(_ terms: Terms) -> [DossierTexts.Draft] { [terms.content, terms.reason].compactMap(\.self) }

    func command(by officer: ActingOfficer, _ terms: Terms) -> Dossier.Command {
        .correct(.way(by: officer, to: terms.method, content: terms.content?.sealed, reason: terms.reason.sealed))
    }
}

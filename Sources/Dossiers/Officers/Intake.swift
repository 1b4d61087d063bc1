import Agencies
import Catalogue
import DossierCore
import Hummingbird
import Kernel
import Persistence
import PrintedPapers
import Web

/// Dossiers that visitors bring to the counter: entered, accepted and answered with a receipt in one go.
extension WorkRoutes {
    func chooseProcedure(_ request: Request, _ context: OfficerContext) async throws -> Response {
        try context.require(.reception)
        let typed = String((try request.query["q"] ?? "").prefix(200))
        let found = typed.isEmpty ? [] : desk.catalogue.search(typed, limit: 60)
        var own: [Procedure] = []
        for procedure in found where own.count < 20 {
            let competent = try await desk.competent(for: procedure)
            if competent.contains(where: { $0.id == context.officer.agency }) { own.append(procedure) }
        }
        return ChooseProcedurePage(typed: typed, procedures: own).show(context)
    }

    func showIntake(_ request: Request, _ context: OfficerContext) async throws -> Response {
        try context.require(.reception)
        let rules = try desk.rules(for: try context.parameters.require("code"), through: .counter)
        // What forms fill in by themselves they fill in here too; who the visitor is, nobody knows yet.
        let answers = rules.revision.form.prefilled(
            Answers(),
            for: KnownApplicant(name: nil, phone: nil, email: nil),
            on: desk.office.now.localDate
        )
        return try await intakePage(rules, answers: answers, typed: FormData(), errors: [], context)
    }

    private func intakePage(
        _ rules: FilingRules,
        answers: Answers,
        typed: FormData,
        errors: [FieldError],
        isOtherCase: Bool = false,
        _ context: OfficerContext
    ) async throws -> Response {
        var closed: [ChannelClosed] = []
        for channel in [Channel.counter, .post] where rules.ways.contains(channel) {
            let closure = try await desk.closure(of: channel, rules, at: context.officer.agency)
            if let closure { closed.append(closure) }
        }
        return IntakePage(
            rules: rules,
            closed: closed,
            answers: answers,
            typed: typed,
            errors: errors,
            // One page takes one dossier in, however often its button is pressed.
            once: typed.filled("once") ?? ID<Dossier>.fresh(at: desk.office.now).rawValue,
            isOtherCase: isOtherCase
        ).show(context)
    }

    func takeIn(_ request: Request, _ context: OfficerContext) async throws -> Response {
        try context.require(.reception)
        let form = try await request.form(context)
        let rules = try desk.rules(for: try context.parameters.require("code"), through: .counter)
        let reading = rules.revision.form.reading(form.answerPairs, into: Answers())
        let returnBy = form.filled("returnBy").flatMap(ReturnMethod.init(rawValue:))
        let answers = rules.revision.form.following(returnByPost: returnBy == .post, reading.answers)
        // The papers of a case are shown before anybody says that they were all looked at.
        let isOtherCase = form["caseShown"].map { !rules.papers(of: form["situation"], stoodIn: $0) } ?? false
        if reading.rowsChanged || isOtherCase {
            return try await intakePage(
                rules,
                answers: answers,
                typed: form,
                errors: [],
                isOtherCase: isOtherCase && !reading.rowsChanged,
                context
            )
        }
        let channel: Channel = form["channel"] == Channel.post.rawValue ? .post : .counter
        let counted = CountedPapers(rules, form)
        var fee = NotedPayment(PaymentSaid(form, .intake), .intake)
        fee.ask(Charges(rules, through: channel, answers: answers).doubt(about:))
        let (address, addressErrors) = rules.returnAddress(form["deliveryAddress"], for: returnBy)
        let (submission, errors) = try await desk.judge(
            FilingDesk.Application(
                procedure: rules.procedure.code.rawValue,
                situation: form.filled("situation"),
                agency: context.officer.agency.rawValue,
                channel: channel,
                returnBy: returnBy,
                applicant: nil,
                answers: answers.delivered(to: address),
                papers: counted.papers,
                files: []
            )
        )
        let wrong = errors + counted.errors + fee.errors + addressErrors
        guard var submission, wrong.isEmpty else {
            return try await intakePage(rules, answers: answers, typed: form, errors: wrong, context)
        }
        submission.feePaid = fee.payment
        let now = desk.office.now
        do {
            let receipt = try await desk.book.file(
                submission,
                desk.circumstances(context, at: now),
                once: try form.filled("once").map {
                    try idempotencyKey($0, scope: "intake/\(context.officer.id.rawValue)", submission.fingerprint)
                },
                acceptedBy: try await acting(context),
                due: try await desk.due(rules, at: submission.agency, channel: submission.channel, received: now)
            )
            return .redirect(to: "/work/dossiers/\(receipt.dossier.rawValue)?taken=1")
        } catch let closed as ChannelClosed {
            var page = try await intakePage(rules, answers: answers, typed: form, errors: [], context)
            page.status = closed.problem.status
            return page
        } catch is IdempotencyConflict {
            // The page of an earlier visitor was brought back and filled in anew: this is another dossier.
            var fresh = form
            fresh.remove("once")
            let error = FieldError(
                "once",
                "Trang này đã dùng cho một hồ sơ khác. Hãy kiểm tra lại rồi bấm “Tiếp nhận” lần nữa.",
                "This page was used for another dossier. Please check and press “Accept” again."
            )
            return try await intakePage(rules, answers: answers, typed: fresh, errors: [error], context)
        }
    }
}

extension FilingRules {
    /// Whether whoever saw the papers of the case `shown` has seen all of `chosen`.
    fileprivate func papers(of chosen: String?, stoodIn shown: String) -> Bool {
        func papers(_ situation: String) -> Set<String> {
            Set(revision.components(in: situation.isEmpty ? nil : situation).map(\.key))
        }
        return papers(chosen ?? "").isSubset(of: papers(shown))
    }
}

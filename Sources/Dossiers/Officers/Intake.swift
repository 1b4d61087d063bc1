import Agencies
import Catalogue
import DossierCore
import Hummingbird
import Kernel
import Persistence
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
        return try await intakePage(rules, answers: Answers(), typed: FormData(), errors: [], context)
    }

    private func intakePage(
        _ rules: FilingRules,
        answers: Answers,
        typed: FormData,
        errors: [FieldError],
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
            once: typed.filled("once") ?? ID<Dossier>.fresh(at: desk.office.now).rawValue
        ).show(context)
    }

    func takeIn(_ request: Request, _ context: OfficerContext) async throws -> Response {
        try context.require(.reception)
        let form = try await request.form(context)
        let rules = try desk.rules(for: try context.parameters.require("code"), through: .counter)
        let reading = rules.revision.form.reading(form.answerPairs, into: Answers())
        if reading.rowsChanged {
            return try await intakePage(rules, answers: reading.answers, typed: form, errors: [], context)
        }
        let (papers, countErrors) = countedPapers(rules, form)
        let (submission, errors) = try await desk.judge(
            FilingDesk.Application(
                procedure: rules.procedure.code.rawValue,
                situation: form.filled("situation"),
                agency: context.officer.agency.rawValue,
                channel: form["channel"] == Channel.post.rawValue ? .post : .counter,
                returnBy: form.filled("returnBy").flatMap(ReturnMethod.init(rawValue:)),
                applicant: nil,
                answers: reading.answers,
                papers: papers,
                files: []
            )
        )
        guard let submission, countErrors.isEmpty else {
            return try await intakePage(
                rules,
                answers: reading.answers,
                typed: form,
                errors: errors + countErrors,
                context
            )
        }
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
            var page = try await intakePage(rules, answers: reading.answers, typed: form, errors: [], context)
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
            return try await intakePage(rules, answers: reading.answers, typed: fresh, errors: [error], context)
        }
    }

    private func countedPapers(_ rules: FilingRules, _ form: FormData) -> ([FiledPaper], [FieldError]) {
        var papers: [FiledPaper] = []
        var errors: [FieldError] = []
        for component in rules.revision.components {
            let counts = ["originals", "copies"].map { kind -> Int? in
                guard let typed = form.filled("\(kind)-\(component.key)") else { return 0 }
                return Quantity(typed: typed)?.number
            }
            guard let originals = counts[0], let copies = counts[1] else {
                errors.append(
                    FieldError(
                        "originals-\(component.key)",
                        "Số bản của “\(component.name.vi)” phải từ 0 đến 99.",
                        "The number of “\(component.name.en)” must be 0 to 99."
                    )
                )
                continue
            }
            if originals + copies > 0 {
                papers.append(FiledPaper(component: component.key, originals: originals, copies: copies))
            }
        }
        return (papers, errors)
    }
}

import Catalogue
import Hummingbird
import Kernel
import Markup
import Persistence
import Web

/// A paper that an authority holds of the person already and that may serve one of the dossier's.
struct ReuseOffer: Sendable {
    /// The paper for which it is offered.
    let component: String
    /// As it lies in the earlier dossier.
    let file: AttachedFile
    let origin: PaperOrigin
    let code: DossierCode
    let name: Words
    /// When it was issued or handed in.
    let at: Instant

    /// What the tick says to the server.
    var value: String { "\(component) \(file.id.rawValue)" }

    /// The same content as a file of another dossier; nothing is copied.
    func attached(at now: Instant) -> AttachedFile {
        AttachedFile(
            id: .fresh(at: now),
            component: component,
            name: file.name,
            kind: file.kind,
            pages: file.pages,
            bytes: file.bytes,
            digest: file.digest,
            origin: origin
        )
    }
}

extension FilingDesk {
    /// What `citizen` has on file that may serve `components`: results of the kinds that each names, and the same paper
    /// of an earlier dossier; the newest three for each.
    func offers(for components: [Component], of citizen: ID<Citizen>, besides files: [AttachedFile]) async throws
        -> [ReuseOffer]
    {
        let keys = Set(components.flatMap { $0.reuse + [$0.key] })
        return offers(components, among: try await book.papersOnFile(of: citizen, keys: keys), besides: files)
    }

    /// What of `held`, newest first, may serve `components`.
    func offers(_ components: [Component], among held: [DossierBook.HeldPaper], besides files: [AttachedFile])
        -> [ReuseOffer]
    {
        components.flatMap { component in
            // The same content is one paper, however often it was handed in.
            var seen = Set(files.filter { $0.component == component.key }.map(\.digest))
            return held.compactMap { offer($0, for: component) }
                .filter { seen.insert($0.file.digest).inserted }.prefix(3)
        }
    }

    private func offer(_ held: DossierBook.HeldPaper, for component: Component) -> ReuseOffer? {
        guard let code = ProcedureCode(rawValue: held.procedure), let procedure = catalogue.procedure(code) else {
            return nil
        }
        let name: Words?
        if held.isResult {
            guard component.reuse.contains(held.key) else { return nil }
            name = procedure.revisions.flatMap(\.results).first { $0.key == held.key }?.name
        } else {
            // Keys are each procedure's own: only what has the same name is surely the same paper.
            let same = procedure.revisions.flatMap(\.components).first {
                $0.key == held.key && $0.name == component.name
            }
            guard held.key == component.key else { return nil }
            name = same?.name
        }
        guard let name else { return nil }
        return ReuseOffer(
            component: component.key,
            file: held.file,
            origin: PaperOrigin(dossier: held.dossier, result: held.isResult ? held.key : nil),
            code: held.code,
            name: name,
            at: held.at
        )
    }
}

extension FieldError {
    static func paperIsGone(_ tick: String) -> FieldError {
        FieldError(
            "paper-\(tick.prefix { $0 != " " })",
            "Giấy tờ muốn dùng lại không còn hoặc đã có trong hồ sơ. Hãy tải lại trang rồi chọn lại.",
            "The paper to be used again is gone or attached already. Please reload the page."
        )
    }
}

extension AttachedFile {
    /// The file as a paper of the dossier it is attached to.
    var paper: FiledPaper { FiledPaper(component: component, file: reference, origin: origin) }
}

extension FilingDesk {
    func offers(_ work: DraftAtWork, of citizen: ID<Citizen>) async throws -> [ReuseOffer] {
        try await offers(for: work.rules.uploads(in: work.draft.situation), of: citizen, besides: work.files)
    }

    /// Attaches what was ticked; what is not the person's own, or no longer there, is an error beside its paper.
    func reuse(
        _ ticked: [String],
        in work: DraftAtWork,
        of citizen: ID<Citizen>,
        once key: (AttachedFile, Int) throws -> IdempotencyKey?
    ) async throws -> [FieldError] {
        guard !ticked.isEmpty else { return [] }
        let offers = try await offers(for: work.rules.uploads(in: work.draft.situation), of: citizen, besides: [])
        var errors: [FieldError] = []
        for (number, tick) in ticked.prefix(Drafts.mostFiles).enumerated() {
            guard let offer = offers.first(where: { $0.value == tick }) else {
                errors.append(.paperIsGone(tick))
                continue
            }
            // Sent once more: it is there.
            if work.files.contains(where: { $0.component == offer.component && $0.digest == offer.file.digest }) {
                continue
            }
            let file = offer.attached(at: office.now)
            try await drafts.attach(file, to: work.draft.id, of: citizen, at: office.now, once: try key(file, number))
        }
        return errors
    }
}

extension DossierBook {
    /// A paper of an earlier dossier.
    struct HeldPaper: Sendable {
        let file: AttachedFile
        let key: String
        let isResult: Bool
        let at: Instant
        let dossier: ID<Dossier>
        let code: DossierCode
        let procedure: String
    }

    /// The person's own, newest first.
    func papersOnFile(of citizen: ID<Citizen>, keys: Set<String>) async throws -> [HeldPaper] {
        guard !keys.isEmpty else { return [] }
        return try await database.read { tx in
            try tx.fetch(
                """
                SELECT \(Attachments.columnsOfA), p.key, p.is_result, p.at, p.dossier, d.code, d.procedure_code
                FROM paper_on_file p
                JOIN attachment a ON a.id = p.attachment
                JOIN dossier d ON d.id = p.dossier
                WHERE p.citizen = \(citizen) AND p.key IN \(list: keys.sorted()) AND p.is_valid = 1
                ORDER BY p.at DESC, p.attachment DESC LIMIT 200
                """
            ).map { row in
                HeldPaper(
                    file: try AttachedFile(row),
                    key: try row.text(Attachments.columnCount),
                    isResult: try row.int(Attachments.columnCount + 1) == 1,
                    at: Instant(milliseconds: try row.int(Attachments.columnCount + 2)),
                    dossier: ID(rawValue: try row.text(Attachments.columnCount + 3)),
                    code: DossierCode(stored: try row.text(Attachments.columnCount + 4)),
                    procedure: try row.text(Attachments.columnCount + 5)
                )
            }
        }
    }
}

extension PapersPage {
    /// Ticks below a paper's file field.
    func reuse(_ component: Component, _ say: Language) -> HTML? {
        let offers = offers.filter { $0.component == component.key }
        return offers.isEmpty ? nil : reuseChoices(offers, say)
    }
}

/// A tick for each offer.
func reuseChoices(_ offers: [ReuseOffer], _ say: Language) -> HTML {
    """
    <div class="choices">\(offers.enumerated().map { index, offer -> HTML in
                let id = "reuse-\(offer.component)-\(index)"
                return """
                    <div class="choice"><input id="\(id)" name="reuse" type="checkbox" value="\(offer.value)">\
                    <label for="\(id)">\(sentence(offer, say))</label></div>
                    """
            })</div>
    """
}

private func sentence(_ offer: ReuseOffer, _ say: Language) -> String {
    let day = offer.at.localDate.vietnamese
    let (name, code) = (say(offer.name), offer.code.rawValue)
    return offer.origin.result == nil
        ? say(
            "Dùng lại “\(name)” đã nộp ngày \(day) (hồ sơ \(code))",
            "Use “\(name)” again, handed in on \(day) (dossier \(code))"
        )
        : say(
            "Dùng lại “\(name)” đã cấp ngày \(day) (hồ sơ \(code))",
            "Use “\(name)” again, issued on \(day) (dossier \(code))"
        )
}

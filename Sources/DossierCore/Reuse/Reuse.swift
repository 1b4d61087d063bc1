package import Catalogue
package import Kernel
package import Markup
import Persistence
package import Web

/// A paper that an authority holds of the person already and that may serve one of the dossier's.
package struct ReuseOffer: Sendable {
    /// The paper for which it is offered.
    package let component: String
    /// As it lies in the earlier dossier.
    package let file: AttachedFile
    package let origin: PaperOrigin
    package let code: DossierCode
    package let name: Words
    /// When it was issued or handed in.
    package let at: Instant

    /// What the tick says to the server.
    package var value: String { "\(component) \(file.id.rawValue)" }

    /// The same content as a file of another dossier; nothing is copied.
    package func attached(at now: Instant) -> AttachedFile {
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
    package func offers(for components: [Component], of citizen: ID<Citizen>, besides files: [AttachedFile])
        async throws
        -> [ReuseOffer]
    {
        let keys = Set(components.flatMap { $0.reuse + [$0.key] })
        return offers(components, among: try await held.papers(of: citizen, keys: keys), besides: files)
    }

    /// What of `held`, newest first, may serve `components`.
    package func offers(_ components: [Component], among held: [DossierBook.HeldPaper], besides files: [AttachedFile])
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
    package static func paperIsGone(_ tick: String) -> FieldError {
        FieldError(
            "paper-\(tick.prefix { $0 != " " })",
            "Giấy tờ muốn dùng lại không còn hoặc đã có trong hồ sơ. Hãy tải lại trang rồi chọn lại.",
            "The paper to be used again is gone or attached already. Please reload the page."
        )
    }
}

extension AttachedFile {
    /// The file as a paper of the dossier it is attached to.
    package var paper: FiledPaper { FiledPaper(component: component, file: reference, origin: origin) }
}

extension DossierBook {
    /// A paper of an earlier dossier.
    package struct HeldPaper: Sendable {
        package let file: AttachedFile
        package let key: String
        package let isResult: Bool
        package let at: Instant
        package let dossier: ID<Dossier>
        package let code: DossierCode
        package let procedure: String

        package init(
            file: AttachedFile,
            key: String,
            isResult: Bool,
            at: Instant,
            dossier: ID<Dossier>,
            code: DossierCode,
            procedure: String
        ) {
            self.file = file
            self.key = key
            self.isResult = isResult
            self.at = at
            self.dossier = dossier
            self.code = code
            self.procedure = procedure
        }
    }
}

/// A tick for each offer.
package func reuseChoices(_ offers: [ReuseOffer], _ say: Language) -> HTML {
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

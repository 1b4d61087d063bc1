import Agencies
package import Kernel
package import Markup
package import Persistence
package import Web

/// What other agencies were asked to do with a dossier, and what they answered.
package struct PassedParts {
    struct Part {
        let agency: ID<Agency>
        let request: SealedText
        let due: Instant
        let passedAt: Instant
        var answer: SealedText?
        var files: [FileReference] = []
        var endedAt: Instant?
        /// Taken back without an answer, or ended with the dossier.
        var isRecalled = false
    }

    private(set) var parts: [Part] = []

    package init(_ history: [Recorded<Dossier.Event>]) {
        for recorded in history {
            let at = recorded.circumstances.at
            switch recorded.event {
            case .passage(.passed(let agency, let request, let due)):
                parts.append(Part(agency: agency, request: request, due: due, passedAt: at))
            case .passage(.passedBack(let answer, let files)): end(at) { ($0.answer, $0.files) = (answer, files) }
            case .passage(.recalled): end(at) { $0.isRecalled = true }
            case .withdrawal(.withdrawn), .processing(.stopped):
                if parts.last?.endedAt == nil { end(at) { $0.isRecalled = true } }
            default: break
            }
        }
    }

    private mutating func end(_ at: Instant, _ how: (inout Part) -> Void) {
        guard let last = parts.indices.last else { return }
        parts[last].endedAt = at
        how(&parts[last])
    }

    /// For officers; nil when there is none to show. The other agency reads the open request above everything else.
    package func panel(
        _ details: DossierBook.Details,
        agencies: [ID<Agency>: Words],
        isOwn: Bool,
        files path: String,
        now: Instant,
        _ say: Language
    ) -> HTML? {
        let parts = isOwn ? parts : parts.filter { $0.endedAt != nil }
        guard !parts.isEmpty else { return nil }
        return Web.panel(say("Phối hợp giải quyết", "Other agencies’ part")) {
            """
            \(parts.reversed().map { part -> HTML in
                """
                <section class="part"><h3>\(say(agencies[part.agency] ?? .anotherAgency)) \(state(part, now, say))</h3>
                <p class="quiet">\(say("Chuyển lúc", "Passed")) \(part.passedAt.localMinute.vietnamese) · \
                \(say("cần trả lời trước", "wanted by")) \(part.due.localMinute.vietnamese)</p>
                <p class="pre">\(details.text(part.request, say))</p>
                \(part.answer.map { "<p><strong>\(say("Trả lời", "Answer")):</strong></p><p class=\"pre\">\(details.text($0, say))</p>" as HTML })
                \(part.files.isEmpty ? nil : "<ul>\(part.files.map { file($0, details, path, say) })</ul>" as HTML)
                </section>
                """
            })
            """
        }
    }

    private func state(_ part: Part, _ now: Instant, _ say: Language) -> HTML {
        if part.isRecalled { return tag(say("Đã rút lại", "Taken back"), .neutral) }
        guard let ended = part.endedAt else {
            return part.due < now
                ? tag(say("Quá hạn trả lời", "Answer late"), .bad) : tag(say("Đang chờ trả lời", "Awaited"), .waiting)
        }
        return ended > part.due
            ? tag(say("Trả lời muộn", "Answered late"), .bad) : tag(say("Đã trả lời", "Answered"), .good)
    }

    private func file(_ file: FileReference, _ details: DossierBook.Details, _ path: String, _ say: Language) -> HTML {
        guard let stored = details.files.first(where: { $0.id == file.attachment }) else { return "" }
        return """
            <li><a href="\(path)/files/\(stored.id.rawValue)">\(stored.name)</a> \
            <span class="quiet">(\(pages(stored, say)), \(size(of: stored.bytes)))</span></li>
            """
    }
}

extension Words {
    /// Where the name is not at hand.
    package static let anotherAgency = Words("Cơ quan phối hợp", "Another agency")
}

extension DossierBook.Details {
    /// Its own agency and those to which it was passed.
    package var agencies: Set<ID<Agency>> {
        Set(
            [row.agency]
                + history.compactMap { if case .passage(.passed(let agency, _, _)) = $0.event { agency } else { nil } }
        )
    }
}

extension FilingDesk {
    package func names(of agencies: Set<ID<Agency>>) async throws -> [ID<Agency>: Words] {
        let tree = try await self.agencies.tree()
        return Dictionary(
            agencies.compactMap { id in tree[id].map { (id, $0.name) } },
            uniquingKeysWith: { first, _ in first }
        )
    }
}

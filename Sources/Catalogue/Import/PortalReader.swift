import Kernel
import Web

/// Turns one line of the portal's file into a procedure, believing no more than the line proves.
///
/// The file speaks Vietnamese only; the same words stand for both languages.
struct PortalReader {
    let record: PortalRecord
    let code: ProcedureCode
    let field: String
    let day: LocalDate
    var report: ImportReport

    mutating func procedure() -> Procedure? {
        guard record.suspectCrawl == nil else { return skip(.otherProcedureServed) }
        let name = record.name?.oneLine ?? ""
        guard !name.isEmpty else { return skip(.missingName) }
        let levels = (record.levels ?? []).compactMap(Procedure.Level.init)
        guard !levels.isEmpty else { return skip(.noLevel) }
        let channels = channels()
        if channels.isEmpty { report.add(.noChannel, code.rawValue) }
        let hasPost = channels.contains { $0.channel == .post }
        let revision = Revision(
            number: 1,
            from: day,
            until: nil,
            decision: record.decision?.oneLine,
            online: .unstated,
            presence: false,
            post: Revision.Post(submit: hasPost, return: hasPost),
            summary: nil,
            requirements: record.conditions.map { [words($0.tidied)] } ?? [],
            channels: channels,
            cases: [],
            components: components(),
            results: results(),
            steps: [],
            legal: unique((record.legalBasis ?? []).map(\.oneLine)).map {
                LegalBasis(number: $0, name: nil, date: nil)
            },
            form: .short
        )
        return Procedure(
            code: code,
            name: words(name),
            also: [],
            field: field,
            levels: unique(levels),
            audiences: audiences(),
            revisions: [revision]
        )
    }

    private mutating func skip(_ reason: ImportReport.Reason) -> Procedure? {
        report.add(reason, code.rawValue)
        return nil
    }

    private mutating func channels() -> [ChannelTerms] {
        let names: [(Channel, String)] = [(.counter, "in_person"), (.online, "online"), (.post, "post")]
        var reader = PortalTermsReader(code: code, decision: record.decision?.oneLine, report: report)
        let channels = names.compactMap { channel, name in
            reader.terms(of: channel, (record.channels ?? []).filter { $0.channel == name })
        }
        let judged = reader.withoutContradictions(channels)
        report = reader.report
        return judged
    }

    private func components() -> [Component] {
        let documents = (record.documents ?? []).filter { !$0.name.oneLine.isEmpty }
        let groups = Set(documents.compactMap { $0.group?.oneLine })
        return documents.enumerated().map { index, document in
            let name = document.name.oneLine
            let group = document.group?.oneLine
            return Component(
                key: "paper-\(index + 1)",
                name: words(name),
                help: group.map(words),
                cases: [],
                // Groups stand for situations, of which only one is somebody's own; nobody needs the papers of all.
                required: groups.count < 2 && !name.folded.contains("neu co"),
                originals: min(100, max(0, document.originals ?? 0)),
                copies: min(100, max(0, document.copies ?? 0)),
                digital: true,
                show: false,
                reuse: [],
                form: false
            )
        }
    }

    private func results() -> [ProcedureResult] {
        let names = (record.results ?? []).map { result in
            // The portal prints the code of the result behind its name.
            result.name.split(separator: "Mã: KQ.").first.map { String($0).oneLine } ?? ""
        }
        return unique(names.filter { !$0.isEmpty }).enumerated().map { index, name in
            ProcedureResult(key: "result-\(index + 1)", name: words(name), electronic: false)
        }
    }

    private func audiences() -> [Procedure.Audience] {
        unique(
            (record.applicants ?? []).compactMap { applicant -> Procedure.Audience? in
                switch applicant {
                case "Công dân Việt Nam", "Cán bộ, công chức, viên chức", "Đảng viên": .citizen
                case "Doanh nghiệp", "Doanh nghiệp Việt Nam", "Doanh nghiệp có vốn đầu tư nước ngoài", "Hợp tác xã":
                    .business
                case "Tổ chức nước ngoài", "Tổ chức Đảng": .organisation
                case "Người nước ngoài", "Người nước ngoài cư trú tại Việt Nam": .foreigner
                case "Người Việt Nam định cư ở nước ngoài": .overseasVietnamese
                // One name that the file broke at its comma: "Tổ chức (không bao gồm doanh nghiệp, HTX)".
                case let name where name.hasPrefix("Tổ chức ("): .organisation
                default: nil
                }
            }
        )
    }

    private func words(_ text: String) -> Words { Words(text, text) }

    private func unique<T: Hashable>(_ items: [T]) -> [T] {
        var seen: Set<T> = []
        return items.filter { seen.insert($0).inserted }
    }
}

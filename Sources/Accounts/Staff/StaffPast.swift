import Kernel
import Persistence
import Web

extension StaffBook {
    /// What was done to an officer's rights, as far as it concerns `agency`; newest first.
    func past(of officer: ID<Officer>, in agency: ID<Agency>, _ say: Language) async throws -> [Happening] {
        let past = try await events.history(of: ID<StaffMember>(rawValue: officer.rawValue))
        let proposed = past.compactMap { recorded in
            if case .proposed(let proposal) = recorded.event, proposal.concerns(agency) { proposal } else { nil }
        }
        let proposals = Dictionary(proposed.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        var names: [ID<Officer>: String] = [:]
        for case .officer(let author) in Set(past.map(\.circumstances.actor)) {
            names[author] = try await self.names(of: author).last
        }
        return past.reversed().compactMap { recorded in
            title(recorded.event, in: agency, proposals, say).map { title in
                let at = recorded.circumstances.at.localMinute
                return Happening(
                    at.vietnamese,
                    title,
                    machineTime: "\(at.rawValue)+07:00",
                    detail: .text(author(recorded.circumstances.actor, names, say))
                )
            }
        }
    }

    private func title(
        _ event: StaffMember.Event,
        in agency: ID<Agency>,
        _ proposals: [ID<Proposal>: Proposal],
        _ say: Language
    ) -> String? {
        switch event {
        case .added: return say("Mở tài khoản", "Account opened")
        case .rolesSet(agency, []): return say("Thôi làm việc ở cơ quan này", "Stopped serving in this agency")
        case .rolesSet(agency, let roles):
            let words = roles.map { say($0.words) }.joined(separator: ", ")
            return say("Vai trò: \(words)", "Roles: \(words)")
        case .rolesSet: return nil
        case .disabled: return say("Khóa tài khoản", "Account disabled")
        case .enabled: return say("Mở khóa tài khoản", "Account enabled")
        case .passwordReset: return say("Cấp mật khẩu một lần", "One-time password given")
        case .passwordChanged: return say("Tự đổi mật khẩu", "Own password changed")
        case .proposed(let proposal):
            return proposals[proposal.id].map {
                let words = say($0.act.words)
                return say("Đề nghị: \(words)", "Proposed: \(words)")
            }
        case .agreed(let id, _):
            return proposals[id].map {
                let words = say($0.act.words)
                return say("Đồng ý: \(words)", "Agreed: \(words)")
            }
        case .refused(let id):
            return proposals[id].map {
                let words = say($0.act.words)
                return say("Không đồng ý hoặc rút lại: \(words)", "Refused or taken back: \(words)")
            }
        }
    }

    private func author(_ actor: Actor, _ names: [ID<Officer>: String], _ say: Language) -> String {
        switch actor {
        case .officer(let id): names[id] ?? say("Cán bộ đã nghỉ", "A former officer")
        case .citizen, .helper, .visitor, .system: say("Người vận hành hệ thống", "The operator of the system")
        }
    }
}

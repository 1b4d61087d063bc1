package import Kernel

/// To which procedures a search is limited.
package struct SearchFilter: Hashable, Sendable {
    package var level: Procedure.Level?
    package var field: String?
    package var audience: Procedure.Audience?
    package var channel: Channel?

    package init(
        level: Procedure.Level? = nil,
        field: String? = nil,
        audience: Procedure.Audience? = nil,
        channel: Channel? = nil
    ) {
        self.level = level
        self.field = field
        self.audience = audience
        self.channel = channel
    }

    func admits(_ procedure: Procedure) -> Bool {
        (level.map(procedure.levels.contains) ?? true)
            && (field.map { $0 == procedure.field } ?? true)
            && (audience.map(procedure.audiences.contains) ?? true)
            && (channel.map { procedure.revisions.last?.terms(of: $0) != nil } ?? true)
    }
}

import Kernel
package import Persistence

/// What is to be done with a dossier and under what circumstances, before the dossier is known.
package struct Order: Sendable {
    let circumstances: Circumstances
    private let officer: ActingOfficer?
    private let assigner: (any Assigning)?
    private let command: @Sendable (ActingOfficer?) -> Dossier.Command

    /// What an officer orders is completed with what the agency's books say; a command as it is says all itself.
    var isOfficers: Bool { officer != nil }

    /// A command as it is.
    package init(_ command: Dossier.Command, _ circumstances: Circumstances) {
        (officer, assigner) = (nil, nil)
        self.circumstances = circumstances
        self.command = { _ in command }
    }

    /// What `officer` orders, in a colleague's place if need be. With an `assigner` the rules of the agency say who
    /// goes on, where `command` leaves it open.
    package init(
        by officer: ActingOfficer,
        _ circumstances: Circumstances,
        assigner: (any Assigning)? = nil,
        command: @escaping @Sendable (ActingOfficer) -> Dossier.Command
    ) {
        self.circumstances = circumstances
        self.officer = officer
        self.assigner = assigner
        self.command = { command($0 ?? officer) }
    }

    /// The command for this dossier, and in whose place it is given.
    func worded(_ dossier: Dossier, _ tx: borrowing Transaction) throws -> (Dossier.Command, Circumstances) {
        var circumstances = circumstances
        if let standIn = officer?.standIn(on: dossier, for: command) {
            circumstances.standingInFor = standIn.absent
            circumstances.basis = standIn.document ?? circumstances.basis
        }
        let command = command(officer)
        return (try assigner.map { try $0.assigning(command, of: dossier, in: tx) } ?? command, circumstances)
    }
}

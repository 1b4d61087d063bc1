import DossierCore
import Kernel
import Markup
import PrintedPapers
import Web

/// An act that can be done with several dossiers of a list at once: it needs no words for each.
protocol BulkAct: OfficerAct {
    func isOffered(in list: Inbox, to roles: Set<Role>) -> Bool
    func bulkName(in list: Inbox) -> Words
    /// What the list asks for all of them.
    func bulkFields(_ form: Form, _ colleagues: [Colleague], _ say: Language) -> HTML?
    func bulkTerms(
        _ form: FormData,
        at now: Instant,
        colleagues: () async throws -> [Colleague],
        _ wrong: inout [FieldError]
    ) async throws -> Terms?
    /// The list to which one goes back.
    var bulkBack: String { get }
    /// What those that went through can be printed on, and who is named there as their receiver.
    func bulkSheet(_ terms: Terms) -> (sheet: PaperSheet, receiver: ID<Officer>?)?
}

extension BulkAct {
    func bulkName(in list: Inbox) -> Words { name }
    func bulkFields(_ form: Form, _ colleagues: [Colleague], _ say: Language) -> HTML? { nil }
    var bulkBack: String { "/work" }
    func bulkSheet(_ terms: Terms) -> (sheet: PaperSheet, receiver: ID<Officer>?)? { nil }
}

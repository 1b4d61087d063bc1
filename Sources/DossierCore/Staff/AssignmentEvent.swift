package import Kernel
import Web

/// Somebody gets a dossier to work on. Case names and labels are the stored format: add, never rename.
package enum AssignmentEvent: Codable, Equatable, Sendable {
    case handedOver(to: ID<Officer>?)
    case assigned(to: ID<Officer>)

    /// The officer who gets the dossier; nil where it lies for whoever takes it.
    package var receiver: ID<Officer>? {
        switch self {
        case .handedOver(let receiver): receiver
        case .assigned(let receiver): receiver
        }
    }
}

extension AssignmentEvent: DossierHappening {
    package var name: String {
        switch self {
        case .handedOver: "handedOver"
        case .assigned: "assigned"
        }
    }

    package func happen(to dossier: inout Dossier) {
        switch self {
        case .handedOver(let receiver): (dossier.stage, dossier.holder) = (.processing, receiver)
        case .assigned(let receiver): dossier.holder = receiver
        }
    }

    package func sentence(in history: History) -> Sentence {
        let (say, name) = (history.say, receiver.flatMap { history.names[$0] })
        switch self {
        case .handedOver:
            return Sentence(
                name.map { say("Chuyển xử lý cho \($0)", "Handed over to \($0)") }
                    ?? say("Chuyển xử lý", "Handed over for processing"),
                .active
            )
        case .assigned:
            return Sentence(
                name.map { say("Giao cho \($0)", "Assigned to \($0)") }
                    ?? say("Đã có người thụ lý", "An officer has taken it"),
                .active
            )
        }
    }

    package var changesHands: Bool { true }

    package var officers: [ID<Officer>] { [receiver].compactMap(\.self) }
}

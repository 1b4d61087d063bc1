import Kernel
import TestSupport

@testable package import Persistence

/// The smallest aggregate that can refuse: it counts up to ten.
struct Tally: Aggregate {
    enum Event: Codable, Equatable { case counted(Int) }
    enum Refusal: Error { case tooMuch }
    static let category = "tally/"
    var total = 0
    func decide(_ command: Int) throws(Refusal) -> [Event] {
        guard total + command <= 10 else { throw .tooMuch }
        return command == 0 ? [] : [.counted(command)]
    }
    mutating func evolve(_ event: Event) { if case .counted(let n) = event { total += n } }
}

/// Machines count, and officers.
extension Int: GivenCommand {
    package var givers: Actor.Kinds { [.system, .officer] }
}

extension Circumstances {
    static let noon = Circumstances(at: Instant(milliseconds: 1_795_401_000_000), actor: .system(name: "test"))
}

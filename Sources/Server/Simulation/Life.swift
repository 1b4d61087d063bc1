import Catalogue
import DossierCore
import Kernel
import Persistence
import Web

/// One invented dossier: who brings it, what has happened to it, and what happens next.
///
/// It keeps its own copy of the state, made by the same pure rules, so that the store can be compared with it.
struct Life: Sendable {
    /// What happens next, decided by lot from what is true now.
    struct Move: Sendable {
        let at: Instant
        let command: Dossier.Command
        let actor: Actor
        var texts: [DossierTexts.Draft] = []
        var files: [AttachedFile] = []
    }

    let number: Int
    let rules: FilingRules
    let channel: Channel
    let arrival: Instant
    /// Nil for those who have no account.
    let citizen: ID<Citizen>?
    /// How long the agency takes, in shares of the planned hours.
    let pace: Double
    var lot: Lot
    var id: ID<Dossier>?
    private(set) var dossier = Dossier()
    private(set) var history: [Recorded<Dossier.Event>] = []
    /// What has been tried already, so that it is not tried for ever.
    var tried: Set<String> = []
    var next: Move?

    init(number: Int, seed: UInt64, in office: SimulatedOffice, _ profile: ArrivalProfile) {
        var lot = Lot(seed: seed &+ UInt64(number) &* 0x2545_F491_4F6C_DD1D)
        self.number = number
        let rules = lot.draw(office.procedures)
        let isOnline = ![.level1, .level2].contains(rules.revision.online)
        let open = ArrivalProfile.channels.filter { channel, _ in
            channel == .counter || rules.revision.terms(of: channel) != nil && (channel == .post || isOnline)
        }
        let channel = lot.draw(open)
        (self.rules, self.channel) = (rules, channel)
        arrival = profile.arrival(through: channel, &lot)
        citizen = channel == .online ? ID(rawValue: "simulated-\(lot.below(20_000))") : nil
        pace = lot.falls(0.04) ? 1.4 + Double(lot.below(20)) / 10 : 0.25 + Double(lot.below(65)) / 100
        self.lot = lot
    }

    var version: Int { history.count }
    var last: Instant { history.last?.circumstances.at ?? arrival }

    mutating func take(_ history: [Recorded<Dossier.Event>]) {
        self.history = history
        dossier = Dossier(replaying: history.map(\.event))
    }

    mutating func append(_ events: [Dossier.Event], _ circumstances: Circumstances) {
        for event in events {
            dossier.evolve(event)
            history.append(Recorded(version: version + 1, circumstances: circumstances, event: event))
        }
    }

    /// Whether something of this name happens now: once in a life at most, in `share` of the lives asked.
    mutating func happens(_ name: String, _ share: Double) -> Bool {
        guard !tried.contains(name) else { return false }
        tried.insert(name)
        return lot.falls(share)
    }
}

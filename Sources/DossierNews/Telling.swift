import DossierCore
import Kernel
import Persistence
import Web

/// Says what the events of dossiers mean for their applicants, and takes back what they have overtaken.
struct Telling: Follower {
    let events: EventStore
    let teller: Teller

    let name = "dossier-news"
    /// Nobody is told what happened before this was learnt.
    let beginning = FollowerBeginning.now
    let categories: Set<String> = [Dossier.category]

    func follow(_ events: [StoredEvent], in tx: borrowing Transaction) throws {
        for event in events {
            guard let (id, recorded) = try event.read(Dossier.self) else { continue }
            let at = recorded.circumstances.at
            try NoticeBook.withdraw(recorded.event.overtakes, about: id.subject, at: at, in: tx)
            // A history is read once, and not at all where nothing is told.
            var read: Story?
            let news = try recorded.news {
                read = try story(recorded, of: id, in: tx)
                return read
            }
            guard let news, let story = try read ?? story(recorded, of: id, in: tx) else { continue }
            try teller.tell(news, of: id, story.after, at: at, once: "\(recorded.version)", in: tx)
            // Whoever was away for a day says nothing that is past.
            if let since = story.later.first(where: { $0.event.overtakes.contains(news.kind) }) {
                try NoticeBook.withdraw([news.kind], about: id.subject, at: since.circumstances.at, in: tx)
            }
        }
    }

    private func story(
        _ recorded: Recorded<Dossier.Event>,
        of id: ID<Dossier>,
        in tx: borrowing Transaction
    ) throws -> Story? {
        Story(of: recorded.version, in: try events.history(of: id, in: tx))
    }
}

/// Says news of a dossier to whoever it is of.
struct Teller {
    /// Begins the addresses that people are sent.
    let site: String

    /// Two with the same `once` about a dossier are one. Whom it reaches is read when it goes out.
    func tell(
        _ news: News,
        of id: ID<Dossier>,
        _ dossier: Dossier,
        at now: Instant,
        once: String,
        in tx: borrowing Transaction
    ) throws {
        guard let filing = dossier.filing else { return }
        // Without an account only the paper that was given out opens a dossier: its secret stands in no message.
        let link = filing.applicant == nil ? ApplicantLinks.lookUp : ApplicantLinks.dossier(id)
        var facts: [String: NoticeFact] = ["code": .code(filing.code.rawValue), "link": .link(site + link)]
        if let time = news.time { facts[time.sort == .day ? "day" : "time"] = time }
        try Notice(
            to: .ofSubject,
            in: filing.language ?? .vi,
            about: id.subject,
            news.kind,
            facts,
            until: news.until,
            once: "dossier/\(id.rawValue)/\(once)",
            desk: filing.agency
        ).say(at: now, in: tx)
    }
}

import Persistence
import Synchronization

/// How many people a hall holds at a distance: found from its plan once, and remembered.
///
/// The search may take seconds for a hall of 2,000 seats. Its answer follows from the plan and the distance alone, so it is
/// the same in every process and needs no place in the log.
final class HallSpacing: Sendable {
    private struct Question: Hashable {
        let plan: String
        let distance: Int
    }

    private let spacing: OfficeBook.Spacing
    private let known = Mutex<[Question: Int?]>([:])
    /// One hall at a time, and not on the threads that answer requests.
    private let planning = BlockingThreads(count: 1)

    init(_ spacing: @escaping OfficeBook.Spacing) { self.spacing = spacing }

    /// For a page: the search waits for its turn.
    func seats(of plan: String?, apart distances: Set<Int>) async throws -> [Int: Int] {
        guard let plan, !distances.isEmpty else { return [:] }
        if let answers = remembered(plan, distances) { return answers }
        return try await planning.run { [self] in find(plan, distances) }
    }

    /// For what is decided now: only the first who asks after an order has to search.
    func seatsNow(of plan: String?, apart distances: Set<Int>) -> [Int: Int] {
        guard let plan, !distances.isEmpty else { return [:] }
        return remembered(plan, distances) ?? find(plan, distances)
    }

    private func remembered(_ plan: String, _ distances: Set<Int>) -> [Int: Int]? {
        known.withLock { known in
            var answers: [Int: Int] = [:]
            for distance in distances {
                guard let answer = known[Question(plan: plan, distance: distance)] else { return nil }
                answers[distance] = answer
            }
            return answers
        }
    }

    private func find(_ plan: String, _ distances: Set<Int>) -> [Int: Int] {
        var answers: [Int: Int] = [:]
        for distance in distances {
            let question = Question(plan: plan, distance: distance)
            let answer = known.withLock { $0[question] } ?? spacing(plan, distance)
            known.withLock { known in
                // Plans are drawn again now and then; those of before are asked for no more.
                if known.count >= Self.most { known.removeAll() }
                known[question] = .some(answer)
            }
            answers[distance] = answer
        }
        return answers
    }

    private static let most = 500
}
